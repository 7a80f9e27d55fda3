/** Interleaved rounds in shuffled order, and the middle of what they gave: what makes a ratio hold on a noisy machine. */

export interface Sample {
  readonly size: number;
  readonly round: number;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, key: Math.random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Runs every item once a round, in another order each round; the results by item, in the order of the rounds. */
export async function interleaved<T, R>(
  items: readonly T[],
  rounds: number,
  run: (item: T, round: number) => Promise<R>,
): Promise<ReadonlyMap<T, readonly R[]>> {
  const results = new Map<T, R[]>(items.map((item) => [item, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const item of shuffled(items)) results.get(item)?.push(await run(item, round));
  }
  return results;
}
