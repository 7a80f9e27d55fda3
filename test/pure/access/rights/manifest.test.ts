/** The manifest of named rights: rules as the tables say, subjects that are generated, and nothing that reaches further. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { PROVIDER_GROUP } from '../../../../access/contract';
import { PUBLISHED_RULES } from '../../../../access/policies/published-rules';
import { allows, type PolicyRule, tuplesOf } from '../../../../access/policies/rule';
import {
  bindingOf,
  clusterRoleOf,
  groupOf,
  policyOf,
  RIGHTS,
  RIGHTS_MANIFEST,
} from '../../../../access/rights/catalogue';
import { digestOf } from '../../../../access/rights/digest';
import { DIGESTS } from '../../../../access/rights/digests';
import { clusterRoleBindings, clusterRoles, providerObjects } from '../../../../access/rights/manifest';
import { NAMED_RIGHTS, namedRights } from '../../../../access/rights/named-rights';
import { digestsModule, rightsManifest, rightsSetup, setupOfText } from '../../../../build/rights-manifest';
import { RIGHTS_SETUP } from '../../../../cdk/rights-setup';
import { rightsPage } from '../../../../build/rights-page';

const root = join(__dirname, '../../../..');

interface Document {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly rules?: readonly Partial<PolicyRule>[];
  readonly aggregationRule?: object;
  readonly roleRef?: object;
  readonly subjects?: readonly object[];
}

const documents = loadAll(readFileSync(join(root, RIGHTS_MANIFEST), 'utf8')) as readonly Document[];
const roleNamed = (name: string) =>
  documents.find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === name);
const rulesOf = (document: Document | undefined): readonly PolicyRule[] =>
  (document?.rules ?? []).map((rule) => ({
    apiGroups: [],
    resources: [],
    nonResourceURLs: [],
    verbs: [],
    ...rule,
  }));
const textsOf = (rules: readonly PolicyRule[]): readonly string[] =>
  tuplesOf(rules)
    .map(({ apiGroup, resource, name, verb }) => [verb, apiGroup, resource, name].join(' '))
    .sort();

test('what is generated is what the data makes', () => {
  expect(readFileSync(join(root, RIGHTS_MANIFEST), 'utf8')).toBe(rightsManifest());
  expect(readFileSync(join(root, 'access/rights/digests.ts'), 'utf8')).toBe(digestsModule());
  expect(readFileSync(join(root, 'docs/reference/rights.md'), 'utf8')).toBe(rightsPage());
  expect(setupOfText(RIGHTS_SETUP)).toBe(rightsSetup());
});

test('the text of the manifest reads as the objects that it is made of', () => {
  expect(documents).toEqual([...clusterRoles(), ...clusterRoleBindings(), ...providerObjects()]);
});

test.each(RIGHTS.filter((name) => policyOf(name) !== undefined && name !== 'cluster-admin'))(
  'ClusterRole of %s is the table of its access policy, request by request',
  (name) => {
    const table = PUBLISHED_RULES[policyOf(name) ?? ''] ?? [];
    expect(table.length).toBeGreaterThan(0);
    expect(textsOf(rulesOf(roleNamed(clusterRoleOf(name))))).toEqual(textsOf(table));
  },
);

test('every right has its binding to its one group in the whole cluster, and no subject is anything else', () => {
  const bindings = documents.filter(({ kind }) => kind === 'ClusterRoleBinding');
  expect(
    bindings.map(({ metadata, roleRef, subjects }) => ({ name: metadata.name, roleRef, subjects })),
  ).toEqual([
    ...RIGHTS.map((name) => ({
      name: bindingOf(name),
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: name === 'cluster-admin' ? 'cluster-admin' : `cfn-eks-access:${name}`,
      },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: groupOf(name) }],
    })),
    expect.objectContaining({ name: PROVIDER_GROUP }),
  ]);
  expect(documents.every(({ kind }) => /^ClusterRole(Binding)?$/.test(kind))).toBe(true);
});

test('no ClusterRole has a wildcard, impersonates users or groups, escalates, or reaches what runs beyond edit', () => {
  for (const document of documents.filter(({ kind }) => kind === 'ClusterRole')) {
    const rules = rulesOf(document);
    for (const list of rules.flatMap(({ apiGroups, resources, verbs }) => [apiGroups, resources, verbs]))
      expect(list).not.toContain('*');
    expect(rules.flatMap(({ nonResourceURLs }) => nonResourceURLs)).toEqual([]);
    const may = (apiGroup: string, resource: string, verb: string): boolean =>
      allows(rules, { apiGroup, resource, verb });
    expect(may('', 'nodes/proxy', 'get')).toBe(false);
    expect(may('', 'users', 'impersonate') || may('', 'groups', 'impersonate')).toBe(false);
    expect(may('rbac.authorization.k8s.io', 'clusterroles', 'escalate')).toBe(false);
    expect(may('rbac.authorization.k8s.io', 'roles', 'escalate')).toBe(false);
    expect(may('rbac.authorization.k8s.io', 'clusterroles', 'bind')).toBe(false);
    expect(may('rbac.authorization.k8s.io', 'clusterrolebindings', 'create')).toBe(false);
    const runs = ['pods/exec', 'pods/attach', 'pods/portforward', 'pods/proxy'].some((resource) =>
      may('', resource, 'get'),
    );
    expect(runs).toBe(/:(edit|admin)(-plus-role-bindings)?$/.test(document.metadata.name));
  }
});

test('what grows is selected by labels: its base, and what others made, not what Kubernetes has', () => {
  const growing = NAMED_RIGHTS.filter(({ grows }) => grows !== undefined);
  expect(growing.map(({ name }) => name)).toEqual([
    'view-plus-custom-resources',
    'edit-plus-custom-resources',
  ]);
  for (const { name, grows, rules } of growing) {
    const role = roleNamed(clusterRoleOf(name));
    expect(role?.rules).toBeUndefined();
    expect(rules).toEqual(namedRights(grows?.base ?? 'view').rules);
    expect(role?.aggregationRule).toEqual({
      clusterRoleSelectors: [
        { matchLabels: { 'cfn-eks-access/rights': grows?.base } },
        ...(grows?.labels ?? []).map((label) => ({
          matchExpressions: [
            { key: `rbac.authorization.k8s.io/aggregate-to-${label}`, operator: 'In', values: ['true'] },
            { key: 'kubernetes.io/bootstrapping', operator: 'NotIn', values: ['rbac-defaults'] },
          ],
        })),
      ],
    });
    const base = roleNamed(clusterRoleOf(grows?.base ?? 'view'));
    expect(base?.metadata.labels?.['cfn-eks-access/rights']).toBe(grows?.base);
  }
});

test('a bundle is its base and what its name says', () => {
  const more = (name: (typeof RIGHTS)[number], base: (typeof RIGHTS)[number]): readonly string[] => {
    const known = new Set(textsOf(namedRights(base).rules));
    return textsOf(namedRights(name).rules).filter((text) => !known.has(text));
  };
  expect(more('view-plus-nodes', 'view')).toEqual([
    'get  nodes ',
    'get metrics.k8s.io nodes ',
    'list  nodes ',
    'list metrics.k8s.io nodes ',
    'watch  nodes ',
  ]);
  expect(more('admin-plus-role-bindings', 'admin')).toEqual(
    [
      'admin',
      'cfn-eks-access:admin',
      'cfn-eks-access:admin-plus-role-bindings',
      'cfn-eks-access:edit',
      'cfn-eks-access:edit-plus-custom-resources',
      'cfn-eks-access:secret-reader',
      'cfn-eks-access:view',
      'cfn-eks-access:view-plus-custom-resources',
      'edit',
      'view',
    ].map((role) => `bind rbac.authorization.k8s.io clusterroles ${role}`),
  );
});

test('the digest of a ClusterRole as the API server gives it is that of the manifest, and changes with its rules', () => {
  for (const role of clusterRoles()) {
    const name = role.metadata.name.replace('cfn-eks-access:', '') as keyof typeof DIGESTS;
    // The API server orders keys as Go does, and shows the rules that it has aggregated.
    const { rules, aggregationRule } = role;
    const shown = {
      ...(aggregationRule === undefined
        ? { rules: rules?.map((rule) => Object.fromEntries(Object.entries(rule).reverse())) }
        : { rules: [{ verbs: ['get'], apiGroups: ['x'], resources: ['y'] }], aggregationRule }),
    };
    expect(digestOf(shown)).toBe(DIGESTS[name]);
    expect(digestOf({ ...shown, aggregationRule: undefined, rules: [{ verbs: ['*'] }] })).not.toBe(
      DIGESTS[name],
    );
  }
  expect(new Set(Object.values(DIGESTS)).size).toBe(RIGHTS.length - 1);
  expect(digestOf({ rules: null })).not.toBe(DIGESTS.view);
});
