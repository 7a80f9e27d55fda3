/**
 * What a run counts, as fields of its last line in the log from which CloudWatch makes metrics: no call, no right (CO-23).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html Pure.
 */
import { METRICS_NAMESPACE, RUN_METRICS, type RunMetric } from '../../access/contract';

export type RunCounts = Record<RunMetric, number>;

export function noCounts(): RunCounts {
  return Object.fromEntries(RUN_METRICS.map((metric) => [metric, 0])) as RunCounts;
}

/** CloudWatch charges for a metric in the hours that have a value of it; these two say something when they are 0. */
const ALWAYS: readonly RunMetric[] = ['ClustersLookedAt', 'MappingsLeft'];

/** `service`: name of the function, the only dimension; of a cluster or a stack each would cost a metric. */
export function metricFields(counts: RunCounts, service: string, now: number): Record<string, unknown> {
  const sent = RUN_METRICS.filter((metric) => counts[metric] > 0 || ALWAYS.includes(metric));
  return {
    ...counts,
    Service: service,
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [['Service']],
          Metrics: sent.map((Name) => ({ Name, Unit: 'Count' })),
        },
      ],
    },
  };
}
