/**
 * Puts and removes one access entry: read, decide (claim.ts, release.ts, plan.ts), act (apply.ts), and take back
 * what was done when it cannot be finished.
 */
import { ProviderError, withActed } from '../errors';
import { type Kind } from '../desired-access';
import { type Deadline, retry } from '../retry';
import { type CurrentAccessEntry } from './access-entry';
import { type Claim, claim, type ClaimRequest, isAdopted } from './claim';
import { readRecord, saysNeverInAwsAuth, snapshot } from './owner-tags';
import { jitter, nothingWritten, retryPolicy, apply } from './apply';
import {
  type Action,
  isSameEntry,
  isStandard,
  planAgain,
  planEntry,
  planPut,
  type TargetEntry,
} from './plan';
import { findEntry } from './find-entry';
import { release, type ReleaseRequest } from './release';
import { type StateBefore, partlyWritten, restore } from './undo';
import { SKEW_MS } from '../ownership-record';
import { type LoginIdentity } from '../login-identity';
import { isSameOwner, type Owner } from '../owner';
import { goneAmong } from '../standing';
import { type OwnershipQuestions, planInSurroundings, type Surroundings } from '../surroundings';
import { type PutOutcome, type RemoveOutcome } from '../back-end';
import { type RoleOfName } from '../role-of-name';
import { isBoundToDeletedRole } from './bound-role';
import { type AccessEntryStore } from './port';

export interface PutRequest extends Omit<ClaimRequest, 'surroundings' | 'isOwnTry'> {
  /** The same for every try of one event; each call adds its own end (CR-25). */
  readonly requestToken: string;
  /** As of an entry's address. */
  readonly kind?: Kind | undefined;
  /** What `entry` gives. */
  readonly desired: LoginIdentity;
  readonly ownership: OwnershipQuestions;
  readonly waitsForIam?: boolean | undefined;
  /** As of a back end's `PutRequest`. */
  readonly roleOfName?: (() => Promise<RoleOfName | undefined>) | undefined;
}

export interface RemoveRequest extends Omit<ReleaseRequest, 'gone'> {
  readonly cluster: string;
  /** Without it the entry is looked for among all of the cluster's. */
  readonly principalArn?: string | undefined;
  readonly canonicalArn: string;
  /** As of a back end's `RemoveRequest`. */
  readonly isGone?: ((owner: Owner) => Promise<boolean>) | undefined;
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
  const found = await read();
  const state = nothingWritten();
  const before: StateBefore = { store, address, request, entry: found, deadline };
  let isBoundAgain = false;
  for (let round = 0, current = found; ; round += 1) {
    try {
      if (round > 0) current = await read();
      const requestToken = `${request.requestToken}-${round}`;
      const confirmMs = request.waitsForIam === false ? CONFIRM_MS : undefined;
      const context = { store, address, deadline, pauseAfter, state, requestToken, confirmMs };
      const isReturned = round === 0 && (await isReturnedTo(current, request));
      if (round === 0 && !isReturned && mayBeOwnTry(current, request)) {
        // Node entries carry no record: whether an equal one is an earlier try of this request, EKS knows by the token.
        await apply(planEntry(undefined, nodeTarget(request)), context);
        continue;
      }
      const isOwnTry =
        isReturned ||
        (current !== undefined && state.made?.createdAt.getTime() === current.createdAt.getTime());
      const isOutlived = current !== undefined && isBoundToDeletedRole(current, await request.roleOfName?.());
      const { target, actions, elsewhere } = await decide(current, { ...request, isOwnTry, isOutlived });
      isBoundAgain ||= isOutlived;
      if (await apply(actions, context)) {
        state.hasDeleted = false;
        const facts = {
          ...outcome(target, state.made ?? current),
          elsewhere,
          isBoundAgain,
          hasCreated: state.made !== undefined,
          ...atFirst(found, request),
        };
        const change = state.mayHaveWritten ? { before: found && snapshot(found), after: target } : {};
        return { ...facts, ...change, changed: state.mayHaveWritten, undo: () => restore(before, state) };
      }
      await pauseBeforeNextLook(deadline, round, request);
    } catch (error) {
      if (!state.mayHaveWritten) throw error;
      await restore(before, state).catch((reason: unknown) => {
        throw partlyWritten(error, reason);
      });
      throw withActed(error, false);
    }
  }
}

/** What the place showed when it was first looked at. */
function atFirst(
  found: CurrentAccessEntry | undefined,
  { owner }: Pick<PutRequest, 'owner'>,
): Pick<PutOutcome, 'isMade' | 'wasOwn'> {
  const record = found && readRecord(found.tags);
  return { isMade: found === undefined, wasOwn: record !== undefined && isSameOwner(record.owner, owner) };
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

/**
 * Whether the node's entry is the one that the resource had before a replacement that CloudFormation takes back; unless
 * the mapping lived in aws-auth.
 */
async function isReturnedTo(current: CurrentAccessEntry | undefined, request: PutRequest): Promise<boolean> {
  if (
    !mayBeOwnTry(current, { ...request, requestedAt: undefined }) ||
    !(await request.ownership.isRollback())
  )
    return false;
  const elsewhere = await request.ownership.elsewhere();
  return elsewhere.state !== 'seen' || !['self', 'moved'].includes(elsewhere.standing ?? '');
}

function mayBeOwnTry(
  current: CurrentAccessEntry | undefined,
  { entry, isNew, hadEnded, requestedAt }: Pick<PutRequest, 'entry' | 'isNew' | 'hadEnded' | 'requestedAt'>,
): boolean {
  if (!(isNew || hadEnded) || isStandard(entry) || !current || !isSameEntry(current, entry)) return false;
  // What is older than the request no try of it has made.
  return current.createdAt.getTime() >= (requestedAt ?? 0) - SKEW_MS;
}

function nodeTarget({ entry }: Pick<PutRequest, 'entry'>): TargetEntry {
  return { type: entry.type, groups: [], policies: [], tags: {}, tagsToRemove: [] };
}

function outcome(
  target: TargetEntry,
  entry: Pick<CurrentAccessEntry, 'username' | 'groups' | 'accessEntryArn'> | undefined,
): Omit<
  PutOutcome,
  'changed' | 'isMade' | 'wasOwn' | 'isBoundAgain' | 'before' | 'after' | 'undo' | 'elsewhere'
> {
  // Node types: the service names them.
  const login = isStandard(target) ? target : entry;
  return {
    adopted: isAdopted(target.tags),
    isNowhereElse: saysNeverInAwsAuth(target.tags),
    userName: login?.username ?? '',
    groups: login?.groups ?? [],
    accessEntryArn: entry?.accessEntryArn ?? '',
  };
}

/** The entry was changed between our look and our call, or EKS does not show it to us yet (GT-110). */
async function pauseBeforeNextLook(
  deadline: Deadline,
  round: number,
  { cluster }: { readonly cluster: string },
): Promise<void> {
  const pause = jitter(deadline, round + 1);
  if (pause >= deadline.remainingMs()) {
    throw new ProviderError(
      'ResourceConflict',
      `another tool kept changing the access entry on cluster ${cluster} until the time was up: see that it has one owner, and run the stack operation again`,
    );
  }
  await deadline.pause(pause);
}

/**
 * Removes the entry, or puts back what it had replaced. Not there, or not this resource's any more, is no error
 * (CR-19, CR-20). Throws ProviderError for what EKS refused.
 */
export async function removeAccessEntry(
  store: AccessEntryStore,
  request: RemoveRequest,
  deadline: Deadline,
): Promise<RemoveOutcome> {
  const pauseAfter = retryPolicy(deadline, false);
  for (let round = 0; ; round += 1) {
    const current = await retry(deadline, () => findEntry(store, request), pauseAfter);
    if (!current) return { removed: false, note: 'not found', isNowhereElse: false, wasThere: false };
    const gone = await goneAmong(readRecord(current.tags), request.owner, request.isGone);
    const { actions, ...result } = release(current, { ...request, gone });
    const address = { cluster: request.cluster, principalArn: current.principalArn };
    const state = nothingWritten();
    try {
      if (await apply(actions, { store, address, deadline, pauseAfter, state })) {
        const isNowhereElse = result.removed && saysNeverInAwsAuth(current.tags);
        return {
          ...result,
          isNowhereElse,
          wasThere: true,
          ...(result.removed ? { before: snapshot(current) } : {}),
        };
      }
    } catch (error) {
      // Half put back (another type: deleted, not made again), a repeated Delete would find nothing: make it whole.
      if (!state.hasDeleted) throw error;
      const whole = { store, address, request, entry: current, deadline };
      await restore(whole, state).catch((reason: unknown) => {
        throw partlyWritten(error, reason);
      });
      throw error;
    }
    await pauseBeforeNextLook(deadline, round, request);
  }
}

export { type AccessEntryStore } from './port';
