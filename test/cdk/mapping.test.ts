/** The four resource constructs: what they write into a template, and what they refuse. */
import './fast-synth';
import {
  App,
  Aws,
  aws_eks as eks,
  aws_iam as iam,
  CfnParameter,
  Duration,
  Lazy,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import {
  AccessPolicy,
  EksAccessEntry,
  type EksAccessEntryProps,
  EksAccessProvider,
  EksMapAccountsEntry,
  EksMapRolesEntry,
  type EksMapRolesEntryProps,
  EksMapUsersEntry,
  EntryType,
  ExistingEntry,
  MappingAuthenticationMode,
} from '../../cdk/index';
import { ATTRIBUTES } from '../../lambda/contract';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';
const USER = 'arn:aws:iam::111122223333:user/alice';

function importing(): {
  readonly stack: Stack;
  readonly common: {
    readonly provider: ReturnType<typeof EksAccessProvider.fromExport>;
    readonly clusterName: string;
  };
} {
  const stack = new Stack(new App(), 'stack');
  return {
    stack,
    common: { provider: EksAccessProvider.fromExport(stack, 'Provider'), clusterName: 'prod' },
  };
}

describe('in a template', () => {
  let template: Template;
  let mapping: EksMapRolesEntry;
  beforeAll(() => {
    const { stack, common } = importing();
    mapping = new EksMapRolesEntry(stack, 'Role', {
      ...common,
      roleArn: ROLE,
      userName: 'app:{{SessionName}}',
      groups: ['team-a'],
      entryType: EntryType.STANDARD,
      accessPolicies: [AccessPolicy.view(), AccessPolicy.edit({ namespaces: ['dev'] })],
      authenticationMode: MappingAuthenticationMode.API,
      existingEntry: ExistingEntry.ADOPT,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new EksMapUsersEntry(stack, 'User', { ...common, userArn: USER });
    new EksMapAccountsEntry(stack, 'Account', {
      ...common,
      accountId: '111122223333',
      serviceTimeout: Duration.seconds(360),
    });
    new EksAccessEntry(stack, 'Entry', {
      ...common,
      principalArn: ROLE,
      username: 'app',
      kubernetesGroups: ['team-a'],
      accessPolicies: [AccessPolicy.of('arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy')],
      tags: { team: 'a' },
    });
    template = Template.fromStack(stack);
  });
  const common = { ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' }, ServiceTimeout: '600' };

  test('a role, with everything', () => {
    template.hasResource('Custom::EksMapRolesEntry', {
      Properties: {
        ...common,
        Cluster: 'prod',
        RoleArn: ROLE,
        UserName: 'app:{{SessionName}}',
        Groups: ['team-a'],
        Type: 'STANDARD',
        AccessPolicies: [
          { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } },
          { PolicyArn: 'AmazonEKSEditPolicy', AccessScope: { Type: 'namespace', Namespaces: ['dev'] } },
        ],
        AuthenticationMode: 'API',
        ExistingEntry: 'ADOPT',
      },
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  });

  test('a user, with what is required and nothing else', () => {
    const [resource] = Object.values(template.findResources('Custom::EksMapUsersEntry'));
    expect(resource).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { ...common, Cluster: 'prod', UserArn: USER },
    });
    expect(Object.keys((resource as { Properties: object }).Properties)).toHaveLength(4);
  });

  test('an account', () => {
    template.hasResourceProperties('Custom::EksMapAccountsEntry', {
      Cluster: 'prod',
      AccountId: '111122223333',
      ServiceTimeout: '360',
    });
  });

  test('an access entry, in the words of the native type', () => {
    template.hasResourceProperties('Custom::EksAccessEntry', {
      ...common,
      ClusterName: 'prod',
      PrincipalArn: ROLE,
      Username: 'app',
      KubernetesGroups: ['team-a'],
      AccessPolicies: [
        {
          PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          AccessScope: { Type: 'cluster' },
        },
      ],
      Tags: [{ Key: 'team', Value: 'a' }],
    });
  });

  test('every attribute of the function has a getter', () => {
    const values = ATTRIBUTES.map((name) => mapping[`attr${name}`]);
    expect(mapping.node.scope && Stack.of(mapping).resolve([mapping.physicalId, ...values])).toEqual([
      { Ref: expect.stringMatching(/^Role/) as string },
      ...ATTRIBUTES.map((name) => ({ 'Fn::GetAtt': [expect.stringMatching(/^Role/) as string, name] })),
    ]);
  });
});

test('clusters of every kind, roles and users give their names', () => {
  const { stack, common } = importing();
  const { provider } = common;
  const l1 = new eks.CfnCluster(stack, 'L1', {
    name: 'l1',
    roleArn: ROLE,
    resourcesVpcConfig: { subnetIds: [] },
  });
  const clusters: readonly eks.IClusterRef[] = [
    eks.Cluster.fromClusterAttributes(stack, 'V1', { clusterName: 'v1' }),
    eksV2.Cluster.fromClusterAttributes(stack, 'V2', { clusterName: 'v2' }),
    eks.CfnCluster.fromClusterName(stack, 'Name', 'named'),
    l1,
  ];
  const principals = [
    { role: iam.Role.fromRoleArn(stack, 'Role', ROLE) },
    {
      role: new iam.CfnRole(stack, 'CfnRole', {
        assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
      }),
    },
    { user: iam.User.fromUserArn(stack, 'User', USER) },
    { user: new iam.CfnUser(stack, 'CfnUser') },
  ];
  clusters.forEach((cluster, index) => {
    new EksAccessEntry(stack, `Entry${index}`, { provider, cluster, ...principals[index] });
  });
  const entries = Object.values(Template.fromStack(stack).findResources('Custom::EksAccessEntry'));
  expect(entries.map(({ Properties }) => Properties as unknown)).toMatchObject([
    { ClusterName: 'v1', PrincipalArn: ROLE },
    { ClusterName: 'v2', PrincipalArn: { 'Fn::GetAtt': ['CfnRole', 'Arn'] } },
    { ClusterName: 'named', PrincipalArn: USER },
    { ClusterName: { Ref: 'L1' }, PrincipalArn: { 'Fn::GetAtt': ['CfnUser', 'Arn'] } },
  ]);
});

test('in one stack a mapping depends on everything of the provider', () => {
  const stack = new Stack(new App(), 'stack');
  const provider = new EksAccessProvider(stack, 'Provider');
  provider.allowCluster(eks.CfnCluster.fromClusterName(stack, 'Cluster', 'prod'));
  new EksMapRolesEntry(stack, 'Mapping', { provider, clusterName: 'prod', roleArn: ROLE });
  const { Resources } = Template.fromStack(stack).toJSON() as {
    Resources: Record<string, { Type: string; DependsOn?: string[] }>;
  };
  const mapping = Object.values(Resources).find(({ Type }) => Type === 'Custom::EksMapRolesEntry');
  const others = Object.keys(Resources).filter((id) => Resources[id] !== mapping);
  expect([...(mapping?.DependsOn ?? [])].sort()).toEqual(others.sort());
  expect(others).toHaveLength(8);
});

test('in two stacks of an App the provider is deployed first and cannot be deleted before', () => {
  const app = new App();
  const [home, user] = [new Stack(app, 'home'), new Stack(app, 'user')];
  const provider = new EksAccessProvider(home, 'Provider');
  new EksMapRolesEntry(user, 'Mapping', { provider, clusterName: 'prod', roleArn: ROLE });
  Template.fromStack(user).hasResourceProperties('Custom::EksMapRolesEntry', {
    ServiceToken: { 'Fn::ImportValue': Match.stringLikeRegexp('^home:ExportsOutput') },
  });
  expect(user.dependencies).toContain(home);
});

test('getOrCreate gives one provider for each environment', () => {
  const app = new App();
  const one = { account: '111122223333', region: 'eu-west-1' };
  const stackIn = (id: string, env = {}): Stack => new Stack(app, id, { env });
  const inOne = ['a', 'b'].map((id) => EksAccessProvider.getOrCreate(stackIn(id, one)));
  const elsewhere = EksAccessProvider.getOrCreate(stackIn('c', { ...one, region: 'us-east-1' }));
  const anywhere = ['d', 'e'].map((id) => EksAccessProvider.getOrCreate(stackIn(id)));
  expect(new Set([...inOne, elsewhere, ...anywhere]).size).toBe(3);
  expect(inOne[0]?.env.region).toBe('eu-west-1');
  expect([
    EksAccessProvider.isEksAccessProvider(elsewhere),
    EksAccessProvider.isEksAccessProvider({}),
  ]).toEqual([true, false]);
});

describe('environments', () => {
  const env = { account: '111122223333', region: 'eu-west-1' };
  const token = (region: string, account: string): string =>
    `arn:aws:lambda:${region}:${account}:function:eks-access`;

  function map(
    own: { account?: string; region?: string },
    providerOf: (app: App, stack: Stack) => EksMapRolesEntryProps['provider'],
  ): Stack {
    const app = new App();
    const stack = new Stack(app, 'stack', { env: own });
    new EksMapRolesEntry(stack, 'Mapping', {
      provider: providerOf(app, stack),
      clusterName: 'prod',
      roleArn: ROLE,
    });
    return stack;
  }
  const owned = (app: App, consumerAccounts: string[] = []): EksAccessProvider =>
    new EksAccessProvider(new Stack(app, 'home', { env }), 'Provider', {
      functionName: 'eks-access',
      consumerAccounts,
    });

  test('fails in another Region, naming both', () => {
    expect(() => map({ ...env, region: 'us-east-1' }, (app) => owned(app))).toThrow(
      'the provider is in eu-west-1 and this stack in us-east-1',
    );
    expect(() =>
      map(env, (_, stack) => EksAccessProvider.fromServiceToken(stack, 'P', token('us-east-1', env.account))),
    ).toThrow('the provider is in us-east-1 and this stack in eu-west-1');
  });

  test('fails in an account that the provider does not list', () => {
    const account = '444455556666';
    expect(() => map({ ...env, account }, (app) => owned(app))).toThrow(
      'add 444455556666 to consumerAccounts',
    );
    expect(() => map({ ...env, account }, (app) => owned(app, [account]))).not.toThrow();
  });

  test('warns where the provider is only known by its ARN', () => {
    const stack = map(env, (_, scope) =>
      EksAccessProvider.fromServiceToken(scope, 'P', token(env.region, '444455556666')),
    );
    Annotations.fromStack(stack).hasWarning(
      '*',
      Match.stringLikeRegexp('consumerAccounts must list 111122223333'),
    );
  });

  test('passes where one of them is not known', () => {
    expect(() =>
      map({}, (_, stack) =>
        EksAccessProvider.fromServiceToken(stack, 'P', token('us-east-1', '444455556666')),
      ),
    ).not.toThrow();
    expect(() => map(env, (_, stack) => EksAccessProvider.fromExport(stack, 'P'))).not.toThrow();
  });

  test.each([
    'arn:aws:lambda:eu-west-1:111122223333:function:f:1',
    'arn:aws:sns:eu-west-1:111122223333:topic',
    'eks-access',
  ])('fails for the service token %s', (serviceToken) => {
    expect(() => EksAccessProvider.fromServiceToken(new Stack(), 'P', serviceToken)).toThrow(
      'without a version or alias',
    );
  });
});

describe('fails for', () => {
  const many = (length: number): AccessPolicy[] =>
    Array.from({ length }, (_, index) => AccessPolicy.of(`Policy${index}`));
  const role = (props: Partial<EksMapRolesEntryProps>): Partial<EksMapRolesEntryProps> => ({
    roleArn: ROLE,
    ...props,
  });
  const roles: readonly (readonly [string, Partial<EksMapRolesEntryProps>, string])[] = [
    [
      'no cluster',
      role({ clusterName: undefined as never }),
      'stack/Mapping: cluster or clusterName is missing: give one',
    ],
    ['no principal', {}, 'role or roleArn is missing: give one'],
    ['a user', { roleArn: USER }, 'use Custom::EksMapUsersEntry'],
    ['a group', { roleArn: 'arn:aws:iam::111122223333:group/g' }, 'IAM groups cannot log in'],
    [
      'an instance profile',
      { roleArn: 'arn:aws:iam::111122223333:instance-profile/p' },
      'the role inside the instance profile',
    ],
    ['a wildcard', { roleArn: 'arn:aws:iam::111122223333:role/*' }, 'wildcards never match'],
    ['a cluster name that cannot be', role({ clusterName: 'a b' }), 'Cluster is "a b"'],
    ['an empty user name', role({ userName: '' }), 'UserName is empty'],
    ['a control character', role({ userName: 'a\u0007' }), 'control character'],
    ['groups as one string', role({ groups: 'team-a' as never }), 'Groups is "team-a" and must be a list'],
    ['an empty group', role({ groups: ['a', ''] }), 'Groups[1] is empty'],
    [
      '101 groups',
      role({ groups: Array.from({ length: 101 }, (_, index) => `g${index}`) }),
      'Groups has 101 items',
    ],
    ['an unknown type', role({ entryType: 'LINUX' as never }), 'Type is "LINUX"'],
    ['21 policies', role({ accessPolicies: many(21) }), 'AccessPolicies has 21 items'],
    [
      'a namespace scope without namespaces',
      role({ accessPolicies: [AccessPolicy.view({ namespaces: [] })] }),
      'names none',
    ],
    [
      'a short serviceTimeout',
      role({ serviceTimeout: Duration.seconds(359) }),
      'serviceTimeout is 359 s: Lambda may try for 360 s',
    ],
    [
      'a long serviceTimeout',
      role({ serviceTimeout: Duration.hours(2) }),
      'CloudFormation waits at most 3600 s',
    ],
  ];

  test.each(roles)('%s', (_, props, message) => {
    const { stack, common } = importing();
    expect(() => new EksMapRolesEntry(stack, 'Mapping', { ...common, ...props })).toThrow(message);
  });

  test('two clusters at once', () => {
    const { stack, common } = importing();
    const cluster = eks.CfnCluster.fromClusterName(stack, 'Cluster', 'prod');
    expect(() => new EksMapRolesEntry(stack, 'Mapping', { ...common, cluster, roleArn: ROLE })).toThrow(
      'cluster and clusterName are both given: give one of cluster or clusterName',
    );
  });

  const entries: readonly (readonly [string, Partial<EksAccessEntryProps>, string])[] = [
    ['a reserved tag', { tags: { 'aws:team': 'a' } }, 'Tags has the key "aws:team", which is reserved'],
    ['a tag of the provider', { tags: { 'cfn-eks-access:owner': 'me' } }, 'which is reserved'],
    [
      '41 tags',
      { tags: Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`t${index}`, ''])) },
      'Tags has 41 items',
    ],
    ['an empty username', { username: '' }, 'Username is empty'],
    [
      'two principals',
      { role: { roleRef: { roleArn: ROLE } } as never },
      'role and principalArn are both given',
    ],
  ];
  test.each(entries)('%s in an access entry', (_, props, message) => {
    const { stack, common } = importing();
    expect(() => new EksAccessEntry(stack, 'Entry', { ...common, principalArn: ROLE, ...props })).toThrow(
      message,
    );
  });

  test('a role as a user, and an account id of 11 digits', () => {
    const { stack, common } = importing();
    expect(() => new EksMapUsersEntry(stack, 'User', { ...common, userArn: ROLE })).toThrow(
      'use Custom::EksMapRolesEntry',
    );
    expect(() => new EksMapAccountsEntry(stack, 'Account', { ...common, accountId: '11112222333' })).toThrow(
      '12 digits',
    );
  });
});

test('tokens pass, field by field, and what is known beside them is still checked', () => {
  const { stack, common } = importing();
  const text = (): string => Lazy.string({ produce: () => 'later' });
  const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
  const { provider } = common;
  // Longer than a namespace may be, as long as it is not known.
  const namespaces = [[text(), text(), text(), text()].join('-')];
  const unknown = {
    provider,
    clusterName: text(),
    roleArn: text(),
    userName: text(),
    groups: [text(), text()],
  };
  expect(() => {
    new EksMapRolesEntry(stack, 'Role', { ...unknown, entryType: text() as EntryType });
    new EksMapRolesEntry(stack, 'Lists', {
      ...unknown,
      groups: list,
      accessPolicies: [
        AccessPolicy.view({ namespaces: list }),
        AccessPolicy.edit({ namespaces }),
        AccessPolicy.of(text()),
      ],
    });
    new EksMapUsersEntry(stack, 'User', {
      provider,
      clusterName: text(),
      userArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:user/a`,
    });
    new EksMapAccountsEntry(stack, 'Account', { provider, clusterName: text(), accountId: Aws.ACCOUNT_ID });
    new EksAccessEntry(stack, 'Entry', {
      provider,
      clusterName: text(),
      principalArn: text(),
      username: text(),
      kubernetesGroups: list,
      tags: { a: text() },
    });
  }).not.toThrow();
  expect(() => new EksMapRolesEntry(stack, 'Known', { ...unknown, groups: [text(), ''] })).toThrow(
    'Groups[1] is empty',
  );
});

test.each([
  ['AmazonEKSViewPolicy', AccessPolicy.view()],
  ['AmazonEKSEditPolicy', AccessPolicy.edit()],
  ['AmazonEKSAdminPolicy', AccessPolicy.admin()],
  ['AmazonEKSAdminViewPolicy', AccessPolicy.adminView()],
  ['AmazonEKSClusterAdminPolicy', AccessPolicy.clusterAdmin()],
])('%s has a name of its own', (name, policy) => {
  expect([policy.policy, policy.namespaces]).toEqual([name, undefined]);
});
