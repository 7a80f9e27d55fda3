/** The same right in every mode: by a group, or by the access policy that says the same. */
import fc from 'fast-check';
import { type ClusterFacts } from '../../../../access/back-end';
import { type AuthenticationMode, type DesiredAccess, type Right } from '../../../../access/desired-access';
import { identityOf } from '../../../../access/login-identity';
import { groupOf, isOfClusterOnly, policyOf, RIGHTS } from '../../../../access/rights/catalogue';
import { rightOf, splitGroups } from '../../../../access/rights/granted';
import { placementOf } from '../../../../access/placement';
import { accessEntryTranslator } from '../../../../access/access-entry/translator';
import { awsAuthTranslator } from '../../../../access/aws-auth/translator';
import { at, clusterWide, inNamespaces, native, role } from '../desired';
import { refusalOf } from '../refusal';

const given = (desired: DesiredAccess, mode: AuthenticationMode) => {
  const cluster: ClusterFacts = at(mode);
  const { backEnd, effective } = placementOf(desired, cluster, [accessEntryTranslator, awsAuthTranslator]);
  const { groups, policies } = effective;
  const named = policies.map(({ policyArn, namespaces }) => [policyArn.replace(/.*\//, ''), ...namespaces]);
  return { place: backEnd.place, groups, policies: named, identity: identityOf(effective) };
};
const cluster = (name: Right['name']): Right => ({ name, namespaces: [] });
const inside = (name: Right['name'], ...namespaces: string[]): Right => ({ name, namespaces });

it.each<[string, DesiredAccess, AuthenticationMode, readonly string[], readonly string[][]]>([
  ['a right', role({ rights: [cluster('view')] }), 'CONFIG_MAP', ['cfn-eks-access:view'], []],
  ['a right by a policy', role({ rights: [cluster('view')] }), 'API', [], [['AmazonEKSViewPolicy']]],
  [
    'a right by a group, whatever the mode',
    role({ rights: [cluster('view')], engine: 'RBAC' }),
    'API_AND_CONFIG_MAP',
    ['cfn-eks-access:view'],
    [],
  ],
  [
    'some namespaces, beside groups',
    role({ groups: ['team-a'], rights: [inside('edit', 'dev', 'test')] }),
    'CONFIG_MAP',
    ['team-a', 'cfn-eks-access:edit:dev', 'cfn-eks-access:edit:test'],
    [],
  ],
  [
    'some namespaces, by a policy',
    role({ groups: ['team-a'], rights: [inside('edit', 'dev', 'test')] }),
    'API',
    ['team-a'],
    [['AmazonEKSEditPolicy', 'dev', 'test']],
  ],
  [
    'what no policy gives, beside what one gives',
    native({ rights: [inside('edit-plus-custom-resources', 'dev'), cluster('secret-reader')] }),
    'API',
    ['cfn-eks-access:edit-plus-custom-resources:dev'],
    [['AmazonEKSSecretReaderPolicy']],
  ],
  [
    'an access policy in aws-auth',
    role({ accessPolicies: [inNamespaces('AmazonEKSAdminPolicy', 'dev')] }),
    'CONFIG_MAP',
    ['cfn-eks-access:admin:dev'],
    [],
  ],
  [
    'an access policy of the cluster’s partition by its ARN',
    role({
      accessPolicies: [clusterWide('arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy')],
    }),
    'CONFIG_MAP',
    ['cfn-eks-access:cluster-admin'],
    [],
  ],
])('gives %s', (_, desired, mode, groups, policies) => {
  expect(given(desired, mode)).toMatchObject({ groups, policies });
});

const REFUSED: readonly [string, DesiredAccess, AuthenticationMode, string][] = [
  [
    'AdminView',
    role({ accessPolicies: [clusterWide('AmazonEKSAdminViewPolicy')] }),
    'CONFIG_MAP',
    'pods/exec and nodes/proxy too: write Rights with view and secret-reader',
  ],
  [
    'another policy, naming those that work',
    role({ accessPolicies: [clusterWide('AmazonEKSACKPolicy')] }),
    'CONFIG_MAP',
    'AmazonEKSViewPolicy, AmazonEKSSecretReaderPolicy, AmazonEKSEditPolicy, AmazonEKSAdminPolicy, AmazonEKSClusterAdminPolicy and no other',
  ],
  [
    'a wildcard',
    role({ accessPolicies: [inNamespaces('AmazonEKSEditPolicy', 'dev', 'team-*')] }),
    'CONFIG_MAP',
    'knows no wildcards, and Namespaces has "team-*": write each namespace',
  ],
  [
    'a policy of another partition',
    role({ accessPolicies: [clusterWide('arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSViewPolicy')] }),
    'CONFIG_MAP',
    'can give AmazonEKSViewPolicy',
  ],
  [
    'the same as a right and as a policy, in aws-auth',
    role({ rights: [cluster('view')], accessPolicies: [inNamespaces('AmazonEKSViewPolicy', 'dev')] }),
    'CONFIG_MAP',
    'view is given twice, in Rights or in AccessPolicies',
  ],
  [
    'the same as a right and as a policy, in an access entry',
    role({ rights: [cluster('view')], accessPolicies: [inNamespaces('AmazonEKSViewPolicy', 'dev')] }),
    'API',
    'twice',
  ],
];
it.each(REFUSED)('refuses %s', (_, desired, mode, message) => {
  expect(refusalOf(() => given(desired, mode))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(message) as string,
  });
});

const namespace = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
const rights = fc
  .uniqueArray(fc.constantFrom(...RIGHTS), { maxLength: 4 })
  .chain((names) =>
    fc
      .tuple(...names.map((name) => fc.uniqueArray(namespace, { maxLength: isOfClusterOnly(name) ? 0 : 3 })))
      .map((lists) => names.map((name, index): Right => ({ name, namespaces: lists[index] ?? [] }))),
  );

it('is the same identity in every mode and by either engine, where each right has a policy', () => {
  fc.assert(
    fc.property(rights, (all) => {
      const some = all.filter(({ name }) => policyOf(name) !== undefined);
      const identities = (['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const).flatMap((mode) =>
        (['AUTO', 'RBAC'] as const).map((engine) => given(role({ rights: some, engine }), mode).identity),
      );
      expect(new Set(identities).size).toBe(1);
    }),
  );
});

it('another right, or another namespace, is another identity', () => {
  const key = (all: readonly Right[]): string =>
    JSON.stringify(all.map(({ name, namespaces }) => [name, [...namespaces].sort()]).sort());
  fc.assert(
    fc.property(rights, rights, (one, other) => {
      const [a, b] = [one, other].map((all) => given(role({ rights: all }), 'API').identity);
      expect(a === b).toBe(key(one) === key(other));
    }),
  );
});

it('reads back from groups what was written as groups, and takes nothing else for a right', () => {
  fc.assert(
    fc.property(
      rights,
      fc.array(fc.constantFrom('team-a', 'cfn-eks-access', 'cfn-eks-access:vew')),
      (all, others) => {
        const { groups } = given(role({ rights: all, engine: 'RBAC' }), 'CONFIG_MAP');
        expect(splitGroups([...others, ...groups])).toEqual({ groups: others, rights: all });
      },
    ),
  );
});

it.each([
  'cfn-eks-access',
  'cfn-eks-access:',
  'cfn-eks-access:view:',
  'cfn-eks-access:view:a:b',
  'x:view',
  'cfn-eks-access:VIEW',
])('%s stands for no right', (group) => {
  expect(rightOf(group)).toBeUndefined();
});

it('names one group a right and place', () => {
  expect(rightOf(groupOf('edit', 'dev'))).toEqual({ name: 'edit', namespace: 'dev' });
  expect(rightOf(groupOf('edit'))).toEqual({ name: 'edit', namespace: undefined });
});
