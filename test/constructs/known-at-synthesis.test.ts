/** What the App itself shows of a token: which resource it refers to, and what it has become when the App is synthesised. */
import './fast-synth';
import {
  App,
  aws_eks as eks,
  aws_iam as iam,
  aws_lambda as lambda,
  CfnParameter,
  Fn,
  Lazy,
  PhysicalName,
  Stack,
} from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  EksAccessEntry,
  EksAccessProvider,
  EksAuthenticationMode,
  EksMapRolesEntry,
  type EksMapRolesEntryProps,
  EksMapUsersEntry,
} from '../../cdk/index';

const ROLE = 'arn:aws:iam::111122223333:role/team/app';
const assumedBy = new iam.AccountRootPrincipal();

interface Site {
  readonly stack: Stack;
  /** Of an account that the provider does not serve. */
  readonly other: Stack;
  readonly common: { readonly provider: EksAccessProvider; readonly clusterName: string };
}

function site(): Site {
  const app = new App();
  const stack = new Stack(app, 'stack', { env: { account: '111122223333', region: 'us-east-1' } });
  const other = new Stack(app, 'other', { env: { account: '999999999999', region: 'us-east-1' } });
  const provider = new EksAccessProvider(stack, 'Provider', { guardrails: { groups: ['team-*'] } });
  return { stack, other, common: { provider, clusterName: 'prod' } };
}

type Made = (site: Site) => unknown;
const roles =
  (props: (site: Site) => Partial<EksMapRolesEntryProps>): Made =>
  (given) =>
    new EksMapRolesEntry(given.stack, 'Mapping', { ...given.common, ...props(given) });

describe('refused where the reference is written', () => {
  const role = ({ stack }: Site): iam.Role => new iam.Role(stack, 'Role', { assumedBy });
  const user = ({ stack }: Site): iam.User => new iam.User(stack, 'User');
  const cluster = ({ stack }: Site): eks.CfnCluster =>
    new eks.CfnCluster(stack, 'Cluster', { roleArn: ROLE, resourcesVpcConfig: { subnetIds: [] } });
  const fn = ({ stack }: Site): lambda.Function =>
    new lambda.Function(stack, 'Fn', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('x'),
    });

  test.each<readonly [string, Made, string]>([
    [
      'the name of a role',
      roles((given) => ({ roleArn: role(given).roleName })),
      'stack/Mapping: roleArn is the name of the role stack/Role, and takes its ARN: give the role itself as role',
    ],
    [
      'another attribute of a role',
      roles((given) => ({ roleArn: role(given).roleId })),
      'roleArn is the RoleId of the role stack/Role, and takes its ARN',
    ],
    [
      'the ARN of a user',
      roles((given) => ({ roleArn: user(given).userArn })),
      'roleArn is of the user stack/User: use EksMapUsersEntry',
    ],
    [
      'the ARN of a function',
      roles((given) => ({ roleArn: fn(given).functionArn })),
      'roleArn is the Arn of stack/Fn, a function: give its role',
    ],
    [
      'an instance profile',
      roles(({ stack }) => ({ roleArn: new iam.CfnInstanceProfile(stack, 'P', { roles: ['r'] }).attrArn })),
      'roleArn is the Arn of stack/P, an instance profile: give the role that is inside it',
    ],
    [
      'the ARN of a cluster',
      roles((given) => ({ clusterName: cluster(given).attrArn, roleArn: ROLE })),
      'clusterName is the Arn of the cluster stack/Cluster, and takes its name: give the cluster itself as cluster',
    ],
    [
      'the ARN of a cluster whose mode changes',
      (given) =>
        new EksAuthenticationMode(given.stack, 'Mode', {
          ...given.common,
          clusterName: cluster(given).attrArn,
          mode: 'API' as never,
        }),
      'stack/Mode: clusterName is the Arn of the cluster stack/Cluster',
    ],
    [
      'the name of a user',
      (given) => new EksMapUsersEntry(given.stack, 'M', { ...given.common, userArn: user(given).userName }),
      'userArn is the name of the user stack/User, and takes its ARN: give the user itself as user',
    ],
    [
      'the ARN of a role as a user',
      (given) => new EksMapUsersEntry(given.stack, 'M', { ...given.common, userArn: role(given).roleArn }),
      'userArn is of the role stack/Role: use EksMapRolesEntry',
    ],
    [
      'a group of IAM',
      ({ stack, common }) =>
        new EksAccessEntry(stack, 'M', { ...common, principalArn: new iam.Group(stack, 'Group').groupArn }),
      'principalArn is the Arn of stack/Group, an IAM group, which cannot log in',
    ],
  ])('%s', (_, make, sentence) => {
    expect(() => make(site())).toThrow(sentence);
  });

  test('and not the right attribute, or one of which nothing is known', () => {
    const given = site();
    const { stack, common } = given;
    const provided = new lambda.CfnFunction(stack, 'Provided', { code: {}, role: ROLE });
    expect(() => {
      new EksMapRolesEntry(stack, 'Arn', { ...common, roleArn: role(given).roleArn });
      new EksMapUsersEntry(stack, 'User-', { ...common, userArn: user(given).userArn });
      new EksMapRolesEntry(stack, 'Name', { ...common, clusterName: cluster(given).ref, roleArn: ROLE });
      new EksMapRolesEntry(stack, 'Part', {
        ...common,
        roleArn: `arn:aws:iam::111122223333:role/${provided.ref}`,
      });
      new EksMapRolesEntry(stack, 'Parameter', {
        ...common,
        roleArn: new CfnParameter(stack, 'P').valueAsString,
      });
    }).not.toThrow();
  });
});

describe('refused when the App is synthesised', () => {
  const account = 'roleArn is of account 999999999999, which this provider does not allow';
  test.each<readonly [string, Made, string]>([
    [
      'a role of another account, by its name',
      roles(({ other }) => ({ role: new iam.Role(other, 'Role', { roleName: 'app', assumedBy }) })),
      account,
    ],
    [
      'one whose name CDK makes',
      roles(({ other }) => ({
        role: new iam.Role(other, 'Role', { roleName: PhysicalName.GENERATE_IF_NEEDED, assumedBy }),
      })),
      account,
    ],
    [
      'a lazy list of groups',
      roles(() => ({ roleArn: ROLE, groups: Lazy.list({ produce: () => ['team-a', 'system:masters'] }) })),
      'groups has "system:masters", which this provider does not allow',
    ],
    [
      'a lazy group',
      roles(() => ({ roleArn: ROLE, groups: ['team-a', Lazy.string({ produce: () => '' })] })),
      'groups[1] is empty',
    ],
    [
      'texts that are joined',
      roles(() => ({ roleArn: ROLE, groups: [Fn.join(':', ['ops', 'a'])] })),
      'groups has "ops:a", which this provider does not allow',
    ],
    ['a lazy ARN', roles(() => ({ roleArn: Lazy.string({ produce: () => 'app' }) })), 'roleArn is "app"'],
  ])('%s', (_, make, sentence) => {
    const given = site();
    make(given);
    expect(() => (given.stack.node.root as App).synth()).toThrow(`[stack/Mapping] ${sentence}`);
  });

  test('and not what the deployment alone knows, nor what the provider allows', () => {
    const { stack, other, common } = site();
    const groups = new CfnParameter(stack, 'Groups', { type: 'CommaDelimitedList' }).valueAsList;
    new EksMapRolesEntry(stack, 'List', { ...common, roleArn: ROLE, groups });
    const provider = new EksAccessProvider(stack, 'Open', {
      exportName: 'Open',
      guardrails: { groups: ['*'], principalAccounts: ['999999999999'] },
    });
    const role = new iam.Role(other, 'Role', { roleName: 'app', assumedBy });
    const lazy = Lazy.list({ produce: () => ['team-a'] });
    new EksMapRolesEntry(stack, 'Role', { provider, clusterName: 'prod', role, groups: lazy });
    Template.fromStack(stack).hasResourceProperties('Custom::EksMapRolesEntry', {
      RoleArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::999999999999:role/app']] },
      Groups: ['team-a'],
    });
  });
});

test.each([
  ['2020-01-31T18:00:00Z', ['expiresAt is 2020-01-31T18:00:00.000Z, which is past: nobody is mapped']],
  ['2999-01-01', []],
])('a mapping that ends at %s', (expiresAt, sentences) => {
  const { stack, common } = site();
  new EksMapRolesEntry(stack, 'Mapping', { ...common, roleArn: ROLE, groups: ['team-a'], expiresAt });
  const warnings = Annotations.fromStack(stack).findWarning(
    '/stack/Mapping',
    Match.stringLikeRegexp('cfn-eks-access:expired'),
  );
  expect(warnings.map(({ entry }) => entry.data)).toEqual(
    sentences.map((sentence) => expect.stringContaining(sentence) as string),
  );
});
