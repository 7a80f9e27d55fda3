/** Who answers for an entry: by the records of this product, or by what it is for. Pure. */
import { readOwner } from '../access-entry/owner-tag';
import { readOwnership } from '../aws-auth/owners-annotation';
import { PROVIDER_GROUP, TAGS } from '../contract';
import { ProviderError } from '../errors';
import { isOfCli, stackName } from '../owner';
import { type OwnerOf } from './identity';
import { type SeenAccessEntry, type SeenCluster } from './seen-cluster';
import { principalKeyOf } from './who';

/** By principal key; a record that cannot be read counts as none. */
export type Owners = (
  key: string,
  isNode: boolean,
  groups: readonly string[],
  entry?: SeenAccessEntry,
) => OwnerOf | undefined;

export function ownersIn(cluster: SeenCluster): Owners {
  const { awsAuth, nodeRoles = [], providerRole } = cluster;
  const annotations = awsAuth?.state === 'read' ? (awsAuth.annotations ?? {}) : {};
  const records = readable(() => readOwnership(annotations));
  const nodeGroups = new Map(nodeRoles.map(({ arn, nodeGroup }) => [principalKeyOf(arn), nodeGroup]));
  const provider = providerRole === undefined ? undefined : principalKeyOf(providerRole);
  return (key, isNode, groups, entry) => {
    const tags = entry?.tags ?? {};
    const owner = entry === undefined ? records?.get(key)?.owner : readable(() => readOwner(tags));
    if (owner !== undefined && isOfCli(owner)) return { kind: 'recover', until: tags[TAGS.expires] };
    if (owner !== undefined) return { kind: 'stack', ...owner, stack: stackName(owner.stackId) };
    // Guardrails never give this group to anybody.
    if (key === provider || groups.includes(PROVIDER_GROUP)) return { kind: 'provider' };
    const nodeGroup = nodeGroups.get(key);
    return isNode || nodeGroup !== undefined ? { kind: 'node role', nodeGroup } : undefined;
  };
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}
