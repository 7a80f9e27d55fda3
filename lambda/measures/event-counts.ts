/** What a stack event counts, as fields of its last line in the log from which CloudWatch makes metrics (CO-23). Pure. */
import { EVENT_METRICS, type EventMetric } from '../../access/contract';
import { LateEvent } from '../../access/late-event';
import { GuardrailRefusal } from '../../access/guardrails/refusal';
import { metricFields, type Metric } from './metrics';

/** Counted while the event is served; what is absent is 0. */
export type EventCounts = Partial<Record<EventMetric, number>>;

export function count(counts: EventCounts, metric: EventMetric): void {
  counts[metric] = (counts[metric] ?? 0) + 1;
}

/** Why an event failed, in what alarms tell apart. */
export function countFailure(counts: EventCounts, error: unknown): void {
  count(counts, 'EventsFailed');
  if (error instanceof GuardrailRefusal) count(counts, 'EventsDenied');
  if (error instanceof LateEvent) count(counts, 'EventsLate');
}

/** Only what was counted is sent: CloudWatch charges for a metric in the hours that have a value of it. */
export function eventFields(counts: EventCounts, service: string, now: number): Record<string, unknown> {
  const sent = (Object.keys(counts) as EventMetric[]).map((Name): Metric => ({
    Name,
    Unit: EVENT_METRICS[Name],
  }));
  return metricFields(counts, sent, service, now);
}
