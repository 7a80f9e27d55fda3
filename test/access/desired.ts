/** What templates ask for, with everything but what a test is about filled in. */
import { parsePrincipalArn } from '../../access/principal';
import { type AccessPolicyAssociation, type DesiredAccess } from '../../access/desired-access';

export const ACCOUNT = '111122223333';
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/team/Dev`;
export const USER = `arn:aws:iam::${ACCOUNT}:user/ops`;

type Change = Partial<Omit<DesiredAccess, 'principal'>> & { readonly arn?: string };

function desired(
  base: Pick<DesiredAccess, 'resourceType' | 'kind'>,
  arn: string,
  change: Change,
): DesiredAccess {
  const { arn: otherArn, ...rest } = change;
  return {
    ...base,
    cluster: 'prod',
    principal: parsePrincipalArn(otherArn ?? arn, 'RoleArn'),
    groups: [],
    accessPolicies: [],
    tags: {},
    authenticationMode: 'AUTO',
    existingEntry: 'FAIL',
    ...rest,
  };
}

export const role = (change: Change = {}) =>
  desired({ resourceType: 'Custom::EksMapRolesEntry', kind: 'role' }, ROLE, change);
export const user = (change: Change = {}) =>
  desired({ resourceType: 'Custom::EksMapUsersEntry', kind: 'user' }, USER, change);
export const native = (change: Change = {}) =>
  desired({ resourceType: 'Custom::EksAccessEntry', kind: 'access-entry' }, ROLE, change);
export const account = (change: Change = {}): DesiredAccess => ({
  ...desired({ resourceType: 'Custom::EksMapAccountsEntry', kind: 'account' }, ROLE, change),
  principal: { type: 'account', accountId: ACCOUNT },
});

export const clusterWide = (policy: string): AccessPolicyAssociation => ({
  policy,
  scope: 'cluster',
  namespaces: [],
});
export const inNamespaces = (policy: string, ...namespaces: string[]): AccessPolicyAssociation => ({
  policy,
  scope: 'namespace',
  namespaces,
});
