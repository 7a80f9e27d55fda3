/** What JavaScript and `any` let through: a sentence with the construct's path, never a TypeError, and nothing is dropped. */
import './fast-synth';
import {
  App,
  aws_eks as eks,
  aws_iam as iam,
  custom_resources as cr,
  Duration,
  aws_lambda as lambda,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import {
  AccessPolicy,
  EksAccessEntry,
  EksAccessProvider,
  EksAuthenticationMode,
  EksMapRolesEntry,
} from '../../cdk/index';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';

interface Given {
  readonly stack: Stack;
  readonly provider: EksAccessProvider;
  readonly cluster: eks.ICluster;
  readonly fn: lambda.Function;
}

function refusal(act: (given: Given) => unknown): string {
  const stack = new Stack(new App(), 'stack');
  const given = {
    stack,
    provider: new EksAccessProvider(stack, 'Provider'),
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Cluster', { clusterName: 'prod' }),
    fn: new lambda.Function(stack, 'Fn', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('x'),
    }),
  };
  try {
    act(given);
  } catch (error) {
    return (error as Error).message;
  }
  return 'not refused';
}

const mapping =
  (props: (given: Given) => object) =>
  (given: Given): unknown =>
    new EksMapRolesEntry(given.stack, 'M', {
      provider: given.provider,
      clusterName: 'prod',
      roleArn: ROLE,
      ...props(given),
    });

test.each<readonly [string, (given: Given) => unknown, string]>([
  [
    'no props',
    ({ stack }) => new EksMapRolesEntry(stack, 'M', undefined as never),
    'the props are undefined: give',
  ],
  [
    'no props of a mode',
    ({ stack }) => new EksAuthenticationMode(stack, 'M', undefined as never),
    'the props are undefined: give',
  ],
  [
    'a provider of CDK',
    mapping(({ stack, fn }) => ({ provider: new cr.Provider(stack, 'Framework', { onEventHandler: fn }) })),
    'provider is a Provider: give the EksAccessProvider',
  ],
  [
    'a class',
    mapping(() => ({ provider: EksAccessProvider })),
    'provider is the class or function EksAccessProvider',
  ],
  [
    'a role for its ARN',
    mapping(({ fn }) => ({ roleArn: fn.role })),
    'roleArn is a Role, and takes text: write role for a construct',
  ],
  [
    'a cluster for its name',
    mapping(({ cluster }) => ({ clusterName: cluster })),
    'clusterName is an ImportedCluster, and takes text: write cluster for a construct',
  ],
  ['seconds', mapping(() => ({ serviceTimeout: 600 })), 'serviceTimeout is 600, which is not a Duration'],
  ['seconds to wait', mapping(() => ({ waitForEffect: 20 })), 'waitForEffect is 20, which is not a Duration'],
  ['a Date', mapping(() => ({ expiresAt: new Date(0) })), 'expiresAt is a Date: give its text'],
  [
    'a namespace of a right, which would be the whole cluster',
    mapping(() => ({ rights: [{ name: 'view', namespace: 'dev' }] })),
    'unknown prop "namespace" of rights[0]: did you mean namespaces?',
  ],
  [
    'tags as CloudFormation has them',
    ({ stack, provider }) =>
      new EksAccessEntry(stack, 'M', {
        provider,
        clusterName: 'prod',
        principalArn: ROLE,
        tags: [{ Key: 'a', Value: 'b' }] as never,
      }),
    'tags is a list: give an object',
  ],
  [
    'a mode that the provider may not change',
    ({ stack, provider }) =>
      new EksAuthenticationMode(stack, 'M', { provider, clusterName: 'prod', mode: 'API' as never }),
    'mode is API, which this provider does not allow; its owner can allow it with allowModeChange in its guardrails',
  ],
])('a mapping: %s', (_, act, sentence) => {
  expect(refusal(act)).toMatch(/^stack\/M: /);
  expect(refusal(act)).toContain(sentence);
});

test.each<readonly [string, (given: Given) => unknown, string]>([
  [
    'allowCluster: text',
    ({ provider }) => provider.allowCluster('x' as never),
    'allowCluster: cluster is "x"',
  ],
  [
    'allowCluster: nothing',
    ({ provider }) => provider.allowCluster(undefined as never),
    'allowCluster: cluster is undefined: give a cluster',
  ],
  [
    'allowCluster: text for options',
    ({ provider, cluster }) => provider.allowCluster(cluster, 'policy' as never),
    'allowCluster: the options are "policy": give an object, with awsAuth',
  ],
  [
    'allowCluster: a misspelt option',
    ({ provider, cluster }) => provider.allowCluster(cluster, { awsauth: 'policy' } as never),
    'allowCluster: unknown prop "awsauth": did you mean awsAuth?',
  ],
  [
    'grantAccess: a misspelt option',
    ({ provider, cluster, fn }) => provider.grantAccess(cluster, fn, { group: ['a'] } as never),
    'grantAccess: unknown prop "group": did you mean groups?',
  ],
  [
    'grantAccess: no cluster',
    ({ provider, fn }) => provider.grantAccess(undefined as never, fn),
    'grantAccess: cluster is undefined: give a cluster',
  ],
  [
    'grantAccess: a scope of text',
    ({ provider, cluster, fn }) => provider.grantAccess(cluster, fn, { scope: 'x' as never }),
    'grantAccess: scope is "x": give a construct',
  ],
  [
    'grantInvoke: text',
    ({ provider }) => provider.grantInvoke('x' as never),
    'grantInvoke: the grantee is "x"',
  ],
])('%s', (_, act, sentence) => {
  expect(refusal(act)).toContain(`stack/Provider: ${sentence}`);
});

test.each<readonly [object, string]>([
  [{ followMode: true }, 'followMode is true: give one of FollowMode.MOVE'],
  [{ healRecreatedRoles: true }, 'healRecreatedRoles is true: give one of HealRecreatedRoles.HEAL'],
  [{ permissionSets: 'false' }, 'permissionSets is "false": give true or false'],
  [{ tracing: 'Active' }, 'tracing is "Active": give true or false'],
  [{ followEvery: 15 }, 'followEvery is 15, which is not a Duration'],
  [{ timeout: Duration.minutes(20) }, 'timeout is 1200 s: Lambda runs a function for 900 s at most'],
  [{ memorySize: 64 }, 'memorySize is 64: give whole MB from 128 to 10240'],
  [{ memorySize: '256' }, 'memorySize is "256"'],
  [{ environment: { LEVEL: 1 } }, 'environment.LEVEL is 1: give text'],
  [{ guardrails: 'none' }, 'guardrails is "none": give an object'],
  [{ guardrails: { group: [] } }, 'guardrails is invalid: unknown key "group", did you mean groups?'],
  [{ nodeRoles: 'arn' }, 'nodeRoles is "arn": give a list'],
  [{ clusterRoles: [] }, 'clusterRoles is a list: give an object'],
  [{ clusterRoles: { prod: ROLE } }, `clusterRoles["prod"] is "${ROLE}": give { role, externalId }`],
  [
    { clusterRoles: { prod: { role: ROLE } } },
    `clusterRoles["prod"].role is "${ROLE}", which is not an IAM role`,
  ],
  [
    { clusterRoles: { prod: { roleArn: ROLE } } },
    'unknown prop "roleArn" of clusterRoles["prod"]: the props are externalId, role',
  ],
  [{ clusterRoles: { prod: {} } }, 'clusterRoles["prod"].role is null'],
])('a provider with %j', (props, sentence) => {
  expect(
    refusal(({ stack }) => new EksAccessProvider(stack, 'Other', { exportName: 'Other', ...props })),
  ).toContain(`stack/Other: ${sentence}`);
});

test('an access policy is named by text, and limited by namespaces alone', () => {
  const policy = iam.ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess');
  expect(() => AccessPolicy.of(policy as never)).toThrow(
    'AccessPolicy.of takes the name or ARN of an access policy',
  );
  expect(() => AccessPolicy.view({ namespace: 'dev' } as never)).toThrow(
    'unknown prop "namespace" of the scope of AmazonEKSViewPolicy: did you mean namespaces?',
  );
});

test('a provider of another Stage is refused, and one that is imported is not', () => {
  const app = new App();
  const home = new Stack(new Stage(app, 'Home'), 'stack');
  const here = new Stack(new Stage(app, 'Here'), 'stack');
  const common = { clusterName: 'prod', roleArn: ROLE };
  const provider = new EksAccessProvider(home, 'Provider');
  expect(() => new EksMapRolesEntry(here, 'M', { ...common, provider })).toThrow(
    'Here/stack/M: the provider is made in Stage Home, and this is in Stage Here, from where CDK lets nothing refer to it',
  );
  const imported = EksAccessProvider.fromExport(here, 'Imported');
  expect(() => new EksMapRolesEntry(here, 'N', { ...common, provider: imported })).not.toThrow();
});
