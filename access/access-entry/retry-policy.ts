/** Which refusals of EKS are waited out, how long, and the pauses between. */
import { hasCode, ProviderError, UnknownPrincipal } from '../errors';
import { LateEvent } from '../late-event';
import { type Deadline, fullJitter } from '../retry';

export type PauseAfter = (error: unknown, failures: number) => number | undefined;

/**
 * How long a denied call is tried again while IAM may not know a new right yet (CR-30): no longer, because most of what is
 * denied stays so.
 */
const DENIED_MS = 60_000;
/** Time kept to take back what was done, should what EKS is to show never come; of a short invocation a third. */
export const UNDO_RESERVE_MS = 5_000;

/**
 * Throttling, conflicts and failures of the service until the deadline. So is, of a put that may wait, a principal that EKS
 * does not find, and an entry that it does not show: AWS gives no time for either, and a wrong ARN looks like a role that was
 * made just now (GT-74, GT-110). A caller that does not wait leaves it to its next run. A Delete that is denied stays denied.
 */
export function retryPolicy(deadline: Deadline, isPut: boolean, waitsForIam = true): PauseAfter {
  const started = deadline.now();
  const reserve = Math.min(UNDO_RESERVE_MS, deadline.remainingMs() / 3);
  return (error, failures) => {
    if (hasCode(error, 'Throttling', 'ServiceUnavailable', 'ResourceConflict'))
      return jitter(deadline, failures);
    // It was refused for good, whatever its code.
    if (error instanceof LateEvent) return undefined;
    if (!waitsForIam && (hasCode(error, 'AccessDenied') || error instanceof UnknownPrincipal))
      return undefined;
    const pause = 250 + jitter(deadline, failures);
    if (isPut && waitsForIam && hasCode(error, 'NotStabilized'))
      return pause < deadline.remainingMs() - reserve ? pause : undefined;
    const mayPass = hasCode(error, 'NotStabilized') || (isPut && hasCode(error, 'AccessDenied'));
    return mayPass && deadline.now() - started < DENIED_MS ? pause : undefined;
  };
}

/** Full jitter between tries, in milliseconds. */
export function jitter(deadline: Deadline, failures: number): number {
  return fullJitter(failures, 250, 5_000, () => deadline.random());
}

/** The entry was changed between our look and our call, or EKS does not show it to us yet (GT-110). */
export async function pauseBeforeNextLook(
  deadline: Deadline,
  round: number,
  { cluster }: { readonly cluster: string },
): Promise<void> {
  const pause = jitter(deadline, round + 1);
  if (pause >= deadline.remainingMs()) {
    throw new ProviderError(
      'ResourceConflict',
      `another tool kept changing the access entry on cluster ${cluster} until the time was up: see that it has one owner, and run the stack operation again`,
    );
  }
  await deadline.pause(pause);
}
