/** Public reports of documents that let in other people than their authors thought, in our words: what doctor finds at once. */
import { type RuleName } from '../../../../access/explain/finding';
import { findingsOf } from '../../../../access/explain/findings';
import { fixAll } from '../../../../access/explain/fixing';
import { explain } from '../../../../access/explain/explain';
import { readDocument } from '../../../../access/explain/document/read-document';
import { awsAuthOf } from '../../../../access/explain/seen-document';
import { type SeenCluster } from '../../../../access/explain/seen-cluster';
import { unseenOf } from '../../../../access/explain/summary';
import { seenAwsAuth } from './seen';

const iam = (name: string) => `arn:aws:iam::111122223333:${name}`;
const session = (name: string) => `arn:aws:sts::111122223333:assumed-role/${name}`;
const INSTANCE = 'system:node:{{EC2PrivateDNSName}}';
const entry = (arn: string, text: string, key = 'rolearn') =>
  `- ${key}: ${arn}\n${text.replaceAll(/^/gm, '  ')}\n`;
const nodes = (name: string) =>
  entry(iam(`role/${name}`), `username: ${INSTANCE}\ngroups: [system:bootstrappers, system:nodes]`);
const roles = (...entries: readonly string[]): SeenCluster => ({
  awsAuth: seenAwsAuth({ mapRoles: entries.join('') }),
});
const users = (text: string): SeenCluster => ({ awsAuth: seenAwsAuth({ mapUsers: text }) });

type Report = readonly [
  report: string,
  cluster: SeenCluster,
  found: readonly RuleName[],
  line: number | undefined,
  sentence: string,
  effect: string,
];

const REPORTS: readonly Report[] = [
  [
    "Karpenter's node role as an administrator under the user name of a node",
    roles(entry(iam('role/KarpenterNodeRole-prod'), `username: ${INSTANCE}\ngroups: [system:masters]`)),
    ['node-groups-incomplete', 'masters-wide', 'cannot-move'],
    3,
    'An entry for nodes needs system:bootstrappers and system:nodes, and this one lacks system:bootstrappers and system:nodes.',
    'Nodes of role/KarpenterNodeRole-prod do not become ready.',
  ],
  [
    "Karpenter's node role as an administrator instead of a node (aws/karpenter-provider-aws#1225)",
    roles(
      nodes('nodes'),
      entry(iam('role/KarpenterNodeRole-prod'), 'username: karpenter\ngroups: [system:masters]'),
    ),
    ['node-groups-incomplete', 'masters-wide'],
    5,
    'role/KarpenterNodeRole-prod looks like a role of nodes, and this entry is not for nodes.',
    'If nodes have the role, they do not become ready: people need a role of their own.',
  ],
  [
    'the role of nodes once more as an administrator',
    roles(
      nodes('others'),
      nodes('workers'),
      entry(iam('role/workers'), 'username: admin\ngroups: [system:masters]'),
    ),
    ['duplicate-shadowed'],
    4,
    'role/workers is mapped again on line 7; the last one wins, groups are not added up.',
    'Its nodes do not become ready: they log in as line 7 says. People need a role of their own.',
  ],
  [
    'a role of Windows nodes without the group of kube-proxy (aws/containers-roadmap#227)',
    roles(nodes('nodes'), nodes('dev-winnodes1-NodeInstanceRole-1ABC')),
    ['node-groups-incomplete'],
    6,
    'An entry for Windows nodes needs system:bootstrappers, system:nodes and eks:kube-proxy-windows, and this one lacks eks:kube-proxy-windows.',
    'kube-proxy of its Windows nodes does not work: their pods reach no service, and no DNS.',
  ],
  [
    'a template that a generator of web pages has eaten (devopsinuse.com)',
    roles(
      entry(
        iam('role/group-tf'),
        `username: "${INSTANCE.split('{')[0]}"\ngroups: [system:bootstrappers, system:nodes]`,
      ),
    ),
    ['node-groups-incomplete', 'cannot-move'],
    2,
    `An entry for nodes needs the user name ${INSTANCE}, or one that begins with system:node:.`,
    'Nodes of role/group-tf do not become ready.',
  ],
  [
    'groups without their key (docs.pingidentity.com)',
    users(entry(iam('user/new.user'), 'username: new.user\n  - system:masters', 'userarn')),
    ['item-folded', 'entry-without-rights'],
    2,
    'The lines after this user name are read as part of it: "groups:" is missing above them.',
    'user/new.user logs in as "new.user - system:masters".',
  ],
  [
    'mapUsers inside of the text of mapRoles',
    roles(nodes('nodes'), `mapUsers: |\n${entry(iam('user/jane'), 'username: jane', '  userarn')}`),
    ['section-unparsable', 'node-mapping-missing'],
    4,
    'mapRoles does not parse: mapUsers is a key of data, and its line is indented further than that of mapRoles.',
    'The authenticator then loads nothing from mapRoles: role/nodes (1) and user/jane (5) cannot log in.',
  ],
  [
    'a key without its colon',
    roles(nodes('nodes'), entry(iam('role/dev'), 'username: dev\ngroups\n  - system:masters')),
    ['section-unparsable', 'node-mapping-missing'],
    6,
    'mapRoles does not parse: the colon after this key is missing.',
    'The authenticator then loads nothing from mapRoles: role/nodes (1) and role/dev (4) cannot log in.',
  ],
  [
    'keys without a space after their colons',
    roles(nodes('nodes'), `- rolearn:${iam('role/dev')}\n  username:dev\n  groups:\n  - a\n`),
    ['section-unparsable', 'node-mapping-missing'],
    4,
    'mapRoles does not parse: spaces are missing after the colons of these keys.',
    'The authenticator then loads nothing from mapRoles: role/nodes (1) and role/dev (4) cannot log in.',
  ],
  [
    'a dash of a text processor',
    roles(entry(iam('role/dev'), 'username: dev\ngroups:\n- a\n– b')),
    ['section-unparsable', 'node-mapping-missing'],
    5,
    'mapRoles does not parse: this dash is none of YAML: write -.',
    'The authenticator then loads nothing from mapRoles: role/dev (1) cannot log in.',
  ],
  [
    'two users in one entry',
    users(`${entry(iam('user/a'), 'username: a\ngroups: [x]', 'userarn')}  userarn: ${iam('user/b')}\n`),
    ['entry-key-twice'],
    1,
    'This entry has userarn more than once, and this one does not count.',
    'user/a cannot log in by it.',
  ],
  [
    'two ARNs in one line',
    users(entry(`${iam('user/a')}, ${iam('user/b')}`, 'username: a\ngroups: [x]', 'userarn')),
    ['principal-never-matches'],
    1,
    'An entry has one ARN, and this names several: write an entry for each.',
    `user/a, ${iam('user/b')} cannot log in by this entry.`,
  ],
  [
    'a permission set without its suffix',
    roles(entry(iam('role/AWSReservedSSO_Admin'), 'username: a\ngroups: [x]')),
    ['principal-never-matches', 'needs-real-arn'],
    1,
    'A role of IAM Identity Center ends with _ and 16 digits of 0 to 9 and a to f, and this one does not.',
    'It matches nobody, unless the end was left out here: aws iam list-roles --path-prefix /aws-reserved/ tells the name.',
  ],
  [
    'an entry that is commented out, in a section that is lost',
    roles(
      nodes('nodes'),
      `# - rolearn: ${iam('role/old')}\n- rolearn: ${iam('role/dev')} # rolearn: ${iam('role/older')}\n  username: @dev\n`,
    ),
    ['section-unparsable', 'node-mapping-missing'],
    6,
    'mapRoles does not parse: a value cannot begin with @.',
    'The authenticator then loads nothing from mapRoles: role/nodes (1) and role/dev (5) cannot log in.',
  ],
  [
    'entries in a column further left than the first, below a comment',
    roles(
      `# nodes\n${nodes('nodes').replaceAll(/^/gm, '  ').trimEnd()}\n# people\n`,
      entry(iam('role/dev'), 'username: dev\ngroups: [devs]'),
    ),
    ['second-document-ignored'],
    6,
    'mapRoles is read up to this line: it is indented less than the list.',
    'What follows is ignored: role/dev.',
  ],
  [
    'masters as a group',
    roles(entry(iam('role/ops'), 'username: ops\ngroups: [masters]')),
    ['group-misspelt'],
    3,
    '"masters" is no group of Kubernetes, system:masters is.',
    'It gives role/ops nothing, unless a binding names this group.',
  ],
];

test.each(REPORTS)('%s', (_, cluster, found, line, sentence, effect) => {
  const findings = findingsOf(cluster);
  expect(findings.map(({ rule }) => rule)).toEqual(found);
  expect(findings[0]).toMatchObject({ sentence, effect });
  expect(findings[0]?.span?.from.line).toBe(line);
});

test('what a generator has eaten, and groups without their key, are written back', () => {
  const eaten = roles(
    entry(iam('role/a'), 'username: system:node:\ngroups:\n- system:bootstrappers\n- system:nodes'),
  );
  expect(fixAll(eaten, () => true).texts.mapRoles).toContain(`username: "${INSTANCE}"\n`);
  const colons = roles(`- rolearn:${iam('role/dev')}\n  username:dev\n  groups:\n  - devs\n`);
  const { mapRoles = '' } = fixAll(colons, () => true).texts;
  expect(explain(roles(mapRoles), iam('role/dev')).sentence).toBe(
    'YES. They log in as "dev" with group devs.',
  );
  const keyless = users(entry(iam('user/a'), 'username: a\n  - system:masters\n  - devs', 'userarn'));
  const { mapUsers = '' } = fixAll(keyless, () => true).texts;
  expect(explain(users(mapUsers), iam('user/a')).sentence).toBe(
    'YES. They log in as "a" with groups system:masters (full control) and devs.',
  );
});

test('quotes of a text processor everywhere, as from a blog or a chat (stackoverflow.com)', () => {
  const cluster = roles(entry(`“${iam('role/dev')}”`, 'username: “dev”\ngroups:\n- ‘system:masters’'));
  expect(findingsOf(cluster).map(({ rule, fix }) => [rule, fix?.text])).toEqual([
    ['principal-never-matches', `"${iam('role/dev')}"`],
    ['padded-text', '"dev"'],
    ['padded-text', '"system:masters"'],
  ]);
  expect(explain(cluster, 'role/dev')).toMatchObject({
    verdict: 'NO',
    then: 'YES, as "dev" with system:masters (full control)',
  });
});

test('a key that is written twice: what is lost is named, and who', () => {
  const cluster = users(
    `- userarn: ${iam('user/jane')}\n  userarn: ${iam('user/bob')}\n  username: x\n  groups: [a, b]\n  groups: [c]\n`,
  );
  expect(findingsOf(cluster).map(({ effect }) => effect)).toEqual([
    'user/jane cannot log in by it.',
    'user/bob logs in without "a" and "b".',
  ]);
  expect(explain(cluster, 'user/jane')).toMatchObject({
    verdict: 'NO',
    lookedUp: iam('user/jane'),
    steps: [
      {
        label: 'line 1',
        text: 'names it, and does not count: userarn of line 2 does',
        rule: 'entry-key-twice',
      },
    ],
  });
});

test('an entry that is commented out, and a section: who is named by them is told so', () => {
  const text = `kind: ConfigMap
metadata: {name: aws-auth, namespace: kube-system}
data:
  mapRoles: |
    - rolearn: ${iam('role/dev')}
      username: dev
    # - rolearn: ${iam('role/ops')}
    #   username: ops
# mapUsers: |
#   - "userarn": "${iam('user/team/jane')}"
`;
  const awsAuth = awsAuthOf(readDocument(text));
  const said = (question: string) =>
    explain({ awsAuth }, question).steps.map(({ label, text: told }) => `${label}: ${told}`);
  expect(said('role/ops')).toEqual(['line 7: names it, and is a comment: nothing in it counts']);
  expect(said('user/team/jane')).toEqual(['line 10: names it, and is a comment: nothing in it counts']);
  expect(said(iam('role/dev'))).toEqual(['line 5: matches, in force']);
  expect(explain({ awsAuth, mode: 'API' }, iam('role/ops')).steps).toEqual([]);
});

test('entries in another column get in when they are moved to that of the list', () => {
  const lines = ['  - rolearn: ' + iam('role/a'), '    username: a', `- rolearn: ${iam('role/dev')}`];
  const cluster = roles(`${[...lines, '  username: dev', '', '  groups:', '  - devs'].join('\r\n')}\r\n`);
  const answer = explain(cluster, iam('role/dev'));
  expect(answer.steps).toMatchObject([
    {
      line: 3,
      text: 'meant for it: from line 3 on, where the authenticator stops reading',
      rule: 'second-document-ignored',
    },
  ]);
  expect(answer.then).toBe('YES, as "dev" with group devs');
  const { mapRoles = '' } = fixAll(cluster, () => true).texts;
  expect(mapRoles.split('\r\n').slice(2, 7)).toEqual([
    `  - rolearn: ${iam('role/dev')}`,
    '    username: dev',
    '',
    '    groups:',
    '    - devs',
  ]);
});

test('who may be in a section that is not read is not told to be added to it', () => {
  const text = `kind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  mapUsers:\n  ${entry(iam('user/jane'), '  username: jane', 'userarn')}`;
  const awsAuth = awsAuthOf(readDocument(text));
  expect(explain({ awsAuth }, iam('user/jane'))).toMatchObject({
    verdict: 'NO',
    steps: [{ label: 'line 4', rule: 'section-not-text' }],
    fix: undefined,
  });
});

test.each([
  ['i-0123456789abcdef0', 'EC2_LINUX', INSTANCE],
  ['mi-0123456789abcdef0', 'HYBRID_LINUX', 'system:node:{{SessionName}}'],
])('a node that is not mapped, by its session %s', (name, type, userName) => {
  expect(explain(roles(nodes('nodes')), session(`other/${name}`)).fix?.text).toContain(userName);
  const api: SeenCluster = { mode: 'API', accessEntries: { state: 'read', entries: [] } };
  expect(explain(api, session(`other/${name}`)).fix?.text).toMatch(new RegExp(`--type ${type}$`));
});

test('a pod execution role that is not mapped, by its name (pulumi/pulumi-eks#807)', () => {
  expect(explain(roles(nodes('nodes')), iam('role/podExecutionRole')).fix?.text).toContain(
    'groups: ["system:bootstrappers", "system:nodes", "system:node-proxier"]',
  );
});

test('a node that is mapped as people are', () => {
  const admin = roles(entry(iam('role/workers'), 'username: admin\ngroups: [system:masters]'));
  const texts = explain(admin, session('workers/i-0123456789abcdef0')).steps.map(({ text }) => text);
  expect(texts).toContain('as a node it does not join by this entry, which is not for nodes');
  const jane = explain(admin, session('workers/jane')).steps.map(({ label }) => label);
  expect(jane).not.toContain('node');
});

test('a group that is no text is no group to people', () => {
  const map = roles(entry(iam('role/ops'), 'username: ops\ngroups:\n- system: masters'));
  expect(explain(map, session('ops/x'))).toMatchObject({
    sentence: 'YES. They log in as "ops" without groups.',
    rights: 'What this user name alone may do is decided by RBAC: kubectl auth can-i --list --as ops',
  });
});

test.each([
  [
    'AWSReservedSSO_Admin_*',
    'meant for role/AWSReservedSSO_Admin_*: has a wildcard, which is compared letter by letter, so it matches nobody',
  ],
  ['AWSReservedSSO_Admin', 'the same permission set without what follows its last _'],
])('the role of a permission set as %s', (name, text) => {
  const cluster = roles(entry(iam(`role/${name}`), 'username: a\ngroups: [x]'));
  expect(explain(cluster, session('AWSReservedSSO_Admin_0123456789abcdef/jane')).steps[2]).toMatchObject({
    label: 'line 1',
    text,
  });
  expect(explain(cluster, session('Other/jane')).steps).toHaveLength(2);
});

test('a name in the place of an ARN', () => {
  const cluster = roles(entry('role/dev', 'username: a\ngroups: [x]'), entry('dev', 'username: a'));
  const { steps } = explain(cluster, session('dev/jane'));
  const why = 'not the ARN of a role or user, so it matches nobody';
  expect(steps.slice(2).map(({ text }) => text)).toEqual([
    `meant for role/dev: ${why}`,
    `meant for dev: ${why}`,
  ]);
});

test('of access entries without their policies it is not said who has full control', () => {
  const unseen = {
    principalArn: iam('role/a'),
    type: 'STANDARD',
    username: 'a',
    groups: [],
    policies: undefined,
  };
  const cluster: SeenCluster = { mode: 'API', accessEntries: { state: 'read', entries: [unseen] } };
  expect(findingsOf(cluster)).toEqual([]);
  expect(unseenOf(cluster)).toEqual([expect.stringContaining('list-associated-access-policies') as string]);
});

test.each(['eksClusterRole', 'AmazonEKSClusterRole', 'eks-cluster-role'])(
  'the role of the cluster as a node, by its name: %s',
  (name) => {
    expect(findingsOf(roles(nodes(name))).map(({ rule }) => rule)).toEqual(['cluster-role-as-node']);
    expect(findingsOf(roles(nodes(`${name}-node`)))).toEqual([]);
    const person = entry(iam(`role/${name}`), 'username: a\ngroups: [system:bootstrappers]');
    expect(findingsOf(roles(person)).map(({ rule }) => rule)).not.toContain('cluster-role-as-node');
  },
);
