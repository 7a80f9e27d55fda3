/**
 * Fields of a log line from which CloudWatch makes metrics: no call, no right (CO-23).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html Pure.
 */
import { METRICS_NAMESPACE } from '../../access/contract';

export interface Metric {
  readonly Name: string;
  readonly Unit: 'Count' | 'Seconds';
}

/**
 * `values`: fields of the line, also of what is not sent; `sent`: of which metrics are made; `service`: name of the
 * function, the only dimension: of a cluster or a stack each would cost a metric; `now`: milliseconds since 1970.
 */
export function metricFields(
  values: Readonly<Record<string, number>>,
  sent: readonly Metric[],
  service: string,
  now: number,
): Record<string, unknown> {
  return {
    ...values,
    Service: service,
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: [{ Namespace: METRICS_NAMESPACE, Dimensions: [['Service']], Metrics: sent }],
    },
  };
}
