/**
 * Removing a mapping: from the place where it lives, and from the one where it lived before the cluster's mode changed
 * (GT-108).
 */
import { type BackEnd } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { undefinedIfRefused } from '../../access/errors';
import { isNode } from '../../access/node-identity';
import { type Owner } from '../../access/owner';
import { placementOf, placesOf } from '../../access/placement';
import { hasEnded } from '../cloudformation/expiry';
import { type Invocation } from '../invocation';
import { isAwaited, isOfAnother, warnOfNodes } from './awaited-removal';
import { type Removal } from './removal';
import { removeFrom } from './remove-from';

/**
 * Removes the mapping from wherever it lives (GT-108). `equalIsOwn`: whether an entry without record that equals the
 * properties may be the resource's own.
 *
 * Such an entry is ours only in the place where the properties put the mapping, and an access entry only when aws-auth
 * holds nothing of the principal: another tool may have made it, or EKS itself at the change of mode (GT-106), while
 * this mapping lived in aws-auth. Node entries carry no record: there the type says enough, unless aws-auth held ours, or
 * shows that another resource has it there.
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
  let isEntryLeft = false;
  let holder: Owner | undefined;
  for (const backEnd of places) {
    // Whatever was found elsewhere: the write of an Update that has failed may have yet to happen.
    const circumstances = { home, isFoundElsewhere: removed, mayBeWriting: true };
    const outcome = await removeFrom(backEnd, invocation, cluster, removal, circumstances);
    removed ||= outcome.removed;
    hasPassed ||= outcome.hasPassed === true;
    holder ??= outcome.holder;
    // Without a note it was not looked at, which the log says already.
    isEntryLeft ||= backEnd.place === 'API' && outcome.wasThere && !outcome.removed && !!outcome.note;
    // Its mark is older than a move to aws-auth that the entry outlived.
    if (outcome.isNowhereElse && backEnd.place === placed?.place) return;
    if (backEnd === home) isAtHome = outcome.wasThere;
    else isElsewhere ||= outcome.wasThere;
  }
  const isFound = removed || hasPassed;
  const mayBeOwn = isFound ? home?.place === 'API' : !home;
  if (isEntryLeft && mayBeOwn && isNode(removal.asked ?? removal.desired))
    warnOfNodes(invocation, removal.key);
  if (isFound || home === undefined || !isAtHome) return;
  const isHomeAlone = home === places.at(-1) || cluster.authenticationMode === 'API' || !isElsewhere;
  if (!isHomeAlone && (!isNode(removal.desired) || (await isOfAnother(invocation, removal, holder)))) return;
  if (await isAwaited(invocation, removal))
    await removeFrom(home, invocation, cluster, removal, { home, mayBeEqual: true, mayBeWriting: true });
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
