/**
 * The provider's own schedule: CloudFormation sends no event when a cluster changes its authentication mode, so the
 * function looks by itself (docs/decisions/0010).
 */
import { Aws, type CfnCondition, Fn, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { type Construct } from 'constructs';
import { type ScheduledEvent } from '../access/contract';
import { type Toggle } from './policy/now-or-later';

export interface ScheduleOptions {
  /** Value of EKS_ACCESS_FOLLOW_MODE. */
  readonly followMode: string;
  /** Whether there is a schedule at all. */
  readonly follows: Toggle;
  /** How often, in minutes; at least 5. */
  readonly everyMinutes: number;
  readonly permissionsBoundary?: iam.IManagedPolicy;
}

/**
 * With a role of its own, which may do nothing but invoke the function, and no retries: the next run is the retry. Gives
 * the role; undefined where there is no schedule.
 */
export function schedule(
  scope: Construct,
  functionArn: string,
  { follows, everyMinutes, permissionsBoundary }: ScheduleOptions,
): iam.CfnRole | undefined {
  if (follows === false) return undefined;
  const role = new iam.CfnRole(scope, 'ScheduleRole', {
    description: 'cfn-eks-access: lets EventBridge Scheduler invoke the provider function, and nothing else',
    assumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { Service: 'scheduler.amazonaws.com' },
          // https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
          Condition: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
        },
      ],
    },
    ...(permissionsBoundary ? { permissionsBoundary: permissionsBoundary.managedPolicyArn } : {}),
    policies: [
      {
        policyName: 'Invoke',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: functionArn }],
        },
      },
    ],
  });
  const made = new CfnSchedule(scope, 'Schedule', {
    description: 'cfn-eks-access: follows the authentication modes of the clusters',
    scheduleExpression: Fn.join('', ['rate(', asText(everyMinutes), ' minutes)']),
    flexibleTimeWindow: { mode: 'OFF' },
    target: {
      arn: functionArn,
      roleArn: role.attrArn,
      input: inputOf(everyMinutes),
      retryPolicy: { maximumRetryAttempts: 0 },
    },
  });
  if (follows !== true) onlyIf(follows, role, made);
  return role;
}

function onlyIf(condition: CfnCondition, ...resources: readonly (iam.CfnRole | CfnSchedule)[]): void {
  for (const resource of resources) resource.cfnOptions.condition = condition;
}

function inputOf(everyMinutes: number): string {
  const kind: ScheduledEvent['kind'] = 'cfn-eks-access/scheduled-run';
  return Fn.join('', [`{"kind":"${kind}","everyMinutes":`, asText(everyMinutes), '}']);
}

function asText(minutes: number): string {
  return Token.isUnresolved(minutes) ? Token.asString(minutes) : String(minutes);
}
