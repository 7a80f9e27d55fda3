/** The provider's dashboard: six widgets, from what came in to what the guardrails refused. */
import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { METRICS_NAMESPACE, type EventMetric, type RunMetric } from '../../access/contract';
import { QUERIES } from './log-queries';
import { type Watched } from './alarms';

export function dashboard(
  scope: Construct,
  { handler, queue }: Watched,
  logGroup: logs.ILogGroup,
): cloudwatch.Dashboard {
  const period = Duration.minutes(5);
  const metric = (
    namespace: string,
    dimension: readonly [string, string],
    statistic: string,
    metricName: string,
  ): cloudwatch.Metric => {
    const [name, value] = dimension;
    return new cloudwatch.Metric({
      namespace,
      metricName,
      statistic,
      period,
      dimensionsMap: { [name]: value },
    });
  };
  const own = (statistic: string, ...names: (EventMetric | RunMetric)[]): cloudwatch.IMetric[] =>
    names.map((name) => metric(METRICS_NAMESPACE, ['Service', handler.functionName], statistic, name));
  const ofLambda = (statistic: string, ...names: string[]): cloudwatch.IMetric[] =>
    names.map((name) => metric('AWS/Lambda', ['FunctionName', handler.functionName], statistic, name));
  const graph = (title: string, left: cloudwatch.IMetric[], right: cloudwatch.IMetric[] = []) =>
    new cloudwatch.GraphWidget({ title, left, right, width: 12, height: 6 });
  const waiting = metric(
    'AWS/SQS',
    ['QueueName', queue.queueName],
    'Maximum',
    'ApproximateNumberOfMessagesVisible',
  );
  return new cloudwatch.Dashboard(scope, 'Dashboard', {
    defaultInterval: Duration.days(7),
    widgets: [
      [
        graph('Stack events', own('Sum', 'EventsSucceeded', 'EventsFailed', 'EventsDenied', 'EventsLate')),
        graph(
          'Answers that did not get out, and events that wait for them',
          [...ofLambda('Sum', 'Errors', 'AsyncEventsDropped', 'Throttles'), waiting],
          ofLambda('Maximum', 'AsyncEventAge'),
        ),
      ],
      [
        graph('Time and conflicts', ofLambda('p99', 'Duration'), own('Sum', 'Conflicts', 'EventsOutOfTime')),
        graph(
          'The schedule',
          own('Maximum', 'MappingsLeft', 'MappingsDrifted', 'MappingsOrphaned', 'MappingsOverdue'),
          own('Sum', 'MappingsMoved', 'MappingsExpired', 'RunsFailed'),
        ),
      ],
      [
        logTable('What failed, and why', logGroup, 'QueryFailures'),
        logTable('What the guardrails refused', logGroup, 'QueryDenials'),
      ],
    ],
  });
}

function logTable(title: string, logGroup: logs.ILogGroup, id: keyof typeof QUERIES): cloudwatch.IWidget {
  return new cloudwatch.LogQueryWidget({
    title,
    logGroupNames: [logGroup.logGroupName],
    queryLines: [...(QUERIES[id]?.query ?? []), 'limit 20'],
    width: 12,
    height: 6,
  });
}
