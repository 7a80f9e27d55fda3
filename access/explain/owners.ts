/** Who answers for an entry: by the records of this product, or by what it is for. Pure. */
import { readOwner } from '../access-entry/owner-tag';
import { readOwnership } from '../aws-auth/owners-annotation';
import { PROVIDER_GROUP, TAGS } from '../contract';
import { undefinedIfRefused } from '../errors';
import { isOfCli, stackName } from '../owner';
import { type OwnerOf } from './identity';
import { contentOf } from './read-aws-auth';
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
  const { nodeRoles = [], providerRole } = cluster;
  const { annotations } = contentOf(cluster);
  const records = undefinedIfRefused(() => readOwnership(annotations));
  const nodeGroups = new Map(nodeRoles.map(({ arn, nodeGroup }) => [principalKeyOf(arn), nodeGroup]));
  const provider = providerRole === undefined ? undefined : principalKeyOf(providerRole);
  return (key, isNode, groups, entry) => {
    const tags = entry?.tags ?? {};
    const owner = entry === undefined ? records?.get(key)?.owner : undefinedIfRefused(() => readOwner(tags));
    if (owner !== undefined && isOfCli(owner)) return { kind: 'recover', until: tags[TAGS.expires] };
    if (owner !== undefined) return { kind: 'stack', ...owner, stack: stackName(owner.stackId) };
    // Guardrails never give this group to anybody.
    if (key === provider || groups.includes(PROVIDER_GROUP)) return { kind: 'provider' };
    const nodeGroup = nodeGroups.get(key);
    return isNode || nodeGroup !== undefined ? { kind: 'node role', nodeGroup } : undefined;
  };
}
