/** Mistakes that need no cluster to be seen: each gets one sentence, with the construct's path and in the words of props. */
import './fast-synth';
import {
  App,
  Aws,
  aws_eks as eks,
  aws_iam as iam,
  aws_lambda as lambda,
  CfnParameter,
  Stack,
} from 'aws-cdk-lib';
import {
  AccessPolicy,
  RightName,
  RightsEngine,
  EksAccessEntry,
  type EksAccessEntryProps,
  type EksAccessGuardrails,
  EksAccessProvider,
  EksMapAccountsEntry,
  EksMapRolesEntry,
  type EksMapRolesEntryProps,
  EksMapUsersEntry,
  EntryType,
  FollowMode,
  MappingAuthenticationMode,
} from '../../cdk/index';
import { inPropNames } from '../../cdk/checks/prop-names';
import { PROPERTY_NAMES } from '../../schemas/generated/property-names';
import { importing } from './importing';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';
const USER = 'arn:aws:iam::111122223333:user/alice';
const IAM_POLICY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

/** What JavaScript lets through. */
type Loose = Readonly<Record<string, unknown>>;

const role = (props: Partial<EksMapRolesEntryProps> | Loose): string =>
  refusal(({ stack, common }) => new EksMapRolesEntry(stack, 'M', { ...common, roleArn: ROLE, ...props }));
const entry = (props: Partial<EksAccessEntryProps> | Loose): string =>
  refusal(({ stack, common }) => new EksAccessEntry(stack, 'M', { ...common, principalArn: ROLE, ...props }));
const user = (props: Loose): string =>
  refusal(({ stack, common }) => new EksMapUsersEntry(stack, 'M', { ...common, userArn: USER, ...props }));

function refusal(make: (given: ReturnType<typeof importing>) => unknown): string {
  const given = importing();
  try {
    make(given);
  } catch (error) {
    return (error as Error).message;
  }
  return 'not refused';
}

const twice = [AccessPolicy.view(), AccessPolicy.view({ namespaces: ['dev'] })];

describe('of what is asked for', () => {
  test.each([
    [
      'text for Fn::Sub',
      () => role({ userName: 'x-${AWS::Region}' }),
      'arrived as text: write Fn.sub of the text for what CloudFormation fills in',
    ],
    [
      'the name of a role',
      () => role({ roleArn: 'app' }),
      'it is not an IAM ARN but a name: give role or user, or arn:aws:iam::ACCOUNT:role/NAME',
    ],
    ['an IAM policy', () => role({ accessPolicies: [AccessPolicy.of(IAM_POLICY)] }), 'this is an IAM policy'],
    [
      'one policy twice',
      () => role({ accessPolicies: twice }),
      'accessPolicies has arn:aws:eks::aws:cluster',
    ],
    [
      'one policy twice, by CDK and by us',
      () =>
        role({
          accessPolicies: [
            AccessPolicy.view(),
            eks.AccessPolicy.fromAccessPolicyName('AmazonEKSViewPolicy', {
              accessScopeType: eks.AccessScopeType.CLUSTER,
            }),
          ],
        }),
      'twice: give each policy once',
    ],
    [
      'a system: group',
      () => entry({ kubernetesGroups: ['system:foo'] }),
      'kubernetesGroups has "system:foo"',
    ],
    [
      'node and groups',
      () => entry({ entryType: EntryType.EC2_LINUX, kubernetesGroups: ['a'] }),
      'remove kubernetesGroups',
    ],
    [
      'node and policies',
      () => entry({ entryType: EntryType.EC2_LINUX, accessPolicies: [AccessPolicy.view()] }),
      'take no access policies',
    ],
    [
      'Fargate and a user',
      () => entry({ entryType: EntryType.FARGATE_LINUX, principalArn: USER }),
      'entryType is FARGATE_LINUX, but principalArn is not a role',
    ],
    [
      'aws-auth and policies',
      () =>
        role({
          authenticationMode: MappingAuthenticationMode.CONFIG_MAP,
          accessPolicies: [AccessPolicy.view({ namespaces: ['dev-*'] })],
        }),
      'accessPolicies has "AmazonEKSViewPolicy", but this mapping lives in aws-auth',
    ],
    [
      'a misspelt right',
      () => role({ rights: [{ name: 'vew' as RightName }] }),
      'rights[0] is "vew", which is no right',
    ],
    [
      'the name of a right alone',
      () => role({ rights: ['view' as never] }),
      'rights[0] is "view", which is the name of a right: give { name: "view" }',
    ],
    [
      'a right for a pattern of namespaces',
      () => role({ rights: [{ name: RightName.EDIT, namespaces: ['dev-*'] }] }),
      'rights[0].namespaces has "dev-*", and rights know no wildcards',
    ],
    [
      'a policy for what none gives',
      () => role({ rights: [{ name: RightName.VIEW_PLUS_NODES }], engine: RightsEngine.POLICY }),
      'engine is POLICY, but no access policy gives what rights[0] does, view-plus-nodes',
    ],
    [
      'a misspelt policy',
      () => role({ accessPolicies: [AccessPolicy.of('AmazonEKSVeiwPolicy')] }),
      'did you mean AmazonEKSViewPolicy?',
    ],
    ['a misspelt template', () => role({ userName: 'x:{{SesionName}}' }), 'did you mean {{SessionName}}?'],
    [
      'a role for a user',
      () => user({ userArn: ROLE }),
      'userArn is "arn:aws:iam::111122223333:role/team/app", which is a role: use EksMapRolesEntry',
    ],
    ['an unknown prop', () => role({ gruops: ['a'] }), 'unknown prop "gruops": did you mean groups?'],
    ['a prop of another construct', () => user({ entryType: 'EC2' }), 'unknown prop "entryType"'],
    [
      'an account known by its pseudo parameter',
      () => role({ roleArn: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:group/g` }),
      'IAM groups cannot log in',
    ],
  ])('%s', (_, refused, message) => {
    expect(refused()).toContain('stack/M: ');
    expect(refused()).toContain(message);
  });
});

describe('of what kind is given', () => {
  const fn = (): lambda.Function =>
    new lambda.Function(new Stack(new App(), 'f'), 'Fn', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('x'),
    });

  test.each([
    ['no provider', () => role({ provider: undefined }), 'provider is undefined: give the EksAccessProvider'],
    ['the provider’s ARN', () => role({ provider: 'arn:x' }), 'provider is "arn:x"'],
    [
      'a function as role',
      () => role({ roleArn: undefined, role: fn() }),
      'role is a Function, which is not an IAM role: give an IAM role, or its own role: x.role, or roleArn with its text',
    ],
    [
      'an ARN as role',
      () => role({ roleArn: undefined, role: ROLE }),
      `role is "${ROLE}", which is not an IAM role: write roleArn for text`,
    ],
    [
      'a name as cluster',
      () => role({ clusterName: undefined, cluster: 'prod' }),
      'cluster is "prod", which is not a cluster: write clusterName for text',
    ],
    [
      'a name as user',
      () => user({ userArn: undefined, user: 'alice' }),
      'user is "alice", which is not an IAM user: write userArn for text',
    ],
    [
      'a name as policy',
      () => role({ accessPolicies: ['AmazonEKSViewPolicy'] }),
      'accessPolicies[0] is "AmazonEKSViewPolicy", which is not an access policy: give AccessPolicy.of("AmazonEKSViewPolicy")',
    ],
    [
      'a policy without a list',
      () => role({ accessPolicies: AccessPolicy.view() }),
      'accessPolicies is an AccessPolicy: give a list',
    ],
    ['no policy', () => role({ accessPolicies: [undefined] }), 'accessPolicies[0] is undefined'],
  ])('%s', (_, refused, message) => {
    expect(refused()).toContain(`stack/M: ${message}`);
  });
});

describe('of a provider in the same App', () => {
  function refused(guardrails: EksAccessGuardrails, props: Loose, more: Loose = {}): string {
    const stack = new Stack(new App(), 'stack');
    const provider = new EksAccessProvider(stack, 'Provider', { guardrails, ...more });
    try {
      new EksMapRolesEntry(stack, 'M', { provider, clusterName: 'prod', roleArn: ROLE, ...props });
    } catch (error) {
      return (error as Error).message;
    }
    return 'not refused';
  }

  test.each<readonly [string, EksAccessGuardrails, Loose, string]>([
    [
      'groups',
      { groups: ['team-*'] },
      { groups: ['ops'] },
      'groups has "ops", which this provider does not allow; its owner can allow it with groups in its guardrails',
    ],
    ['clusters', { clusters: ['dev'] }, {}, 'clusterName is "prod"'],
    ['admins', {}, { groups: ['system:masters'] }, 'with allowClusterAdmin'],
    [
      'nodes',
      {},
      { entryType: EntryType.EC2_LINUX },
      'entryType is EC2_LINUX, which this provider does not allow',
    ],
    ['accounts', { principalAccounts: ['444455556666'] }, {}, 'roleArn is of account 111122223333'],
    [
      'policies',
      { accessPolicies: ['AmazonEKSViewPolicy'] },
      { accessPolicies: [AccessPolicy.edit({ namespaces: ['a'] })] },
      'with accessPolicies',
    ],
    ['permission sets', {}, { roleArn: undefined, permissionSet: 'Admin' }, 'with permissionSets: true'],
  ])('%s', (_, guardrails, props, message) => {
    expect(refused(guardrails, props)).toContain(`stack/M: `);
    expect(refused(guardrails, props)).toContain(message);
  });

  test('a date that no schedule keeps', () => {
    expect(refused({}, { expiresAt: '2099-01-01' }, { followMode: FollowMode.OFF })).toContain(
      'expiresAt needs the schedule of the provider',
    );
  });

  test('what it allows passes, and so does what is not known yet', () => {
    const stack = new Stack(new App(), 'stack');
    const text = (id: string): string => new CfnParameter(stack, id).valueAsString;
    const later = text('Later');
    const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
    const guardrails = { groups: ['team-*', later], clusters: ['prod'], principalAccounts: ['111122223333'] };
    const provider = new EksAccessProvider(stack, 'Provider', { guardrails });
    const made = new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    expect(() => {
      new EksMapRolesEntry(stack, 'A', { provider, clusterName: 'prod', role: made, groups: ['ops'] });
      new EksMapRolesEntry(stack, 'B', { provider, clusterName: text('C'), roleArn: ROLE, groups: list });
      new EksMapRolesEntry(stack, 'C1', {
        provider,
        clusterName: 'prod',
        roleArn: text('R'),
        groups: [later],
      });
      new EksMapUsersEntry(stack, 'D', { provider, clusterName: 'prod', userArn: USER, userName: later });
      new EksMapAccountsEntry(stack, 'E', { provider, clusterName: 'prod', accountId: text('Account') });
      new EksAccessEntry(stack, 'F', {
        provider,
        clusterName: 'prod',
        principalArn: `${ROLE}-2`,
        accessPolicies: [AccessPolicy.of(text('P')), AccessPolicy.edit({ namespaces: [text('N')] })],
      });
    }).not.toThrow();
  });

  test('names of policies are looked at in guardrails as well', () => {
    const make = (entry: string) => () =>
      new EksAccessProvider(new Stack(new App(), 'stack'), 'Provider', {
        guardrails: { accessPolicies: [entry] },
      });
    expect(make('AmazonEKSVeiwPolicy@dev-*')).toThrow(
      'guardrails.accessPolicies has "AmazonEKSVeiwPolicy@dev-*", which is no access policy that this version knows: did you mean AmazonEKSViewPolicy?',
    );
    expect(make('AmazonEKS*Policy')).not.toThrow();
    expect(make('arn:aws:eks::aws:cluster-access-policy/AmazonEKSVeiwPolicy')).not.toThrow();
  });
});

describe('of a cluster in the same App', () => {
  const cluster = (stack: Stack, authenticationMode: string): eks.CfnCluster =>
    new eks.CfnCluster(stack, 'Cluster', {
      roleArn: 'arn:aws:iam::111122223333:role/eks',
      resourcesVpcConfig: { subnetIds: [] },
      accessConfig: { authenticationMode },
    });

  test.each<readonly [string, string, Loose, string]>([
    [
      'policies',
      'CONFIG_MAP',
      { accessPolicies: [AccessPolicy.adminView()] },
      'but this mapping lives in aws-auth',
    ],
    [
      'forced aws-auth',
      'API',
      { authenticationMode: 'CONFIG_MAP' },
      'authenticationMode is CONFIG_MAP, but the cluster is in authentication mode API',
    ],
    [
      'a forced access entry',
      'CONFIG_MAP',
      { authenticationMode: 'API' },
      'authenticationMode is API, but the cluster is',
    ],
    ['a system: group', 'API', { groups: ['system:foo'] }, 'cannot begin with system:'],
  ])('%s: refused in %s, and not where the mode is not known', (_, mode, props, message) => {
    expect(
      refusal(({ stack, common: { provider } }) => {
        return new EksMapRolesEntry(stack, 'M', {
          provider,
          cluster: cluster(stack, mode),
          roleArn: ROLE,
          ...props,
        });
      }),
    ).toContain(message);
    expect(role(props)).toBe('not refused');
  });
});

test('no name of the template is left in a sentence, and what the author wrote stays', () => {
  const names = Object.entries(PROPERTY_NAMES).filter(([path]) => /^Eks\w+Properties$/.test(path));
  for (const [title, properties] of names) {
    const sentence = `${properties.join(' is wrong, ')}: use Custom::${title.replace('Properties', '')}`;
    for (const property of properties)
      expect(inPropNames(sentence)).not.toMatch(new RegExp(`\\b${property}\\b`));
  }
  expect(inPropNames('Groups has "Groups \\"Type\\""')).toBe('groups has "Groups \\"Type\\""');
});
