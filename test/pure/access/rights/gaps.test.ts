/** What people miss in named rights: as in access policies, but for what RBAC and the bundles change. */
import { gapsOf } from '../../../../access/policies/gaps';
import { type RightsName } from '../../../../access/rights/catalogue';
import { namedRights } from '../../../../access/rights/named-rights';

const gaps = (name: RightsName): string => {
  const { rules, grows } = namedRights(name);
  return gapsOf(rules, { isRbac: true, grows: grows !== undefined }).join('\n');
};

test.each([
  ['view', 'Nodes:', true],
  ['view-plus-nodes', 'Nodes:', false],
  ['view', 'Custom resources', true],
  ['view-plus-custom-resources', 'Custom resources', false],
  ['edit-plus-custom-resources', 'Custom resources', false],
  ['edit-plus-custom-resources', 'Tokens of service accounts', true],
  ['admin', 'RoleBindings to ClusterRoles view, edit and admin', true],
  ['admin', 'knows the rights that RBAC gives and no others', false],
  ['admin-plus-role-bindings', 'RoleBindings', false],
] as const)('%s: "%s" is missed: %s', (name, words, missed) => {
  expect(gaps(name).includes(words)).toBe(missed);
});

test('nothing is missed in cluster-admin', () => {
  expect(gaps('cluster-admin')).toBe('');
});
