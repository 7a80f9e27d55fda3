/** How the scheduled run spends its time: at what pace it calls, and whose turn it is. */
import { fnv1a } from '../../access/fnv1a';
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
