/**
 * Removing a mapping: from the place where it lives, and from the one where it lived before the cluster's mode changed
 * (GT-108).
 */
import { type BackEnd, type RemoveOutcome } from '../access/back-end';
import { type Cluster } from '../access/cluster/cluster';
import { type DesiredAccess, type Kind } from '../access/desired-access';
import { NoRights } from '../access/cluster/kubernetes-refusal';
import { hasCode, mayHaveActed, ProviderError, undefinedIfRefused } from '../access/errors';
import { nodeTypeOf } from '../access/node-identity';
import { isRead, placementOf, placesOf } from '../access/placement';
import { type Owner } from '../access/owner';
import { type PermissionSet } from '../access/permission-set';
import { isGone } from '../access/standing';
import { type Stacks } from '../access/stacks';
import { hasEnded } from './cloudformation/expiry';
import { neverHadKubernetes } from './cluster-state';
import { markOf } from './delete-mark';
import { isCancelledCreate, isRollback } from './awaited-update';
import { type Invocation } from './invocation';
import { isProvidersRole } from './provider-identity';
import { isLateAt } from './lateness';

/** Whose mapping is removed. */
export interface Removal {
  readonly kind: Kind;
  readonly key: string;
  /** What the properties asked for, where they can be read and name the same principal. */
  readonly desired: DesiredAccess | undefined;
  /** Given where the mapping is of a permission set; then `key` is of a role of it. */
  readonly set?: PermissionSet | undefined;
}

/**
 * Removes the mapping from wherever it lives (GT-108). `equalIsOwn`: whether an entry without record that equals the
 * properties may be the resource's own.
 *
 * Such an entry is ours only in the place where the properties put the mapping, and an access entry only when aws-auth
 * holds nothing of the principal: another tool may have made it, or EKS itself at the change of mode (GT-106), while
 * this mapping lived in aws-auth. Node entries carry no record: there the type says enough, unless aws-auth held ours, or
 * shows that another resource has taken ours over there.
 */
export async function removeEverywhere(
  invocation: Invocation,
  cluster: Cluster,
  removal: Removal,
  { equalIsOwn }: { readonly equalIsOwn: boolean },
): Promise<void> {
  const { places, placed, home } = lookIn(invocation, cluster, removal, equalIsOwn);
  let removed = false;
  let isElsewhere = false;
  let isAtHome = false;
  let hasPassed = false;
  for (const backEnd of places) {
    // Whatever was found elsewhere: the write of an Update that has failed may have yet to happen.
    const circumstances = { home, isFoundElsewhere: removed, mayBeWriting: true };
    const outcome = await removeFrom(backEnd, invocation, cluster, removal, circumstances);
    removed ||= outcome.removed;
    hasPassed ||= outcome.hasPassed === true;
    // Its mark is older than a move to aws-auth that the entry outlived.
    if (outcome.isNowhereElse && backEnd.place === placed?.place) return;
    if (backEnd === home) isAtHome = outcome.wasThere;
    else isElsewhere ||= outcome.wasThere;
  }
  const isFound = removed || hasPassed;
  if (isFound && isAtHome && home?.place === 'API' && isNode(removal.desired))
    warnOfNodes(invocation, removal.key);
  if (isFound || home === undefined || !isAtHome) return;
  const isHomeAlone = home === places.at(-1) || cluster.authenticationMode === 'API' || !isElsewhere;
  if (!isHomeAlone && !isNode(removal.desired)) return;
  if (await isAwaited(invocation, removal))
    await removeFrom(home, invocation, cluster, removal, { home, mayBeEqual: true, mayBeWriting: true });
}

export function warnOfNodes({ log }: Pick<Invocation, 'log'>, principal: string): void {
  log('WARN', 'an access entry of nodes is left: it has no record that says who made it', { principal });
}

/**
 * Whether CloudFormation waits for this Delete: a copy that Lambda delivers once more would find what another tool, or
 * EKS itself at the change of mode (GT-106), has made since. What has a record needs no such question.
 */
async function isAwaited(invocation: Invocation, { desired, key }: Removal): Promise<boolean> {
  const { edges, owner, request, log, requestedAt, deadline } = invocation;
  // The properties of an attempt that is taken back: it may have met another owner's entry.
  const isTakenBack = await isRollback(invocation);
  // Another try of Lambda's: the first one may have removed the mapping from aws-auth, and EKS have made this entry.
  const isLate = requestedAt && isLateAt(requestedAt, deadline.now());
  if (isNode(desired) && (isTakenBack || isLate)) warnOfNodes({ log }, key);
  if (isTakenBack || (isNode(desired) && isLate)) return false;
  const resource = await edges.stacks.resource(owner);
  if (resource.state !== 'known') return resource.state === 'unknown';
  const { status, physicalId } = resource;
  const isLive = request.requestType === 'Delete' && physicalId === request.physicalResourceId;
  const isAtRest = status.endsWith('_COMPLETE');
  // A resource that has been replaced is at rest while the old id is cleaned up: only the stack shows whether it is done.
  const awaited =
    status !== 'DELETE_COMPLETE' &&
    !(isLive && isAtRest) &&
    (!isAtRest || (await isBusy(edges.stacks, owner)));
  if (!awaited)
    log('INFO', 'an entry without record is kept: CloudFormation does not wait for this', { status });
  return awaited;
}

/** Whether the stack is at work, as far as CloudFormation tells. */
async function isBusy(stacks: Stacks, { stackId }: Owner): Promise<boolean> {
  const stack = await stacks.stack(stackId);
  return stack.state === 'unknown' || (stack.state === 'known' && stack.status.endsWith('_IN_PROGRESS'));
}

/**
 * The back ends of the places where such a mapping can be; `placed`: where the properties, on the cluster as it is now, put
 * it; `home`: where an entry without record may be its own. Not with ADOPT: then an equal entry without record may be the
 * one that an earlier try of this Delete has put back, and is its owner's again. Nor once the mapping has ended: the schedule
 * may have removed it, and another tool have made an equal one.
 */
export function lookIn(
  { edges, deadline }: Invocation,
  cluster: Cluster,
  { kind, desired }: Removal,
  equalIsOwn: boolean,
): {
  readonly places: readonly BackEnd[];
  readonly placed: BackEnd | undefined;
  readonly home: BackEnd | undefined;
} {
  const backEnds = edges.backEnds(cluster);
  const places = placesOf(kind, cluster.authenticationMode).flatMap((place) =>
    backEnds.filter((backEnd) => backEnd.place === place),
  );
  const placed = desired && undefinedIfRefused(() => placementOf(desired, cluster, backEnds))?.backEnd;
  const mayBeAnothers = desired?.existingEntry === 'ADOPT' || hasEnded(desired?.expiresAt, deadline.now());
  return { places, placed, home: equalIsOwn && !mayBeAnothers ? placed : undefined };
}

export interface Circumstances {
  readonly home: BackEnd | undefined;
  /** Whether an entry without record that equals the properties may be the resource's own, in its home. */
  readonly mayBeEqual?: boolean;
  /** The mapping was found in another place: then a place that may not be looked at is a warning. */
  readonly isFoundElsewhere?: boolean;
  /** The mapping is in force in another place: then what stays here is a warning too. */
  readonly isInForceElsewhere?: boolean;
  /** Whether an earlier event of the resource may still be writing here. */
  readonly mayBeWriting: boolean;
}

export async function removeFrom(
  backEnd: BackEnd,
  invocation: Invocation,
  cluster: Cluster,
  { key, desired, set }: Removal,
  { home, mayBeEqual = false, isFoundElsewhere, isInForceElsewhere, mayBeWriting }: Circumstances,
): Promise<RemoveOutcome> {
  const { log, owner, deadline, requestedAt } = invocation;
  const { place } = backEnd;
  if (place === 'CONFIG_MAP' && neverHadKubernetes(cluster)) {
    log('INFO', 'the cluster has no Kubernetes API yet', { place });
    return { removed: false, isNowhereElse: false, wasThere: false };
  }
  const leavesMark = mayBeWriting ? markOf(invocation, cluster) : undefined;
  try {
    const outcome = await backEnd.remove(
      {
        cluster,
        key,
        owner,
        set: set?.name,
        requestedAt: requestedAt?.getTime(),
        lastKnown: desired,
        equalIsOwn: mayBeEqual && backEnd === home,
        isProvidersRole: isProvidersRole(invocation, cluster.name, key),
        leavesMark,
        isGone: (kept) => isGone(kept, invocation.edges.stacks),
      },
      deadline,
    );
    const { removed, note, warning, before, after } = outcome;
    if (warning) log('WARN', warning);
    log('INFO', removed ? 'removed the mapping' : 'nothing to remove', { place, note, before, after });
    return outcome;
  } catch (error) {
    // Where the cluster no longer looks (GT-50), cleaning is a courtesy; and a node's access entry has no record that
    // could say that the mapping never lived elsewhere.
    const isCourtesy =
      !isRead(place, cluster.authenticationMode) ||
      ((isInForceElsewhere || (isFoundElsewhere && !mayHaveActed(error))) &&
        hasCode(error, 'AccessDenied', 'ServiceUnavailable', 'NotStabilized')) ||
      (isNode(desired) && backEnd !== home && hasCode(error, 'AccessDenied')) ||
      // Its Create had no rights there either: then nothing of it can be there, and the rollback must not fail for it.
      (error instanceof NoRights && (await isCancelledCreate(invocation)));
    if (!isCourtesy || !(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'the mapping was not looked for', { place, reason: error.message });
    // What was not looked at may be there.
    return { removed: false, isNowhereElse: false, wasThere: true };
  }
}

export function isNode(desired: DesiredAccess | undefined): boolean {
  if (desired === undefined) return false;
  const { type = nodeTypeOf(desired.userName, desired.groups) } = desired;
  return type !== undefined && type !== 'STANDARD';
}
