/** A deadline whose time moves by pauses alone. */
import { ProviderError } from '../../../../access/errors';
import { type Deadline } from '../../../../access/retry';

/** `spend`: what a call takes. */
export type SimulatedTime = Deadline & { readonly spend: (ms: number) => void };

export function simulatedTime(ms: number, start = 0): SimulatedTime {
  let now = start;
  let seed = 1;
  return {
    signal: new AbortController().signal,
    now: () => now,
    remainingMs: () => start + ms - now,
    pause: async (pause) => {
      now += pause;
      if (now > start + ms) throw new ProviderError('NotStabilized', 'the time is over');
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
