/** What a finding says, and what it tells people to write, where a document is written as few people write it. */
import { type RuleName } from '../../../../access/explain/finding';
import { findingsOf } from '../../../../access/explain/findings';
import { fixAll } from '../../../../access/explain/fixing';
import {
  type SeenAccessEntry,
  type SeenBinding,
  type SeenCluster,
} from '../../../../access/explain/seen-cluster';
import { seenAwsAuth } from './seen';

const iam = (name: string) => `arn:aws:iam::111122223333:${name}`;
const role = (name: string, username = 'a', groups = '[a]') =>
  `- rolearn: ${iam(`role/${name}`)}\n  username: ${username}\n  groups: ${groups}\n`;
const roles = (...entries: readonly string[]): SeenCluster => ({
  awsAuth: seenAwsAuth({ mapRoles: entries.join('') }),
});
const accounts = (mapAccounts: string): SeenCluster => ({ awsAuth: seenAwsAuth({ mapAccounts }) });
const api = (more: Partial<SeenAccessEntry>): SeenCluster => ({
  mode: 'API',
  accessEntries: {
    state: 'read',
    entries: [
      { principalArn: iam('role/x'), type: 'STANDARD', username: 'a', groups: [], policies: [], ...more },
    ],
  },
});
const policy = (name: string, namespaces: readonly string[]) =>
  ({
    policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
    scope: namespaces.length === 0 ? 'cluster' : 'namespace',
    namespaces,
  }) as const;
const bind = (more: Partial<SeenBinding>): SeenBinding => ({
  kind: 'RoleBinding',
  name: 'b',
  namespace: 'dev',
  roleRef: { kind: 'ClusterRole', name: 'edit' },
  subjects: [{ kind: 'Group', name: 'a' }],
  ...more,
});
const NO_LIST_ITEM = 'This list item is dropped: an entry is keys and values, beginning with a dash.';
const WITH_PATH = 'A role ARN with a path matches nobody: remove team/.';
const INSTANCE = 'system:node:{{EC2PrivateDNSName}}';
const NODE = role('node', `"${INSTANCE}"`, '["system:bootstrappers", "system:nodes"]');
const NODE_ROLE = { arn: iam('role/x'), nodeGroup: 'g' };

/** Of several findings of the rule the last; `fix`: all that it writes, undefined where a person has to. */
type Case = readonly [
  what: string,
  cluster: SeenCluster,
  rule: RuleName,
  sentence: string,
  effect: string,
  fix: string | undefined,
];

const GROUPS: readonly Case[] = (
  [
    ['a comma alone', '","', 'groups is one word, not a list.'],
    ['a map', '\n    devs: x', 'groups is a map, not a list.'],
    ['a map in braces', '{a: b}', 'groups is a map, not a list.'],
    ['no map at all', '{}', 'groups is a map, not a list.'],
    ['a word that nobody can write', '"a\\x01"', 'groups is one word, not a list.'],
  ] as const
).map(([what, groups, sentence]) => [
  `groups as ${what}`,
  roles(role('x', 'a', groups)),
  'groups-not-a-list',
  sentence,
  'role/x logs in with no groups.',
  undefined,
]);

const CASES: readonly Case[] = [
  ...GROUPS,
  [
    'groups as an alias of a word',
    roles(role('w', 'a', '&g devs'), role('x', 'b', '*g')),
    'groups-not-a-list',
    'groups is one word, not a list.',
    'role/x logs in with no groups.',
    undefined,
  ],
  [
    'a dash inside of brackets',
    roles(role('x', 'a', '[a\n    - b]')),
    'item-folded',
    'In brackets a dash begins no group: both lines are read as one.',
    'role/x logs in with one group that has a dash in its name.',
    undefined,
  ],
  [
    'a template in groups that are an alias',
    roles(role('w', 'a', '&g ["{{SesionName}}"]'), role('x', 'b', '*g')),
    'template-malformed',
    '{{SesionName}} in this group stays as it is: templates are exact text, as {{SessionName}} is.',
    'role/x logs in with the group "{{SesionName}}".',
    undefined,
  ],
  [
    'a role of nodes in groups that are an alias',
    roles(role('w', 'a', '&g ["system:masters"]'), role('KarpenterNodeRole', 'b', '*g')),
    'masters-wide',
    'role/KarpenterNodeRole, which looks like a role of nodes, is in system:masters: every pod that reaches its credentials controls the cluster.',
    'Whatever runs as role/KarpenterNodeRole has full control, which RBAC cannot limit.',
    undefined,
  ],
  [
    'an entry that is an alias of another one',
    roles(role('team/x').replace('- ', '- &e\n  '), '- *e\n'),
    'role-arn-path',
    WITH_PATH,
    'role/x cannot log in by this entry.',
    undefined,
  ],
  [
    'an ARN that others refer to',
    roles(role('team/x').replace('rolearn: ', 'rolearn: &a ')),
    'role-arn-path',
    WITH_PATH,
    'role/x cannot log in by this entry.',
    undefined,
  ],
  [
    'nodes without any user name',
    roles(role('x', '', '["system:bootstrappers", "system:nodes"]')),
    'node-groups-incomplete',
    `An entry for nodes needs the user name ${INSTANCE}, or one that begins with system:node:.`,
    'Nodes of role/x do not become ready.',
    `"${INSTANCE}"`,
  ],
  [
    'an entry in a list of its own, after something else',
    roles(`- - username: a\n  - rolearn: ${iam('role/x')}\n`),
    'entry-invalid',
    NO_LIST_ITEM,
    'role/x cannot log in by it.',
    undefined,
  ],
  [
    'a key that is an alias beside a misspelt one',
    roles(`- rolearn: &n ${iam('role/x')}\n  *n : a\n  username: a\n  group: [a]\n`),
    'entry-key-spelling',
    'The authenticator does not know the key "group" and ignores it: write groups.',
    'role/x logs in without what this line says.',
    'groups',
  ],
  [
    'a list that names nobody',
    roles('- - username: a\n'),
    'entry-invalid',
    NO_LIST_ITEM,
    'It maps nobody.',
    undefined,
  ],
  [
    'an alias of what is no entry',
    roles('- &a 5\n- *a\n'),
    'entry-invalid',
    NO_LIST_ITEM,
    'It maps nobody.',
    undefined,
  ],
  [
    'a partition that does not exist',
    roles(role('x').replace('arn:aws:', 'arn:amazon:')),
    'principal-never-matches',
    '"amazon" is not a partition: write one of aws, aws-cn, aws-us-gov, aws-iso, aws-iso-b, aws-iso-e, aws-iso-f, aws-eusc.',
    'role/x cannot log in by this entry.',
    undefined,
  ],
  [
    'a name of any length in the place of an ARN',
    roles(role('x').replace(iam('role/x'), 'x'.repeat(300))),
    'principal-never-matches',
    `"${'x'.repeat(43)}…${'x'.repeat(43)}" is not an ARN of a role or user, as arn:aws:iam::ACCOUNT:role/NAME is.`,
    `${'x'.repeat(300)} cannot log in by this entry.`,
    undefined,
  ],
  [
    'an account id of eleven digits',
    accounts('- "44445555666"\n'),
    'principal-never-matches',
    '"44445555666" is not an account id: those have 12 digits. A zero at its start may be missing.',
    'Nobody can log in by it.',
    undefined,
  ],
  [
    'an account id with dashes',
    accounts('- "4444-5555-6666"\n'),
    'principal-never-matches',
    '"4444-5555-6666" is not an account id: those have 12 digits.',
    'Nobody can log in by it.',
    '"444455556666"',
  ],
  [
    'the same that others refer to',
    accounts('- &a "4444-5555-6666"\n'),
    'principal-never-matches',
    '"4444-5555-6666" is not an account id: those have 12 digits.',
    'Nobody can log in by it.',
    undefined,
  ],
  [
    'text that is no entry in a second document',
    roles(role('x'), '---\nfoo: bar\n'),
    'second-document-ignored',
    'mapRoles is read up to this line: the authenticator reads one YAML document alone.',
    'What follows is ignored.',
    '',
  ],
  [
    'an entry after the end of the document',
    roles(role('x'), '...\n', role('y')),
    'second-document-ignored',
    'mapRoles is read up to this line: the authenticator reads one YAML document alone.',
    'What follows is ignored: role/y.',
    undefined,
  ],
  [
    'a node role whose access policies were not seen',
    {
      ...api({ policies: undefined }),
      name: 'prod',
      nodeRoles: [{ arn: iam('role/x'), nodeGroup: 'g' }],
    },
    'node-entry-type',
    'role/x is a role of nodes, and its access entry has type STANDARD, not EC2_LINUX.',
    'Its nodes do not become ready.',
    `aws eks delete-access-entry --cluster-name prod --principal-arn ${iam('role/x')}\naws eks create-access-entry --cluster-name prod --principal-arn ${iam('role/x')} --type EC2_LINUX`,
  ],
  [
    'an access entry without rights, of a cluster with a name',
    { ...api({}), name: 'prod' },
    'entry-without-rights',
    'The access entry of role/x has no groups and no access policies.',
    'It may do what RBAC gives to everybody in system:authenticated, which is next to nothing.',
    `aws eks associate-access-policy --cluster-name prod --principal-arn ${iam('role/x')} --policy-arn ${policy('AmazonEKSViewPolicy', []).policyArn} --access-scope type=cluster`,
  ],
  [
    'a Fargate profile whose role has no entry',
    { ...roles(NODE), mode: 'CONFIG_MAP', nodeRoles: [{ ...NODE_ROLE, type: 'FARGATE_LINUX' }] },
    'node-mapping-missing',
    'No entry lets pods of role/x in, the role of Fargate profile "g".',
    'Its pods do not start.',
    `- rolearn: "${iam('role/x')}"\n  username: "system:node:{{SessionName}}"\n  groups: ["system:bootstrappers", "system:nodes", "system:node-proxier"]`,
  ],
  [
    'a node role that was made again after its access entry',
    {
      ...api({ type: 'EC2_LINUX', createdAt: new Date('2026-01-01') }),
      nodeRoles: [NODE_ROLE],
      roles: [{ arn: iam('role/x'), createDate: new Date('2026-01-02') }],
    },
    'node-mapping-missing',
    'No entry lets nodes of role/x in, the role of node group "g".',
    'Its nodes do not become ready.',
    `aws eks create-access-entry --cluster-name CLUSTER --principal-arn ${iam('role/x')} --type EC2_LINUX`,
  ],
  [
    'a node role that is an administrator by its access entry',
    { ...api({ policies: [policy('AmazonEKSClusterAdminPolicy', [])] }), nodeRoles: [NODE_ROLE] },
    'masters-wide',
    'role/x is a role of nodes, and its access entry gives it full control.',
    'Every pod that reaches the credentials of its node has it too: people need a role of their own.',
    undefined,
  ],
  [
    'an OIDC identity provider whose prefix the groups of named rights begin with',
    {
      ...api({ groups: ['devs'] }),
      identityProviders: [{ name: 'okta', groupsClaim: 'teams', groupsPrefix: 'cfn-' }],
    },
    'oidc-prefix',
    'The OIDC identity provider "okta" puts "cfn-" before the groups of its tokens.',
    'Who fills in its claim "teams" can give anybody the groups of named rights: associate it again with another groupsPrefix.',
    undefined,
  ],
  [
    'a group beside two access policies',
    {
      ...api({
        groups: ['devs'],
        policies: [policy('AmazonEKSViewPolicy', []), policy('AmazonEKSEditPolicy', ['a', 'b'])],
      }),
      bindings: [],
    },
    'group-bound-nowhere',
    'No RoleBinding or ClusterRoleBinding names the group "devs".',
    'role/x gets nothing by the group; AmazonEKSViewPolicy and AmazonEKSEditPolicy in namespaces a, b hold without it.',
    'kubectl create clusterrolebinding devs --clusterrole=view --group=devs',
  ],
  [
    'a group of which nothing can be in the name of an object',
    { ...roles(role('x', 'a', '["日本"]')), bindings: [] },
    'group-bound-nowhere',
    'No RoleBinding or ClusterRoleBinding names the group "日本".',
    'role/x gets no rights by it.',
    "kubectl create clusterrolebinding NAME --clusterrole=view --group='日本'",
  ],
  [
    'nearly a named right, in an access entry',
    { ...api({ groups: ['cfn-eks-access:edti:dev'] }), bindings: [] },
    'named-right-broken',
    'The group "cfn-eks-access:edti:dev" looks like a named right, and there is none of this name.',
    'role/x gets nothing by it that the provider has bound: give Rights in a template.',
    undefined,
  ],
  [
    'a binding in a namespace with the name of a named right',
    {
      bindings: [
        bind({ name: 'cfn-eks-access:view', roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } }),
      ],
    },
    'named-right-broken',
    'RoleBinding dev/cfn-eks-access:view gives ClusterRole "cluster-admin", not the named right view.',
    'Its holders have other rights than they were given, and the provider refuses to give more.',
    'kubectl delete rolebinding cfn-eks-access:view -n dev',
  ],
  [
    'a binding of a named right whose ClusterRole is not there',
    {
      ...roles(role('x')),
      bindings: [bind({ roleRef: { kind: 'ClusterRole', name: 'cfn-eks-access:edit' } })],
      kubernetesRoles: [{ kind: 'ClusterRole', name: 'cluster-admin' }],
    },
    'binding-without-role',
    'RoleBinding dev/b gives ClusterRole "cfn-eks-access:edit", which does not exist.',
    'role/x gets no rights by it.',
    'kubectl apply -f samples/rights-rbac.yaml',
  ],
  [
    'a binding that names the ARN of a role without a user name',
    { ...roles(role('x', '""')), bindings: [bind({ subjects: [{ kind: 'User', name: iam('role/x') }] })] },
    'binding-names-an-arn',
    'RoleBinding dev/b names the ARN of role/x, which is no name in the cluster.',
    'role/x gets no rights by it: it logs in with an empty user name with group a.',
    undefined,
  ],
];

test.each(CASES)('%s', (_, cluster, rule, sentence, effect, fix) => {
  const found = findingsOf(cluster).findLast((finding) => finding.rule === rule);
  expect(found).toMatchObject({ sentence, effect });
  expect(found?.fix?.text).toBe(fix);
});

test('a user name that is missing is written after its key', () => {
  const cluster = roles(role('x', '', '["system:bootstrappers", "system:nodes"]'));
  expect(fixAll(cluster, ({ rule }) => rule === 'node-groups-incomplete').texts.mapRoles).toContain(
    `\n  username: "${INSTANCE}" \n  groups: `,
  );
});

test('accounts after one that cannot be read are not loaded, and are not called wrong', () => {
  const found = findingsOf(accounts('- "111122223333"\n- !!int x\n- "444455556666"\n'));
  expect(found[0]).toMatchObject({
    rule: 'section-unparsable',
    effect: 'The authenticator stops there: what follows in mapAccounts is not loaded.',
    span: { from: { line: 2 } },
  });
  expect(found.slice(1)).toMatchObject([{ rule: 'account-open', span: { from: { line: 1 } } }]);
});

test.each([
  ['no list', 'x'],
  ['what is no object', [null, 'argocd', { manager: 5 }]],
  ['fields of another form', [{ manager: 'argocd', fieldsV1: 'f:data' }]],
  ['fields of no section', [{ manager: 'argocd', fieldsV1: { 'f:data': { 'f:note': {} } } }]],
])('managed fields that are %s name no other writer', (_, managedFields) => {
  const awsAuth = { ...seenAwsAuth({ mapRoles: role('x') }), managedFields };
  expect(findingsOf({ awsAuth }).map(({ rule }) => rule)).not.toContain('other-writer');
});
