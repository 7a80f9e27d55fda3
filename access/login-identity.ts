/**
 * What a principal logs in as, in neither back end's words, so that an entry of aws-auth and an access entry can be
 * compared: user name, groups, and the access policies that EKS adds to them. Pure.
 */
import { nodeTypeOf } from './node-identity';
import { type EffectiveAccess } from './effective-access';
import { policyOf } from './rights/catalogue';
import { rightOf } from './rights/granted';

/** Equal strings are equal identities. */
export type LoginIdentity = string & { readonly identity: unique symbol };

/** `system:masters` in aws-auth and this policy for the whole cluster are the same right (GT-94). */
const CLUSTER_ADMIN = 'AmazonEKSClusterAdminPolicy ';

export function identityOf(
  access: Pick<EffectiveAccess, 'userName' | 'groups' | 'policies' | 'type'>,
): LoginIdentity {
  const { userName, groups, policies } = access;
  const type = access.type === undefined || access.type === 'STANDARD' ? undefined : access.type;
  // Of a node's access entry the service makes user name and groups (GT-82, GT-83): the type says it all.
  const node = type ?? (groups.includes('system:nodes') ? nodeTypeOf(userName, groups) : undefined);
  if (node !== undefined)
    return JSON.stringify({ node, policies: [...new Set(keysOf(policies))].sort() }) as LoginIdentity;
  const others = [...new Set(groups)].filter((group) => group !== 'system:masters');
  const keys = new Set([...keysOf(policies), ...others.map(keyOfGroup).filter((key) => key !== undefined)]);
  const isAdmin = groups.includes('system:masters') || keys.delete(CLUSTER_ADMIN);
  return JSON.stringify({
    userName,
    groups: others.filter((group) => keyOfGroup(group) === undefined).sort(),
    policies: [...keys].sort(),
    isAdmin,
  }) as LoginIdentity;
}

/** Whether the group stands for a right that one of the policies gives as well. */
export function isGivenByPolicy(group: string, policies: EffectiveAccess['policies']): boolean {
  return keysOf(policies).includes(keyOfGroup(group) ?? '');
}

/** Of a group that stands for a right which an access policy gives as well: the same key. */
function keyOfGroup(group: string): string | undefined {
  const right = rightOf(group);
  const policy = right && policyOf(right.name);
  return policy && `${policy} ${right.namespace ?? ''}`;
}

/** Policy and namespace, one by one; for the whole cluster the namespace is empty. All are of the cluster's partition. */
function keysOf(policies: EffectiveAccess['policies']): readonly string[] {
  return policies.flatMap(({ policyArn, scope, namespaces }) => {
    const name = policyArn.slice(policyArn.lastIndexOf('/') + 1);
    return (scope === 'cluster' ? [''] : namespaces).map((namespace) => `${name} ${namespace}`);
  });
}

/** For messages: `user name "ann", groups team-a, ops, policies AmazonEKSViewPolicy`. */
export function describeGives({
  userName,
  groups,
  policies,
  type,
}: Pick<EffectiveAccess, 'userName' | 'groups' | 'policies' | 'type'>): string {
  const named = (what: string, items: readonly string[]): string[] =>
    items.length === 0 ? [] : [`${what} ${items.join(', ')}`];
  return [
    ...(type === undefined || type === 'STANDARD' ? [] : [`type ${type}`]),
    ...(userName === undefined ? [] : [`user name ${JSON.stringify(userName)}`]),
    ...named('groups', groups),
    ...named(
      'policies',
      policies.map(({ policyArn }) => policyArn.slice(policyArn.lastIndexOf('/') + 1)),
    ),
  ].join(', ');
}
