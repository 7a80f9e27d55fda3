/**
 * The way back from an Update that has changed nothing. What it asks for is there, so that nothing is given anew: it
 * succeeds, although the provider would not give it any more. A rollback that fails would leave the stack stuck (CR-18).
 */
import { hasCode } from '../../access/errors';
import { identityOf } from '../../access/login-identity';
import { isSameOwner } from '../../access/owner';
import { placementOf } from '../../access/placement';
import { arnOf, principalKey } from '../../access/principal';
import { isRollback } from '../awaited/awaited-update';
import { type Placed } from '../cluster/cluster-state';
import { type Invocation } from '../invocation';
import { ofRole, type OfRole } from '../role/permission-set-role';
import { isNode } from '../../access/node-identity';
import { recordedRoles, removalOf } from '../removing/remove-mapping';

/** What is wanted, and where it is; undefined where `refusal` stands. `read`: the event, as an older provider did. Throws ProviderError for what cannot be looked at. */
export async function asItWas<W extends OfRole>(
  invocation: Invocation,
  read: () => W,
  refusal: unknown,
): Promise<(W & Placed) | undefined> {
  if (!hasCode(refusal, 'AccessDenied', 'InvalidRequest') || !(await isRollback(invocation)))
    return undefined;
  const { edges, owner, deadline, log } = invocation;
  const wanted = read();
  const cluster = await edges.describeCluster(wanted.desired.cluster);
  const { permissionSet: set, principal } = wanted.desired;
  const roles = set && (await recordedRoles(invocation, cluster, removalOf(wanted.desired), set, true));
  const [role, ...others] = roles ?? [principal];
  if (!role || others.length > 0) return undefined;
  const asked = set ? ofRole(wanted, role) : wanted;
  const { desired } = asked;
  const placement = placementOf(desired, cluster, edges.backEnds(cluster));
  const look = { cluster, key: principalKey(role), principalArn: arnOf(role) };
  const found = await placement.backEnd.look(look, deadline);
  // An access entry of nodes holds no record.
  const isOwn = found.owner ? isSameOwner(found.owner, owner) : found.place === 'API' && isNode(desired);
  if (!isOwn || found.entry?.identity !== identityOf(placement.effective)) return undefined;
  log('WARN', 'the mapping stays as it was, although it would be refused now', { reason: refusal.message });
  return { ...asked, cluster, placement };
}
