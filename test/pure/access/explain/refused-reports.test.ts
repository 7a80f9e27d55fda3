/** Public reports of principals that are refused, in our words: the cause, its line and what to write, at once. */
import { explain } from '../../../../access/explain/explain';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { seenAwsAuth } from './seen';

const iam = (name: string) => `arn:aws:iam::111122223333:${name}`;
const session = (name: string) => `arn:aws:sts::111122223333:assumed-role/${name}`;
const SSO = 'AWSReservedSSO_Admin_0123456789abcdef';
const entry = (arn: string, text: string, key = 'rolearn') =>
  `- ${key}: ${arn}\n${text.replaceAll(/^/gm, '  ')}\n`;
const ADMIN = 'username: admin\ngroups: [system:masters]';
const NODES = entry(
  iam('role/nodes'),
  'username: system:node:{{EC2PrivateDNSName}}\ngroups: [system:bootstrappers, system:nodes]',
);
const roles = (...entries: readonly string[]): SeenCluster => ({
  awsAuth: seenAwsAuth({ mapRoles: NODES + entries.join('') }),
});
const users = (...entries: readonly string[]): SeenCluster => ({
  awsAuth: seenAwsAuth({ mapUsers: entries.join('') }),
});
const api = (more: Partial<SeenAccessEntry> & { readonly principalArn: string }): SeenCluster => ({
  mode: 'API',
  accessEntries: {
    state: 'read',
    entries: [{ type: 'STANDARD', username: 'x', groups: [], policies: [], ...more }],
  },
});

/** A binding of ClusterRole edit that is called like whom it names. */
const editFor = (kind: 'User' | 'Group', name: string) => ({
  kind: 'ClusterRoleBinding' as const,
  name,
  roleRef: { kind: 'ClusterRole' as const, name: 'edit' },
  subjects: [{ kind, name }],
});

/** The reasoning has `why`; the fix is `fix`, all of it, where one is expected. */
const REPORTS: readonly (readonly [
  report: string,
  cluster: SeenCluster,
  question: string,
  why: string,
  fix?: string | undefined,
])[] = [
  [
    'an SSO role with its path in a section that is lost as well (lisenet.com, 2021)',
    roles(entry(iam(`role/aws-reserved/sso.amazonaws.com/${SSO}`), 'username: {{SessionName}}')),
    iam(`role/${SSO}`),
    'line 4: meant for it: mapRoles does not parse (line 5), nothing in it counts; and its ARN has the path aws-reserved/sso.amazonaws.com/',
    `- rolearn: "${iam(`role/${SSO}`)}"\n  username: "{{SessionName}}"`,
  ],
  [
    'a role of CodeBuild with its path, and groups that are one word (kubernetes-sigs/aws-iam-authenticator#275)',
    roles(
      `- groups: "system:masters"\n  rolearn: "${iam('role/service-role/codebuild')}"\n  username: "admin"\n`,
    ),
    session('codebuild/AWSCodeBuild-1'),
    'line 4: meant for it, never matches: the ARN has the path service-role/',
    `- groups: ["system:masters"]\n  rolearn: "${iam('role/codebuild')}"`,
  ],
  [
    'keys of a Terraform module (terraform-aws-modules/terraform-aws-eks#494)',
    roles(entry(iam('role/Management'), 'username: m:{{AccountID}}\ngroup: system:masters', 'role_arn')),
    session('Management/ci'),
    'line 4: meant for it: dropped: it has no ARN',
    `- rolearn: ${iam('role/Management')}\n  groups: ["system:masters"]`,
  ],
  [
    'no account id (terraform-aws-modules/terraform-aws-eks#420)',
    roles(entry('arn:aws:iam:::role/devops', ADMIN)),
    session('devops/jane'),
    'line 4: meant for role/devops: its account id has 0 characters, so it matches nobody',
  ],
  [
    'the < > of an example left around the ARN (opstrace/opstrace#112)',
    users(entry(`<${iam('user/ada')}>`, ADMIN, 'userarn')),
    iam('user/ada'),
    'line 1: meant for it: white space, < > or “ ” around it counts, so it matches nobody',
    `userarn: "${iam('user/ada')}"`,
  ],
  [
    'a role as if it were of sts (aws-quickstart/quickstart-amazon-eks#165)',
    users(entry('arn:aws:sts::111122223333:role/federated', ADMIN, 'userarn')),
    session('federated/me'),
    'line 1: meant for it: not the ARN of a role or user, so it matches nobody',
    `userarn: "${iam('role/federated')}"`,
  ],
  [
    'userarn in mapRoles',
    roles(entry(iam('user/jane'), ADMIN, 'userarn')),
    iam('user/jane'),
    'line 4: meant for it: dropped: it has no ARN',
    `rolearn: ${iam('user/jane')}`,
  ],
  [
    'an entry of another partition (aws-quickstart/quickstart-amazon-eks#245)',
    roles(entry(iam('role/dev'), ADMIN)),
    'arn:aws-cn:sts::111122223333:assumed-role/dev/jane',
    'line 4: another principal: role/dev of partition aws, not aws-cn',
  ],
  [
    'the root user, taken for the whole account (kubernetes-sigs/aws-iam-authenticator#797)',
    api({ principalArn: iam('root') }),
    iam('user/neo'),
    'access entry: another principal: the root user alone, not its whole account',
  ],
  [
    'an instance whose entry was lost (aws/aws-cdk#7981)',
    { awsAuth: seenAwsAuth({ mapRoles: '[]' }), mode: 'CONFIG_MAP' },
    session('nodes/i-0123456789abcdef0'),
    `looked up: ${iam('role/nodes')}`,
    `mapRoles:\n- rolearn: "${iam('role/nodes')}"\n  username: "system:node:{{EC2PrivateDNSName}}"\n  groups: ["system:bootstrappers", "system:nodes"]`,
  ],
  [
    'an instance without an access entry (awslabs/ai-on-eks#111)',
    { ...api({ principalArn: iam('role/other') }), name: 'prod' },
    session('karpenter/i-0123456789abcdef0'),
    `looked up: ${iam('role/karpenter')}`,
    `aws eks create-access-entry --cluster-name prod --principal-arn ${iam('role/karpenter')} --type EC2_LINUX`,
  ],
  [
    'a node whose access entry is for people (aws/karpenter-provider-aws#7558)',
    api({ principalArn: iam('role/karpenter'), groups: ['admin'] }),
    session('karpenter/i-0123456789abcdef0'),
    'node: as a node it does not join by type STANDARD, but by EC2_LINUX',
  ],
  [
    'a group that is nearly system:masters (kubernetes-sigs/aws-iam-authenticator#454)',
    roles(entry(iam('role/test'), 'username: admin\ngroups: [systems:master]')),
    session('test/x'),
    'line 6: "systems:master" is no group of Kubernetes, system:masters is.',
  ],
  [
    'a ClusterRole for a group (cookpad/terraform-aws-eks#180)',
    roles(entry(iam('role/ro'), 'username: ro\ngroups: [system:basic-user]')),
    session('ro/jane'),
    'line 6: "system:basic-user" is a ClusterRole, and no group.',
  ],
  [
    'no user name: kubectl top is refused (kubernetes-sigs/aws-iam-authenticator#289)',
    roles(entry(iam('role/ec2admin'), 'groups: [system:masters]')),
    session('ec2admin/x'),
    'line 4: This entry gives no user name.',
  ],
  [
    'groups as one word: in, and nothing may be done (kubernetes-sigs/aws-iam-authenticator#275)',
    roles(entry(iam('role/dev'), 'username: dev\ngroups: system:masters, devs')),
    session('dev/x'),
    'line 6: groups is one word, not a list.',
  ],
  [
    'a Fargate role without its third group (terraform-aws-modules/terraform-aws-eks#2912)',
    roles(
      entry(
        iam('role/fargate-pods'),
        'username: system:node:{{SessionName}}\ngroups: [system:bootstrappers, system:nodes]',
      ),
    ),
    session('fargate-pods/x'),
    'line 6: An entry for nodes needs system:bootstrappers, system:nodes and system:node-proxier, and this one lacks system:node-proxier.',
  ],
  [
    'a user of the name of the role',
    users(entry(iam('user/dev'), ADMIN, 'userarn')),
    session('dev/jane'),
    'line 1: another principal: a user, not a role',
    `mapRoles:\n- rolearn: "${iam('role/dev')}"\n  username: "${session('dev/{{SessionName}}')}"\n  groups: ["GROUP"]`,
  ],
  [
    'an account id as the console shows it',
    roles(entry('arn:aws:iam::1111-2222-3333:role/dev', ADMIN)),
    'role/dev',
    'line 4: meant for it: its account id has 14 characters, so it matches nobody',
    `rolearn: "${iam('role/dev')}"`,
  ],
  [
    'colons and slashes in the place of each other, and the plural',
    users(entry('arn:aws:iam::111122223333/users/jane', ADMIN, 'userarn')),
    'user/jane',
    'line 1: meant for it: not the ARN of a role or user, so it matches nobody',
    `userarn: "${iam('user/jane')}"`,
  ],
  [
    'an ARN without its first word',
    roles(entry('aws:iam::111122223333:role/dev', ADMIN)),
    session('dev/jane'),
    'line 4: meant for it: not the ARN of a role or user, so it matches nobody',
    `rolearn: "${iam('role/dev')}"`,
  ],
  [
    'the console as the root user (repost.aws)',
    roles(entry(iam('role/dev'), ADMIN)),
    iam('root'),
    'root: entries of its account are not for it: sign in as a user or role',
  ],
  [
    'a blank after a group',
    roles(entry(iam('role/dev'), "username: dev\ngroups: ['system:masters ']")),
    session('dev/x'),
    'line 6: White space and typographic quotes around this group are part of it.',
  ],
  [
    'a session with a slash in its name, asked for by the name of the role',
    roles(entry(session('dev/a/b'), ADMIN)),
    'role/dev',
    'line 4: meant for it: written as a session, so it matches nobody: sessions count as their role',
  ],
  [
    'the same by a partition that does not exist',
    roles(entry(iam('role/dev').replace('arn:aws:', 'arn:aws-eu:'), ADMIN)),
    session('dev/jane'),
    'line 4: meant for role/dev: its partition does not exist, so it matches nobody',
  ],
  [
    'a binding that names the group as a user',
    {
      ...roles(entry(iam('role/dev'), 'username: dev\ngroups: [devs]')),
      bindings: [editFor('User', 'devs')],
    },
    session('dev/x'),
    'bindings: cluster-wide as ClusterRole edit by ClusterRoleBinding devs | names devs as a User, and it is a Group: it does not match',
  ],
  [
    'a binding that names the user as a group',
    {
      ...roles(entry(iam('role/dev'), 'username: jane\ngroups: [devs]')),
      bindings: [editFor('Group', 'jane')],
    },
    session('dev/x'),
    'bindings: cluster-wide as ClusterRole edit by ClusterRoleBinding jane | names jane as a Group, and it is a User: it does not match',
  ],
];

const told = REPORTS.map(([report, cluster, question, why, fix]) => ({
  report,
  cluster,
  question,
  why,
  fix,
}));

test.each(told)('$report', ({ cluster, question, why, fix }) => {
  const answer = explain(cluster, question);
  const steps = answer.steps.map(({ label, text, note }) => [
    `${label}: ${text}`,
    `${label}: ${text} | ${note}`,
  ]);
  expect(steps.flat()).toContain(why);
  if (fix !== undefined) expect(answer.fix?.text).toBe(fix);
});

test.each([
  ['“arn:aws:iam::111122223333:role/dev”', iam('role/dev'), 'dev:<session>'],
  ['arn:aws:iam::111122223333:role/dev/', iam('role/dev'), 'dev:<session>'],
  ['assumed-role/dev/jane', session('dev/jane'), 'dev:jane'],
  ['dev/jane@example.com', session('dev/jane@example.com'), 'dev:jane-example.com'],
  ['why can role/dev not log in?', iam('role/dev'), 'dev:<session>'],
  ['role dev', iam('role/dev'), 'dev:<session>'],
  [
    'arn:aws:eks:eu-west-1:111122223333:access-entry/prod/role/111122223333/dev/02ca1157-63a8',
    iam('role/dev'),
    'dev:<session>',
  ],
])('whom people ask about: %s', (question, caller, userName) => {
  const cluster = roles(entry(iam('role/dev'), 'username: "dev:{{SessionName}}"'));
  expect(explain(cluster, question)).toMatchObject({ caller, as: { userName } });
});

test('an entry that can be for nobody is not said not to be there', () => {
  const cluster = roles(entry('arn:aws:iam::0111222233334:role/dev', ADMIN));
  expect(explain(cluster, 'role/dev').sentence).toBe(
    'NO. "0111222233334" is not an account id: those have 12 digits.',
  );
});
