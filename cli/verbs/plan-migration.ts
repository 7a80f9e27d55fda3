/** `plan-migration`: what becomes of whom when a cluster moves to access entries, and the move for a tool. Pure. */
import { type PlannedEntry, type MigrationPlan, type PlanRow } from '../../access/migration/migration-plan';
import { planMigration as planOf } from '../../access/migration/plan';
import { rendered } from '../../access/migration/render/render';
import {
  headlineOfPlan,
  isReadyForApi,
  markOf,
  tellRow,
  todoOfPlan,
  verdictOfPlan,
} from '../../access/migration/summary';
import { type CommandLine } from '../command-line';
import { type Looked } from '../input/look';
import { commandFor } from '../next-command';
import { type ExitCode, type Outcome } from '../outcome';
import { Problem } from '../problem';
import { lineOf, type Line } from '../text/line';
import { table } from '../text/table';
import { wrapped } from '../text/wrap';

export function planMigration(
  looked: Looked,
  { plan: { include, asWritten, to }, format }: CommandLine,
): Outcome {
  const { cluster, name } = looked;
  const plan = planOf(cluster, { include, asWritten });
  if ('refused' in plan) throw new Problem(plan.refused, 'eks-access plan-migration lists what can be.');
  const { rows, entries, digest, unseen } = plan;
  const summary = headlineOfPlan(plan);
  const document = to === undefined ? undefined : rendered(to, plan, cluster.name);
  const todo = todoOfPlan(plan);
  return {
    exitCode: exitOf(plan),
    text: (width) => [
      ...wrapped(`${name}: ${summary}`, width).map((text) => lineOf(text, 'strong')),
      ...unseen.flatMap((text) => wrapped(text, width)).map((text) => lineOf(text)),
      ...(rows.length === 0 ? [] : [[], ...rowTable(rows, width)]),
      ...[todo, verdictOfPlan(plan)].flatMap((text) =>
        text === undefined ? [] : [[], ...wrapped(text, width).map((line) => lineOf(line))],
      ),
    ],
    plain: rows.map((row) => [
      row.offer?.isIncluded === true ? 'included' : row.verdict,
      row.principal,
      row.lines === undefined ? '' : String(row.lines.from),
      row.madeBy ?? '',
      row.today,
      row.reason,
      row.offer?.gives ?? '',
    ]),
    json: {
      command: 'plan-migration',
      file: name,
      mode: cluster.mode ?? null,
      summary,
      unseen,
      digest,
      isReadyForApi: isReadyForApi(plan),
      rows: rows.map(rowJson),
      entries: entries.map(entryJson),
      document: document ?? null,
    },
    hints: hintsOf(plan, looked, to !== undefined),
    document: format === 'text' ? document : undefined,
  };
}

/** What was not seen may change everything. */
function exitOf(plan: MigrationPlan): ExitCode {
  if (plan.isPartial) return 2;
  return plan.rows.some(({ holdsBack }) => holdsBack) ? 1 : 0;
}

function rowTable(rows: readonly PlanRow[], width: number): readonly Line[] {
  return table(
    [
      { head: '', style: (mark) => (mark === '=' ? 'good' : mark === '-' ? 'error' : 'warn') },
      { head: '' },
      { head: '' },
      { head: '' },
      { head: '' },
    ],
    rows.map((row) => [
      markOf(row),
      row.offer?.isIncluded === true ? 'included' : row.verdict,
      row.who,
      row.lines === undefined ? '' : String(row.lines.from),
      tellRow(row),
    ]),
    width,
  );
}

function hintsOf(plan: MigrationPlan, looked: Looked, isDocument: boolean): readonly Line[] {
  const todo = todoOfPlan(plan);
  const next = commandFor('plan-migration', looked, '--to cloudformation');
  return (isDocument ? [headlineOfPlan(plan), ...(todo === undefined ? [] : [todo])] : [`Next: ${next}`]).map(
    (text) => lineOf(text),
  );
}

function rowJson({
  verdict,
  principal,
  who,
  lines,
  today,
  reason,
  madeBy,
  offer,
  holdsBack,
}: PlanRow): object {
  return {
    verdict,
    principal,
    who,
    line: lines?.from ?? null,
    today,
    reason,
    madeBy: madeBy ?? null,
    offer: offer === undefined ? null : { gives: offer.gives, isIncluded: offer.isIncluded },
    holdsBack,
  };
}

function entryJson({ entry, line, todo, isChange }: PlannedEntry): object {
  const { principalArn, type, username, groups, policies } = entry;
  return {
    principalArn,
    type,
    username: username ?? null,
    groups,
    policies,
    line: line ?? null,
    todo,
    isChange,
  };
}
