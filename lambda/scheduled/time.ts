/** How the scheduled run spends its time: at what pace it calls, how long it waits for one answer, whose turn it is. */
import { fnv1a } from '../../access/fnv1a';
import { ProviderError } from '../../access/errors';
import { type Deadline } from '../../access/retry';

/** Resolves when the next call may be made. */
export type Pace = () => Promise<void>;

/** Calls one after another, the same time apart. */
export function paceOf(time: Pick<Deadline, 'now' | 'pause'>, callsPerSecond: number): Pace {
  const apart = 1_000 / callsPerSecond;
  let next = -Infinity;
  return async () => {
    const now = time.now();
    const at = Math.max(now, next);
    next = at + apart;
    if (at > now) await time.pause(at - now);
  };
}

/** What `work` comes to within `ms` of the deadline's time; rejects with ServiceUnavailable when they are over. */
export async function within<T>(
  deadline: Deadline,
  ms: number,
  work: (limited: Deadline) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const end = deadline.now() + ms;
  const timer = setTimeout(
    () => controller.abort(new ProviderError('ServiceUnavailable', `no answer within ${ms / 1_000} s`)),
    ms,
  );
  try {
    return await work({
      signal: AbortSignal.any([deadline.signal, controller.signal]),
      now: () => deadline.now(),
      random: () => deadline.random(),
      pause: (pause) => deadline.pause(pause),
      remainingMs: () =>
        controller.signal.aborted ? 0 : Math.min(deadline.remainingMs(), end - deadline.now()),
    });
  } finally {
    clearTimeout(timer);
  }
}

const MINUTES_A_DAY = 1_440;

/**
 * Whether a run looks closer at the cluster this time: once a day, each cluster at a minute of its own. `everyMinutes`: how
 * often there is a run; one minute more, because a schedule is as exact as a minute.
 */
export function isTurnOf(cluster: string, now: number, everyMinutes: number): boolean {
  const its = Number(fnv1a(cluster) % BigInt(MINUTES_A_DAY));
  const minute = Math.floor(now / 60_000) % MINUTES_A_DAY;
  return (its - minute + MINUTES_A_DAY) % MINUTES_A_DAY <= everyMinutes;
}
