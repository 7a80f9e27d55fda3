/** The score of the last `npm run mutation`, per file, from Stryker's own reports. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly source: string;
        readonly mutants: readonly {
          readonly status: string;
          readonly mutatorName: string;
          readonly replacement?: string;
          readonly location: { readonly start: { readonly line: number; readonly column: number } };
        }[];
      }
    >
  >;
}

const KILLED = ['Killed', 'Timeout', 'RuntimeError'];
const ALIVE = ['Survived', 'NoCoverage'];
const FOLDER = join(__dirname, '../../dist/mutation');

export function readReports(groups: readonly string[], folder = FOLDER): Report['files'] {
  const reports = groups.map((group) => join(folder, `${group}.json`)).filter((file) => existsSync(file));
  return Object.assign(
    {},
    ...reports.map((file) => (JSON.parse(readFileSync(file, 'utf8')) as Report).files),
  ) as Report['files'];
}

/** A Markdown table; a mutant that times out or crashes was noticed, as Stryker counts. */
export function printScore(files: Report['files']): string {
  const rows = Object.entries(files)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, { mutants }]) => {
      const killed = mutants.filter(({ status }) => KILLED.includes(status)).length;
      const alive = mutants.filter(({ status }) => ALIVE.includes(status)).length;
      return { file, killed, alive };
    });
  const sum = (key: 'killed' | 'alive'): number => rows.reduce((total, row) => total + row[key], 0);
  const all = [...rows, { file: 'all', killed: sum('killed'), alive: sum('alive') }];
  const lines = all.map(
    ({ file, killed, alive }) =>
      `| ${file} | ${killed + alive} | ${alive} | ${((100 * killed) / Math.max(1, killed + alive)).toFixed(1)} % |`,
  );
  return ['| file | mutants | survived | killed |', '| --- | ---: | ---: | ---: |', ...lines].join('\n');
}

/** One line for each mutant that no test noticed. */
export function printSurvivors(files: Report['files']): string {
  return Object.entries(files)
    .flatMap(([file, { source, mutants }]) =>
      mutants
        .filter(({ status }) => ALIVE.includes(status))
        .map(({ location: { start }, mutatorName, replacement = '' }) => {
          const line = source.split('\n')[start.line - 1]?.trim() ?? '';
          return `${file}:${start.line}:${start.column} ${mutatorName}: ${line} → ${replacement.replace(/\s+/g, ' ')}`;
        }),
    )
    .join('\n');
}
