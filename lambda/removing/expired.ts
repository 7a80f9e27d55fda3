/**
 * Mappings that end (`ExpiresAt`). The schedule removes them; here is what events do about it: a new mapping in the past is
 * refused, and an Update of one that has ended, or a rollback onto it, succeeds without mapping anybody.
 */
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { withActed } from '../../access/errors';
import { type Placement } from '../../access/placement';
import { type Attributes } from '../../access/contract';
import { expectedAttributes } from '../attributes';
import { expiredError, hasEnded, refuseWithoutSchedule } from '../cloudformation/expiry';
import { type Invocation } from '../invocation';
import { isLateAt } from '../awaited/lateness';
import { isRollback } from '../awaited/awaited-update';
import { type Put } from '../putting/put';
import { removalOf, removeMapping } from './remove-mapping';

/** Throws ProviderError InvalidRequest for a date that nobody would keep, or a new mapping that has ended. */
export async function checkExpiry(
  invocation: Invocation,
  { expiresAt }: DesiredAccess,
  isNew: boolean,
): Promise<void> {
  const { deadline, followMode } = invocation;
  if (expiresAt === undefined) return;
  // One that has ended needs no schedule any more.
  if (!hasEnded(expiresAt, deadline.now())) return refuseWithoutSchedule(followMode);
  // The way back from a replacement comes with the new id, so that the mapping before it looks new.
  if (!isNew || (await isRollback(invocation))) return;
  // It had not ended when CloudFormation asked: an earlier try of Lambda's may have mapped it.
  const asked = invocation.requestedAt;
  const mayBeMapped = isLateAt(asked, deadline.now()) && (asked?.getTime() ?? 0) < expiresAt;
  throw withActed(expiredError(expiresAt), mayBeMapped);
}

/**
 * Removes what is left of it, and gives what the mapping would give, without an access entry. `previous`: what the same
 * mapping asked for before, which an entry without record (a node's) may still give.
 */
export async function endMapping(
  invocation: Invocation,
  cluster: Cluster,
  { desired, previous }: Pick<Put, 'desired' | 'previous'>,
  placement: Placement,
): Promise<Attributes> {
  invocation.log('INFO', 'the mapping has ended (ExpiresAt): nobody is mapped');
  const removal = { ...removalOf(desired), desired: previous ?? desired };
  await removeMapping(invocation, cluster, removal, { equalIsOwn: previous !== undefined });
  return { ...expectedAttributes(desired, placement, cluster), AccessEntryArn: '' };
}
