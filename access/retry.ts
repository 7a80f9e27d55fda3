/**
 * Trying again, bounded by the deadline of the invocation and never by a count: N writers need N tries, and a
 * small fixed cap fails half of ten of them (docs/decisions/0004).
 */
import { mayHaveActed, ProviderError, withActed } from './errors';

/** What work may ask of time. One is made per invocation (`cloudformation/deadline.ts`); tests make their own. */
export interface Deadline {
  /** Aborted when no more work may be done: every request to EKS or Kubernetes carries it (CR-29). */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds left for work; 0 or less once the deadline has passed. */
  remainingMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when the deadline comes first. */
  pause(ms: number): Promise<void>;
  /** In [0, 1). */
  random(): number;
}

/** What trying again asks of time; without `signal` nothing but `remainingMs` ends it. */
export type RetryTime = Pick<Deadline, 'remainingMs' | 'pause'> & Partial<Pick<Deadline, 'signal'>>;

/**
 * Runs `operation` until it succeeds or fails with something that `pauseAfter` does not want tried again.
 * `pauseAfter` gives the pause in milliseconds before the next try, or undefined to let the error out; `failures`
 * counts from 1. The time for which the service itself asks not to be called again comes on top, so that callers who are
 * told the same time do not all come back at once. When the pause would not end before the deadline, the last error is
 * thrown at once; a try that the deadline cuts off throws it too, since that time was spent on it is no news to the
 * stack author and what kept failing is.
 */
export async function retry<T>(
  time: RetryTime,
  operation: () => Promise<T>,
  pauseAfter: (error: unknown, failures: number) => number | undefined,
): Promise<T> {
  let last: ProviderError | undefined;
  for (let failures = 1; ; failures += 1) {
    try {
      time.signal?.throwIfAborted();
      return await operation();
    } catch (error) {
      if (last && time.signal?.aborted) throw mayHaveActed(error) ? withActed(last, true) : last;
      const ours = pauseAfter(error, failures);
      if (ours === undefined) throw error;
      const pause = ours + askedPause(error);
      if (pause >= time.remainingMs()) throw error;
      if (error instanceof ProviderError) last = error;
      await time.pause(pause).catch((cut: unknown) => {
        throw time.signal?.aborted ? error : cut;
      });
    }
  }
}

/** What a service says is not always a time. */
function askedPause(error: unknown): number {
  const asked = error instanceof ProviderError ? error.retryAfterMs : undefined;
  return asked !== undefined && asked > 0 ? asked : 0;
}

/** Full jitter: anywhere in [0, base × 2^(failures-1)], at most `cap` milliseconds. */
export function fullJitter(failures: number, base: number, cap: number, random: () => number): number {
  return random() * Math.min(cap, base * 2 ** (failures - 1));
}

/**
 * One write. Cut off by the deadline, or failed for a reason that no edge foresaw, it may have happened: the error that
 * comes out says so.
 */
export async function writing<T>({ signal }: Pick<Deadline, 'signal'>, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ProviderError && !signal.aborted) throw error;
    throw withActed(error, true);
  }
}
