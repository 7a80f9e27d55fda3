/** The provider's own schedule, in the construct and in the plain template. */
import './fast-synth';
import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { type EksAccessProviderProps, EksAccessProvider, FollowMode } from '../../cdk/index';
import { readBundle } from '../../cdk/bundle';
import { plainTemplate } from '../../build/template';
import { isScheduledEvent } from '../../lambda/scheduled/schedule';
import { readTemplate, resolved, templatePolicy } from './policies';

const plain = readTemplate(plainTemplate(readBundle()));

function providerWith(props: EksAccessProviderProps): Template {
  const stack = new Stack(new App(), 'stack');
  new EksAccessProvider(stack, 'Provider', props);
  return Template.fromStack(stack);
}

function sidsOf(template: Template): readonly (string | undefined)[] {
  const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy')) as {
    readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly { Sid?: string }[] } };
  }[];
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement.map(({ Sid }) => Sid));
}

test('by default it invokes the function every 15 minutes, without retries, as a role that may do nothing else', () => {
  const template = providerWith({});
  const functionArn = { 'Fn::GetAtt': [Match.stringLikeRegexp('^ProviderFunction'), 'Arn'] };
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(15 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: functionArn,
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^ProviderScheduleRole'), 'Arn'] },
      Input: '{"kind":"cfn-eks-access/scheduled-run","everyMinutes":15}',
      RetryPolicy: { MaximumRetryAttempts: 0 },
    },
  });
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
        },
      ],
    },
    Policies: [
      {
        PolicyName: 'Invoke',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn }],
        },
      },
    ],
  });
});

test('what it sends is what the function knows', () => {
  const [schedule] = Object.values(providerWith({}).findResources('AWS::Scheduler::Schedule')) as {
    readonly Properties: { readonly Target: { readonly Input: string } };
  }[];
  expect(isScheduledEvent(JSON.parse(schedule?.Properties.Target.Input ?? ''))).toBe(true);
});

test.each([
  [FollowMode.MOVE, 'true', 1],
  [FollowMode.REPORT, 'report', 1],
  [FollowMode.OFF, 'false', 0],
])('followMode %s', (followMode, value, count) => {
  const template = providerWith({ followMode });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { EKS_ACCESS_FOLLOW_MODE: value } },
  });
  template.resourceCountIs('AWS::Scheduler::Schedule', count);
  template.resourceCountIs('AWS::IAM::Role', 1 + count);
  expect(sidsOf(template).includes('ListClusters')).toBe(count === 1);
});

test('clusters without wildcards need no list of clusters', () => {
  expect(sidsOf(providerWith({ guardrails: { clusters: ['prod', 'dev'] } }))).not.toContain('ListClusters');
  expect(sidsOf(providerWith({ guardrails: { clusters: ['prod', 'dev-?'] } }))).toContain('ListClusters');
});

test('how often is up to the owner of the provider, in whole minutes', () => {
  providerWith({ followEvery: Duration.hours(2) }).hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'rate(120 minutes)',
  });
  for (const followEvery of [Duration.minutes(4), Duration.seconds(400), Duration.days(2)])
    expect(() => providerWith({ followEvery })).toThrow('followEvery is');
});

test('the environment cannot say otherwise', () => {
  expect(() => providerWith({ environment: { EKS_ACCESS_FOLLOW_MODE: 'false' } })).toThrow(
    'set followMode instead',
  );
});

test('a permissions boundary holds for its role as well', () => {
  const stack = new Stack(new App(), 'stack');
  const permissionsBoundary = iam.ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary');
  new EksAccessProvider(stack, 'Provider', { permissionsBoundary });
  for (const { Properties } of Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')) as {
    readonly Properties: object;
  }[])
    expect(Properties).toHaveProperty('PermissionsBoundary');
});

describe('the plain template', () => {
  const [schedule] = [...plain.resources.values()].filter(({ type }) => type === 'AWS::Scheduler::Schedule');
  const role = plain.resources.get('ProviderScheduleRole80998C1E');

  test('has the same schedule by default, and says how often by a parameter', () => {
    expect(resolved(schedule?.properties, plain)).toMatchObject({
      ScheduleExpression: 'rate(15 minutes)',
      Target: { Input: '{"kind":"cfn-eks-access/scheduled-run","everyMinutes":15}' },
    });
    expect(resolved(schedule?.properties, plain, { FollowEveryMinutes: '60' })).toMatchObject({
      ScheduleExpression: 'rate(60 minutes)',
      Target: { Input: '{"kind":"cfn-eks-access/scheduled-run","everyMinutes":60}' },
    });
  });

  test('makes neither schedule nor role where it follows nothing, and no right for it', () => {
    expect([schedule?.condition, role?.condition]).toEqual(['Follows', 'Follows']);
    const sids = (FollowMode: string): readonly unknown[] =>
      templatePolicy(plain, { FollowMode }).map(({ Sid }) => Sid);
    expect(sids('false')).not.toContain('ListClusters');
    expect(sids('report')).toContain('ListClusters');
  });
});
