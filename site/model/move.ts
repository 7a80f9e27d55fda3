/** What becomes of whom when the cluster moves to access entries, as the page shows it. Pure. */
import { type PlanRow } from '../../access/migration/migration-plan';
import { planMigration } from '../../access/migration/plan';
import { rendered, type Tool } from '../../access/migration/render/render';
import { headlineOfPlan, markOf, todoOfPlan, verdictOfPlan } from '../../access/migration/summary';
import { type SeenPage } from './seen-page';

export interface MoveWish {
  /** First lines of the entries that are included beside what is in force. */
  readonly include: readonly number[];
  readonly tool: Tool;
  /** Name of the cluster; empty: asked for in the output. */
  readonly cluster: string;
}

export interface MoveRow {
  readonly mark: string;
  readonly verdict: PlanRow['verdict'] | 'included';
  readonly who: string;
  readonly line: number | undefined;
  /** What it gives today, and why: may be empty. */
  readonly text: string;
  /** What an access entry would give that is made only where it is asked for. */
  readonly gives: string | undefined;
}

export interface Move {
  readonly headline: string;
  readonly rows: readonly MoveRow[];
  readonly todo: string | undefined;
  readonly verdict: string;
  readonly document: string;
}

/** `refused`: why what is included cannot be. Undefined where no document was read. */
export function moveOf(
  { read, state }: SeenPage,
  { include, tool, cluster }: MoveWish,
): Move | { readonly refused: string } | undefined {
  if (read === undefined || state !== 'read') return undefined;
  const plan = planMigration(read.view.cluster, { include: include.map(String) });
  if ('refused' in plan) return plan;
  return {
    headline: headlineOfPlan(plan),
    rows: plan.rows.map(rowOf),
    todo: todoOfPlan(plan),
    verdict: verdictOfPlan(plan),
    document: rendered(tool, plan, cluster.trim() === '' ? undefined : cluster.trim()),
  };
}

function rowOf(row: PlanRow): MoveRow {
  const { verdict, who, lines, today, reason, offer } = row;
  return {
    mark: markOf(row),
    verdict: offer?.isIncluded === true ? 'included' : verdict,
    who,
    line: lines?.from,
    text: [today, reason].filter((clause) => clause !== '').join('; '),
    gives: offer?.gives,
  };
}
