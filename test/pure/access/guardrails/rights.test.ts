/** Which rights may be given where: the list, its scopes, and what amounts to cluster admin. */
import { checkRight, HARMLESS_RIGHTS } from '../../../../access/guardrails/rights';
import { type Guardrails } from '../../../../access/guardrails/guardrails';
import { ACCESS_POLICY_TABLE } from '../../../../access/guardrails/access-policy-table';
import { policyOf, RIGHTS, type RightsName } from '../../../../access/rights/catalogue';
import { clusterWide, role } from '../desired';
import { verdict as verdictOfTemplate } from './verdict';

function verdict(
  name: RightsName,
  namespace: string | undefined,
  guardrails: Guardrails = {},
): string | undefined {
  try {
    checkRight({ name, namespace }, guardrails);
    return undefined;
  } catch (error) {
    return (
      /can allow it with (\w+) in EKS_ACCESS_GUARDRAILS$/.exec((error as Error).message)?.[1] ?? 'no key'
    );
  }
}

it.each<[RightsName, string | undefined, string | undefined]>([
  ['view', undefined, undefined],
  ['view', 'kube-system', undefined],
  ['edit', 'dev', undefined],
  ['admin', 'dev', undefined],
  ['edit', 'kubeflow', undefined],
  ['edit', undefined, 'allowClusterAdmin'],
  ['edit', 'kube-system', 'allowClusterAdmin'],
  ['admin', 'kube-public', 'allowClusterAdmin'],
  ['cluster-admin', 'dev', 'allowClusterAdmin'],
  ['cluster-admin', undefined, 'allowClusterAdmin'],
  ['secret-reader', undefined, 'allowClusterAdmin'],
  ['edit-plus-custom-resources', undefined, 'allowClusterAdmin'],
  ['admin-plus-role-bindings', 'kube-system', 'allowClusterAdmin'],
  // What no access policy gives, and what the default does not list, its owner has to list.
  ['secret-reader', 'dev', 'rights'],
  ['view-plus-nodes', undefined, 'rights'],
  ['view-plus-custom-resources', undefined, 'rights'],
  ['edit-plus-custom-resources', 'dev', 'rights'],
  ['admin-plus-role-bindings', 'dev', 'rights'],
])('by default %s in %s: %s', (name, namespace, key) => {
  expect(verdict(name, namespace)).toBe(key);
});

it.each<[readonly string[], RightsName, string | undefined, string | undefined]>([
  [[], 'view', undefined, 'rights'],
  [['view@dev'], 'view', undefined, 'rights'],
  [['view@dev'], 'view', 'dev', undefined],
  [['edit-*@team-*'], 'edit-plus-custom-resources', 'team-a', undefined],
  [['edit-*@team-*'], 'edit-plus-custom-resources', 'dev', 'rights'],
  [['*'], 'view-plus-nodes', undefined, undefined],
  [['*'], 'edit', undefined, 'allowClusterAdmin'],
])('with %j %s in %s: %s', (rights, name, namespace, key) => {
  expect(verdict(name, namespace, { rights: [...rights] })).toBe(key);
});

it('reads what amounts to cluster admin as the table of access policies does', () => {
  for (const name of RIGHTS) {
    const table = ACCESS_POLICY_TABLE[policyOf(name) ?? ''];
    if (table) expect([name, !table.inCluster]).toEqual([name, HARMLESS_RIGHTS.includes(name)]);
  }
});

it('judges a right by the access policy that gives it as well, and a policy by the right', () => {
  const byPolicy = role({ rights: [{ name: 'edit', namespaces: ['dev'] }] });
  expect(verdictOfTemplate(byPolicy, 'API', { accessPolicies: [] })).toBe('accessPolicies');
  expect(verdictOfTemplate(byPolicy, 'CONFIG_MAP', { accessPolicies: [] })).toBeUndefined();
  expect(verdictOfTemplate(byPolicy, 'API', { rights: [] })).toBe('rights');
  const byRight = role({ accessPolicies: [clusterWide('AmazonEKSViewPolicy')] });
  expect(verdictOfTemplate(byRight, 'CONFIG_MAP', { rights: [] })).toBe('rights');
  expect(verdictOfTemplate(byRight, 'API', { rights: [] })).toBeUndefined();
});

it.each([
  {},
  { groups: ['*', 'cfn-eks-access*'] },
  { allowClusterAdmin: true, groups: ['cfn-eks-access:*'] },
])('no template is given the group of a right as a group: %j', (guardrails) => {
  for (const group of ['cfn-eks-access:view', 'CFN-eks-access:view', 'cfn-eks-access:{{SessionName}}'])
    expect(verdictOfTemplate(role({ groups: [group] }), 'CONFIG_MAP', guardrails)).toBe('no key named');
});

it('a group that a session could make that of a right amounts to cluster admin', () => {
  const guardrails = { groups: ['*', '{{SessionName}}*'] };
  const asked = role({ groups: ['{{SessionName}}:cluster-admin'] });
  expect(verdictOfTemplate(asked, 'CONFIG_MAP', guardrails)).toBe('allowClusterAdmin');
});
