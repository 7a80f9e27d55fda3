/**
 * What keeps a principal, a group or a user name out of an access entry: one clause for the stack author, with what
 * to write instead. Pure.
 */
import { nodeTypeOf } from '../node-identity';
import { isServiceLinkedRole, type Principal, type PrincipalArn } from '../principal';
import { RESERVED_PREFIXES } from '../reserved-prefixes';
import { type DesiredAccessEntry } from './access-entry';

/** `property` is what the template calls it; here and below. */
export function unsupportedPrincipal(principal: PrincipalArn, property: string): string | undefined {
  if (isServiceLinkedRole(principal)) {
    return `${property} is ${principal.arn}, a service-linked role, for which EKS takes no access entries (only AWS services make theirs): use a role of your own, or map it in aws-auth while the cluster reads it`;
  }
  // Without its path the role does not exist for EKS, however long one waits (GT-74, GT-75).
  if (principal.type === 'role' && principal.name.startsWith('AWSReservedSSO_') && principal.path === '/') {
    return (
      `${property} is ${principal.arn}, an IAM Identity Center role without its path: copy the whole ARN from IAM, ` +
      `arn:${principal.partition}:iam::${principal.accountId}:role/aws-reserved/sso.amazonaws.com/…/${principal.name}`
    );
  }
  return undefined;
}

function reservedPrefix(text: string): string | undefined {
  // Whether the API compares case is not known: what might be refused is not sent.
  const lower = text.toLowerCase();
  return RESERVED_PREFIXES.find((prefix) => lower.startsWith(prefix));
}

export function unsupportedGroup(group: string, property: string): string | undefined {
  const prefix = reservedPrefix(group);
  if (prefix !== undefined) {
    const instead =
      group === 'system:masters'
        ? 'give AmazonEKSClusterAdminPolicy in AccessPolicies instead'
        : 'bind a group of your own to the same RBAC role, or use AccessPolicies';
    return `${property} has ${JSON.stringify(group)}, and groups of an access entry cannot begin with ${prefix} (${instead})`;
  }
  const template = /\{\{(?:EC2PrivateDNSName|AccountID|SessionName|SessionNameRaw|AccessKeyID)\}\}/.exec(
    group,
  )?.[0];
  if (template === undefined) return undefined;
  return `${property} has ${JSON.stringify(group)}, and access entries do not fill in ${template} in groups (write the group out)`;
}

export function unsupportedUserName(userName: string, property: string): string | undefined {
  const is = `${property} is ${JSON.stringify(userName)}`;
  const prefix = reservedPrefix(userName);
  if (prefix !== undefined) {
    const instead = nodeTypeOf(userName, [])
      ? 'for a node, give its Type instead'
      : 'write another user name, or leave it out';
    return `${is}, and user names of an access entry cannot begin with ${prefix} (${instead})`;
  }
  // {{AccountID}} and {{AccessKeyID}} are filled in (GT-85); of {{EC2PrivateDNSName}} nothing says so.
  if (userName.includes('{{EC2PrivateDNSName}}')) {
    return `${is}, and access entries do not fill in {{EC2PrivateDNSName}} (for a node, give its Type instead, or write {{SessionName}} after a colon)`;
  }
  const session = /\{\{SessionName(?:Raw)?\}\}/.exec(userName);
  if (session && !userName.slice(0, session.index).includes(':')) {
    return `${is}, and in an access entry a colon must come before ${session[0]} (write for example ${JSON.stringify(`sso:${userName}`)}, or leave it out)`;
  }
  return undefined;
}

/** Node types must be of the cluster's own account (GT-78). */
export function unsupportedNode(
  { type, principalArn }: DesiredAccessEntry,
  principal: Principal,
  clusterAccountId: string,
  property: string,
): string | undefined {
  if (type === 'STANDARD' || principal.accountId === clusterAccountId) return undefined;
  return `${property} is ${principalArn}, but access entries of type ${type} must be of the cluster's own account ${clusterAccountId}: use a role of that account`;
}
