/** Key, concurrency, traces, FIPS and VPC endpoints of the provider, in the construct and in the plain template alike. */
import './fast-synth';
import { App, Stack, type StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { readBundle } from '../../cdk/bundle';
import { EksAccessProvider, type EksAccessProviderProps } from '../../cdk/index';
import { plainTemplate } from '../../build/template';
import { readTemplate, resolved, templatePolicy } from './policies';

const plain = readTemplate(plainTemplate(readBundle()));

function withProvider(propsOf: (stack: Stack) => EksAccessProviderProps, props: StackProps = {}): Stack {
  const stack = new Stack(new App(), 'stack', props);
  new EksAccessProvider(stack, 'Provider', propsOf(stack));
  return stack;
}

function vpcIn(stack: Stack, more: object = { privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'] }) {
  return ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    ...more,
  });
}

/** Properties of the plain template's only resource of the type. */
function ofPlain(type: string, parameters: Record<string, string>): Record<string, unknown> {
  const [found] = [...plain.resources.values()].filter((resource) => resource.type === type);
  return resolved(found?.properties, plain, parameters) as Record<string, unknown>;
}

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/0a1b';
const sids = (template: Template): string[] =>
  (
    Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as {
      readonly Properties: { readonly PolicyDocument: { readonly Statement: { readonly Sid: string }[] } };
    }[]
  ).flatMap(({ Properties }) => Properties.PolicyDocument.Statement.map(({ Sid }) => Sid));

describe('encryptionKey', () => {
  test('encrypts log, queue and environment, and the role may use it', () => {
    const stack = withProvider((scope) => ({ encryptionKey: new kms.Key(scope, 'Key') }));
    const template = Template.fromStack(stack);
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: key });
    template.hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: key });
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: 'EncryptionKey',
            Effect: 'Allow',
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Resource: key,
          },
        ]),
      },
    });
    // Nothing is left to explain to a scanner but what a key does not change.
    const skipped = JSON.stringify(Object.values(template.findResources('AWS::Logs::LogGroup')));
    expect(skipped).not.toContain('checkov');
  });

  test('the key lets CloudWatch Logs use it for log groups of this account', () => {
    const stack = withProvider((scope) => ({ encryptionKey: new kms.Key(scope, 'Key') }));
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::KMS::Key')) as [
      { readonly Properties: { readonly KeyPolicy: { readonly Statement: { readonly Sid?: string }[] } } },
    ];
    const statements = Properties.KeyPolicy.Statement;
    expect(statements.find(({ Sid }) => Sid === 'EksAccessLogs')).toMatchObject({
      Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': expect.anything() as unknown } },
    });
    expect(statements.filter(({ Sid }) => Sid === 'EksAccessTopic')).toEqual([]);
  });

  test.each([true, false])(
    'alarms may publish to a topic with the same key, and it is not opened for another: %s',
    (isSame) => {
      const stack = withProvider((scope) => {
        const key = new kms.Key(scope, 'Key');
        const masterKey = isSame ? key : new kms.Key(scope, 'Other');
        return { encryptionKey: key, alarmTopic: new sns.Topic(scope, 'Topic', { masterKey }) };
      });
      const policies = JSON.stringify(Template.fromStack(stack).findResources('AWS::KMS::Key'));
      expect(policies.includes('cloudwatch.amazonaws.com')).toBe(isSame);
    },
  );

  test('the plain template takes its ARN', () => {
    const given = { EncryptionKeyArn: KEY };
    expect(ofPlain('AWS::Logs::LogGroup', given)['KmsKeyId']).toBe(KEY);
    expect(ofPlain('AWS::SQS::Queue', given)['KmsMasterKeyId']).toBe(KEY);
    expect(ofPlain('AWS::Lambda::Function', given)['KmsKeyArn']).toBe(KEY);
    expect(templatePolicy(plain, given)).toContainEqual(
      expect.objectContaining({ Sid: 'EncryptionKey', Resource: KEY }),
    );
    expect(ofPlain('AWS::Logs::LogGroup', {})).not.toHaveProperty('KmsKeyId');
    expect(() => ofPlain('AWS::Logs::LogGroup', { EncryptionKeyArn: 'alias/mine' })).toThrow(
      'EncryptionKeyArn',
    );
  });
});

test('nothing of it is there unasked', () => {
  const template = Template.fromStack(withProvider(() => ({})));
  for (const type of ['AWS::EC2::VPCEndpoint', 'AWS::EC2::SecurityGroup', 'AWS::KMS::Key'])
    template.resourceCountIs(type, 0);
  template.hasResourceProperties('AWS::Lambda::Function', {
    KmsKeyArn: Match.absent(),
    TracingConfig: Match.absent(),
    ReservedConcurrentExecutions: Match.absent(),
  });
  expect(JSON.stringify(template.toJSON())).not.toContain('AWS_USE_FIPS_ENDPOINT');
  expect(sids(template)).not.toEqual(expect.arrayContaining(['Tracing']));
  const unasked = ofPlain('AWS::Lambda::Function', {});
  for (const name of ['KmsKeyArn', 'TracingConfig', 'ReservedConcurrentExecutions'])
    expect(unasked).not.toHaveProperty(name);
  expect(unasked['Environment']).not.toHaveProperty('Variables.AWS_USE_FIPS_ENDPOINT');
  expect(templatePolicy(plain, {}).map(({ Sid }) => Sid)).not.toEqual(expect.arrayContaining(['Tracing']));
});

test('tracing, reserved concurrency and FIPS', () => {
  const template = Template.fromStack(
    withProvider(() => ({ tracing: true, reservedConcurrentExecutions: 0, fipsEndpoints: true })),
  );
  template.hasResourceProperties('AWS::Lambda::Function', {
    TracingConfig: { Mode: 'Active' },
    ReservedConcurrentExecutions: 0,
    Environment: { Variables: { AWS_USE_FIPS_ENDPOINT: 'true' } },
  });
  expect(sids(template)).toContain('Tracing');
  const given = { Tracing: 'true', ReservedConcurrency: '0', UseFipsEndpoints: 'true' };
  expect(ofPlain('AWS::Lambda::Function', given)).toMatchObject({
    TracingConfig: { Mode: 'Active' },
    ReservedConcurrentExecutions: '0',
    Environment: { Variables: { AWS_USE_FIPS_ENDPOINT: 'true' } },
  });
  expect(templatePolicy(plain, given).map(({ Sid }) => Sid)).toContain('Tracing');
});

describe('vpcEndpoints', () => {
  const SERVICES = ['eks', 'cloudformation', 's3'];
  const servicesOf = (template: Template): string[] =>
    (
      Object.values(template.findResources('AWS::EC2::VPCEndpoint')) as {
        readonly Properties: {
          readonly ServiceName: { readonly 'Fn::Join': [string, [string, unknown, string]] };
        };
      }[]
    ).map(({ Properties }) => Properties.ServiceName['Fn::Join'][1][2].replace('.', ''));

  test('are made for what the function calls, and let in the function and this account alone', () => {
    const stack = withProvider((scope) => ({ vpc: vpcIn(scope), vpcEndpoints: true }));
    const template = Template.fromStack(stack);
    expect(servicesOf(template).sort()).toEqual([...SERVICES].sort());
    const group = { 'Fn::GetAtt': [Match.stringLikeRegexp('EndpointSecurityGroup'), 'GroupId'] };
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Interface',
      PrivateDnsEnabled: true,
      SubnetIds: ['subnet-1', 'subnet-2'],
      SecurityGroupIds: [group],
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Condition: { StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ],
      },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [
        Match.objectLike({
          FromPort: 443,
          ToPort: 443,
          SourceSecurityGroupId: {
            'Fn::GetAtt': [Match.stringLikeRegexp('^ProviderSecurityGroup'), 'GroupId'],
          },
        }),
      ],
    });
    template.hasResourceProperties('AWS::EC2::VPCEndpoint', {
      VpcEndpointType: 'Gateway',
      RouteTableIds: ['rtb-1', 'rtb-2'],
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 's3:PutObject' })]) },
    });
  });

  test.each<[EksAccessProviderProps, string]>([
    [{ tracing: true }, 'xray'],
    [{ guardrails: { allowModeChange: true } }, 'lambda'],
    [
      {
        clusterRoles: {
          prod: { role: { roleRef: { roleArn: 'arn:aws:iam::111122223333:role/creator' } } as never },
        },
      },
      'sts',
    ],
  ])('also for what %j calls', (more, service) => {
    const stack = withProvider((scope) => ({ vpc: vpcIn(scope), vpcEndpoints: true, ...more }));
    expect(servicesOf(Template.fromStack(stack)).sort()).toEqual([...SERVICES, service].sort());
  });

  test('of the plain template are the same, where its parameters are given', () => {
    const endpoints = [...plain.resources].filter(([, { type }]) => type === 'AWS::EC2::VPCEndpoint');
    expect(
      endpoints.map(([id, { condition }]) => [id.replace(/^Provider|Endpoint.*$/g, ''), condition]),
    ).toEqual(
      [
        ['Eks', 'MakesVpcEndpoints'],
        ['CloudFormation', 'MakesVpcEndpoints'],
        ['Sts', 'ProviderMakesStsEndpoint'],
        ['Lambda', 'ProviderMakesLambdaEndpoint'],
        ['XRay', 'ProviderMakesXRayEndpoint'],
        ['S3', 'MakesVpcEndpoints'],
      ].map(([id, condition]) => [id, expect.stringContaining(condition ?? '') as string]),
    );
    const bucket = JSON.stringify(resolved(endpoints.at(-1)?.[1].properties, plain));
    expect(bucket).toContain('arn:aws:s3:::cloudformation-custom-resource-response-euwest1/*');
  });

  test.each<[(stack: Stack) => EksAccessProviderProps, StackProps, string]>([
    [() => ({ vpcEndpoints: true }), {}, 'vpcEndpoints has no meaning without vpc'],
    [
      (scope) => ({ vpc: vpcIn(scope, {}), vpcEndpoints: true }),
      {},
      'vpcEndpoints needs the route tables of the subnets',
    ],
    [
      (scope) => ({ vpc: vpcIn(scope), vpcEndpoints: true, fipsEndpoints: true }),
      {},
      'fipsEndpoints and vpcEndpoints are both given',
    ],
    [
      () => ({ fipsEndpoints: true }),
      { env: { region: 'eu-west-1' } },
      'EKS has no FIPS endpoint in eu-west-1',
    ],
    [
      () => ({ reservedConcurrentExecutions: -1 }),
      {},
      'reservedConcurrentExecutions is -1: give a whole number',
    ],
    [() => ({ reservedConcurrentExecutions: 1.5 }), {}, 'reservedConcurrentExecutions is 1.5'],
  ])('%#: what cannot work is refused', (propsOf, props, message) => {
    expect(() => withProvider(propsOf, props)).toThrow(message);
  });

  test('a Region without an endpoint for EKS is warned of', () => {
    const env = { region: 'ap-east-2', account: '111122223333' };
    const stack = withProvider((scope) => ({ vpc: vpcIn(scope), vpcEndpoints: true }), { env });
    Annotations.fromStack(stack).hasWarning(
      '/stack/Provider',
      Match.stringLikeRegexp('no VPC endpoint in ap-east-2'),
    );
  });
});
