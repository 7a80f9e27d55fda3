/** Access entries: EKS's own are waited for, the caller's own comes first and is proved, then the others one by one. Pure. */
import { listOf, principalKeyOf, whoOf } from '../../explain/who';
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { entriesSeen, MIGRATION_TAG } from './base';
import { type EntryState, statesOf, workingEntries } from './entry-state';
import { type Approval, type SeenMigration } from './seen-migration';
import { type Action, type Step, stop } from './step';

/** How long EKS's own entries are waited for: they are there soon, or never. */
const OWN_ENTRIES_MS = 300_000;

/** Undefined once all are there that can be made, and the caller gets in. */
export function nextEntryStep(
  seen: SeenMigration,
  plan: MigrationPlan,
  digest: string,
  { patienceMs }: Approval,
): Step | undefined {
  const { entries, nodeRoles = [], caller, run } = seen;
  const mayWait = run.waitedMs < Math.min(patienceMs, OWN_ENTRIES_MS);
  if (entries === undefined)
    return mayWait
      ? { do: 'wait', what: 'EKS does not list access entries yet' }
      : stop('EKS says that the mode has access entries, and does not list them: try again.');
  const states = statesOf(plan.entries, digest, seen);
  const steps = states.map(([planned, state]) => toMake(planned, state, digest));
  const first = steps.find((step) => step?.do === 'add policies');
  // Until then its principal has less than before: an access entry counts from the moment it exists.
  if (first !== undefined) return first;
  const working = workingEntries(seen);
  const missing = nodeRoles.filter(({ arn }) => !working.has(principalKeyOf(arn)));
  // Those that it never makes are made as the plan says (GT-106).
  if (missing.length > 0 && mayWait)
    return { do: 'wait', what: `EKS has not made the access entry of ${listOf(missing.map(named))} yet` };
  const isOwn = ({ entry }: PlannedEntry): boolean =>
    caller !== undefined && principalKeyOf(entry.principalArn) === principalKeyOf(caller);
  const own = states.find(([planned]) => isOwn(planned));
  const step = own === undefined ? withoutOwn(seen, mayWait) : makeOwn(...own, digest);
  if (step !== undefined) return step;
  if (!run.isProved) return { do: 'prove' };
  return steps.find((next) => next !== undefined);
}

/** What stays in aws-auth, and why: one sentence each. */
export function notMade(seen: SeenMigration, plan: MigrationPlan, digest: string): readonly string[] {
  return statesOf(plan.entries, digest, seen).flatMap(([{ who }, state]) =>
    state.is === 'not to be made' ? [`${who} stays in aws-auth: ${state.why}.`] : [],
  );
}

function toMake({ entry }: PlannedEntry, state: EntryState, digest: string): Action | undefined {
  if (state.is === 'missing')
    return {
      do: 'make entry',
      // Types of nodes take no tags.
      entry: entry.type === 'STANDARD' ? { ...entry, tags: { [MIGRATION_TAG]: digest } } : entry,
    };
  if (state.is === 'unfinished')
    return { do: 'add policies', principalArn: entry.principalArn, policies: state.policies };
  return undefined;
}

function makeOwn(own: PlannedEntry, state: EntryState, digest: string): Step | undefined {
  if (state.is !== 'not to be made') return toMake(own, state, digest);
  return stop(
    `You are ${own.who}, and your own access entry comes first, which cannot be made: ${state.why}.`,
  );
}

/** Who migrates must get in without aws-auth before anything else changes. */
function withoutOwn(seen: SeenMigration, mayWait: boolean): Step | undefined {
  const { name, caller } = seen;
  if (caller === undefined) return undefined;
  const key = principalKeyOf(caller);
  if (entriesSeen(seen).some(({ principalArn }) => principalKeyOf(principalArn) === key)) return undefined;
  const who = whoOf(caller);
  if (mayWait) return { do: 'wait', what: `you (${who}) have no access entry yet` };
  return stop(
    `You are ${who}, and have no access entry, nor is one planned for you: make it first (aws eks create-access-entry --cluster-name ${name} --principal-arn ${caller}, then associate-access-policy), so that you get in whatever becomes of aws-auth.`,
  );
}

function named({ arn, nodeGroup }: { readonly arn: string; readonly nodeGroup: string }): string {
  return `${whoOf(arn)} (${nodeGroup})`;
}
