/** How long the loop over aws-auth waits before its next try. Pure. */
import { ProviderError } from '../errors';
import { LateEvent } from '../late-event';
import { fullJitter, type Deadline } from '../retry';

/** What has gone wrong so far in one loop over aws-auth. */
export interface Failure {
  readonly failures: number;
  /** Milliseconds of one request, measured on each try that met a conflict. */
  readonly conflicts: readonly number[];
  readonly deadline: Deadline;
}

/** Milliseconds before the next try; undefined when trying again cannot help (GT-62). */
export function pauseAfter(error: unknown, { failures, conflicts, deadline }: Failure): number | undefined {
  if (!(error instanceof ProviderError) || error instanceof LateEvent) return undefined;
  const random = (): number => deadline.random();
  switch (error.code) {
    case 'ResourceConflict':
      // Linear and scaled by the measured round trip: the right window grows with the writers left
      // (docs/decisions/0004).
      return random() * (4 * conflicts.length - 2) * Math.max(1, typical(conflicts));
    case 'NotFound':
      // Deleted between GET and PUT: read again, then create.
      return fullJitter(failures, 50, 1_000, random);
    case 'Throttling':
      return fullJitter(failures, 200, 5_000, random);
    case 'NotStabilized':
    case 'ServiceUnavailable':
      // Also a lost answer, after which the write may have happened: the next read shows it, and the plan is empty.
      return fullJitter(failures, 100, 3_000, random);
    default:
      return undefined;
  }
}

/** The middle one, the smaller of two: one answer that was late says nothing of the next one. */
function typical(roundTrips: readonly number[]): number {
  const sorted = [...roundTrips].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
