/**
 * The deadline guard (CR-4): work stops early enough that the answer still gets out before Lambda ends the function
 * and before CloudFormation stops waiting.
 */
import { setTimeout as timer } from 'node:timers/promises';
import { ProviderError, withActed } from '../../access/errors';
import { type Deadline } from '../../access/retry';

/** Time kept for the answer: one full budget of PUTs, but never more than a third of what there is. */
export const ANSWER_RESERVE_MS = 15_000;

export interface GuardedDeadline extends Deadline {
  /** Rejects when the deadline comes; never resolves. Raced against the work (`withinDeadline`). */
  readonly expired: Promise<never>;
  /** Ends the timer, so that nothing of this invocation is left in a warm container (CR-32). */
  stop(): void;
}

/** How long work that was told to stop may take to say what it has done. */
const STOPPING_MS = 250;

/**
 * What the work comes to, and at the deadline an error that says whether something may have been written: work that was
 * aborted says so itself, and of work that does not come back it must be feared.
 */
export async function withinDeadline<T>(work: Promise<T>, deadline: GuardedDeadline): Promise<T> {
  // The loser of the race must not become an unhandled rejection; its requests are aborted by the deadline's signal.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, deadline.expired]);
  } catch (error) {
    if (!deadline.signal.aborted) throw error;
    const silence = timer(STOPPING_MS).then((): never => {
      throw withActed(error, true);
    });
    return Promise.race([work, silence]);
  }
}

/** `workMs`: how long work may take from now. */
export function startDeadline(workMs: number, clock: { now(): number; random(): number }): GuardedDeadline {
  const controller = new AbortController();
  const end = clock.now() + Math.max(0, workMs);
  const reason = new ProviderError(
    'NotStabilized',
    'the time of the invocation ran out before the work was done: nothing is written after this answer; run the stack operation again, and see the log for what took the time',
  );
  let reject: (error: Error) => void = () => undefined;
  const expired = new Promise<never>((_, rejectExpired) => (reject = rejectExpired));
  // Raced or not, a deadline that passes is never an unhandled rejection.
  expired.catch(() => undefined);
  const expire = setTimeout(
    () => {
      controller.abort(reason);
      reject(reason);
    },
    Math.max(0, workMs),
  );
  return {
    signal: controller.signal,
    now: () => clock.now(),
    random: () => clock.random(),
    remainingMs: () => (controller.signal.aborted ? 0 : end - clock.now()),
    pause: async (ms) => {
      try {
        await timer(ms, undefined, { signal: controller.signal });
      } catch (error) {
        controller.signal.throwIfAborted();
        throw error;
      }
    },
    expired,
    stop: () => clearTimeout(expire),
  };
}

/**
 * Milliseconds that work may take: what Lambda leaves, and what CloudFormation leaves (`waitsUntil`, milliseconds
 * since the epoch; CR-27), less the reserve for the answer.
 */
export function workTime(remainingMs: number, now: number, waitsUntil: number | undefined): number {
  const available = Math.min(remainingMs, waitsUntil === undefined ? Infinity : waitsUntil - now);
  return available - Math.min(ANSWER_RESERVE_MS, available / 3);
}
