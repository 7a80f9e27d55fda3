/** Carries out the calls of a plan, trying each again while that can help. */
import { hasCode, mayHaveActed, ProviderError } from '../errors';
import { type Deadline, retry, writing } from '../retry';
import { type AssociatedPolicy } from './access-entry';
import { type Action, type Write } from './plan';
import { missingFrom } from './plan-policies';
import { type AccessEntryStore, type EntryAddress, type MadeEntry } from './port';
import { jitter, type PauseAfter, UNDO_RESERVE_MS } from './retry-policy';

/** What is known to have been done so far; kept by the caller across plans. */
export interface WriteState {
  mayHaveWritten: boolean;
  /** True from the delete to the create of a changed type. */
  hasDeleted: boolean;
  made: MadeEntry | undefined;
}

export function nothingWritten(): WriteState {
  return { mayHaveWritten: false, hasDeleted: false, made: undefined };
}

export interface ApplyContext {
  readonly store: AccessEntryStore;
  readonly address: EntryAddress;
  readonly deadline: Deadline;
  readonly pauseAfter: PauseAfter;
  readonly state: WriteState;
  /**
   * For the one create that a plan may have: what else is sent twice comes to the same. The same whatever comes before
   * that create, so that another try of the event, which finds less to do, is known by it. Left out, every create is a new
   * one to EKS.
   */
  readonly requestToken?: string | undefined;
  /** How long EKS is given to show what was associated, in milliseconds. Default: until the deadline. */
  readonly confirmMs?: number | undefined;
}

/** False when the entry turned out not to be what the plan was made for: read and plan again. */
export async function apply(actions: readonly Action[], on: ApplyContext): Promise<boolean> {
  for (const action of actions) {
    if (action.do === 'confirm') {
      if (await isConfirmed(action.policies, on)) continue;
      return false;
    }
    // Not that of the plan: a copy of this event may make the entry that the delete before it takes away.
    const asked = on.deadline.now();
    try {
      const made = await retry(on.deadline, () => applyOnce(action, on.requestToken, on), on.pauseAfter);
      if (action.do === 'create') on.state.made = made;
      // An answer older than the question repeats that of an earlier try of this event, under the same token (GT-69):
      // its entry may be gone by now.
      if (made && made.createdAt.getTime() < asked) return false;
      if (action.do === 'delete' || action.do === 'create') on.state.hasDeleted = action.do === 'delete';
    } catch (error) {
      const isGone = hasCode(error, 'NotFound');
      if (isGone && (action.do === 'delete' || action.do === 'disassociate')) continue; // GT-111
      // What a create does not find is the cluster.
      if (action.do === 'create' ? hasCode(error, 'AlreadyExists') : isGone) return false;
      throw error;
    }
  }
  return true;
}

/**
 * The date of an event that finds the entry as it shall be: what came before it, and comes again, is late then. `dating`:
 * calls for nothing but the date. A courtesy, for which no event fails, or waits.
 */
export async function leaveDate(
  { store, address }: Pick<ApplyContext, 'store' | 'address'>,
  dating: readonly Action[],
): Promise<void> {
  for (const action of dating) await store.apply(address, action as Write).catch(() => undefined);
}

async function applyOnce(
  action: Write,
  token: string | undefined,
  { store, address, deadline, state }: ApplyContext,
): Promise<MadeEntry | undefined> {
  try {
    const made = await writing(deadline, () => store.apply(address, action, token));
    state.mayHaveWritten = true;
    return made;
  } catch (error) {
    if (mayHaveActed(error)) state.mayHaveWritten = true;
    throw error;
  }
}

/**
 * Reads back what was associated, and associates again what EKS does not show, until the deadline. False when the entry
 * is no longer there. Throws ProviderError NotStabilized.
 */
async function isConfirmed(wanted: readonly AssociatedPolicy[], on: ApplyContext): Promise<boolean> {
  const { store, address, deadline, pauseAfter, confirmMs = Infinity } = on;
  const left = deadline.remainingMs();
  const reserve = Math.max(Math.min(UNDO_RESERVE_MS, left / 3), left - confirmMs);
  for (let failures = 1; ; failures += 1) {
    const shown = await retry(deadline, () => store.readPolicies(address), pauseAfter);
    if (!shown) return false;
    const missing = missingFrom(shown, wanted);
    if (missing.length === 0) return true;
    const pause = 250 + jitter(deadline, failures);
    if (pause >= deadline.remainingMs() - reserve) throw notShown(missing, on);
    await deadline.pause(pause);
    const again = missing.map((policy) => ({ do: 'associate', policy }) as const);
    if (!(await apply(again, on))) return false;
  }
}

function notShown(
  missing: readonly AssociatedPolicy[],
  { address: { cluster, principalArn } }: ApplyContext,
): ProviderError {
  const arns = missing.map(({ policyArn }) => policyArn).join(', ');
  return new ProviderError(
    'NotStabilized',
    `AccessPolicies has ${arns}, which EKS accepts for ${principalArn} on cluster ${cluster} and does not list afterwards (ListAssociatedAccessPolicies): run the stack operation again, and ask AWS Support if that does not help`,
  );
}
