/** What the provider's alarms watch, and from which value on; the same table is in docs/operations.md. Pure. */
import { METRICS_NAMESPACE, type EventMetric, type RunMetric } from '../../access/contract';

export interface AlarmRow {
  /** Logical id of the alarm, and the heading of its page in the runbook. */
  readonly id: string;
  readonly namespace: 'AWS/Lambda' | 'AWS/SQS' | typeof METRICS_NAMESPACE;
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum' | 'p99';
  readonly minutes: number;
  /** From this value on; `ofTimeout`: as a share of the function's time limit, in milliseconds. */
  readonly from: number | { readonly ofTimeout: number };
  /** Periods that are looked at, all of which must be at the value unless `of` says how many. */
  readonly periods?: number;
  readonly of?: number;
  /** One sentence for who is woken up. */
  readonly means: string;
}

const own = (metric: EventMetric | RunMetric) => ({ namespace: METRICS_NAMESPACE, metric }) as const;

export const ALARMS: readonly AlarmRow[] = [
  {
    id: 'AnswersLost',
    namespace: 'AWS/Lambda',
    metric: 'Errors',
    statistic: 'Sum',
    minutes: 5,
    from: 1,
    means: 'an answer did not get out: the function throws for no other reason',
  },
  {
    id: 'EventsDropped',
    namespace: 'AWS/Lambda',
    metric: 'AsyncEventsDropped',
    statistic: 'Sum',
    minutes: 5,
    from: 1,
    means: 'Lambda gave up on an event: a stack waits until its ServiceTimeout',
  },
  {
    id: 'EventsUndelivered',
    namespace: 'AWS/SQS',
    metric: 'ApproximateNumberOfMessagesVisible',
    statistic: 'Maximum',
    minutes: 5,
    from: 1,
    means: 'the queue holds an event that was never answered: run it again',
  },
  {
    id: 'EventsLost',
    namespace: 'AWS/Lambda',
    metric: 'DeadLetterErrors',
    statistic: 'Sum',
    minutes: 5,
    from: 1,
    means: 'an event that Lambda gave up on did not reach the queue either',
  },
  {
    id: 'EventsWaiting',
    namespace: 'AWS/Lambda',
    metric: 'AsyncEventAge',
    statistic: 'Maximum',
    minutes: 1,
    from: 120_000,
    means: 'stacks wait for the function for two minutes and more',
  },
  {
    id: 'Throttled',
    namespace: 'AWS/Lambda',
    metric: 'Throttles',
    statistic: 'Sum',
    minutes: 5,
    from: 5,
    periods: 3,
    means: 'Lambda has no concurrency left for the function: stacks wait up to five minutes between tries',
  },
  {
    id: 'AlmostOutOfTime',
    namespace: 'AWS/Lambda',
    metric: 'Duration',
    statistic: 'p99',
    minutes: 5,
    from: { ofTimeout: 0.8 },
    periods: 3,
    of: 2,
    means: 'invocations take 80 % of their time limit',
  },
  {
    id: 'OutOfTime',
    ...own('EventsOutOfTime'),
    statistic: 'Sum',
    minutes: 5,
    from: 1,
    means: 'an event was answered FAILED because the time of its invocation ran out',
  },
  {
    id: 'Denied',
    ...own('EventsDenied'),
    statistic: 'Sum',
    minutes: 5,
    from: 1,
    means: 'a template asked for more than the guardrails allow',
  },
  {
    id: 'Refused',
    ...own('EventsRefused'),
    statistic: 'Sum',
    minutes: 5,
    from: 1,
    means: 'the function was invoked with an event that is not from CloudFormation',
  },
  {
    id: 'Contended',
    ...own('Conflicts'),
    statistic: 'Sum',
    minutes: 5,
    from: 500,
    means: 'another writer fights for aws-auth',
  },
  {
    id: 'Overdue',
    ...own('MappingsOverdue'),
    statistic: 'Maximum',
    minutes: 30,
    from: 1,
    periods: 2,
    means: 'a mapping lives on after its ExpiresAt',
  },
  {
    id: 'ScheduleFailing',
    ...own('RunsFailed'),
    statistic: 'Sum',
    minutes: 60,
    from: 1,
    periods: 2,
    means: 'the runs of the schedule find no way to begin: nothing moves or ends by itself',
  },
];
