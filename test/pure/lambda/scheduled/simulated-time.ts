/** A deadline whose time moves by pauses alone. */
import { ProviderError } from '../../../../access/errors';
import { type Deadline } from '../../../../access/retry';

/** `spend`: what a call takes. */
export type SimulatedTime = Deadline & { readonly spend: (ms: number) => void };

export function simulatedTime(ms: number): SimulatedTime {
  let now = 0;
  let seed = 1;
  return {
    signal: new AbortController().signal,
    now: () => now,
    remainingMs: () => ms - now,
    pause: async (pause) => {
      now += pause;
      if (now > ms) throw new ProviderError('NotStabilized', 'the time is over');
    },
    spend: (spent) => {
      now += spent;
    },
    random: () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    },
  };
}
