/** The local EventBridge Scheduler, and AWS::Scheduler::Schedule in templates. */
import { ManualClock } from '../../../../local/aws/lambda/clock';
import { startLocalAws, type LocalAws } from '../../../../local/aws/local-aws';
import { type Stack } from '../../../../local/aws/cloudformation/stack/stack';

const trust = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'scheduler.amazonaws.com' },
};

let aws: LocalAws;
let clock: ManualClock;
beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-01-01T00:00:00Z'));
  aws = await startLocalAws({ clock });
});
afterEach(() => aws.stop());

const CODE = 'exports.handler = async (event) => ({ got: event });';
const schedule = (properties: object = {}, target: object = {}): object => ({
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    Name: 'mine',
    ScheduleExpression: 'rate(2 hours)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: { 'Fn::GetAtt': ['Function', 'Arn'] },
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      Input: '{"kind":"x"}',
      ...target,
    },
    ...properties,
  },
});

function deploy(made: object): Promise<Stack> {
  const template = JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: 'scheduler', AssumeRolePolicyDocument: { Statement: [trust] } },
      },
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'target',
          Handler: 'index.handler',
          Runtime: 'nodejs22.x',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: CODE },
        },
      },
      Schedule: made,
    },
    Outputs: {
      Name: { Value: { Ref: 'Schedule' } },
      Arn: { Value: { 'Fn::GetAtt': ['Schedule', 'Arn'] } },
    },
  });
  const request = { name: 'app', template, capabilities: ['CAPABILITY_NAMED_IAM'] };
  return aws.cloudformation.stack('app')
    ? aws.cloudformation.updateStack(request)
    : aws.cloudformation.createStack(request);
}

const reasons = ({ events }: Stack): string => events.map(({ reason }) => reason ?? '').join('\n');

test('fires when it is told to, with its input, and has the name and ARN that CloudFormation gives', async () => {
  const stack = await deploy(schedule());
  expect(stack.outputValues).toEqual({
    Name: 'mine',
    Arn: 'arn:aws:scheduler:us-east-1:111122223333:schedule/default/mine',
  });
  expect(await aws.scheduler.fire('mine')).toEqual({ status: 'success', payload: { got: { kind: 'x' } } });
});

test('fires at its rate, again and again, until it is gone', async () => {
  await deploy(schedule());
  const fired = (): number => aws.lambda.deliveries.length;
  clock.advance(7_199_000);
  expect(fired()).toBe(0);
  clock.advance(1_000);
  expect(fired()).toBe(1);
  clock.advance(4 * 3_600_000);
  expect(fired()).toBe(3);
  await aws.cloudformation.deleteStack({ name: 'app' });
  clock.advance(24 * 3_600_000);
  expect(fired()).toBe(3);
  await expect(aws.scheduler.fire('mine')).rejects.toThrow('there is no schedule named mine');
});

test('an update changes what it sends and whether it does', async () => {
  await deploy(schedule());
  await deploy(schedule({}, { Input: '{"kind":"y"}' }));
  expect(await aws.scheduler.fire('mine')).toMatchObject({ payload: { got: { kind: 'y' } } });
  await deploy(schedule({ State: 'DISABLED' }));
  await expect(aws.scheduler.fire('mine')).rejects.toThrow('the schedule mine is disabled');
  clock.advance(24 * 3_600_000);
  expect(aws.lambda.deliveries).toHaveLength(0);
});

test('a schedule whose role is gone cannot fire', async () => {
  await deploy(schedule());
  aws.iam.removePrincipal(aws.iam.roleArn('scheduler'));
  await expect(aws.scheduler.fire('mine')).rejects.toThrow('the role of the schedule mine does not exist');
});

test.each<[string, object, string]>([
  ['a time zone', schedule({ ScheduleExpressionTimezone: 'UTC' }), 'has no ScheduleExpressionTimezone'],
  ['a group', schedule({ GroupName: 'g' }), 'has no GroupName'],
  ['cron', schedule({ ScheduleExpression: 'cron(0 1 * * ? *)' }), 'has no ScheduleExpression but rate(…)'],
  ['one time', schedule({ ScheduleExpression: 'at(2026-01-01T00:00:00)' }), 'but rate(…)'],
  ['a window', schedule({ FlexibleTimeWindow: { Mode: 'FLEXIBLE' } }), 'has no FlexibleTimeWindow but'],
  ['a queue as its target', schedule({}, { Arn: 'arn:aws:sqs:us-east-1:1:q' }), 'has no targets but Lambda'],
  ['parameters of other targets', schedule({}, { SqsParameters: {} }), 'has no Target.SqsParameters'],
  ['an input that is no JSON', schedule({}, { Input: '{' }), 'Target.Input is "{"'],
  ['nothing given', { Type: 'AWS::Scheduler::Schedule', Properties: {} }, 'required key'],
])('%s is refused by name', async (_, made, reason) => {
  const stack = await deploy(made);
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(reasons(stack)).toContain(reason);
  expect(aws.scheduler.all).toEqual([]);
});
