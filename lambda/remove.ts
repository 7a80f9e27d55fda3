/**
 * Removing a mapping: from the place where it lives, from the one where it lived before the cluster's mode changed,
 * and from where a cancelled replacement may have left it (GT-108, CR-18).
 */
import { type BackEnd, type RemoveOutcome } from '../access/back-end';
import { type Cluster } from '../access/cluster/cluster';
import { type DesiredAccess, type Kind } from '../access/desired-access';
import { hasCode, ProviderError, undefinedIfRefused } from '../access/errors';
import { isRead, placementOf, placesOf } from '../access/placement';
import { principalKey } from '../access/principal';
import { markOf } from './delete-mark';
import { clusterIfAny, type Invocation } from './invocation';
import { physicalIdOf } from './physical-id';

/** Whose mapping is removed. */
export interface Removal {
  readonly kind: Kind;
  readonly key: string;
  /** What the properties asked for, where they can be read and name the same principal. */
  readonly desired: DesiredAccess | undefined;
}

/** After the new place holds the mapping the others give it up; nobody loses access in between (GT-108). */
export async function removeFromOtherPlaces(
  invocation: Invocation,
  cluster: Cluster,
  present: BackEnd,
  { desired, previous }: { readonly desired: DesiredAccess; readonly previous: DesiredAccess | undefined },
): Promise<void> {
  const removal = {
    kind: desired.kind,
    key: principalKey(desired.principal),
    desired: previous ?? desired,
  };
  const { places, home } = lookIn(invocation, cluster, removal, true);
  for (const backEnd of places) {
    if (backEnd.place !== present.place) await removeFrom(backEnd, invocation, cluster, removal, home, true);
  }
}

/**
 * The Update that takes back a replacement which CloudFormation cancelled before it took our answer: it comes with the
 * old id, so no Delete will ever come for the principal that was mapped meanwhile (CR-18).
 */
export async function removeCancelledReplacement(
  invocation: Invocation,
  attempted: DesiredAccess,
  physicalResourceId: string,
): Promise<void> {
  if (physicalIdOf(attempted) === physicalResourceId) return;
  const cluster = await clusterIfAny(invocation, attempted.cluster);
  if (!cluster) return;
  invocation.log('INFO', 'looking for what a cancelled replacement may have left', {
    cancelled: physicalIdOf(attempted),
  });
  const removal = { kind: attempted.kind, key: principalKey(attempted.principal), desired: attempted };
  await removeEverywhere(invocation, cluster, removal, { equalIsOwn: false });
}

/**
 * Removes the mapping from wherever it lives (GT-108). `equalIsOwn`: whether an entry without record that equals the
 * properties may be the resource's own.
 */
export async function removeEverywhere(
  invocation: Invocation,
  cluster: Cluster,
  removal: Removal,
  { equalIsOwn }: { readonly equalIsOwn: boolean },
): Promise<void> {
  const { places, home } = lookIn(invocation, cluster, removal, equalIsOwn);
  let removed = false;
  for (const [index, backEnd] of places.entries()) {
    // Such an entry is ours only when no place has held anything of ours: another tool may have made it, or EKS itself
    // at the change of mode (GT-106), while this mapping still lived elsewhere.
    const isLast = index === places.length - 1;
    const outcome = await removeFrom(backEnd, invocation, cluster, removal, home, !removed && isLast);
    if (outcome.isNowhereElse) return;
    removed ||= outcome.removed;
  }
  if (!removed && home !== undefined && home !== places.at(-1))
    await removeFrom(home, invocation, cluster, removal, home, true);
}

/** The back ends of the places where such a mapping can be, with the one that is its home. */
function lookIn(
  { edges }: Invocation,
  cluster: Cluster,
  { kind, desired }: Removal,
  equalIsOwn: boolean,
): { readonly places: readonly BackEnd[]; readonly home: BackEnd | undefined } {
  const backEnds = edges.backEnds(cluster);
  const places = placesOf(kind, cluster.authenticationMode).flatMap((place) =>
    backEnds.filter((backEnd) => backEnd.place === place),
  );
  return { places, home: equalIsOwn ? homeOf(desired, cluster, backEnds) : undefined };
}

/**
 * Where the properties, on the cluster as it is now, put the mapping. Undefined with ADOPT: then an equal entry without
 * record may be the one that an earlier try of this Delete has put back, and is its owner's again.
 */
function homeOf(
  desired: DesiredAccess | undefined,
  cluster: Cluster,
  backEnds: readonly BackEnd[],
): BackEnd | undefined {
  if (desired === undefined || desired.existingEntry === 'ADOPT') return undefined;
  return undefinedIfRefused(() => placementOf(desired, cluster, backEnds))?.backEnd;
}

async function removeFrom(
  backEnd: BackEnd,
  invocation: Invocation,
  cluster: Cluster,
  { key, desired }: Removal,
  home: BackEnd | undefined,
  mayBeEqual: boolean,
): Promise<RemoveOutcome> {
  const { log, owner, deadline } = invocation;
  const { place } = backEnd;
  // Only where the mapping may have been written, and while nothing has been found elsewhere.
  const isHome = home === undefined || home === backEnd;
  const leavesMark = mayBeEqual && isHome ? markOf(invocation, cluster) : undefined;
  try {
    const outcome = await backEnd.remove(
      { cluster, key, owner, lastKnown: desired, equalIsOwn: mayBeEqual && backEnd === home, leavesMark },
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
      (isNode(desired) && backEnd !== home && hasCode(error, 'AccessDenied'));
    if (!isCourtesy || !(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'the mapping was not looked for', { place, reason: error.message });
    return { removed: false, isNowhereElse: false };
  }
}

function isNode(desired: DesiredAccess | undefined): boolean {
  return desired?.type !== undefined && desired.type !== 'STANDARD';
}
