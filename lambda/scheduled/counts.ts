/** What a run counts, as fields of its last line in the log from which CloudWatch makes metrics (CO-23). Pure. */
import { RUN_METRICS, type RunMetric } from '../../access/contract';
import { metricFields } from '../measures/metrics';

export type RunCounts = Record<RunMetric, number>;

export function noCounts(): RunCounts {
  return Object.fromEntries(RUN_METRICS.map((metric) => [metric, 0])) as RunCounts;
}

/** CloudWatch charges for a metric in the hours that have a value of it; these two say something when they are 0. */
const ALWAYS: readonly RunMetric[] = ['ClustersLookedAt', 'MappingsLeft'];

export function runFields(counts: RunCounts, service: string, now: number): Record<string, unknown> {
  const sent = RUN_METRICS.filter((metric) => counts[metric] > 0 || ALWAYS.includes(metric));
  return metricFields(
    counts,
    sent.map((Name) => ({ Name, Unit: 'Count' })),
    service,
    now,
  );
}
