/** Before a mapping is given rights by groups: what binds those groups in its cluster is seen to. */
import { type Cluster } from '../access/cluster/cluster';
import { type DesiredAccess } from '../access/desired-access';
import { ProviderError } from '../access/errors';
import { type Placement } from '../access/placement';
import { ensureRights } from '../access/rbac/reconcile';
import { type GrantedRight, rightOf } from '../access/rights/granted';
import { isRollback } from './awaited-update';
import { type Invocation } from './invocation';

/** Those that the mapping would have by groups. */
export function rightsByGroup(
  { groups }: Pick<DesiredAccess, 'groups'>,
  { effective }: Pick<Placement, 'effective'>,
): readonly GrantedRight[] {
  return effective.groups
    .filter((group) => !groups.includes(group))
    .map(rightOf)
    .filter((right) => right !== undefined);
}

/** Throws ProviderError; on the way back from an Update a setup that is gone is a warning, since the rollback removes no right. */
export async function seeToRights(
  invocation: Invocation,
  cluster: Cluster,
  desired: DesiredAccess,
  placement: Placement,
): Promise<void> {
  const { edges, deadline, log } = invocation;
  const rights = rightsByGroup(desired, placement);
  if (rights.length === 0) return;
  try {
    await ensureRights(edges.rbac(cluster), rights, deadline);
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted || !(await isRollback(invocation)))
      throw error;
    log('WARN', 'rights are given back that the cluster may not bind', { reason: error.message });
  }
}
