/** Before a mapping is given rights by groups: what binds those groups in its cluster is seen to. */
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { ProviderError } from '../../access/errors';
import { type Placement } from '../../access/placement';
import { ensureRights } from '../../access/rbac/reconcile';
import { beside, type GrantedRight } from '../../access/rights/granted';
import { isRollback } from '../awaited/awaited-update';
import { type Invocation } from '../invocation';

/** Of the time of the function, for the mapping: the way back goes on where a namespace is being deleted. */
const RESERVE_MS = 15_000;

/** Those that the mapping would have by groups. */
export function rightsByGroup(
  desired: Pick<DesiredAccess, 'groups'>,
  { effective }: Pick<Placement, 'effective'>,
): readonly GrantedRight[] {
  return beside(desired, effective).filter((item) => typeof item === 'object');
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
    const time = { ...deadline, remainingMs: () => deadline.remainingMs() - RESERVE_MS };
    await ensureRights(edges.rbac(cluster), rights, time);
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted || !(await isRollback(invocation)))
      throw error;
    log('WARN', 'rights are given back that the cluster may not bind', { reason: error.message });
  }
}
