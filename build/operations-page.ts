/**
 * The tables of `docs/operations.md` that the constructs are made from as well: alarms and saved queries. `npm run
 * generate` writes them between their marks; a test fails when they are not what this makes.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ALARMS, type AlarmRow } from '../cdk/operations/alarm-table';
import { QUERIES } from '../cdk/operations/log-queries';

const page = join(__dirname, '../docs/operations.md');

/** The page with its tables as they are now. Pure. */
export function operationsPage(text: string): string {
  return withTable(withTable(text, 'alarms', alarmTable()), 'queries', queryTable());
}

function withTable(text: string, name: string, table: string): string {
  const [before = '', rest = ''] = text.split(`<!-- ${name} -->`);
  const [, after = ''] = rest.split(`<!-- /${name} -->`);
  return `${before}<!-- ${name} -->\n\n${table}\n\n<!-- /${name} -->${after}`;
}

function alarmTable(): string {
  return [
    '| alarm | metric | raised from | means |',
    '| --- | --- | --- | --- |',
    ...ALARMS.map((row) => `| \`${row.id}\` | ${metric(row)} | ${raisedFrom(row)} | ${row.means} |`),
  ].join('\n');
}

function metric({ namespace, metric: name, statistic }: AlarmRow): string {
  return `${namespace} \`${name}\`, ${statistic}`;
}

function raisedFrom({ from, minutes, periods = 1, of }: AlarmRow): string {
  const value = typeof from === 'number' ? String(from) : `${from.ofTimeout * 100} % of the time limit`;
  const looked = periods === 1 ? '' : `, ${of ?? periods} of ${periods} times`;
  return `${value} in ${minutes} min${looked}`;
}

function queryTable(): string {
  return [
    '| query | of each line |',
    '| --- | --- |',
    ...Object.values(QUERIES).map(({ name, query }) => {
      const fields = (query[0] ?? '').replace('fields @timestamp, ', '').replace(', @message', '');
      return `| ${name} | ${fields.replaceAll('@', '')} |`;
    }),
  ].join('\n');
}

if (require.main === module) writeFileSync(page, operationsPage(readFileSync(page, 'utf8')));
