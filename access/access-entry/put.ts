/**
 * Puts one access entry: read, decide (claim.ts, plan.ts), act (apply.ts), and take back what was done when it cannot
 * be finished.
 */
import { type PutOutcome } from '../back-end';
import { type Kind } from '../desired-access';
import { withActed } from '../errors';
import { type LoginIdentity } from '../login-identity';
import { type Deadline, retry } from '../retry';
import { type RoleOfName } from '../role-of-name';
import { type OwnershipQuestions, planInSurroundings, type Surroundings } from '../surroundings';
import { type CurrentAccessEntry } from './access-entry';
import { apply, leaveDate, nothingWritten, type WriteState } from './apply';
import { isBoundToDeletedRole } from './bound-role';
import { type Claim, claim, type ClaimRequest } from './claim';
import { isReturnedTo, mayBeOwnTry } from './own-try';
import { readRecord, snapshot } from './owner-tags';
import { type Action, planAgain, planEntry, planPut, type TargetEntry } from './plan';
import { type AccessEntryStore } from './port';
import { atFirst, outcome } from './put-outcome';
import { pauseBeforeNextLook, retryPolicy } from './retry-policy';
import { partlyWritten, restore, type StateBefore } from './undo';

export interface PutRequest extends Omit<ClaimRequest, 'surroundings' | 'isOwnTry'> {
  /** The same for every try of one event; each call adds its own end (CR-25). */
  readonly requestToken: string;
  /** As of an entry's address. */
  readonly kind?: Kind | undefined;
  /** What `entry` gives. */
  readonly desired: LoginIdentity;
  readonly ownership: OwnershipQuestions;
  readonly waitsForIam?: boolean | undefined;
  /** As of a back end's `PutRequest`; here the date of the event is the mark. */
  readonly leavesMark?: unknown;
  /** As of a back end's `PutRequest`. */
  readonly roleOfName?: (() => Promise<RoleOfName | undefined>) | undefined;
}

/** Of a caller that comes back by itself, and has other mappings to see to. */
const CONFIRM_MS = 10_000;

/**
 * Throws ProviderError: AlreadyExists when another owner's entry is in the way, or what EKS refused. Unless the error
 * says that something may have been written, the entry is as it was.
 */
export async function putAccessEntry(
  store: AccessEntryStore,
  request: PutRequest,
  deadline: Deadline,
): Promise<PutOutcome> {
  const { cluster, kind, entry } = request;
  const address = { cluster, principalArn: entry.principalArn, kind };
  const pauseAfter = retryPolicy(deadline, true, request.waitsForIam);
  const read = () => retry(deadline, () => store.read(address), pauseAfter);
  const state = nothingWritten();
  let before: StateBefore = { store, address, request, entry: await read(), deadline };
  let isBoundAgain = false;
  let decided: Decision | undefined;
  for (let round = 0, current = before.entry; ; round += 1) {
    try {
      if (round > 0) current = await read();
      const requestToken = `${request.requestToken}-${round}`;
      const confirmMs = request.waitsForIam === false ? CONFIRM_MS : undefined;
      const context = { store, address, deadline, pauseAfter, state, requestToken, confirmMs };
      const isReturned = round === 0 && (await isReturnedTo(current, request));
      if (round === 0 && !isReturned && (await mayBeOwnTry(current, request))) {
        // Node entries carry no record: whether an equal one is an earlier try of this request, EKS knows by the token.
        await apply(planEntry(undefined, nodeTarget(request)), context);
        continue;
      }
      const isOwnTry = isReturned || isMadeAs(current, state);
      const isOutlived = current !== undefined && isBoundToDeletedRole(current, await request.roleOfName?.());
      // Deleted to be made again, by this put or after it by a copy: what was said of it while it was there holds.
      const making = current || !decided ? [] : fromCreateOn(decided.actions);
      // Others have taken away what was there, and it is not to come back.
      if (!current && making.length === 0) before = { ...before, entry: undefined };
      decided =
        decided && making.length > 0
          ? { ...decided, actions: making }
          : await decide(current, { ...request, isOwnTry, isOutlived });
      const { target, actions, elsewhere } = decided;
      isBoundAgain ||= isOutlived;
      if (await apply(actions, context)) {
        state.hasDeleted = false;
        if (request.leavesMark && actions.length === 0) await leaveDate(context, planEntry(current, target));
        const facts = {
          ...outcome(target, state.made ?? current),
          elsewhere,
          isBoundAgain,
          hasCreated: state.made !== undefined,
          ...atFirst(before.entry, request),
        };
        const { entry: found } = before;
        const change = state.mayHaveWritten ? { before: found && snapshot(found), after: target } : {};
        return { ...facts, ...change, changed: state.mayHaveWritten, undo: () => restore(before, state) };
      }
      await pauseBeforeNextLook(deadline, round, request);
    } catch (error) {
      if (!state.mayHaveWritten) throw error;
      await restore(before, state).catch((reason: unknown) => {
        throw partlyWritten(error, reason);
      });
      // What an earlier try of this request has made stays, and its Delete has to look for it.
      throw withActed(error, request.isNew && isMadeAs(before.entry, state));
    }
  }
}

/** Whether the entry is the one that EKS gave for the create of this request, by this put or by an earlier try. */
function isMadeAs(entry: CurrentAccessEntry | undefined, { made }: WriteState): boolean {
  return entry !== undefined && made?.createdAt.getTime() === entry.createdAt.getTime();
}

interface Decision extends Claim {
  readonly actions: readonly Action[];
}

function decide(
  current: CurrentAccessEntry | undefined,
  request: Omit<PutRequest, 'requestToken'> &
    Pick<ClaimRequest, 'isOwnTry'> & { readonly isOutlived: boolean },
): Promise<Decision> {
  const planIn = (surroundings: Surroundings): Decision => {
    const claimed = claim(current, { ...request, surroundings });
    const { target } = claimed;
    const makesAgain = current !== undefined && request.isOutlived;
    return { ...claimed, actions: makesAgain ? planAgain(current, target) : planPut(current, target) };
  };
  const recorded = current && readRecord(current.tags)?.owner;
  return planInSurroundings(recorded, request, planIn, ({ actions }) => actions.length > 0);
}

function fromCreateOn(actions: readonly Action[]): readonly Action[] {
  const at = actions.findIndex((action) => action.do === 'create');
  return at < 0 ? [] : actions.slice(at);
}

function nodeTarget({ entry }: Pick<PutRequest, 'entry'>): TargetEntry {
  return { type: entry.type, groups: [], policies: [], tags: {}, tagsToRemove: [] };
}
