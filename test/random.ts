/** Random choices that a seed repeats exactly, on every machine. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** An integer in [0, limit). */
  below(limit: number): number;
  /** Throws RangeError for an empty list. */
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  /** True once in `times`. */
  once(times: number): boolean;
}

/** Mulberry32. `start`: 32 bits; neighbours give sequences that start alike, so mix what is counted up. */
export function randomFrom(start: number): Random {
  let state = start >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('nothing to pick from');
      return items[below(items.length)] as T;
    },
    chance: (probability) => next() < probability,
    once: (times) => below(times) === 0,
  };
}

/** The choices of `seed`. */
export function seeded(seed: number): Random {
  return randomFrom(Math.imul(seed, 0x9e3779b1));
}
