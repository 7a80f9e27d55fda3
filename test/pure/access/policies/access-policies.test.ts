/** The tables of access policies: as many requests as their documentation has, and one word on each policy everywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCESS_POLICY_TABLE } from '../../../../access/guardrails/access-policy-table';
import { ACCESS_POLICIES, accessPolicyFor } from '../../../../access/policies/access-policies';
import { gapsOf } from '../../../../access/policies/gaps';
import { PUBLISHED_RULES } from '../../../../access/policies/published-rules';
import { allows, tuplesOf } from '../../../../access/policies/rule';
import { serviceOnlyPolicy } from '../../../../access/service-only-policies';
import { policiesPage } from '../../../../build/policies-page';
import { listPolicies } from '../../../../local/aws/eks/policy-catalogue';

const rulesOf = (name: string) => PUBLISHED_RULES[name] ?? [];
const textsOf = (name: string) =>
  tuplesOf(rulesOf(name)).map(({ apiGroup, resource, verb }) => `${verb} ${apiGroup}/${resource}`);

test.each([
  ['AmazonEKSViewPolicy', 168],
  ['AmazonEKSEditPolicy', 372],
  ['AmazonEKSAdminPolicy', 389],
])('%s is %d requests, as the comparison with the roles of Kubernetes 1.34 counts them', (name, count) => {
  expect(textsOf(name)).toHaveLength(count);
  // No line of the table repeats another.
  const sum = rulesOf(name).reduce((all, { resources, verbs }) => all + resources.length * verbs.length, 0);
  expect(sum).toBe(count);
});

test('each of View, Edit and Admin has all of the one before', () => {
  const [view, edit, admin] = ['View', 'Edit', 'Admin'].map(
    (name) => new Set(textsOf(`AmazonEKS${name}Policy`)),
  );
  expect([...(view ?? [])].filter((each) => !edit?.has(each))).toEqual([]);
  expect([...(edit ?? [])].filter((each) => !admin?.has(each))).toEqual([]);
  expect(view?.has('get /pods/log')).toBe(true);
  expect(view?.has('get /secrets')).toBe(false);
  expect(edit?.has('impersonate /serviceaccounts')).toBe(true);
  expect([...(admin ?? [])].some((each) => /^(?:bind|escalate) /.test(each))).toBe(false);
});

test('allows is as RBAC decides', () => {
  const request = (apiGroup: string, resource: string, verb: string) => ({ apiGroup, resource, verb });
  expect(allows(rulesOf('AmazonEKSAdminViewPolicy'), request('', 'pods/exec', 'get'))).toBe(true);
  expect(allows(rulesOf('AmazonEKSAdminViewPolicy'), request('', 'pods/exec', 'create'))).toBe(false);
  expect(allows(rulesOf('AmazonEKSViewPolicy'), request('apps', 'pods', 'get'))).toBe(false);
  expect(allows(rulesOf('AmazonEKSViewPolicy'), request('', 'pods', 'get'))).toBe(true);
});

test('what people miss is asked of the rules', () => {
  const gaps = (name: string) => gapsOf(rulesOf(name)).join('\n');
  expect(gaps('AmazonEKSClusterAdminPolicy')).toBe('');
  for (const name of ['AmazonEKSViewPolicy', 'AmazonEKSEditPolicy', 'AmazonEKSAdminPolicy']) {
    expect(gaps(name)).toContain('kubectl get nodes');
    expect(gaps(name)).toContain('Custom resources');
  }
  expect(gaps('AmazonEKSAdminViewPolicy')).not.toMatch(/nodes|exec|Custom/);
  expect(gaps('AmazonEKSAdminPolicy')).toContain('refuses to create one even for ClusterRole view');
  expect(gaps('AmazonEKSEditPolicy')).toContain('Writing Roles and RoleBindings.');
});

test('every list of access policies has the same names', () => {
  const names = ACCESS_POLICIES.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const offered = listPolicies('aws').map(({ name }) => name);
  expect([...offered, ...Object.keys(ACCESS_POLICY_TABLE)].filter((name) => !names.includes(name))).toEqual(
    [],
  );
  expect(Object.keys(PUBLISHED_RULES).filter((name) => !names.includes(name))).toEqual([]);
  const ofAws = ACCESS_POLICIES.filter(({ audience }) => audience === 'aws').map(({ name }) => name);
  expect(names.filter((name) => serviceOnlyPolicy(name) !== undefined).sort()).toEqual(ofAws.sort());
  for (const { published, rules } of ACCESS_POLICIES) expect(rules !== undefined).toBe(published === 'exact');
});

test.each([
  ['AmazonEKSViewPolicy', 'AmazonEKSViewPolicy'],
  ['arn:aws-us-gov:eks::aws:cluster-access-policy/AmazonEKSViewPolicy', 'AmazonEKSViewPolicy'],
])('%s is found', (asked, name) => {
  expect(accessPolicyFor(asked)).toMatchObject({ policy: { name } });
});

test.each([
  ['amazoneksviewpolicy', 'AmazonEKSViewPolicy'],
  ['view', 'AmazonEKSViewPolicy'],
  ['ClusterAdmin', 'AmazonEKSClusterAdminPolicy'],
  ['AmazonEKSKROPolcy', 'AmazonEKSKROPolicy'],
  ['AdministratorAccess', undefined],
])('%s is not found; %s was meant', (asked, meant) => {
  expect(accessPolicyFor(asked)).toEqual({ meant });
});

test('the page of documentation is what the tables make', () => {
  const page = readFileSync(join(__dirname, '../../../../docs/reference/access-policies.md'), 'utf8');
  expect(page).toBe(policiesPage());
});
