/** What follows a put in the places where the mapping does not live (GT-108). */
import { type BackEnd } from '../access/back-end';
import { type Cluster } from '../access/cluster/cluster';
import { type DesiredAccess } from '../access/desired-access';
import { principalKey } from '../access/principal';
import { type Invocation, isProvidersRole } from './invocation';
import { otherPlaceOf } from './ownership-questions';
import { isNode, lookIn, removeFrom } from './remove';

/** After the new place holds the mapping the others give it up; no principal loses access in between (GT-108). */
export async function removeFromOtherPlaces(
  invocation: Invocation,
  cluster: Cluster,
  present: BackEnd,
  {
    desired,
    previous,
    isMade,
  }: {
    readonly desired: DesiredAccess;
    readonly previous: DesiredAccess | undefined;
    /** Whether the principal had no entry where it is now. */
    readonly isMade: boolean;
  },
): Promise<void> {
  const removal = { kind: desired.kind, key: principalKey(desired.principal), desired: previous ?? desired };
  const { places, home } = lookIn(invocation, cluster, removal, previous !== undefined);
  for (const backEnd of places) {
    if (backEnd.place === present.place) continue;
    // A mapping that was here already did not live there. aws-auth, which holds the principal now, says nothing any more
    // of an access entry without record; but one of a node never has a record.
    const mayBeEqual = isMade && (backEnd.place === 'CONFIG_MAP' || isNode(previous));
    await removeFrom(backEnd, invocation, cluster, removal, home, mayBeEqual, true);
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
