/** What goes on in the background of a cluster: it advances with every read, by one step. */
import { type EksWorld } from './call';
import { type ClusterState, type UpdateState } from './cluster-state';
import { expectOwnEntries, readOwnEntries } from './own-entries';

export function readOnce(world: EksWorld, cluster: ClusterState): void {
  readOwnEntries(world, cluster);
  for (const update of cluster.updates.values()) {
    if (update.status === 'InProgress' && (update.readsLeft -= 1) < 0) finishUpdate(world, cluster, update);
  }
  if (cluster.status !== 'CREATING' && cluster.status !== 'DELETING') return;
  cluster.readsLeft -= 1;
  if (cluster.readsLeft >= 0) return;
  if (cluster.status === 'CREATING') cluster.status = 'ACTIVE';
  else world.terminate(cluster.name);
}

/** Lets every running update of the cluster end now. */
export function finishUpdates(world: EksWorld, cluster: ClusterState): void {
  for (const update of cluster.updates.values()) {
    if (update.status === 'InProgress') finishUpdate(world, cluster, update);
  }
}

export interface NewUpdate extends Pick<UpdateState, 'type' | 'params' | 'target'> {
  /** Default: as many as the world's consistency says. */
  readonly reads?: number;
}

/** An update begins; how it ends is what the cluster was told of the next ones. */
export function beginUpdate(
  world: EksWorld,
  cluster: ClusterState,
  { type, params, target, reads = world.consistency.updateReads }: NewUpdate,
): UpdateState {
  const update: UpdateState = {
    id: `00000000-0000-4000-8000-${String(cluster.updates.size + 1).padStart(12, '0')}`,
    type,
    status: 'InProgress',
    params,
    errors: [],
    createdAt: world.clock(),
    readsLeft: reads,
    outcome: cluster.nextOutcome,
    target,
  };
  cluster.updates.set(update.id, update);
  cluster.status = 'UPDATING';
  return update;
}

/** The cluster is ACTIVE again also after an update that failed. */
function finishUpdate(world: EksWorld, cluster: ClusterState, update: UpdateState): void {
  const { outcome, target } = update;
  update.status = outcome.status;
  cluster.status = 'ACTIVE';
  if (outcome.status !== 'Successful') update.errors = outcome.errors ?? [];
  else if (target !== undefined) {
    const before = cluster.authenticationMode;
    cluster.authenticationMode = target;
    if (before === 'CONFIG_MAP') expectOwnEntries(world, cluster);
  }
}
