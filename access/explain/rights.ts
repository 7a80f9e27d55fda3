/** What a caller who is logged in may do, as far as logging in decides it, and how to ask for the rest. Pure. */
import { type AssociatedPolicy } from '../access-entry/access-entry';
import { inWords } from '../rights/in-words';
import { type LoggedIn } from './explanation';
import { nameOf } from './related';
import { listOf } from './who';

/** `with group team-b`, `with groups a and b and AmazonEKSViewPolicy in namespace dev`, `without groups`. */
export function withOf({ groups: all, policies }: Pick<LoggedIn, 'groups' | 'policies'>): string {
  const groups = all.filter((group) => group !== '');
  const named = groups.map((group) => {
    const words = group === 'system:masters' ? 'full control' : inWords(group);
    return words === undefined ? group : `${group} (${words})`;
  });
  const isMasters = groups.length === 1 && groups[0] === 'system:masters';
  const parts = [
    ...(groups.length === 0
      ? []
      : [`${isMasters ? '' : `group${groups.length > 1 ? 's' : ''} `}${listOf(named, 20)}`]),
    ...policies,
  ];
  return parts.length === 0 ? 'without groups' : `with ${listOf(parts, 20)}`;
}

export function policyText({ policyArn, scope, namespaces }: AssociatedPolicy): string {
  const name = nameOf(policyArn);
  if (scope === 'cluster') return name;
  return `${name} in namespace${namespaces.length > 1 ? 's' : ''} ${namespaces.join(', ')}`;
}

/** Impersonation drops access policies, and lists do not show them: their holders ask as themselves. */
export function rightsOf({ userName, groups: all, policies }: LoggedIn): string {
  const groups = all.filter((group) => group !== '');
  if (groups.includes('system:masters')) return 'system:masters may do everything: RBAC is not asked.';
  if (policies.length > 0)
    return `What ${listOf(policies)} allows is EKS's to say, and kubectl --as drops it: ask with kubectl auth can-i VERB RESOURCE as yourself.`;
  const who = groups.length === 0 ? 'this user name alone' : listOf(groups);
  const as = [`--as ${quoted(userName)}`, ...groups.map((group) => `--as-group ${quoted(group)}`)].join(' ');
  return `What ${who} may do is decided by RBAC: kubectl auth can-i --list ${as}`;
}

/** As one word of a shell. */
export function quoted(word: string): string {
  return /^[\w+=,.@:/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
