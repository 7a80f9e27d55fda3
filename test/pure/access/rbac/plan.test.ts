/** What a cluster must hold for the groups of rights to mean what they say. */
import {
  binds,
  clusterBindingFault,
  roleBindingOf,
  roleBindingFault,
  roleFault,
} from '../../../../access/rbac/plan';
import { DIGESTS } from '../../../../access/rights/digests';
import { digestOf } from '../../../../access/rights/digest';

const edit = { name: 'edit', namespace: 'dev' } as const;
const binding = roleBindingOf(edit, 'dev');

it('makes one RoleBinding a right and namespace, to a group and nobody else', () => {
  expect(binding).toEqual({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: {
      name: 'cfn-eks-access:edit',
      namespace: 'dev',
      labels: { 'app.kubernetes.io/managed-by': 'cfn-eks-access' },
    },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cfn-eks-access:edit' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'cfn-eks-access:edit:dev' }],
  });
});

it('takes what has neither labels, subjects nor a role for another tool’s, which binds nobody', () => {
  expect(binds({}, edit)).toBe(false);
  expect(binds({ roleRef: binding.roleRef as object }, edit)).toBe(false);
  expect(roleBindingFault(edit, {})).toMatch(/^RoleBinding .* binds undefined undefined$/);
  for (const more of [{}, { metadata: {} }])
    expect(roleBindingFault(edit, { roleRef: binding.roleRef as object, ...more })).toMatch(
      /lacks the label/,
    );
});

const roleRef = { kind: 'ClusterRole', name: 'cfn-eks-access:edit' };
it.each([
  ['itself', binding, { binds: true }],
  ['nothing', undefined, { binds: false }],
  ['no subject', { ...binding, subjects: [] }, { binds: false }],
  [
    'one subject more',
    { ...binding, subjects: [...(binding.subjects ?? []), { kind: 'User', name: 'x' }] },
    { binds: false },
  ],
  [
    'another group',
    { ...binding, subjects: [{ kind: 'Group', name: 'cfn-eks-access:edit' }] },
    { binds: false },
  ],
  [
    'another role',
    { ...binding, roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } },
    {
      binds: false,
      fault: 'RoleBinding cfn-eks-access:edit in namespace dev binds ClusterRole cluster-admin',
    },
  ],
  [
    'a Role of that name',
    { ...binding, roleRef: { ...roleRef, kind: 'Role' } },
    {
      binds: false,
      fault: 'RoleBinding cfn-eks-access:edit in namespace dev binds Role cfn-eks-access:edit',
    },
  ],
  [
    'another tool’s',
    { ...binding, metadata: { labels: {} } },
    {
      binds: true,
      fault:
        "RoleBinding cfn-eks-access:edit in namespace dev lacks the label app.kubernetes.io/managed-by: cfn-eks-access, so it is another tool's",
    },
  ],
])('found %s', (_, found, state) => {
  const isBound = found !== undefined && binds(found, edit);
  expect({ binds: isBound, fault: roleBindingFault(edit, found) }).toEqual(state);
});

const view = { name: 'view', namespace: undefined } as const;
const viewRef = { kind: 'ClusterRole', name: 'cfn-eks-access:view' };
const holders = [{ kind: 'Group', name: 'cfn-eks-access:view' }];
it.each([
  ['as installed', { roleRef: viewRef, subjects: holders }, undefined],
  [
    'none',
    undefined,
    'ClusterRoleBinding cfn-eks-access:view is missing: it comes with samples/rights-rbac.yaml, or by setUpRights of the provider',
  ],
  [
    'nobody',
    { roleRef: viewRef },
    'ClusterRoleBinding cfn-eks-access:view is not as samples/rights-rbac.yaml has it',
  ],
  [
    'somebody else',
    { roleRef: viewRef, subjects: [...holders, { kind: 'Group', name: 'x' }] },
    'ClusterRoleBinding cfn-eks-access:view is not as samples/rights-rbac.yaml has it',
  ],
  [
    'another role',
    { roleRef: { ...viewRef, name: 'view' }, subjects: holders },
    'ClusterRoleBinding cfn-eks-access:view is not as samples/rights-rbac.yaml has it',
  ],
])('a ClusterRoleBinding: %s', (_, found, fault) => {
  expect(clusterBindingFault(view, found)).toBe(fault);
});

it('a ClusterRole with other rules is a changed setup', () => {
  const rules = [{ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list', 'watch'] }];
  expect(digestOf({ rules })).toBe(DIGESTS['secret-reader']);
  expect(roleFault('secret-reader', { rules })).toBeUndefined();
  const wider = [{ ...rules[0], verbs: ['*'] }];
  expect(roleFault('secret-reader', { rules: wider })).toBe(
    'ClusterRole cfn-eks-access:secret-reader is not as samples/rights-rbac.yaml has it',
  );
  expect(roleFault('secret-reader', undefined)).toBe(
    'ClusterRole cfn-eks-access:secret-reader is missing: it comes with samples/rights-rbac.yaml, or by setUpRights of the provider',
  );
  expect(roleFault('secret-reader', { rules: null })).toContain('is not as');
});
