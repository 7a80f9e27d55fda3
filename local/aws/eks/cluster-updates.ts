/** UpdateClusterConfig, DescribeUpdate, ListUpdates. */
import { beginUpdate, readOnce } from './background';
import {
  authorize,
  eksArn,
  label,
  optionalObject,
  optionalString,
  page,
  requireCluster,
  type Call,
} from './call';
import { type AuthenticationMode, type ClusterState, type UpdateState } from './cluster-state';
import { EksError, invalidParameter } from './eks-error';

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
  if (cluster.isLocal) {
    // eksctl-io/eksctl#7552.
    const only = 'bootstrapClusterCreatorAdminPermissions=true and authenticationMode=CONFIG_MAP';
    throw invalidParameter(`Local Amazon EKS cluster only supports ${only} for AccessConfig`);
  }
  if (cluster.status !== 'ACTIVE')
    throw new EksError('ResourceInUseException', `Cluster ${name} is currently ${cluster.status}`);
  if (modes.indexOf(target) !== modes.indexOf(cluster.authenticationMode) + 1) {
    throw invalidParameter(
      `Unsupported authentication mode update from ${cluster.authenticationMode} to ${target}`,
    );
  }
  const params = [{ type: 'AuthenticationMode', value: `"${target}"` }];
  const update = beginUpdate(call.world, cluster, { type: 'AccessConfigUpdate', params, target });
  return { update: viewUpdate(update) };
}

export function describeUpdate(call: Call): unknown {
  const cluster = requireUpdates(call, 'eks:DescribeUpdate');
  const update = cluster.updates.get(label(call, 1));
  if (!update) throw new EksError('ResourceNotFoundException', `No update found for ID: ${label(call, 1)}`);
  readOnce(call.world, cluster);
  return { update: viewUpdate(update) };
}

export function listUpdates(call: Call): unknown {
  const { items, nextToken } = page(call.query, [...requireUpdates(call, 'eks:ListUpdates').updates.keys()]);
  return { updateIds: items, ...(nextToken ? { nextToken } : {}) };
}

function requireUpdates(call: Call, action: string): ClusterState {
  const name = label(call, 0);
  authorize(call, action, eksArn(call.world, `cluster/${name}`));
  return requireCluster(call, name);
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
    errors: update.errors,
  };
}
