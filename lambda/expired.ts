/**
 * Mappings that end (`ExpiresAt`). The schedule removes them; here is what events do about it: a new mapping in the past is
 * refused, and an Update of one that has ended, or a rollback onto it, succeeds without mapping anybody.
 */
import { type Cluster } from '../access/cluster/cluster';
import { type DesiredAccess } from '../access/desired-access';
import { type Placement } from '../access/placement';
import { type Attributes } from '../access/contract';
import { expectedAttributes } from './attributes';
import { refuseExpired, refuseWithoutSchedule } from './cloudformation/expiry';
import { type Invocation } from './invocation';
import { removalOf, removeMapping } from './remove-mapping';

/** Throws ProviderError InvalidRequest for a date that nobody would keep, or a new mapping that has ended. */
export function checkExpiry(
  { deadline, followMode }: Invocation,
  { expiresAt }: DesiredAccess,
  isNew: boolean,
): void {
  if (expiresAt === undefined) return;
  if (isNew) refuseExpired(expiresAt, deadline.now());
  // One that has ended needs no schedule any more.
  if (!hasEnded(expiresAt, deadline.now())) refuseWithoutSchedule(followMode);
}

export function hasEnded(expiresAt: number | undefined, now: number): boolean {
  return expiresAt !== undefined && expiresAt <= now;
}

/** Removes what is left of it, and gives what the mapping would give, without an access entry. */
export async function endMapping(
  invocation: Invocation,
  cluster: Cluster,
  desired: DesiredAccess,
  placement: Placement,
): Promise<Attributes> {
  invocation.log('INFO', 'the mapping has ended (ExpiresAt): nobody is mapped');
  await removeMapping(invocation, cluster, removalOf(desired), { equalIsOwn: false });
  return { ...expectedAttributes(desired, placement, cluster), AccessEntryArn: '' };
}
