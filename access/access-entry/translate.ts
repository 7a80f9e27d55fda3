/**
 * What the template asks for, as an access entry (ground truth C10). Pure.
 *
 * Two ways to fail. Wrong wherever the mapping would live (a node with a user name of its own): ProviderError.
 * Right, but nothing that an access entry can say: `unsupported`, one clause for the stack author with what to
 * write instead; placement.ts decides whether aws-auth can say it.
 */
import { invalidRequest } from '../errors';
import { NODE_IDENTITIES, nodeTypeOf, type NodeType } from '../node-identity';
import { checkNodeProperties } from '../node-properties';
import { defaultUserName, type PrincipalArn } from '../principal';
import { propertyNames } from '../property-names';
import { type DesiredAccess } from '../desired-access';
import { withPolicies } from '../rights/translate';
import { type AssociatedPolicy, type DesiredAccessEntry } from './access-entry';
import { unsupportedGroup, unsupportedPrincipal, unsupportedUserName } from './unsupported';
import { toAssociatedPolicies } from './policies';
import { accessPolicyArn, MAX_POLICIES } from './policy-arn';

export type AccessEntryTranslation =
  { readonly entry: DesiredAccessEntry } | { readonly unsupported: string };

/** `partition` is the cluster's. Throws ProviderError InvalidRequest for what is wrong on either back end. */
export function toAccessEntry(asked: DesiredAccess, partition: string): AccessEntryTranslation {
  const desired = withPolicies(asked);
  const { principal } = desired;
  if (principal.type === 'account') {
    return unsupported(
      `AccountId is ${principal.accountId}, and access entries cannot map a whole account: map the roles and users that need access, one by one`,
    );
  }
  const policies = toAssociatedPolicies(desired.accessPolicies, partition);
  const why = unsupportedPrincipal(principal, propertyNames(desired.kind).principal);
  if (why !== undefined) return unsupported(why);
  if (desired.type !== undefined && desired.type !== 'STANDARD') {
    checkNodeProperties(desired, desired.type);
    return nodeEntry(desired, principal, desired.type, policies);
  }
  // The native shape is taken at its word; in the other shapes the user name of a node says that it is one.
  const isNodeName = desired.kind === 'role' && desired.type === undefined;
  const nodeType = isNodeName ? nodeTypeOf(desired.userName, desired.groups) : undefined;
  return nodeType === undefined
    ? standardEntry(desired, principal, policies, partition)
    : entryOfNodeMapping(desired, principal, nodeType, policies);
}

function unsupported(why: string): AccessEntryTranslation {
  return { unsupported: why };
}

function nodeEntry(
  desired: DesiredAccess,
  principal: PrincipalArn,
  type: NodeType,
  policies: readonly AssociatedPolicy[],
): AccessEntryTranslation {
  // GT-98: policies only on STANDARD, and this one on EC2.
  const refused = policies.find(
    ({ policyArn }) => type !== 'EC2' || !policyArn.endsWith('/AmazonEKSAutoNodePolicy'),
  );
  if (refused) {
    throw invalidRequest(
      `AccessPolicies has ${refused.policyArn}, but access entries of type ${type} take ${type === 'EC2' ? 'AmazonEKSAutoNodePolicy only' : 'no access policies'}: remove it, or use another role with Type STANDARD`,
    );
  }
  if (desired.expiresAt !== undefined) {
    return unsupported(
      `ExpiresAt is given, but access entries of type ${type} cannot be tagged, so that nothing would say when this one ends: remove ExpiresAt`,
    );
  }
  if (Object.keys(desired.tags).length > 0) {
    throw invalidRequest(`Tags is given, but access entries of type ${type} cannot be tagged: remove Tags`);
  }
  return { entry: { principalArn: principal.arn, type, groups: [], policies, tags: {} } };
}

/** A mapping with the user name of a node; the type's own groups are all that its access entry can give. */
function entryOfNodeMapping(
  desired: DesiredAccess,
  principal: PrincipalArn,
  type: NodeType,
  policies: readonly AssociatedPolicy[],
): AccessEntryTranslation {
  if (type === 'HYBRID_LINUX') return unsupported(sharedNodeName(desired));
  const groups = NODE_IDENTITIES[type]?.groups ?? [];
  const extra = desired.groups.find((group) => !groups.includes(group));
  if (extra !== undefined) {
    return unsupported(
      `Groups has ${JSON.stringify(extra)} beside the user name of a node, and a node's access entry has the groups of its type alone: remove it, or map another role`,
    );
  }
  if (!desired.groups.includes('system:nodes')) {
    return unsupported(
      `UserName is that of a node, but Groups lacks system:nodes, which a node's access entry always gives: write Type: ${type} instead of UserName and Groups`,
    );
  }
  return nodeEntry(desired, principal, type, policies);
}

/** Hybrid nodes are not the only ones: nothing in the mapping says which of these it is for, so Type must. */
function sharedNodeName({ userName }: DesiredAccess): string {
  return `UserName is ${JSON.stringify(userName)}, the user name of hybrid nodes, of Fargate pods and of EC2 nodes that are named by instance id, and an access entry needs to know which: write Type: HYBRID_LINUX, FARGATE_LINUX or EC2_LINUX instead of UserName and Groups`;
}

function standardEntry(
  desired: DesiredAccess,
  principal: PrincipalArn,
  asked: readonly AssociatedPolicy[],
  partition: string,
): AccessEntryTranslation {
  const names = propertyNames(desired.kind);
  const isAdmin = desired.kind !== 'access-entry' && desired.groups.includes('system:masters');
  const groups = isAdmin ? desired.groups.filter((group) => group !== 'system:masters') : desired.groups;
  const username = desired.userName ?? defaultUserName(principal);
  const why =
    groups.map((group) => unsupportedGroup(group, names.groups)).find((found) => found !== undefined) ??
    unsupportedUserName(username, names.userName);
  if (why !== undefined) return unsupported(why);
  const policies = isAdmin ? withClusterAdmin(asked, partition) : asked;
  return {
    entry: { principalArn: principal.arn, type: 'STANDARD', username, groups, policies, tags: desired.tags },
  };
}

/** eksctl writes the ARN of partition aws everywhere and drops the other groups (GT-94, GT-123): not here. */
function withClusterAdmin(
  asked: readonly AssociatedPolicy[],
  partition: string,
): readonly AssociatedPolicy[] {
  const policyArn = accessPolicyArn('AmazonEKSClusterAdminPolicy', partition);
  const same = asked.find((policy) => policy.policyArn === policyArn);
  if (same?.scope === 'namespace') {
    throw invalidRequest(
      'Groups has system:masters, which is AmazonEKSClusterAdminPolicy for the whole cluster, and AccessPolicies gives the same policy for some namespaces: keep one of the two',
    );
  }
  if (same) return asked;
  if (asked.length >= MAX_POLICIES) {
    throw invalidRequest(
      `AccessPolicies and the policy for system:masters are more than ${MAX_POLICIES}, the most that an access entry takes: remove some`,
    );
  }
  return [...asked, { policyArn, scope: 'cluster', namespaces: [] }];
}
