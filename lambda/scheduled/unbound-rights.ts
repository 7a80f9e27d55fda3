/**
 * Rights by groups that nothing binds any more: a namespace that is deleted takes its RoleBindings with it. A run tells of
 * them and makes none, because an administrator may have taken them away.
 */
import { type Cluster } from '../../access/cluster/cluster';
import { ProviderError } from '../../access/errors';
import { lookAtRights } from '../../access/rbac/reconcile';
import { rightOf } from '../../access/rights/granted';
import { subjectOf } from './report';
import { type Run } from './run';

/** In the cluster's turn; what cannot be read is not tried again. `groups`: of the mapping. */
export async function reportUnbound(
  { deadline, edges, isTurn, log, counts }: Run,
  cluster: Cluster,
  recorded: Parameters<typeof subjectOf>[1],
  groups: readonly string[] = [],
): Promise<void> {
  const rights = groups.map(rightOf).filter((right) => right !== undefined);
  if (rights.length === 0 || !isTurn(cluster.name)) return;
  try {
    const once = { ...deadline, remainingMs: () => 0 };
    const seen = await lookAtRights(edges(deadline).rbac(cluster), rights, once);
    if (seen.length === 0) return;
    counts.MappingsDrifted += 1;
    log('WARN', 'drift: another tool has changed the rights of the mapping', {
      ...subjectOf(cluster, recorded),
      reason:
        typeof seen === 'string'
          ? seen
          : seen.map(({ metadata }) => `no RoleBinding ${metadata.name} in namespace ${metadata.namespace}`),
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'the mappings of the cluster were not all looked at', {
      ...subjectOf(cluster, recorded),
      reason: error.message,
    });
  }
}
