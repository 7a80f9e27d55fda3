/** Short names of principals, and what tells them apart. Pure. */
export { principalKeyOf } from '../principal-key';

/**
 * `role/dev`, `user/team/alice`, `account 444455556666`, `root of 111122223333`; of a role without its path. What is
 * none of these stays whole.
 */
export function whoOf(principal: string): string {
  if (principal === '') return 'nobody';
  if (/^\d{12}$/.test(principal)) return `account ${principal}`;
  const [, , account = '', kind = '', name = ''] =
    /^[\s“”„‘’]*arn:[^:]*:(iam|sts):[^:]*:([^:]*):([^/\s]+)(?:\/(.*?))?[\s“”‘’]*$/s.exec(principal) ?? [];
  if (kind === 'root') return `root of ${account}`;
  if (kind === '' || name === '') return principal;
  if (kind === 'assumed-role') return `role/${name.replace(/\/.*/s, '')}`;
  return kind === 'role' ? `role/${name.slice(name.lastIndexOf('/') + 1)}` : `${kind}/${name}`;
}

/** `AWSReservedSSO_Ops_0123456789abcdef` → the permission set and what IAM Identity Center put after it. */
export function permissionSetOf(name: string): { readonly set: string; readonly suffix: string } | undefined {
  const [, set, suffix] = /(?:^|\/)AWSReservedSSO_(.+)_([0-9a-f]{16})$/i.exec(name) ?? [];
  return set === undefined || suffix === undefined ? undefined : { set, suffix };
}

/** `role/a, role/b and 3 others` */
export function listOf(names: readonly string[], most = 4): string {
  const distinct = [...new Set(names)];
  if (distinct.length > most + 1) {
    return `${distinct.slice(0, most).join(', ')} and ${distinct.length - most} others`;
  }
  return distinct.length < 2
    ? distinct.join('')
    : `${distinct.slice(0, -1).join(', ')} and ${distinct.at(-1)}`;
}
