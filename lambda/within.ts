/** A part of the time that work has, for a step that must not take all of it. */
import { ProviderError } from '../access/errors';
import { type Deadline } from '../access/retry';

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
