/** A run of the function that is killed half-way, as by a fault of its container: all that it would still do never happens. */
import { type Calls } from './request';

/** Whether the run was killed; then it never ends. Rejects as the run does. */
export function isKilledIn(calls: Calls, run: () => Promise<void>): Promise<boolean> {
  const death = new Promise<true>((resolve) => {
    calls.whenKilled = () => resolve(true);
  });
  return Promise.race([death, run().then(() => false)]);
}

export function kill(calls: Calls): Promise<never> {
  calls.isKilled = true;
  calls.whenKilled?.();
  return never();
}

/** What someone who is gone waits for. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}
