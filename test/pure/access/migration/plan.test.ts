/** Each kind of entry that a move meets: what becomes of it, by whom, and what `--include` would give. */
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import { OWNERS_ANNOTATION } from '../../../../access/contract';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { type MigrationPlan, type Wants } from '../../../../access/migration/migration-plan';
import { planMigration } from '../../../../access/migration/plan';
import { headlineOfPlan, isReadyForApi, markOf, tellRow } from '../../../../access/migration/summary';
import { seenAwsAuth } from '../explain/seen';

const iam = (name: string, account = '111122223333'): string => `arn:aws:iam::${account}:${name}`;
const role = (name: string, username = 'a', groups = '[a]'): string =>
  `- rolearn: ${name.startsWith('arn:') ? name : iam(`role/${name}`)}\n  username: ${username}\n  groups: ${groups}\n`;
const user = (name: string, username = 'a', groups = '[a]'): string =>
  `- userarn: ${iam(`user/${name}`)}\n  username: ${username}\n  groups: ${groups}\n`;
const node = (name: string, session = 'EC2PrivateDNSName', more = ''): string =>
  role(name, `"system:node:{{${session}}}"`, `[system:bootstrappers, system:nodes${more}]`);
const entry = (name: string, more: Partial<SeenAccessEntry> = {}): SeenAccessEntry => ({
  principalArn: iam(`role/${name}`),
  type: 'STANDARD',
  username: 'a',
  groups: ['a'],
  policies: [],
  ...more,
});
const seen = (data: AwsAuthData, more: SeenCluster = {}): SeenCluster => ({
  awsAuth: seenAwsAuth(data),
  ...more,
});
const roles = (...entries: readonly string[]): SeenCluster => seen({ mapRoles: entries.join('') });
const both = (entries: readonly SeenAccessEntry[], ...mapped: readonly string[]): SeenCluster => ({
  ...roles(...mapped),
  mode: 'API_AND_CONFIG_MAP',
  accessEntries: { state: 'read', entries },
});

function planOf(cluster: SeenCluster, wants?: Wants): MigrationPlan {
  const plan = planMigration(cluster, wants);
  if ('refused' in plan) throw new Error(plan.refused);
  return plan;
}

/** Mark, by whom, and what is told of each row. */
function told(cluster: SeenCluster, wants?: Wants): readonly string[] {
  return planOf(cluster, wants).rows.map((row) => `${markOf(row)} ${row.madeBy ?? '-'}: ${tellRow(row)}`);
}

const SSO = 'AWSReservedSSO_Ops_0123456789abcdef';
const stackId =
  'arn:aws:cloudformation:us-east-1:111122223333:stack/team-b/0a1b2c3d-0000-1111-2222-333344445555';
const owned = (fields: object, ...mapped: readonly string[]): SeenCluster => {
  const { awsAuth } = roles(...mapped);
  const records = { v: 1, stacks: { [stackId]: { [iam('role/dev')]: { id: 'Dev', ...fields } } } };
  const annotations = { [OWNERS_ANNOTATION]: JSON.stringify(records) };
  return { awsAuth: awsAuth?.state === 'read' ? { ...awsAuth, annotations } : awsAuth };
};

test.each<readonly [string, SeenCluster, readonly string[]]>([
  ['a role', roles(role('dev', 'dev')), ['= plan: user name "dev", groups a']],
  [
    'masters keep their other groups',
    roles(role('dev', 'dev', '[system:masters, a]')),
    ['= plan: user name "dev", groups system:masters, a'],
  ],
  [
    'the last of two counts',
    roles(role('dev', 'old'), role('dev', 'new')),
    [
      '. -: shadowed by line 4: the last entry for a role wins; --include 1 gives user name "old", groups a',
      '= plan: user name "new", groups a',
    ],
  ],
  [
    'a role with its path matches nobody',
    roles(role('team/dev', 'dev', '[system:masters]')),
    [
      '. -: written with its path, so it matches nobody; --include 1 gives user name "dev", policies AmazonEKSClusterAdminPolicy',
    ],
  ],
  [
    'groups as one word give none, and what they ask for is offered',
    roles(role('dev', 'dev', 'system:masters')),
    ['= plan: user name "dev"; --include 1 gives user name "dev", policies AmazonEKSClusterAdminPolicy'],
  ],
  [
    'a broken section',
    seen({ mapUsers: user('alice', 'alice') + user('bob', '@bob') }),
    [
      '. -: mapUsers does not parse (line 5), nothing in it counts; --include 1 gives user name "alice", groups a',
      '. -: mapUsers does not parse (line 5), nothing in it counts; --include 4 gives user name "@bob", groups a',
    ],
  ],
  [
    'no user name',
    roles(role('dev', '""')),
    [
      `- -: user name "", groups a; the user name is empty, which an access entry's cannot be: it would be arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}; --include 1 gives user name "arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}", groups a`,
    ],
  ],
  [
    'a session without a colon before it',
    roles(role('dev', '"x-{{SessionName}}"', '[]')),
    [
      '- -: user name "x-{{SessionName}}"; UserName is "x-{{SessionName}}", and in an access entry a colon must come before {{SessionName}} (write for example "sso:x-{{SessionName}}", or leave it out); --include 1 gives user name "arn:aws:sts::111122223333:assumed-role/dev/{{SessionName}}"',
    ],
  ],
  [
    'a reserved group',
    roles(role('dev', 'dev', '[system:developers]')),
    [
      '- -: user name "dev", groups system:developers; Groups has "system:developers", and groups of an access entry cannot begin with system: (bind a group of your own to the same RBAC role, or use AccessPolicies)',
    ],
  ],
  [
    'a service-linked role',
    roles(role('AWSServiceRoleForBatch', 'aws-batch')),
    [
      expect.stringMatching(
        /^- -: user name "aws-batch", groups a; RoleArn is .*, a service-linked role/,
      ) as string,
    ],
  ],
  [
    'a whole account',
    seen({ mapAccounts: '- "444455556666"\n' }),
    [
      '- -: its own ARN as user name, no groups; access entries have no form for a whole account: name the roles and users of 444455556666 that need access, or stay in API_AND_CONFIG_MAP',
    ],
  ],
  [
    'no principal at all',
    roles('- rolearn: not-an-arn\n  username: x\n'),
    ['? -: not the ARN of a role or user, so it matches nobody'],
  ],
  [
    'users in two letter cases',
    seen({ mapUsers: user('alice', 'a') + user('Alice', 'b') }),
    Array.from(
      { length: 2 },
      (_, index) =>
        expect.stringContaining(`? -: user name "${'ab'[index]}", groups a; counts at random`) as string,
    ),
  ],
  [
    'users in two letter cases that give the same',
    seen({ mapUsers: user('alice') + user('Alice') }),
    ['= plan: user name "a", groups a', '= -: user name "a", groups a; as line 1'],
  ],
  [
    'users with two paths',
    seen({ mapUsers: user('x/alice') + user('y/alice') }),
    ['4', '1'].map(
      (line) =>
        `? -: user name "a", groups a; IAM has one principal of this name, and line ${line} has it with another path: remove the wrong one`,
    ),
  ],
  [
    'nodes of a managed node group',
    { ...roles(node('node')), nodeRoles: [{ arn: iam('role/node'), nodeGroup: 'general' }] },
    [
      expect.stringMatching(
        /^= EKS: .*; of node group general: EKS makes its access entry when the mode changes$/,
      ) as string,
    ],
  ],
  [
    'a role of a managed node group, of which the line makes no node',
    { ...roles(role('node')), nodeRoles: [{ arn: iam('role/node'), nodeGroup: 'general' }] },
    [
      '- EKS: user name "a", groups a; of node group general: EKS makes its access entry when the mode changes, for nodes, which counts instead of this line',
    ],
  ],
  [
    'a role of a Fargate profile, of which the line makes no node',
    {
      ...roles(role('pods')),
      nodeRoles: [{ arn: iam('role/pods'), nodeGroup: 'web', type: 'FARGATE_LINUX' }],
    },
    [
      '- EKS: user name "a", groups a; of Fargate profile web: EKS makes its access entry when the mode changes, for nodes, which counts instead of this line',
    ],
  ],
  [
    'nodes of Fargate',
    roles(node('fargate', 'SessionName', ', system:node-proxier')),
    [expect.stringMatching(/^= EKS: .*EKS makes the access entries of Fargate profiles/) as string],
  ],
  [
    'nodes whose entry EKS has not made',
    { ...both([], node('node')), nodeRoles: [{ arn: iam('role/node'), nodeGroup: 'general' }] },
    [expect.stringMatching(/^= plan: /) as string],
  ],
  [
    'hybrid nodes, of which the text does not tell them from others',
    roles(node('hybrid', 'SessionName')),
    [expect.stringMatching(/^- -: .*an access entry needs to know which/) as string],
  ],
  [
    'what has an access entry that gives the same',
    both([entry('dev')], role('dev')),
    ['= there: has an access entry that gives the same'],
  ],
  [
    'what has an access entry that gives something else',
    both([entry('team/dev', { groups: ['b'] })], role('dev')),
    ['= there: has an access entry, which counts instead and is not changed: user name "a", groups b'],
  ],
  [
    'what never matched beside an access entry',
    both([entry('team/dev')], role('team/dev')),
    ['. -: written with its path, so it matches nobody; an access entry lets its principal in'],
  ],
  [
    'access entries that were not looked at',
    { ...roles(role('dev')), mode: 'API_AND_CONFIG_MAP' },
    ['? -: user name "a", groups a; an access entry, which was not looked at, may count instead'],
  ],
  [
    'what a stack owns',
    owned({}, role('dev')),
    ['= provider: user name "a", groups a; Dev of stack team-b owns it: the provider moves it'],
  ],
  [
    'what a stack forces into aws-auth',
    owned({ forced: true }, role('dev')),
    [
      '- -: user name "a", groups a; Dev of stack team-b forces it into aws-auth: write AuthenticationMode: AUTO there',
    ],
  ],
  [
    'what a stack owns and no access entry can say',
    owned({}, role('dev', 'dev', '[system:developers]')),
    [expect.stringContaining('Dev of stack team-b makes it, and Groups has "system:developers"') as string],
  ],
  [
    'the creator, in no line',
    { ...roles(role('dev')), mode: 'CONFIG_MAP', creator: iam('role/maker') },
    [
      '= EKS: full control: it made the cluster; EKS gives it an access entry with full control when the mode changes',
      '= plan: user name "a", groups a',
    ],
  ],
  [
    'the creator, whose line gives something else than EKS will',
    { ...roles(role('maker')), mode: 'CONFIG_MAP', creator: iam('role/team/maker') },
    [
      '- EKS: user name "a", groups a; made the cluster: EKS gives it an access entry with full control when the mode changes, which counts instead of this line, with another user name or groups',
    ],
  ],
  [
    'the creator, for whom EKS has made no access entry',
    { ...both([], role('dev')), creator: iam('role/maker') },
    [
      '- -: full control: it made the cluster; made the cluster, and has no access entry: make it one, or another administrator',
      '= plan: user name "a", groups a',
    ],
  ],
  [
    'the creator, who has an access entry',
    { ...both([entry('maker')], role('dev')), creator: iam('role/maker') },
    ['= plan: user name "a", groups a'],
  ],
  ['an empty aws-auth', roles(), []],
])('%s', (_, cluster, rows) => {
  expect(told(cluster)).toEqual(rows);
});

describe('ARNs', () => {
  const arns = (cluster: SeenCluster) =>
    planOf(cluster).entries.map(({ entry: { principalArn }, todo }) => [principalArn, todo]);

  test('are real where the role was seen, whatever the letter case of the line', () => {
    const cluster = { ...roles(role('DEV')), roles: [{ arn: iam('role/team/dev') }] };
    expect(arns(cluster)).toEqual([[iam('role/team/dev'), []]]);
  });

  test('of another account are as given, even where a role of the same name was seen here', () => {
    const foreign = iam('role/dev', '444455556666');
    const cluster = {
      ...roles(role(foreign)),
      roles: [{ arn: iam('role/team/dev') }],
      clusterRole: iam('role/cluster'),
    };
    expect(arns(cluster)).toEqual([
      [
        foreign,
        [`${foreign} is of another account: ask there whether the role has a path, and in which letter case`],
      ],
    ]);
  });

  test('of IAM Identity Center have a path that only IAM knows', () => {
    const arn = iam(`role/aws-reserved/sso.amazonaws.com/REGION/${SSO}`);
    expect(arns(roles(role(SSO)))).toEqual([[arn, [`${arn}: write the Region that IAM has in its ARN`]]]);
  });

  test('of users are as they are written', () =>
    expect(arns(seen({ mapUsers: user('team/bob') }))).toEqual([[iam('user/team/bob'), []]]));
});

test('policies are of the partition of their principal', () => {
  const cluster = roles(role('arn:aws-cn:iam::111122223333:role/dev', 'dev', '[system:masters]'));
  expect(planOf(cluster).entries[0]?.entry.policies).toEqual([
    {
      policyArn: 'arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      scope: 'cluster',
      namespaces: [],
    },
  ]);
});

test('the provider comes before all others', () => {
  const provider = role('provider', 'cfn-eks-access', '[cfn-eks-access]');
  expect(planOf(roles(role('dev'), provider)).entries.map(({ who }) => who)).toEqual([
    'role/provider',
    'role/dev',
  ]);
});

test('the access entry of an earlier role is to be deleted first', () => {
  const cluster = {
    ...both([entry('dev', { createdAt: new Date('2026-01-01') })], role('dev')),
    roles: [{ arn: iam('role/dev'), createDate: new Date('2026-02-01') }],
  };
  expect(planOf(cluster).entries[0]?.todo[0]).toContain(
    `delete the access entry of ${iam('role/dev')} first`,
  );
});

describe('--include', () => {
  const cluster = roles(
    role('dev', 'old'),
    role('dev', 'new'),
    role('ci', 'ci', 'x'),
    role('team/ops', 'ops'),
    role('bad', 'bad', '[system:x]'),
    node('node'),
  );
  const withNode = { ...cluster, nodeRoles: [{ arn: iam('role/node'), nodeGroup: 'general' }] };
  const included = (...include: readonly string[]) => planMigration(withNode, { include });

  test('by line, ARN or name', () => {
    for (const selector of ['10', '11', iam('role/team/ops'), iam('role/ops'), 'role/ops']) {
      const plan = planOf(withNode, { include: [selector] });
      expect(plan.entries.map(({ who }) => who)).toContain('role/ops');
      expect(headlineOfPlan(plan)).toContain('1 more is included.');
    }
  });

  test('one instead of the line that counts', () => {
    const plan = planOf(withNode, { include: ['1'] });
    expect(plan.rows.slice(0, 2).map((row) => `${markOf(row)} ${tellRow(row)}`)).toEqual([
      '+ shadowed by line 4: the last entry for a role wins; included: user name "old", groups a',
      '- user name "new", groups a; line 1 is included instead',
    ]);
    expect(plan.entries[0]).toMatchObject({ entry: { username: 'old' }, isChange: true });
  });

  test('what nobody gets by today is no change of anything', () =>
    expect(planOf(withNode, { include: ['role/ops'] }).entries).toContainEqual(
      expect.objectContaining({ who: 'role/ops', isChange: false }),
    ));

  test('changes the digest', () =>
    expect(planOf(withNode, { include: ['role/ops'] }).digest).not.toBe(planOf(withNode).digest));

  test.each([
    [['99'], 'Line 99 of aws-auth is in no entry.'],
    [['role/nobody'], 'No entry of aws-auth names role/nobody.'],
    [['13'], /^Line 13 \(role\/bad\) cannot be included: Groups has "system:x"/],
    [['16'], 'Line 16 (role/node) needs no --include: it works as today.'],
    [['4'], 'Line 4 (role/dev) needs no --include: it works as today.'],
  ])('%j is refused', (include, refused) =>
    expect(included(...include)).toEqual({
      refused: typeof refused === 'string' ? refused : (expect.stringMatching(refused) as string),
    }),
  );

  test('two lines for one principal are refused', () =>
    expect(
      planMigration(roles(role('dev', 'x'), role('dev', 'y'), role('dev', 'z')), { include: ['1', '4'] }),
    ).toEqual({
      refused: 'Lines 1 and 4 are for one principal, which has one access entry: include one of them.',
    }));

  test('a line beside one of which EKS or the provider makes the access entry is refused', () => {
    const shadowed = { ...roles(role('node'), node('node')), nodeRoles: withNode.nodeRoles };
    expect(planMigration(shadowed, { include: ['1'] })).toEqual({
      refused:
        '1 (role/node) cannot be included: line 4 is for the same principal, and EKS makes its access entry.',
    });
    expect(planMigration(owned({}, role('dev', 'old'), role('dev')), { include: [' role/dev '] })).toEqual({
      refused:
        ' role/dev  (role/dev) cannot be included: line 4 is for the same principal, and the provider makes its access entry.',
    });
  });

  test('what is on several lines is asked for by one of them', () =>
    expect(
      planMigration(roles(role('dev', 'x'), role('dev', 'y'), role('dev', 'z')), { include: ['role/dev'] }),
    ).toEqual({ refused: 'role/dev is on lines 1, 4: include one of them by its line.' }));

  test('--as-written is all that the text asks for, but for lines that another one shadows', () =>
    expect(
      planOf(withNode, { asWritten: true }).entries.map(({ who, entry }) => [who, entry.groups]),
    ).toEqual([
      ['role/dev', ['a']],
      ['role/ci', ['x']],
      ['role/ops', ['a']],
    ]));
});

test('an access entry counts, and keeps the digest, where its policies could not be listed', () => {
  const digest = (policies: SeenAccessEntry['policies']): string =>
    planOf(both([entry('dev', { policies })], role('dev'))).digest;
  expect(digest(undefined)).toBe(digest([]));
});

test('a cluster is ready for mode API when nobody needs aws-auth and all was seen', () => {
  expect(isReadyForApi(planOf(roles(role('dev'))))).toBe(true);
  expect(isReadyForApi(planOf(roles(role('dev', 'x', '[system:x]'))))).toBe(false);
  expect(isReadyForApi(planOf({ ...roles(role('dev')), mode: 'API_AND_CONFIG_MAP' }))).toBe(false);
  expect(isReadyForApi(planOf({ awsAuth: { state: 'unreadable', why: 'denied' } }))).toBe(false);
  expect(isReadyForApi(planOf({}))).toBe(false);
  expect(isReadyForApi(planOf({ mode: 'CONFIG_MAP', awsAuth: { state: 'absent' } }))).toBe(true);
});

test.each([
  [roles(), 'Nobody is mapped in aws-auth: there is nothing to move.'],
  [roles(role('dev')), '1 entry moves and works as today.'],
  [
    roles(role('dev'), role('ops'), role('x', 'x', '[aws:x]'), role('team/y')),
    '2 entries move and work as today. 1 cannot move. 1 does not work today and stays behind.',
  ],
])('headline %#', (cluster, headline) => expect(headlineOfPlan(planOf(cluster))).toBe(headline));
