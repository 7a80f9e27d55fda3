/** The provider's alarms, from their table. */
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { ALARMS, type AlarmRow } from './alarm-table';

/** What the alarms watch. */
export interface Watched {
  readonly handler: lambda.IFunction;
  readonly queue: sqs.IQueue;
  /** ARN of the execution role. */
  readonly roleArn: string;
  /** Time limit of the function. */
  readonly timeout: Duration;
}

/** One alarm a row, each of which notifies `actions` when it is raised. Missing data is a quiet provider. */
export function alarms(
  scope: Construct,
  watched: Watched,
  actions: readonly cloudwatch.IAlarmAction[],
): readonly cloudwatch.Alarm[] {
  return ALARMS.map((row) => {
    const alarm = new cloudwatch.Alarm(scope, row.id, {
      metric: metricOf(row, watched),
      threshold: thresholdOf(row, watched.timeout),
      evaluationPeriods: row.periods ?? 1,
      datapointsToAlarm: row.of ?? row.periods ?? 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
      alarmDescription: `cfn-eks-access: ${row.means} (docs/runbook.md, alarm ${row.id})`,
    });
    alarm.addAlarmAction(...actions);
    return alarm;
  });
}

function metricOf({ namespace, metric, statistic, minutes }: AlarmRow, { handler, queue }: Watched) {
  const [dimension, value] = (
    {
      'AWS/Lambda': ['FunctionName', handler.functionName],
      'AWS/SQS': ['QueueName', queue.queueName],
      'cfn-eks-access': ['Service', handler.functionName],
    } as const
  )[namespace];
  const dimensionsMap = { [dimension]: value };
  const period = Duration.minutes(minutes);
  return new cloudwatch.Metric({ namespace, metricName: metric, dimensionsMap, statistic, period });
}

function thresholdOf({ from }: AlarmRow, timeout: Duration): number {
  return typeof from === 'number' ? from : timeout.toMilliseconds() * from.ofTimeout;
}
