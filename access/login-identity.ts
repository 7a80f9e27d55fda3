/**
 * What a principal logs in as, in neither back end's words, so that an entry of aws-auth and an access entry can be
 * compared: user name, groups, and the access policies that EKS adds to them. Pure.
 */
import { nodeTypeOf } from './node-identity';
import { type EffectiveAccess } from './effective-access';

/** Equal strings are equal identities. */
export type LoginIdentity = string & { readonly identity: unique symbol };

/** `system:masters` in aws-auth and AmazonEKSClusterAdminPolicy for the whole cluster are the same right (GT-94). */
const CLUSTER_ADMIN = /:cluster-access-policy\/AmazonEKSClusterAdminPolicy$/;

export function identityOf(
  access: Pick<EffectiveAccess, 'userName' | 'groups' | 'policies' | 'type'>,
): LoginIdentity {
  const { userName, groups, policies } = access;
  const type = access.type === undefined || access.type === 'STANDARD' ? undefined : access.type;
  // Of a node's access entry the service makes user name and groups (GT-82, GT-83): the type says it all.
  const node = type ?? (groups.includes('system:nodes') ? nodeTypeOf(userName, groups) : undefined);
  if (node !== undefined) return JSON.stringify({ node, policies: keysOf(policies) }) as LoginIdentity;
  const isAdmin = groups.includes('system:masters') || policies.some(isClusterAdmin);
  return JSON.stringify({
    userName,
    groups: [...new Set(groups)].filter((group) => group !== 'system:masters').sort(),
    policies: keysOf(policies.filter((policy) => !isClusterAdmin(policy))),
    isAdmin,
  }) as LoginIdentity;
}

type Policy = EffectiveAccess['policies'][number];

function isClusterAdmin({ policyArn, scope }: Policy): boolean {
  return scope === 'cluster' && CLUSTER_ADMIN.test(policyArn);
}

function keysOf(policies: readonly Policy[]): readonly string[] {
  return policies
    .map(({ policyArn, scope, namespaces }) =>
      JSON.stringify([policyArn, scope, scope === 'cluster' ? [] : [...new Set(namespaces)].sort()]),
    )
    .sort();
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
