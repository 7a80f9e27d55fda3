/**
 * Permission sets of IAM Identity Center. In an account a set is a role `AWSReservedSSO_<set>_<16 hexadecimal digits>`,
 * and the digits are others each time that the set is provisioned anew; so the set is named by the role's ARN with `*`
 * in their place, which is the ARN of no role. Pure.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 */
import { partsOfArn } from './arn';
import { invalidRequest } from './errors';
import { type PrincipalArn } from './principal';

export interface PermissionSet {
  readonly name: string;
  readonly accountId: string;
  readonly partition: string;
}

/** Where IAM has their roles; a Region may follow. */
export const PERMISSION_SET_PATH = '/aws-reserved/sso.amazonaws.com/';

/** What is known of the principal as long as IAM has not been asked. */
export function principalOfSet(set: PermissionSet): PrincipalArn {
  const { accountId, partition } = set;
  const name = `AWSReservedSSO_${set.name}_*`;
  return {
    type: 'role',
    partition,
    accountId,
    path: '/',
    name,
    arn: `arn:${partition}:iam::${accountId}:role/${name}`,
  };
}

/** What names the set in a physical id; in the set's own case, so that two sets never share an id. */
export function setKey(set: PermissionSet): string {
  return principalOfSet(set).arn;
}

/** Undefined for the key of a principal. */
export function parseSetKey(text: string): PermissionSet | undefined {
  if (!/^arn:[\w-]+:iam::[0-9]{12}:role\/AWSReservedSSO_[\w+=,.@-]{1,32}_\*$/.test(text)) return undefined;
  const { partition, accountId, resource } = partsOfArn(text);
  return { name: resource.slice('role/AWSReservedSSO_'.length, -'_*'.length), accountId, partition };
}

/** Whether a key (canonical ARN) is that of a role which the set may have, or have had. */
export function isRoleOfSet(key: string, set: PermissionSet): boolean {
  const beginning = setKey(set).slice(0, -1).toLowerCase();
  return key.startsWith(beginning) && SUFFIX.test(key.slice(beginning.length));
}

const SUFFIX = /^[0-9a-f]{16}$/;

/** As IAM lists it. */
export interface ListedRole {
  readonly arn: string;
  readonly name: string;
}

/** The roles that the set has; of another set neither, whose name begins with this one's. */
export function rolesOfSet<R extends ListedRole>(roles: readonly R[], { name }: PermissionSet): readonly R[] {
  const beginning = `AWSReservedSSO_${name}_`;
  return roles.filter(
    (role) => role.name.startsWith(beginning) && SUFFIX.test(role.name.slice(beginning.length)),
  );
}

/** `principalProperty`: how the resource type calls the ARN. Throws ProviderError InvalidRequest unless it is exactly one. */
export function roleOfSet<R extends ListedRole>(
  roles: readonly R[],
  set: PermissionSet,
  principalProperty: string,
): R {
  const [role, ...others] = rolesOfSet(roles, set);
  const is = `PermissionSet is ${JSON.stringify(set.name)}`;
  if (!role) {
    const sets = setNames(roles);
    const known = sets.length === 0 ? 'of no permission set' : `of ${sets.slice(0, MOST_NAMES).join(', ')}`;
    throw invalidRequest(
      `${is}, and account ${set.accountId} has no role AWSReservedSSO_${set.name}_… (it has roles ${known}${sets.length > MOST_NAMES ? ', …' : ''}): write the name as IAM Identity Center has it, and assign the set to this account before the stack uses it`,
    );
  }
  if (others.length > 0) {
    const arns = [role, ...others].map(({ arn }) => arn).join(', ');
    throw invalidRequest(
      `${is}, and account ${set.accountId} has several roles of it, of which nobody can tell the one that is in use: ${arns}: write the ARN of one in ${principalProperty} instead, or remove the set from the account in IAM Identity Center and assign it anew`,
    );
  }
  return role;
}

const MOST_NAMES = 10;

function setNames(roles: readonly ListedRole[]): readonly string[] {
  const names = roles.map(({ name }) => /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1] ?? '');
  return [...new Set(names)].filter((name) => name !== '').sort();
}
