/**
 * What the provider's own schedule does with a recorded mapping of a permission set. Pure.
 *
 * | the role that is mapped   | the set has now | the mapping                                      |
 * | ------------------------- | --------------- | ------------------------------------------------ |
 * | is among those of the set | whatever        | stays                                            |
 * | is gone                   | one other role  | goes over to it                                  |
 * | is gone                   | no role         | stays: nobody logs in by it, and the set may come back |
 * | is gone                   | several         | stays: nobody can tell the one that is in use    |
 */
import { type DesiredAccess } from '../desired-access';
import { type ListedRole, type PermissionSet, rolesOfSet } from '../permission-set';
import { canonicalArn, defaultUserName, parsePrincipalArn, type PrincipalArn } from '../principal';

export type RoleVerdict =
  | { readonly kind: 'current' }
  | { readonly kind: 'moves'; readonly to: PrincipalArn }
  /** One clause for the log. */
  | { readonly kind: 'stays'; readonly why: string };

/** `key`: canonical ARN of the role that is mapped. */
export function roleVerdict(key: string, set: PermissionSet, roles: readonly ListedRole[]): RoleVerdict {
  const now = rolesOfSet(roles, set).map(({ arn }) => parsePrincipalArn(arn, 'IAM'));
  if (now.some((role) => canonicalArn(role) === key)) return { kind: 'current' };
  const [to, ...others] = now;
  if (!to) return { kind: 'stays', why: 'the permission set has no role in this account now' };
  if (others.length === 0) return { kind: 'moves', to };
  const arns = now.map(({ arn }) => arn).join(', ');
  return { kind: 'stays', why: `the permission set has several roles, so that none can be chosen: ${arns}` };
}

/** The same access for another role; a user name that was the former role's default becomes the new one's. */
export function accessOfRole(
  desired: DesiredAccess,
  to: PrincipalArn,
  permissionSet: PermissionSet,
): DesiredAccess {
  const { userName, principal, ...others } = desired;
  // aws-auth may have the name in another case than the record.
  const isDefault =
    principal.type !== 'account' && userName?.toLowerCase() === defaultUserName(principal).toLowerCase();
  return {
    ...others,
    permissionSet,
    principal: to,
    ...(userName === undefined || isDefault ? {} : { userName }),
  };
}
