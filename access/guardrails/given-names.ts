/**
 * User names and groups that may be given (CR-38). A login with a name that Kubernetes, EKS, the nodes or the provider
 * call themselves by has that component's rights, so reserved names are never given by a pattern that happens to
 * match them. Names with templates are judged by what a login could make of them (GT-37). Pure.
 */
import { PROVIDER_GROUP } from '../contract';
import { type JudgedAccess } from './judged-access';
import { NODE_GROUPS } from '../node-identity';
import { couldBecome, couldBeginWith, matchesPattern } from './pattern';
import { GuardrailRefusal, refusal } from './refusal';
import { RESERVED_PREFIXES } from '../reserved-prefixes';
import { RIGHTS } from '../rights/catalogue';
import { type Guardrails } from '../../schemas/generated/types';

/** Prefixes of groups that a pattern gives only if it begins with the prefix itself. */
export const RESERVED_GROUP_PREFIXES: readonly string[] = [...RESERVED_PREFIXES, PROVIDER_GROUP];

/** Of the groups that stand for named rights. */
const RIGHTS_PREFIX = `${PROVIDER_GROUP}:`;

/** Throws ProviderError AccessDenied, naming the key that would allow it. */
export function checkUserName(
  userName: string,
  { names, ownUserName }: JudgedAccess,
  guardrails: Guardrails,
): void {
  const what = `${names.userName} is ${JSON.stringify(userName)}`;
  const { userNames } = guardrails;
  // What this principal is called anyway, and no other one.
  if (ownUserName !== undefined && normalised(userName) === normalised(ownUserName)) return;
  if (userName.toLowerCase().startsWith('system:node:')) {
    if (guardrails.allowNodes) return;
    throw refusal(what, 'allowNodes');
  }
  // Some of them are cluster admin: system:serviceaccount:…, eks:addon-manager.
  if (RESERVED_PREFIXES.some((prefix) => couldBeginWith(userName, prefix))) {
    if (guardrails.allowClusterAdmin) return;
    throw refusal(what, 'allowClusterAdmin');
  }
  const reserved = [
    // Default user names are ARNs: another principal's has the rights that were bound to that principal.
    ...(couldBeginWith(userName, 'arn:') ? ['arn:'] : []),
    // The name of the provider in the logs; no right is bound to it, so a template is not judged by it.
    ...(userName.toLowerCase().startsWith(PROVIDER_GROUP) ? [PROVIDER_GROUP] : []),
  ];
  if (userNames === undefined && reserved.length === 0) return;
  if (!isListed(userName, userNames ?? [], reserved)) throw refusal(what, 'userNames');
}

/** Throws ProviderError AccessDenied, naming the key that would allow it. */
export function checkGroup(group: string, { names }: JudgedAccess, guardrails: Guardrails): void {
  const what = `${names.groups} has ${JSON.stringify(group)}`;
  // It may edit aws-auth, and so make any principal cluster admin.
  if (group === PROVIDER_GROUP) {
    throw new GuardrailRefusal(
      `${what}, the group of the provider itself, which no template can be given: remove it`,
    );
  }
  if (group.toLowerCase().startsWith(RIGHTS_PREFIX)) {
    throw new GuardrailRefusal(`${what}, and such groups are given by Rights alone: write Rights instead`);
  }
  const [, named = ''] = group.split(':');
  const couldBeRight =
    couldBeginWith(group, RIGHTS_PREFIX) && RIGHTS.some((name) => couldBecome(named, name));
  if (couldBeRight && !guardrails.allowClusterAdmin) throw refusal(what, 'allowClusterAdmin');
  if (couldBecome(group, PROVIDER_GROUP) && !guardrails.allowClusterAdmin)
    throw refusal(what, 'allowClusterAdmin');
  if (couldBecome(group, 'system:masters') && couldBeginWith(group, 'system:')) {
    if (!guardrails.allowClusterAdmin) throw refusal(what, 'allowClusterAdmin');
    return;
  }
  const isNodeGroup = NODE_GROUPS.includes(group.toLowerCase());
  if (isNodeGroup && guardrails.allowNodes) return;
  const { groups, allowClusterAdmin } = guardrails;
  const reserved = RESERVED_GROUP_PREFIXES.filter((prefix) =>
    // Where a login may be cluster admin, nothing is gained by choosing a session name.
    allowClusterAdmin ? group.toLowerCase().startsWith(prefix) : couldBeginWith(group, prefix),
  );
  if (groups === undefined && reserved.length === 0) return;
  if (isListed(group, groups ?? [], reserved)) return;
  throw refusal(what, isNodeGroup ? 'allowNodes' : 'groups');
}

/** A pattern lists a name with a reserved prefix only if it begins with that prefix itself. */
function isListed(name: string, patterns: readonly string[], reserved: readonly string[]): boolean {
  return patterns.some(
    (pattern) => matchesPattern(pattern, name) && reserved.every((prefix) => couldBeginWith(pattern, prefix)),
  );
}

/** Names of principals are unique in an account whatever their case and path. */
function normalised(userName: string): string {
  return userName.toLowerCase().replace(/^(arn:[^:]*:iam::[0-9]*:user\/).*\//, '$1');
}
