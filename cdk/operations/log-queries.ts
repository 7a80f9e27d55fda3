/** Saved queries of CloudWatch Logs Insights over the provider's log: what people ask of it on day two. */
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';

/** Logical id → name in the console, and the query. The log is JSON, one object a line. Pure. */
export const QUERIES: Readonly<Record<string, { readonly name: string; readonly query: readonly string[] }>> =
  {
    QueryFailures: {
      name: 'what failed, and why',
      query: [
        'fields @timestamp, stackId, logicalResourceId, reason, requestId',
        'filter message = "failed" or message = "refused the event" or message = "the answer was not delivered"',
        'sort @timestamp desc',
      ],
    },
    QueryChanges: {
      name: 'who changed which mapping',
      query: [
        'fields @timestamp, stackId, logicalResourceId, message, before, after',
        'filter message in ["put the mapping", "removed the mapping", "removed what the mapping replaces", "removed an expired mapping", "moved from aws-auth into an access entry"]',
        'sort @timestamp desc',
      ],
    },
    QueryDenials: {
      name: 'what the guardrails refused',
      query: [
        'fields @timestamp, stackId, logicalResourceId, reason',
        'filter message = "failed" and reason like /EKS_ACCESS_GUARDRAILS/',
        'sort @timestamp desc',
      ],
    },
    QueryMoves: {
      name: 'what the schedule moved, left, and found changed',
      query: [
        'fields @timestamp, cluster, principal, message, reason',
        'filter message in ["moved from aws-auth into an access entry", "left in aws-auth", "not moved now", "drift: another tool has changed the mapping", "drift: another tool has changed the rights of the mapping", "removed an expired mapping", "an expired mapping was not removed: the next run tries again"]',
        'sort @timestamp desc',
      ],
    },
    QueryRequest: {
      name: 'one event from begin to end (put its RequestId in)',
      query: [
        'fields @timestamp, level, message, reason, @message',
        'filter requestId = "REQUEST-ID"',
        'sort @timestamp asc',
      ],
    },
  };

export function logQueries(
  scope: Construct,
  logGroup: logs.ILogGroup,
  handler: lambda.IFunction,
): readonly logs.CfnQueryDefinition[] {
  return Object.entries(QUERIES).map(
    ([id, { name, query }]) =>
      new logs.CfnQueryDefinition(scope, id, {
        name: `${handler.functionName}/${name}`,
        logGroupNames: [logGroup.logGroupName],
        queryString: query.join('\n| '),
      }),
  );
}
