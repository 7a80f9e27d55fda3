/** What follows a put in the places where the mapping does not live (GT-108). */
import { type BackEnd, type PutOutcome, type RemoveOutcome } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { isRead } from '../../access/placement';
import { principalKey } from '../../access/principal';
import { isRollback } from '../awaited/awaited-update';
import { type Invocation } from '../invocation';
import { isProvidersRole } from '../cluster/provider-identity';
import { formerPlace } from '../putting/former-place';
import { otherPlaceOf } from '../putting/ownership-questions';
import { type Put } from '../putting/put';
import { isNode } from '../../access/node-identity';
import { warnOfNodes } from './awaited-removal';
import { lookIn } from './remove';
import { removeFrom } from './remove-from';

/** After the new place holds the mapping the others give it up; no principal loses access in between (GT-108). */
export async function removeFromOtherPlaces(
  invocation: Invocation,
  cluster: Cluster,
  present: BackEnd,
  { desired, previous }: Pick<Put, 'desired' | 'previous'>,
  /** As of `PutOutcome`. */
  { isMade, wasOwn, isNowhereElse }: Pick<PutOutcome, 'isMade' | 'wasOwn' | 'isNowhereElse'>,
): Promise<void> {
  const { kind, principal, permissionSet: set } = desired;
  const removal = { kind, key: principalKey(principal), desired: previous ?? desired, set };
  // Which role a permission set had before is known of records alone.
  const { places, home } = lookIn(invocation, cluster, removal, previous !== undefined && !set);
  const last = formerPlace(invocation, cluster, previous);
  for (const backEnd of places) {
    if (backEnd.place === present.place) continue;
    // On the way back from an Update that failed, its write may still be under way; no entry says so.
    const mayBeWriting = backEnd.place === last?.place;
    if (isNowhereElse && !mayBeWriting) continue;
    // EKS itself makes entries of nodes at the change of mode (GT-106), and they carry no record: that this mapping lived
    // in aws-auth, which is no longer read, is all that its Delete can tell them by.
    if (isNode(desired) && !isMade && !isRead(backEnd.place, cluster.authenticationMode)) continue;
    // A mapping that was here already did not live there: what the old properties say may be an attempt that failed.
    // aws-auth, which holds the principal now, says nothing any more of an access entry without record; but one of a node
    // never has a record, and it was this resource's if aws-auth held another owner's entry.
    const mayHaveLeft = backEnd.place === 'CONFIG_MAP' ? isMade : !wasOwn && isNode(previous);
    const mayBeEqual = mayHaveLeft && !isNowhereElse;
    const circumstances = { home, isInForceElsewhere: true, mayBeWriting };
    const look = (asEqual: boolean): Promise<RemoveOutcome> =>
      removeFrom(backEnd, invocation, cluster, removal, { ...circumstances, mayBeEqual: asEqual });
    const isTold = backEnd.place === 'CONFIG_MAP';
    let outcome = await look(mayBeEqual && !isTold);
    // What an attempt has written into aws-auth has a record: without one it is not what the way back has to take away.
    // Where the look has failed there is no note, and no reason to look again.
    const isLeft = isTold && mayBeEqual && outcome.wasThere && !outcome.removed && outcome.note !== undefined;
    if (isLeft && !(await isRollback(invocation))) outcome = await look(true);
    const { removed, wasThere } = outcome;
    if (wasThere && !removed && mayBeWriting && isNode(previous) && backEnd.place === 'API')
      warnOfNodes(invocation, removal.key);
  }
}

/** `ExistingEntry: REPLACE`: another owner's entry in the other place goes, once ours is in force and still wanted. */
export async function removeReplaced(
  invocation: Invocation,
  cluster: Cluster,
  present: BackEnd,
  desired: DesiredAccess,
): Promise<void> {
  const { owner, deadline, log } = invocation;
  const other = otherPlaceOf(invocation, cluster, desired, present);
  if (!other) return;
  const { removed, before } = await other.remove(
    {
      cluster,
      key: principalKey(desired.principal),
      owner,
      lastKnown: desired,
      equalIsOwn: false,
      isReplaced: true,
      isProvidersRole: isProvidersRole(invocation, cluster.name, principalKey(desired.principal)),
    },
    deadline,
  );
  log('INFO', removed ? 'removed what the mapping replaces' : 'there was nothing left to replace', {
    place: other.place,
    before,
  });
}
