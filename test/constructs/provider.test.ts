/** The provider's stack: what is in the template, and what is refused while it is synthesised. */
import './fast-synth';
import {
  App,
  type aws_cloudwatch as cloudwatch,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_logs as logs,
  CfnParameter,
  Duration,
  RemovalPolicies,
  RemovalPolicy,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { EksAccessProvider, type EksAccessProviderProps, EksMapRolesEntry } from '../../cdk/index';
import { ProviderStack } from '../../cdk/stacks/provider-stack';

function providerIn(stack: Stack, props?: EksAccessProviderProps): EksAccessProvider {
  return new EksAccessProvider(stack, 'Provider', props);
}

describe('with the defaults', () => {
  let template: Template;
  beforeAll(() => {
    template = Template.fromStack(new ProviderStack(new App(), 'EksAccessProvider'));
  });

  test('the function runs the bundle, with the guardrails as they are', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      MemorySize: 512,
      Timeout: 60,
      Environment: {
        Variables: {
          EKS_ACCESS_GUARDRAILS: '{}',
          EKS_ACCESS_ROLE_ARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ProviderRole'), 'Arn'] },
        },
      },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() },
      Description: Match.stringLikeRegexp('^cfn-eks-access [0-9.]+, index.js sha256 [0-9a-f]{64}$'),
      VpcConfig: Match.absent(),
    });
  });

  test('logs are kept a year and outlive the stack, and so does the queue (CR-51)', () => {
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 365 },
      DeletionPolicy: 'Retain',
    });
    template.hasResource('AWS::SQS::Queue', {
      Properties: { MessageRetentionPeriod: 1209600 },
      DeletionPolicy: 'Retain',
    });
  });

  test('what fails goes to the queue, once and as it was (CR-57)', () => {
    const queue = { 'Fn::GetAtt': [Match.stringLikeRegexp('Undelivered'), 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: queue } });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumEventAgeInSeconds: 600,
      MaximumRetryAttempts: 2,
      DestinationConfig: Match.absent(),
    });
  });

  test('the role has one managed policy that allows and one that denies, none inline, and no one else may invoke the function (CR-42)', () => {
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: [
        { Ref: Match.stringLikeRegexp('^ProviderPolicy') },
        { Ref: Match.stringLikeRegexp('^ProviderFences') },
      ],
      Policies: Match.absent(),
    });
    template.resourceCountIs('AWS::Lambda::Permission', 0);
    template.resourceCountIs('AWS::Lambda::Url', 0);
  });

  test('the service token is exported under the name that templates import', () => {
    template.hasOutput('ServiceToken', { Export: { Name: 'EksAccessServiceToken' } });
    template.hasOutput('RoleArn', { Export: { Name: 'EksAccessServiceToken-RoleArn' } });
  });

  test('logical ids do not change: stacks that are deployed would be replaced (CR-55)', () => {
    expect(Object.keys(template.toJSON().Resources as object).sort()).toMatchInlineSnapshot(`
     [
       "ProviderFences0F0F5612",
       "ProviderFunction30350776",
       "ProviderFunctionEventInvokeConfig584963E8",
       "ProviderLogs6E147F93",
       "ProviderPolicy0367E3F2",
       "ProviderRole1DE8EC3B",
       "ProviderSchedule51E0E00F",
       "ProviderScheduleRole80998C1E",
       "ProviderUndeliveredA2B771A7",
       "ProviderUndeliveredPolicy3BF3D8F3",
     ]
    `);
  });
});

test('the template is the same under all feature flags and under none', () => {
  const synthesised = (context: Record<string, unknown>): unknown =>
    Template.fromStack(new ProviderStack(new App({ context }), 'EksAccessProvider')).toJSON();
  expect(synthesised(recommendedFlags)).toEqual(synthesised({}));
});

describe('with everything given', () => {
  let template: Template;
  let provider: EksAccessProvider;
  beforeAll(() => {
    const stack = new Stack(new App(), 'stack', { env: { account: '111122223333', region: 'eu-west-1' } });
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
      vpcId: 'vpc-0123456789abcdef0',
      availabilityZones: ['eu-west-1a'],
      privateSubnetIds: ['subnet-0123456789abcdef0'],
    });
    provider = providerIn(stack, {
      guardrails: { clusters: ['prod'], allowNodes: true },
      nodeRoles: [iam.Role.fromRoleName(stack, 'Nodes', 'nodes')],
      exportName: 'AccessOfTeamA',
      functionName: 'eks-access',
      vpc,
      environment: { COLOUR: 'blue' },
      memorySize: 256,
      timeout: Duration.seconds(200),
      logRetention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
      permissionsBoundary: iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'),
    });
    template = Template.fromStack(stack);
  });

  test('the props reach the function', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'eks-access',
      MemorySize: 256,
      Timeout: 200,
      Environment: {
        Variables: { COLOUR: 'blue', EKS_ACCESS_GUARDRAILS: '{"clusters":["prod"],"allowNodes":true}' },
      },
    });
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: { RetentionInDays: 30 },
      DeletionPolicy: 'Delete',
    });
    template.hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
    template.hasOutput('*', { Export: { Name: 'AccessOfTeamA' } });
    template.hasOutput('*', { Export: { Name: 'AccessOfTeamA-RoleArn' } });
  });

  test('a slow function is waited for longer (CR-53)', () => {
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumEventAgeInSeconds: 780 });
    expect(provider.serviceTimeout.toSeconds()).toBe(780);
  });

  test('in a VPC it lets HTTPS out only, and may make network interfaces', () => {
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupEgress: [Match.objectLike({ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 })],
      SecurityGroupIngress: Match.absent(),
    });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Sid: 'NetworkInterfaces', Resource: '*' })]),
      },
    });
    expect(provider.connections.securityGroups).toHaveLength(1);
  });
});

test('a role of your own is used as it is', () => {
  const stack = new Stack(new App(), 'stack');
  const role = new iam.Role(stack, 'Mine', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  providerIn(stack, { role });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: {
      Variables: { EKS_ACCESS_ROLE_ARN: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'Arn'] } },
    },
  });
  // The other one is the schedule's.
  template.resourceCountIs('AWS::IAM::Role', 2);
  template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('boundaries, tags and removal policies of the App reach the provider and leave the mappings alone', () => {
  const app = new App();
  const stack = new Stack(app, 'stack');
  const provider = providerIn(stack);
  new EksMapRolesEntry(stack, 'Mapping', {
    provider,
    clusterName: 'prod',
    roleArn: 'arn:aws:iam::111122223333:role/a',
  });
  iam.PermissionsBoundary.of(app).apply(
    iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'),
  );
  Tags.of(app).add('team', 'a');
  RemovalPolicies.of(app).destroy({ applyToResourceTypes: ['AWS::SQS::Queue'] });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::IAM::Role', {
    PermissionsBoundary: Match.anyValue(),
    Tags: [{ Key: 'team', Value: 'a' }],
  });
  template.hasResource('AWS::SQS::Queue', { DeletionPolicy: 'Delete' });
  template.hasResourceProperties('Custom::EksMapRolesEntry', { Tags: Match.absent() });
});

describe('what deployers and operators get', () => {
  test('grantInvoke: through AWS services only', () => {
    const stack = new Stack(new App(), 'stack');
    const deployer = new iam.Role(stack, 'Deployer', { assumedBy: new iam.AccountRootPrincipal() });
    const provider = EksAccessProvider.fromExport(stack, 'Provider');
    provider.grantInvoke(deployer);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          {
            Action: 'lambda:InvokeFunction',
            Effect: 'Allow',
            Resource: { 'Fn::ImportValue': 'EksAccessServiceToken' },
            Condition: { Bool: { 'aws:ViaAWSService': 'true' } },
          },
        ],
      },
    });
  });

  test.each([
    ['Errors', (provider: EksAccessProvider) => provider.metricErrors()],
    ['AsyncEventsDropped', (provider: EksAccessProvider) => provider.metricEventsDropped()],
    ['AsyncEventAge', (provider: EksAccessProvider) => provider.metric('AsyncEventAge')],
  ])('the metric %s', (metricName, metricOf) => {
    const metric: cloudwatch.Metric = metricOf(providerIn(new Stack(new App(), 'stack')));
    expect(metric).toMatchObject({ namespace: 'AWS/Lambda', metricName });
    expect(Object.keys(metric.dimensions ?? {})).toEqual(['FunctionName']);
  });

  test('what the runs of the schedule count, by the name of the function', () => {
    const provider = EksAccessProvider.fromServiceToken(
      new Stack(new App(), 'stack'),
      'Provider',
      'arn:aws:lambda:us-east-1:111122223333:function:eks-access',
    );
    expect(provider.metricRun('MappingsLeft')).toMatchObject({
      namespace: 'cfn-eks-access',
      metricName: 'MappingsLeft',
      statistic: 'Maximum',
      dimensions: { Service: 'eks-access' },
    });
    expect(() => provider.metricRun('Left')).toThrow(
      'there is no metric "Left" of a run: write one of Clusters',
    );
  });
});

describe('refuses', () => {
  const cases: readonly (readonly [EksAccessProviderProps, string])[] = [
    [
      { guardrails: { cluster: ['a'] } as never },
      'stack/Provider: guardrails is invalid: unknown key "cluster", did you mean clusters?',
    ],
    [
      { guardrails: { clusters: 'prod' as never } },
      'guardrails is invalid: clusters is "prod", and clusters must be a list of cluster names or patterns',
    ],
    [{ guardrails: { clusters: [] } }, 'guardrails.clusters is []: no template could use this provider'],
    [{ guardrails: { principalAccounts: [] } }, 'guardrails.principalAccounts is []'],
    [
      { guardrails: { principalAccounts: ['1'] } },
      'principalAccounts has "1", and principalAccounts must be a list of 12-digit account ids',
    ],
    [
      { guardrails: { accessPolicies: ['arn:aws:iam::aws:policy/Admin'] } },
      'which is neither NAME nor NAME@NAMESPACES with the name or ARN of an EKS access policy',
    ],
    [{ environment: { EKS_ACCESS_GUARDRAILS: '{}' } }, 'environment sets EKS_ACCESS_GUARDRAILS'],
    [{ guardrail: {} } as never, 'unknown prop "guardrail": did you mean guardrails?'],
    [{ alarmTopics: {} } as never, 'unknown prop "alarmTopics": did you mean alarmTopic?'],
    [
      { alarmTopic: 'arn:aws:sns:x' as never },
      'alarmTopic is "arn:aws:sns:x", which is not an SNS topic: give sns',
    ],
    [
      { encryptionKey: 'alias/x' as never },
      'encryptionKey is "alias/x", which is not a KMS key: give kms.Key',
    ],
    [{ vpc: 'vpc-1' as never }, 'vpc is "vpc-1", which is not a VPC'],
    [{ timeout: 60 as never }, 'timeout is 60, which is not a Duration: give Duration.seconds(60)'],
    [{ nodeRoles: ['arn' as never] }, 'nodeRoles[0] is "arn", which is not an IAM role: give iam.Role'],
    [{ role: 'arn' as never }, 'role is "arn", which is not an IAM role'],
    [{ colour: 'blue' } as never, 'unknown prop "colour": the props are alarmTopic, clusterRoles, '],
    [{ environment: { EKS_ACCESS_ROLE_ARN: 'x' } }, 'environment sets EKS_ACCESS_ROLE_ARN'],
    [{ vpcSubnets: {} }, 'vpcSubnets and securityGroups have no meaning without vpc'],
    [
      { guardrails: { clusters: Array.from({ length: 100 }, (_, index) => `cluster-${index}`) } },
      'write patterns such as team-* instead of many names',
    ],
  ];

  test.each(cases.map(([props, message]) => [message, props] as const))('%s', (message, props) => {
    expect(() => providerIn(new Stack(new App(), 'stack'), props)).toThrow(message);
  });

  test('nothing because of a token', () => {
    const stack = new Stack(new App(), 'stack');
    const parameter = new CfnParameter(stack, 'Account');
    const guardrails = { principalAccounts: [parameter.valueAsString], clusters: [parameter.valueAsString] };
    expect(() => providerIn(stack, { guardrails })).not.toThrow();
  });

  test('a list that is a token as a whole', () => {
    const stack = new Stack(new App(), 'stack');
    const groups = new CfnParameter(stack, 'Groups', { type: 'CommaDelimitedList' }).valueAsList;
    expect(() => providerIn(stack, { guardrails: { groups } })).toThrow(
      'guardrails.groups is a list that is known at deployment only',
    );
  });
});

test('what does not fit into one policy is spread over several, nothing lost', () => {
  const sids = (clusters: number): string[] => {
    const stack = new Stack(new App(), 'stack');
    providerIn(stack, {
      guardrails: { clusters: Array.from({ length: clusters }, (_, index) => `cluster-${index}`) },
    });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    // One more denies.
    expect(policies).toHaveLength(clusters > 1 ? 3 : 2);
    return policies.flatMap(({ Properties }) =>
      (Properties as { PolicyDocument: { Statement: { Sid: string }[] } }).PolicyDocument.Statement.map(
        ({ Sid }) => Sid,
      ),
    );
  };
  expect(sids(12)).toEqual(sids(1));
});

test('nodes without node roles are warned about', () => {
  const stack = new Stack(new App(), 'stack');
  providerIn(stack, { guardrails: { allowNodes: true } });
  Annotations.fromStack(stack).hasWarning('/stack/Provider', Match.stringLikeRegexp('iam:PassRole'));
});
