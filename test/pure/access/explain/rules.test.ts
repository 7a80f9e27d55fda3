/** Each rule: one cluster that has it, and a near miss that has not. */
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import { type RuleName } from '../../../../access/explain/finding';
import { findingsOf } from '../../../../access/explain/findings';
import { LEVELS } from '../../../../access/explain/rules/levels';
import {
  type SeenAccessEntry,
  type SeenBinding,
  type SeenCluster,
} from '../../../../access/explain/seen-cluster';
import { seenAwsAuth } from './seen';

const iam = (name: string) => `arn:aws:iam::111122223333:${name}`;
const SSO = 'AWSReservedSSO_Ops_0123456789abcdef';
const NEW_SSO = iam('role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_fedcba9876543210');
const NODE = `- {rolearn: "${iam('role/node')}", username: "system:node:{{EC2PrivateDNSName}}", groups: ["system:bootstrappers", "system:nodes"]}\n`;
const role = (name: string, username = 'a', groups = '[a]') =>
  `- rolearn: ${iam(`role/${name}`)}\n  username: ${username}\n  groups: ${groups}\n`;
const user = (name: string, username = 'a', groups = '[a]') =>
  `- userarn: ${iam(`user/${name}`)}\n  username: ${username}\n  groups: ${groups}\n`;
const roles = (...entries: readonly string[]): SeenCluster => seen({ mapRoles: entries.join('') });
const users = (...entries: readonly string[]): SeenCluster => seen({ mapUsers: entries.join('') });
const accounts = (text: string): SeenCluster => seen({ mapAccounts: text });
const seen = (data: AwsAuthData, more: SeenCluster = {}): SeenCluster => ({
  awsAuth: seenAwsAuth(data),
  ...more,
});

const entry = (name: string, more: Partial<SeenAccessEntry> = {}): SeenAccessEntry => ({
  principalArn: iam(`role/${name}`),
  type: 'STANDARD',
  username: 'a',
  groups: ['a'],
  policies: [],
  createdAt: new Date('2026-01-01'),
  ...more,
});
const admin = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
  scope: 'cluster',
  namespaces: [],
} as const;
const autoNode = {
  policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy',
  scope: 'cluster',
  namespaces: [],
} as const;
const both = (data: AwsAuthData, entries: readonly SeenAccessEntry[], more: SeenCluster = {}): SeenCluster =>
  seen(data, { mode: 'API_AND_CONFIG_MAP', accessEntries: { state: 'read', entries }, ...more });
const api = (entries: readonly SeenAccessEntry[], more: SeenCluster = {}): SeenCluster => ({
  mode: 'API',
  accessEntries: { state: 'read', entries },
  ...more,
});
const binding = (kind: 'User' | 'Group' | 'ServiceAccount', name: string): SeenBinding => ({
  kind: 'RoleBinding',
  name: 'b',
  namespace: 'dev',
  roleRef: { kind: 'ClusterRole', name: 'edit' },
  subjects: [{ kind, name }],
});
const clusterAdmins: SeenBinding = {
  kind: 'ClusterRoleBinding',
  name: 'admins',
  roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ kind: 'Group', name: 'a' }],
};
const clusterRoles = (...names: readonly string[]): SeenCluster['kubernetesRoles'] =>
  ['cluster-admin', ...names].map((name) => ({ kind: 'ClusterRole', name }));
const managed = (manager: string): SeenCluster => ({
  awsAuth: {
    ...seenAwsAuth({ mapRoles: NODE }),
    managedFields: [{ manager, operation: 'Update', fieldsV1: { 'f:data': { '.': {}, 'f:mapRoles': {} } } }],
  },
});

type Case = readonly [rule: RuleName, has: SeenCluster, hasNot: SeenCluster];

const CASES: readonly Case[] = [
  ['near-size-limit', seen({ note: 'x'.repeat(1_000_000) }), seen({ note: 'x'.repeat(900_000) })],
  ['other-writer', managed('argocd-controller'), managed('vpcLambda')],
  ['section-unparsable', users(user('bob', '@bob')), users(user('bob', '"@bob"'))],
  ['section-unparsable', roles(role('x', '{{SessionName}}')), roles(role('x', 'x:{{SessionName}}'))],
  ['section-unparsable', roles(`\t${role('x')}`), roles(`  ${role('x').replaceAll('\n', '\n  ')}`)],
  ['section-unparsable', roles(`# \u007f\n${role('x')}`), roles(`# ~\n${role('x')}`)],
  [
    'section-unparsable',
    roles('{"rolearn": "x"}'),
    roles(`[{"rolearn": "${iam('role/x')}", "groups": ["a"]}]`),
  ],
  ['section-unparsable', roles(`${role('x')}   extra: y\n`), roles(`${role('x')}  extra: y\n`)],
  ['section-not-a-list', roles(`mapRoles:\n${role('x')}`), roles(role('x'))],
  ['second-document-ignored', roles(role('x'), '---\n', role('y')), roles(role('x'), '---\n# the end\n')],
  [
    'entry-invalid',
    users(user('x').replace('userarn', 'rolearn')),
    users(user('x').replace('userarn', 'userARN')),
  ],
  ['entry-invalid', roles(`- - ${role('x').slice(2).replaceAll('\n  ', '\n    ')}`), roles(role('x'))],
  ['entry-key-spelling', roles(role('x').replace('groups', 'group')), roles(`${role('x')}  note: groups\n`)],
  ['entry-key-twice', roles(`${role('x')}  groups: [b]\n`), roles(`${role('x')}  note: x\n  note: y\n`)],
  ['item-folded', roles(role('x', 'a', '\n  - a\n    - b')), roles(role('x', 'a', '\n  - a\n  - b'))],
  ['groups-not-a-list', roles(role('x', 'a', 'system:masters')), roles(role('x', 'a', '["system:masters"]'))],
  [
    'groups-not-a-list',
    roles(role('x', 'a', '["system: masters", {b: c}]')),
    roles(role('x', 'a', '["system: masters"]')),
  ],
  ['username-not-a-string', roles(role('x', 'yes')), roles(role('x', 'yEs'))],
  ['username-missing', roles(role('x', '')), roles(role('x', 'yes'))],
  [
    'group-misspelt',
    roles(role('x', 'a', '["systems:master"]')),
    roles(role('x', 'a', '["system:masters"]')),
  ],
  [
    'group-misspelt',
    api([entry('x', { groups: ['cluster-admin'] })]),
    api([entry('x', { groups: ['cluster-admin'] })], {
      bindings: [binding('Group', 'cluster-admin')],
    }),
  ],
  ['group-misspelt', roles(role('x', 'a', '["a, b"]')), roles(role('x', 'a', '[a, b]'))],
  ['padded-text', roles(role('x', '‘a’')), roles(role('x', 'a’s'))],
  ['padded-text', roles(role('x', 'a', '[“a”]')), roles(role('x', 'a', '[a]'))],
  ['padded-text', roles(role('x', '"a "')), roles(role('x', '"a b"'))],
  ['template-malformed', roles(role('x', 'a:{SessionName}')), roles(role('x', 'a:{{SessionName}}'))],
  [
    'template-malformed',
    roles(role('x', 'a', '["{{SesionName}}"]')),
    roles(role('x', 'a', '["{{SessionNameRaw}}"]')),
  ],
  ['template-unknown', roles(role('x', 'a:{{Department}}')), roles(role('x', 'a:Department'))],
  ['account-unquoted', accounts('- 444455556666\n'), accounts('- "444455556666"\n')],
  ['account-open', accounts('- "444455556666"\n'), accounts('[]')],
  ['principal-never-matches', accounts('- "4444-5555-6666"\n'), accounts('- "444455556666"\n')],
  ['principal-never-matches', roles(role('*')), roles(role('x'))],
  [
    'principal-never-matches',
    roles(role('x').replace('iam::', 'sts::').replace('role/x', 'assumed-role/x/jane')),
    users(user('jane').replace('iam::', 'sts::').replace('user/', 'federated-user/')),
  ],
  [
    'principal-never-matches',
    roles(role('x').replace(iam('role/x'), `“${iam('role/x')}”`)),
    roles(role('x').replace(iam('role/x'), `"${iam('role/x')}"`)),
  ],
  ['role-arn-path', roles(role('team/x')), users(user('team/x'))],
  [
    'sso-needs-gate',
    roles('- sso: {permissionSetName: Ops, accountID: "111122223333"}\n  username: a\n  groups: [a]\n'),
    roles(role(SSO)),
  ],
  ['slr-without-path', roles(role('AWSServiceRoleForBatch')), roles(role('MyAWSServiceRoleForBatch'))],
  [
    'masters-wide',
    roles(NODE.replace('"system:nodes"', '"system:nodes", "system:masters"')),
    roles(role('x', 'a', '["system:masters"]')),
  ],
  [
    'masters-wide',
    roles(role('x', '"system:node:{{EC2PrivateDNSName}}"', '["system:masters"]')),
    roles(role('x', '"system:node:{{SessionName}}"', '["system:masters"]')),
  ],
  [
    'masters-wide',
    roles(role('prod-NodeInstanceRole-1ABC', 'a', '["system:masters"]')),
    roles(role('node-admin', 'a', '["system:masters"]'), role('nodejs-ci', 'b', '["system:masters"]')),
  ],
  [
    'masters-wide',
    api([entry('KarpenterNodeRole-prod', { policies: [admin] })]),
    api([
      entry('KarpenterControllerRole', { policies: [admin] }),
      entry('karpenter-node', { groups: ['b'] }),
    ]),
  ],
  [
    'masters-wide',
    seen(
      { mapRoles: role('x', 'a', '["system:masters"]') },
      { mode: 'CONFIG_MAP', nodeRoles: [{ arn: iam('role/x'), nodeGroup: 'g' }] },
    ),
    seen(
      { mapRoles: role('x', 'a', '["system:masters"]') },
      { mode: 'CONFIG_MAP', nodeRoles: [{ arn: iam('role/y'), nodeGroup: 'g' }] },
    ),
  ],
  ['duplicate-shadowed', roles(role('x'), role('X', 'b')), roles(role('x'), role('X'))],
  ['user-case-duplicates', users(user('x'), user('X', 'b')), users(user('x'), user('x', 'b'))],
  [
    'node-mapping-missing',
    seen({ mapRoles: role('x') }, { mode: 'CONFIG_MAP' }),
    seen({ mapRoles: NODE }, { mode: 'CONFIG_MAP' }),
  ],
  ['node-mapping-missing', roles(NODE, role('x', '@')), roles(role('x'))],
  [
    'node-mapping-missing',
    both({ mapRoles: NODE }, [], { nodeRoles: [{ arn: iam('role/other'), nodeGroup: 'g' }] }),
    both({ mapRoles: NODE }, [entry('other', { type: 'EC2_LINUX' })], {
      nodeRoles: [
        { arn: iam('role/other'), nodeGroup: 'g' },
        { arn: iam('role/node'), nodeGroup: 'h' },
      ],
    }),
  ],
  ['node-groups-incomplete', roles(NODE.replace('"system:bootstrappers", ', '')), roles(NODE)],
  [
    'node-groups-incomplete',
    roles(NODE.replace('role/node', 'role/fargate-pods').replace('EC2PrivateDNSName', 'SessionName')),
    roles(NODE.replace('role/node', 'role/hybrid').replace('EC2PrivateDNSName', 'SessionName')),
  ],
  [
    'node-groups-incomplete',
    roles(NODE.replace('system:node:', 'node-')),
    roles(NODE.replace('EC2PrivateDNSName', 'SessionName')),
  ],
  ['node-username-on-person', roles(NODE.replace('role/node', `role/${SSO}`)), roles(NODE)],
  [
    'node-username-on-person',
    roles(role('x', '"system:node:{{EC2PrivateDNSName}}"', '["system:masters"]')),
    roles(NODE),
  ],
  [
    'node-extra-groups',
    roles(NODE.replace('"system:nodes"', '"system:nodes", devs')),
    roles(NODE.replace('"system:nodes"', '"system:nodes", "eks:kube-proxy-windows"')),
  ],
  [
    'cluster-role-as-node',
    seen({ mapRoles: NODE }, { clusterRole: iam('role/service/node') }),
    seen({ mapRoles: NODE }, { clusterRole: iam('role/other') }),
  ],
  [
    'cluster-role-as-node',
    roles(NODE.replace('role/node', 'role/eksctl-a-cluster-ServiceRole-1ABC')),
    roles(role('eksctl-a-cluster-ServiceRole-1ABC')),
  ],
  // Known from the node group, and its own type.
  [
    'node-entry-type',
    api([entry('x')], { nodeRoles: [{ arn: iam('role/x'), nodeGroup: 'g' }] }),
    api([entry('x', { type: 'EC2_LINUX', groups: ['system:nodes'] })], {
      nodeRoles: [{ arn: iam('role/x'), nodeGroup: 'g' }],
    }),
  ],
  [
    'node-entry-type',
    api([entry('x', { type: 'EC2_LINUX' })], {
      nodeRoles: [{ arn: iam('role/x'), nodeGroup: 'w', type: 'EC2_WINDOWS' }],
    }),
    api([entry('x', { type: 'EC2_WINDOWS' })], {
      nodeRoles: [
        { arn: iam('role/x'), nodeGroup: 'w', type: 'EC2_WINDOWS' },
        { arn: iam('role/x'), nodeGroup: 'l' },
      ],
    }),
  ],
  [
    'node-entry-type',
    api([entry('pods', { type: 'EC2_LINUX' })], {
      nodeRoles: [{ arn: iam('role/pods'), nodeGroup: 'p', type: 'FARGATE_LINUX' }],
    }),
    api([entry('pods', { type: 'FARGATE_LINUX' })], {
      nodeRoles: [{ arn: iam('role/pods'), nodeGroup: 'p', type: 'FARGATE_LINUX' }],
    }),
  ],
  // Known from aws-auth, which the access entry overrides.
  [
    'node-entry-type',
    both({ mapRoles: NODE }, [entry('node', { groups: [], policies: [admin] })]),
    both({ mapRoles: NODE }, [entry('node', { type: 'EC2_LINUX', groups: ['system:nodes'] })]),
  ],
  // By the name of the role alone: only where nobody has a use for the entry.
  [
    'node-entry-type',
    api([entry('KarpenterNodeRole-prod', { groups: [] })]),
    api([entry('KarpenterNodeRole-prod', { groups: ['admins'] }), entry('nodejs-ci', { groups: [] })]),
  ],
  [
    'node-entry-type',
    api([entry('eks-node-group', { type: 'FARGATE_LINUX' })]),
    api([
      entry('AmazonEKSFargatePodExecutionRole', { type: 'FARGATE_LINUX' }),
      entry('pods', { type: 'FARGATE_LINUX' }),
    ]),
  ],
  [
    'node-username-on-person',
    api([entry(`aws-reserved/sso.amazonaws.com/${SSO}`, { type: 'EC2_LINUX' })]),
    api([entry('Ops', { type: 'EC2_LINUX' })]),
  ],
  [
    'node-username-on-person',
    both({ mapRoles: role('x') }, [entry('x', { type: 'FARGATE_LINUX' })]),
    both({ mapRoles: role('x') }, [entry('y', { type: 'FARGATE_LINUX' })]),
  ],
  [
    'entry-without-rights',
    api([entry('x', { type: 'EC2', groups: [] })]),
    api([
      entry('x', { type: 'EC2', groups: [], policies: [autoNode] }),
      entry('y', { type: 'EC2_LINUX', groups: [] }),
    ]),
  ],
  [
    'ignored-in-mode-api',
    seen({ mapRoles: role('x') }, api([])),
    seen({ mapRoles: role('x') }, api([entry('team/x')])),
  ],
  [
    'overridden-by-access-entry',
    both({ mapRoles: role('x') }, [entry('x', { username: 'b' })]),
    both({ mapRoles: role('x') }, [entry('x')]),
  ],
  [
    'overridden-by-access-entry',
    both({ mapRoles: role('x', 'a', '[team]') }, [entry('x', { groups: [], policies: [admin] })]),
    both({ mapRoles: role('x', 'a', '[team]') }, [entry('x', { groups: [] })]),
  ],
  [
    'both-places-differ',
    both({ mapRoles: role('x', 'a', '[a, b]') }, [entry('x')]),
    both({ mapRoles: role('x', 'a', '["system:masters"]') }, [entry('x', { groups: [], policies: [admin] })]),
  ],
  [
    'entry-without-rights',
    api([entry('x', { groups: [] })]),
    api([entry('x', { groups: [], policies: [admin] })]),
  ],
  [
    'entry-without-rights',
    roles(role('x', 'a', '[]')),
    seen({ mapRoles: role('x', 'a', '[]') }, { bindings: [binding('User', 'a')] }),
  ],
  [
    'single-admin',
    api([entry('x', { policies: [admin] })]),
    api([entry('x', { policies: [admin] }), entry('y', { policies: [admin] })]),
  ],
  [
    'creator-only',
    seen({ mapRoles: role('x') }, { mode: 'CONFIG_MAP' }),
    seen({ mapRoles: role('x', 'a', '["system:masters"]') }, { mode: 'CONFIG_MAP' }),
  ],
  [
    'creator-demoted',
    seen({ mapRoles: role('x') }, { mode: 'CONFIG_MAP', creator: iam('role/x') }),
    seen({ mapRoles: role('x', 'a', '["system:masters"]') }, { mode: 'CONFIG_MAP', creator: iam('role/x') }),
  ],
  ['cannot-move', roles(role('x', '"{{SessionName}}"')), roles(role('x', '"s:{{SessionName}}"'))],
  ['cannot-move', roles(role('x', 'a', '["system:x"]')), roles(role('x', 'a', '["system:masters"]'))],
  ['cannot-move', roles(role('x', '""')), roles(role('AWSServiceRoleForBatch', '""'))],
  ['needs-real-arn', roles(role(SSO)), roles(role('Ops'))],
  [
    'needs-real-arn',
    seen({ mapRoles: role('X') }, { roles: [{ arn: iam('role/team/x') }] }),
    seen({ mapRoles: role('X') }, { roles: [{ arn: iam('role/team/x').replace('1111', '9999') }] }),
  ],
  [
    'stale-principal',
    api([entry('x')], { roles: [{ arn: iam('role/x'), createDate: new Date('2026-01-02') }] }),
    api([entry('x')], { roles: [{ arn: iam('role/x'), createDate: new Date('2026-01-01') }] }),
  ],
  [
    'oidc-prefix',
    api([], { identityProviders: [{ name: 'okta', groupsClaim: 'groups', groupsPrefix: undefined }] }),
    api([], { identityProviders: [{ name: 'okta', groupsClaim: 'groups', groupsPrefix: 'okta:' }] }),
  ],
  [
    'sso-suffix-changed',
    seen({ mapRoles: role(SSO) }, { roles: [{ arn: NEW_SSO }] }),
    seen({ mapRoles: role(SSO) }, { roles: [{ arn: NEW_SSO }, { arn: iam(`role/${SSO}`) }] }),
  ],
  ['principal-never-matches', roles(role('AWSReservedSSO_Ops')), roles(role('MyAWSReservedSSO_Ops'))],
  [
    'sso-suffix-changed',
    api([entry(SSO)], { roles: [{ arn: NEW_SSO }] }),
    api([entry(SSO)], { roles: [{ arn: NEW_SSO.replace('1111', '9999') }] }),
  ],
  [
    'group-bound-nowhere',
    seen({ mapRoles: role('x') }, { bindings: [binding('User', 'a')] }),
    seen({ mapRoles: role('x') }, { bindings: [binding('Group', 'a')] }),
  ],
  [
    'binding-names-a-service-account',
    seen({ mapRoles: role('x') }, { bindings: [binding('ServiceAccount', 'a')] }),
    seen({ mapRoles: role('x') }, { bindings: [binding('ServiceAccount', 'b')] }),
  ],
  [
    'group-bound-nowhere',
    seen({ mapRoles: role('x') }, { bindings: [] }),
    seen({ mapRoles: role('x') }, { bindings: [], bindingsMissing: 'RoleBindings of all namespaces' }),
  ],
  [
    'binding-kind-differs',
    seen({ mapRoles: role('x', 'a', '[devs]') }, { bindings: [binding('User', 'devs')] }),
    seen({ mapRoles: role('x', 'devs', '[devs]') }, { bindings: [binding('User', 'devs')] }),
  ],
  [
    'binding-kind-differs',
    seen({ mapRoles: role('x', 'jane', '[devs]') }, { bindings: [binding('Group', 'jane')] }),
    seen({ mapRoles: role('x', 'jane', '[devs]') }, { bindings: [binding('Group', 'devs')] }),
  ],
  [
    'named-right-broken',
    seen({ mapRoles: role('x', 'a', '["cfn-eks-access:edti:dev"]') }, { bindings: [] }),
    seen({ mapRoles: role('x', 'a', '["cfn-eks-access:edit:dev"]') }, { bindings: [] }),
  ],
  [
    'named-right-broken',
    seen({ mapRoles: role('x') }, { bindings: [{ ...clusterAdmins, name: 'cfn-eks-access:view' }] }),
    seen({ mapRoles: role('x') }, { bindings: [{ ...clusterAdmins, name: 'cfn-eks-access:cluster-admin' }] }),
  ],
  [
    'binding-names-an-arn',
    seen({ mapRoles: role('x') }, { bindings: [binding('User', iam('role/team/x'))] }),
    seen({ mapRoles: role('x', `"${iam('role/x')}"`) }, { bindings: [binding('User', iam('role/x'))] }),
  ],
  [
    'binding-without-role',
    seen(
      { mapRoles: role('x') },
      { bindings: [binding('Group', 'a')], kubernetesRoles: clusterRoles('view') },
    ),
    seen(
      { mapRoles: role('x') },
      { bindings: [binding('Group', 'a')], kubernetesRoles: clusterRoles('edit') },
    ),
  ],
  [
    'template-in-binding',
    seen({ mapRoles: role('x', 'a:{{SessionName}}') }, { bindings: [binding('User', 'a:jane@example.com')] }),
    seen(
      { mapRoles: role('x', 'a:{{SessionNameRaw}}') },
      { bindings: [binding('User', 'a:jane@example.com')] },
    ),
  ],
  [
    'single-admin',
    seen(
      { mapRoles: role('x', 'a', '["system:masters"]') + role('y') },
      { mode: 'CONFIG_MAP', bindings: [] },
    ),
    seen(
      { mapRoles: role('x', 'a', '["system:masters"]') + role('y') },
      { mode: 'CONFIG_MAP', bindings: [clusterAdmins] },
    ),
  ],
  [
    'entry-without-rights',
    seen({ mapRoles: role('x', 'a:{{SessionName}}', '[]') }, { bindings: [binding('User', 'b:jane')] }),
    seen({ mapRoles: role('x', 'a:{{SessionName}}', '[]') }, { bindings: [binding('User', 'a:jane')] }),
  ],
  [
    'template-in-binding',
    seen({ mapRoles: role('x') }, { bindings: [binding('User', 'a:{{SessionName}}')] }),
    seen({ mapRoles: role('x') }, { bindings: [binding('User', 'a:jane')] }),
  ],
];

/** What the reader of the document notes becomes a finding as it is. */
const NOTES = [
  'section-key-spelling',
  'section-key-twice',
  'section-not-text',
  'section-outside-data',
  'name-missing',
  'namespace-missing',
  'key-not-read',
  'too-large',
  'data-only',
  'bare-list',
  'list-splits',
  'several-documents',
  'chosen-from-list',
  'rest-not-read',
] as const;

test.each(CASES.map(([rule, has, hasNot], index) => [`${rule} (${index})`, rule, has, hasNot] as const))(
  '%s',
  (_, rule, has, hasNot) => {
    const found = findingsOf(has);
    expect(found.map((finding) => finding.rule)).toContain(rule);
    const { level, sentence = '' } = found.find((finding) => finding.rule === rule) ?? {};
    // What only a name says is no proof.
    expect(level).toBe(
      /looks like a (?:role of nodes|pod)|digits of 0 to 9/.test(sentence) ? 'warn' : LEVELS[rule],
    );
    expect(findingsOf(hasNot).map((finding) => finding.rule)).not.toContain(rule);
  },
);

test.each(NOTES)('note %s', (note) => {
  const awsAuth = { ...seenAwsAuth({}), notes: [{ note, level: LEVELS[note], sentence: 'It is so.' }] };
  expect(findingsOf({ awsAuth })).toMatchObject([{ rule: note, level: LEVELS[note], sentence: 'It is so.' }]);
});

test('no rule is without a case', () => {
  const tested = new Set<string>([...CASES.map(([rule]) => rule), ...NOTES]);
  expect(Object.keys(LEVELS).filter((rule) => !tested.has(rule))).toEqual([]);
});

test('what cannot be cured is named as well as can be, and no parser speaks', () => {
  const [found] = findingsOf(roles(`- rolearn: x\n  groups: [a\n- rolearn: y\n`));
  expect(found).toMatchObject({ rule: 'section-unparsable', level: 'error' });
});

test('a comment with a reason silences one rule for one entry', () => {
  const text = (comment: string) => `- 444455556666 ${comment}\n- "777788889999"\n`;
  const rules = (comment: string) =>
    findingsOf(accounts(text(comment))).map(({ rule, span }) => `${span?.from.line} ${rule}`);
  const all = ['1 account-open', '1 account-unquoted', '2 account-open'];
  expect(rules('').sort()).toEqual(all);
  expect(rules('# eks-access-ignore: account-open the auditors').sort()).toEqual(all.slice(1));
  expect(rules('# eks-access-ignore: account-open').sort()).toEqual(all);
  expect(rules('# eks-access-ignore: role-arn-path the auditors').sort()).toEqual(all);
  expect(findingsOf(accounts(text('')))[0]?.ignore).toBe('# eks-access-ignore: account-open REASON');
});

test('an entry of a type by which its principal does not join is told once, and not as another fault', () => {
  const rules = (cluster: SeenCluster) => findingsOf(cluster).map(({ rule }) => rule);
  const nodeRoles = [{ arn: iam('role/node'), nodeGroup: 'g' }];
  const standard = entry('node', { groups: [] });
  expect(rules(api([standard, entry('a', { policies: [admin] })], { nodeRoles }))).toEqual([
    'node-entry-type',
    'single-admin',
  ]);
  const [found] = findingsOf(both({ mapRoles: NODE }, [standard], { nodeRoles, name: 'prod' }));
  expect(found).toMatchObject({
    rule: 'node-entry-type',
    span: { from: { line: 1 } },
    sentence: 'role/node is a role of nodes, and its access entry has type STANDARD, not EC2_LINUX.',
    effect: 'Its nodes do not become ready: the access entry counts instead of this one.',
    fix: {
      text:
        `aws eks delete-access-entry --cluster-name prod --principal-arn ${iam('role/node')}\n` +
        `aws eks create-access-entry --cluster-name prod --principal-arn ${iam('role/node')} --type EC2_LINUX`,
    },
  });
  expect(rules(both({ mapRoles: NODE }, [standard]))).not.toContain('both-places-differ');
  expect(rules(both({ mapRoles: role('x') }, [entry('x', { type: 'EC2_LINUX' })]))).not.toContain(
    'both-places-differ',
  );
});

test('several groups in one text, and typographic quotes, are written as they were meant', () => {
  const [commas] = findingsOf(roles(role('x', 'a', '["a, b", c]')));
  expect(commas?.fix?.text).toBe('- a\n- b\n- c');
  const [quotes] = findingsOf(roles(role('x').replace(iam('role/x'), `“${iam('role/x')}”`)));
  expect(quotes?.fix?.text).toBe(`"${iam('role/x')}"`);
});

test('a template of Helm that was not rendered is called that', () => {
  const [found] = findingsOf(roles('{{- range .Values.roles }}\n', role('x'), '{{- end }}\n'));
  expect(found?.sentence).toContain('this is a template, which has to be rendered first (helm template)');
});
