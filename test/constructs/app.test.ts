/** The App as `cdk synth` runs it: all stacks, without an account and without a network. */
import './fast-synth';
import { App } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { type Stack } from 'aws-cdk-lib';
import { addStacks } from '../../cdk/app';

function stacksOf(context: Record<string, unknown>): Map<string, Stack> {
  const app = new App({ context });
  addStacks(app);
  return new Map(app.node.children.map((child) => [child.node.id, child as Stack]));
}

function templateOf(stacks: Map<string, Stack>, id: string): Template {
  const stack = stacks.get(id);
  if (!stack) throw new Error(`there is no stack ${id}`);
  return Template.fromStack(stack);
}

describe('without context', () => {
  const stacks = stacksOf({});

  test('there are the provider and five samples', () => {
    expect([...stacks.keys()]).toEqual([
      'EksAccessProvider',
      'EksAccessLambdaRole',
      'EksAccessIamUser',
      'EksAccessNodeRole',
      'EksAccessEntry',
      'EksAccessDeveloperRole',
    ]);
  });

  test.each([
    [
      'EksAccessLambdaRole',
      'Custom::EksMapRolesEntry',
      { Cluster: 'my-cluster', UserName: 'lambdafoo', Groups: ['system:masters'] },
    ],
    ['EksAccessIamUser', 'Custom::EksMapUsersEntry', { UserName: 'alice', Groups: ['viewers'] }],
    ['EksAccessNodeRole', 'Custom::EksMapRolesEntry', { Type: 'EC2_LINUX' }],
    [
      'EksAccessEntry',
      'Custom::EksAccessEntry',
      { ClusterName: 'my-cluster', AccessPolicies: Match.anyValue() },
    ],
    [
      'EksAccessDeveloperRole',
      'Custom::EksMapRolesEntry',
      { UserName: 'developer:{{SessionName}}', Groups: ['developers'] },
    ],
  ])('%s has its mapping', (id, type, properties) => {
    templateOf(stacks, id).hasResourceProperties(type, properties);
  });

  test('the provider allows what the samples ask for, on this cluster, and is let into it', () => {
    const provider = templateOf(stacks, 'EksAccessProvider');
    const guardrails = '{"clusters":["my-cluster"],"allowNodes":true,"allowClusterAdmin":true}';
    provider.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: { EKS_ACCESS_GUARDRAILS: guardrails } },
    });
    provider.hasResourceProperties('AWS::EKS::AccessEntry', { ClusterName: 'my-cluster' });
    provider.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Sid: 'PassNodeRoles', Action: 'iam:PassRole' })]),
      },
    });
  });
});

describe('with context as the command line gives it', () => {
  const stacks = stacksOf({
    account: '111122223333',
    region: 'eu-west-1',
    clusterName: 'prod',
    authenticationMode: 'CONFIG_MAP',
    guardrails: '{"clusters":["prod"],"groups":["team-*"]}',
    samples: 'EksAccessLambdaRole',
    exportName: 'Mine',
    functionName: 'eks-access',
    lambdaGroups: 'team-a,team-b',
    namespaces: '["shop"]',
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: 'eu-west-1a,eu-west-1b',
    subnetIds: 'subnet-0123456789abcdef0,subnet-0123456789abcdef1',
  });

  test('everything has the names that were given', () => {
    const provider = templateOf(stacks, 'EksAccessProvider');
    provider.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'eks-access',
      VpcConfig: { SubnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'] },
      Environment: { Variables: { EKS_ACCESS_GUARDRAILS: '{"clusters":["prod"],"groups":["team-*"]}' } },
    });
    provider.hasOutput('ServiceToken', { Export: { Name: 'Mine' } });
    templateOf(stacks, 'EksAccessLambdaRole').hasResourceProperties('Custom::EksMapRolesEntry', {
      Cluster: 'prod',
      Groups: ['team-a', 'team-b'],
    });
  });

  test('a cluster that reads aws-auth only gets a command instead of an access entry', () => {
    templateOf(stacks, 'EksAccessProvider').resourceCountIs('AWS::EKS::AccessEntry', 0);
    Annotations.fromStack(stacks.get('EksAccessProvider') as Stack).hasWarning(
      '*',
      Match.stringLikeRegexp('provider-rbac.yaml'),
    );
  });
});

test('a cluster that is reached as another role needs neither entry nor command', () => {
  const clusterRoleArn = 'arn:aws:iam::111122223333:role/creator';
  const context = { clusterName: 'prod', clusterRoleArn, authenticationMode: 'CONFIG_MAP' };
  const template = templateOf(stacksOf(context), 'EksAccessProvider');
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { EKS_ACCESS_CLUSTER_ROLES: JSON.stringify({ prod: clusterRoleArn }) } },
  });
  template.resourceCountIs('AWS::EKS::AccessEntry', 0);
  template.hasOutput('ClusterRoleTrust', {});
  const outputs = Object.keys(template.findOutputs('*'));
  expect(outputs.filter((name) => name.startsWith('Access'))).toEqual([]);
});

describe('a cluster that is made by the App', () => {
  const clusterRoleArn = 'arn:aws:iam::111122223333:role/creator';

  test.each([
    [{ newCluster: 'CONFIG_MAP', clusterRoleArn }, 'CONFIG_MAP', true],
    [{ newCluster: 'API' }, 'API', false],
  ])('%j', (context, authenticationMode, creatorIsAdmin) => {
    const stacks = stacksOf({ clusterName: 'new', ...context });
    const template = templateOf(stacks, 'EksAccessNewCluster');
    template.hasResourceProperties('AWS::EKS::Cluster', {
      Name: 'new',
      AccessConfig: {
        AuthenticationMode: authenticationMode,
        BootstrapClusterCreatorAdminPermissions: creatorIsAdmin,
      },
    });
    template.hasResource('AWS::EKS::Nodegroup', {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^NodeMapping')]),
    });
    // What Lambda writes late must not make the log group again.
    const policies = JSON.stringify(template.findResources('AWS::IAM::Policy'));
    expect(policies).toContain('logs:PutLogEvents');
    expect(policies).not.toContain('logs:CreateLogGroup');
    // The cluster is not there when the provider is deployed.
    templateOf(stacks, 'EksAccessProvider').resourceCountIs('AWS::EKS::AccessEntry', 0);
  });
});

test('a sample that the guardrails refuse is refused, and can be left out', () => {
  const guardrails = '{"groups":["team-*"]}';
  expect(() => stacksOf({ guardrails })).toThrow(
    'EksAccessLambdaRole/Mapping: groups has "system:masters", which this provider does not allow',
  );
  expect([...stacksOf({ guardrails, samples: 'none' }).keys()]).toEqual(['EksAccessProvider']);
});

test.each([
  [{ samples: 'LambdaRole' }, 'context samples has "LambdaRole": write names of EksAccessLambdaRole, '],
  [{ newCluster: 'api' }, 'context newCluster is "api": write one of CONFIG_MAP, API_AND_CONFIG_MAP, API'],
  [
    { newCluster: 'CONFIG_MAP' },
    'context newCluster is "CONFIG_MAP", and nobody but the role that makes the cluster gets into it then: give clusterRoleArn',
  ],
  [{ guardrails: '{clusters' }, 'context guardrails is "{clusters", which is not JSON'],
  [{ vpcId: 'vpc-1', subnetIds: 'subnet-1' }, 'subnetIds has 1 items and availabilityZones 0'],
])('%j is refused', (context, message) => {
  expect(() => stacksOf(context)).toThrow(message);
});
