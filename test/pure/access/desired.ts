/** What templates ask for, with everything but what a test is about filled in. */
import { type DesiredAccessEntry } from '../../../access/access-entry/access-entry';
import { accessEntryTranslator } from '../../../access/access-entry/translator';
import { awsAuthTranslator } from '../../../access/aws-auth/translator';
import { type IdentityMapping } from '../../../access/aws-auth/identity-mapping';
import { type ClusterFacts } from '../../../access/back-end';
import {
  type AccessPolicyAssociation,
  type AuthenticationMode,
  type DesiredAccess,
} from '../../../access/desired-access';
import { placementOf, type Placement } from '../../../access/placement';
import { parsePrincipalArn } from '../../../access/principal';

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

export const at = (authenticationMode: AuthenticationMode): ClusterFacts => ({
  name: 'prod',
  partition: 'aws',
  region: 'us-east-1',
  accountId: ACCOUNT,
  authenticationMode,
});

/** Where a mapping goes, and what it is there. */
export type Placed = Pick<Placement, 'effective'> &
  (
    | { readonly place: 'API'; readonly entry: DesiredAccessEntry }
    | { readonly place: 'CONFIG_MAP'; readonly mapping: IdentityMapping }
  );

export function placed(asked: DesiredAccess, cluster: ClusterFacts): Placed {
  const translators = [accessEntryTranslator, awsAuthTranslator];
  const { backEnd, target, effective } = placementOf(asked, cluster, translators);
  return backEnd.place === 'API'
    ? { place: 'API', entry: target as DesiredAccessEntry, effective }
    : { place: 'CONFIG_MAP', mapping: target as IdentityMapping, effective };
}
