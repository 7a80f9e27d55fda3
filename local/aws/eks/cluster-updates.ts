/** UpdateClusterConfig, DescribeUpdate, ListUpdates, and what goes on in the background of a cluster. */
import {
  authorize,
  eksArn,
  label,
  optionalObject,
  optionalString,
  page,
  requireCluster,
  type Call,
  type EksWorld,
} from './call';
import { type AuthenticationMode, type ClusterState, type UpdateState } from './cluster-state';
import { EksError, invalidParameter } from './eks-error';
import { addEntry } from './new-entry';
import { policyArn } from './policy-catalogue';

const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

/** GT-104, GT-105: one step at a time, one way, and asynchronous. */
export function updateClusterConfig(call: Call): unknown {
  const name = label(call, 0);
  const accessConfig = optionalObject(call.body, 'accessConfig') ?? {};
  const target = readMode(accessConfig);
  authorize(call, 'eks:UpdateClusterConfig', eksArn(call.world, `cluster/${name}`), {
    'eks:authenticationMode': target,
  });
  const cluster = requireCluster(call, name);
  if (!target)
    throw invalidParameter('Only accessConfig.authenticationMode can be updated on this emulated cluster');
  const running = [...cluster.updates.values()].find(({ status }) => status === 'InProgress');
  if (running || cluster.status === 'UPDATING') {
    const message = `Cannot AccessConfigUpdate because cluster ${name} currently has update ${running?.id ?? 'unknown'} in progress`;
    throw new EksError('InvalidRequestException', message);
  }
  if (cluster.status !== 'ACTIVE')
    throw new EksError('ResourceInUseException', `Cluster ${name} is currently ${cluster.status}`);
  if (modes.indexOf(target) !== modes.indexOf(cluster.authenticationMode) + 1) {
    throw invalidParameter(
      `Unsupported authentication mode update from ${cluster.authenticationMode} to ${target}`,
    );
  }
  const update: UpdateState = {
    id: `00000000-0000-4000-8000-${String(cluster.updates.size + 1).padStart(12, '0')}`,
    type: 'AccessConfigUpdate',
    status: 'InProgress',
    params: [{ type: 'AuthenticationMode', value: `"${target}"` }],
    createdAt: call.world.clock(),
    readsLeft: call.world.consistency.updateReads,
    target,
  };
  cluster.updates.set(update.id, update);
  cluster.status = 'UPDATING';
  return { update: viewUpdate(update) };
}

export function describeUpdate(call: Call): unknown {
  const cluster = requireUpdates(call);
  const update = cluster.updates.get(label(call, 1));
  if (!update) throw new EksError('ResourceNotFoundException', `No update found for ID: ${label(call, 1)}`);
  readOnce(call.world, cluster);
  return { update: viewUpdate(update) };
}

export function listUpdates(call: Call): unknown {
  const { items, nextToken } = page(call.query, [...requireUpdates(call).updates.keys()]);
  return { updateIds: items, ...(nextToken ? { nextToken } : {}) };
}

function requireUpdates(call: Call): ClusterState {
  const name = label(call, 0);
  authorize(call, 'eks:DescribeUpdate', eksArn(call.world, `cluster/${name}`));
  return requireCluster(call, name);
}

/** What EKS does in the background advances here with every read, by one step. */
export function readOnce(world: EksWorld, cluster: ClusterState): void {
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

function finishUpdate(world: EksWorld, cluster: ClusterState, update: UpdateState): void {
  update.status = 'Successful';
  cluster.status = 'ACTIVE';
  if (cluster.authenticationMode === 'CONFIG_MAP') addBootstrapEntries(world, cluster);
  cluster.authenticationMode = update.target;
}

/**
 * GT-106: when entries are switched on, the hidden right of the creator becomes an entry of its own, and so do the
 * mappings that EKS wrote for managed node groups. No others do.
 */
export function addBootstrapEntries(world: EksWorld, cluster: ClusterState): void {
  for (const principalArn of cluster.managedNodeRoles) {
    if (!cluster.entries.has(principalArn)) addEntry(world, cluster, { principalArn, type: 'EC2_LINUX' });
  }
  if (cluster.creatorArn === undefined || cluster.entries.has(cluster.creatorArn)) return;
  const entry = addEntry(world, cluster, { principalArn: cluster.creatorArn });
  const now = world.clock();
  const admin = policyArn(world.iam.partition, 'AmazonEKSClusterAdminPolicy');
  entry.policies.set(admin, {
    policyArn: admin,
    scope: 'cluster',
    namespaces: [],
    associatedAt: now,
    modifiedAt: now,
  });
}

/** `accessConfig.authenticationMode`; undefined when it is left out. */
export function readMode(accessConfig: Readonly<Record<string, unknown>>): AuthenticationMode | undefined {
  const value = optionalString(accessConfig, 'authenticationMode');
  const mode = modes.find((known) => known === value);
  if (value !== undefined && !mode)
    throw invalidParameter(`authenticationMode ${value} is not one of [${modes.join(', ')}]`);
  return mode;
}

function viewUpdate(update: UpdateState): Record<string, unknown> {
  return {
    id: update.id,
    status: update.status,
    type: update.type,
    params: update.params,
    createdAt: update.createdAt / 1000,
    errors: [],
  };
}
