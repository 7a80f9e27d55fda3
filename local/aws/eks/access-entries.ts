/** CreateAccessEntry, DescribeAccessEntry, UpdateAccessEntry, DeleteAccessEntry, ListAccessEntries. */
import {
  authorize,
  eksArn,
  label,
  optionalString,
  optionalStrings,
  page,
  requireCluster,
  type Call,
} from './call';
import { type ClusterState, type EntryState } from './cluster-state';
import { EksError, invalidParameter } from './eks-error';
import { principalResource, requireAccessEntries, requireEntry } from './entry-lookup';
import {
  checkFieldsOfType,
  checkGroups,
  checkType,
  checkUsername,
  defaultUsername,
  readPrincipal,
  refuseServiceLinkedRole,
} from './entry-rules';
import { addEntry } from './new-entry';
import { readOwnEntries } from './own-entries';
import { readTags, tagContext } from './tag-rules';

/** GT-112: not adjustable. */
const entryQuota = 3000;

/** The checks come in the order of GT-87: what the request alone decides, then the cluster, then its contents. */
export function createAccessEntry(call: Call): unknown {
  const clusterName = label(call, 0);
  const principalArn = optionalString(call.body, 'principalArn') ?? '';
  const username = optionalString(call.body, 'username');
  const groups = optionalStrings(call.body, 'kubernetesGroups');
  const type = optionalString(call.body, 'type') ?? 'STANDARD';
  authorize(call, 'eks:CreateAccessEntry', eksArn(call.world, `cluster/${clusterName}`), {
    'eks:principalArn': principalArn,
    'eks:username': username,
    'eks:kubernetesGroups': groups,
    'eks:accessEntryType': type,
    ...tagContext(call),
  });
  checkUsername(username);
  checkGroups(groups);
  const principal = readPrincipal(principalArn);
  refuseServiceLinkedRole(principal);
  checkType(type, principal, call.world.iam.accountId);
  const tags = readTags(call.body);
  const cluster = requireAccessEntries(requireCluster(call, clusterName));
  checkFieldsOfType(type, username, groups);
  if (Object.keys(tags).length > 0) {
    const resource = `access-entry/${clusterName}/${principalResource(principalArn)}/*`;
    authorize(call, 'eks:TagResource', eksArn(call.world, resource), tagContext(call));
  }
  // GT-117.
  if (type === 'EC2_LINUX' || type === 'EC2_WINDOWS') authorize(call, 'iam:PassRole', principalArn);
  const principalId = call.world.iam.lookUp(principalArn);
  if (principalId === undefined || principal.partition !== call.world.iam.partition) {
    throw invalidParameter('The specified principalArn is invalid: invalid principal.');
  }
  if (cluster.entries.has(principalArn)) {
    throw new EksError(
      'ResourceInUseException',
      'The specified access entry resource is already in use on this cluster.',
    );
  }
  if (cluster.entries.size >= entryQuota) {
    throw new EksError(
      'ResourceLimitExceededException',
      `Access entry limit of ${entryQuota} exceeded for cluster ${clusterName}`,
    );
  }
  const entry = addEntry(call.world, cluster, {
    principalArn,
    type,
    username,
    kubernetesGroups: groups,
    tags,
  });
  entry.associateMisses = call.world.consistency.associateMisses;
  return { accessEntry: view(cluster, entry) };
}

export function describeAccessEntry(call: Call): unknown {
  const { cluster, entry } = requireEntry(call, 'eks:DescribeAccessEntry');
  return { accessEntry: view(cluster, entry) };
}

/** GT-89: replaces; what is left out goes back to the service's default. */
export function updateAccessEntry(call: Call): unknown {
  const username = optionalString(call.body, 'username');
  const groups = optionalStrings(call.body, 'kubernetesGroups');
  const { cluster, entry } = requireEntry(call, 'eks:UpdateAccessEntry', (principal) => {
    checkUsername(username);
    checkGroups(groups);
    refuseServiceLinkedRole(principal);
  });
  checkFieldsOfType(entry.type, username, groups);
  entry.username =
    username ?? defaultUsername(entry.type, readPrincipal(entry.principalArn), entry.principalArn);
  entry.kubernetesGroups = [...(entry.type === 'STANDARD' ? (groups ?? []) : entry.kubernetesGroups)];
  entry.modifiedAt = call.world.clock();
  return { accessEntry: view(cluster, entry) };
}

/** GT-101: the associations go with it. */
export function deleteAccessEntry(call: Call): unknown {
  const { cluster, entry } = requireEntry(call, 'eks:DeleteAccessEntry', refuseServiceLinkedRole);
  cluster.entries.delete(entry.principalArn);
  return {};
}

export function listAccessEntries(call: Call): unknown {
  const clusterName = label(call, 0);
  authorize(call, 'eks:ListAccessEntries', eksArn(call.world, `cluster/${clusterName}`));
  const cluster = requireAccessEntries(requireCluster(call, clusterName));
  readOwnEntries(call.world, cluster);
  const policy = call.query.get('associatedPolicyArn');
  const entries = [...cluster.entries.values()].filter(
    (entry) => policy === null || entry.policies.has(policy),
  );
  const { items, nextToken } = page(call.query, entries);
  return {
    accessEntries: items.map(({ principalArn }) => principalArn),
    ...(nextToken ? { nextToken } : {}),
  };
}

/** GT-70: without the policies. Times in seconds. */
function view(cluster: ClusterState, entry: EntryState): Record<string, unknown> {
  return {
    clusterName: cluster.name,
    principalArn: entry.principalArn,
    kubernetesGroups: entry.kubernetesGroups,
    accessEntryArn: entry.accessEntryArn,
    createdAt: entry.createdAt / 1000,
    modifiedAt: entry.modifiedAt / 1000,
    tags: entry.tags,
    username: entry.username,
    type: entry.type,
  };
}
