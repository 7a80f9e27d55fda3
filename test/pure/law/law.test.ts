/**
 * The law of ownership over seeded sequences (`generate.ts`); `npm run law -- --seed S` replays one and shrinks it.
 * `LAW_SEQUENCES` runs more, `LAW_SEED` others (CR-16, CR-18, CR-21, CR-41).
 */
import { loadSimulation } from './bundle';

const count = Number(process.env['LAW_SEQUENCES'] ?? 2_000);
const first = Number(process.env['LAW_SEED'] ?? 1);

test(
  `${count} sequences from seed ${first} on keep the law`,
  async () => {
    const simulation = await loadSimulation();
    const found = await simulation.search(first, count);
    const explained = found && (await simulation.explain(found.seed));
    expect(explained && simulation.printFound(explained)).toBeUndefined();
  },
  60_000 + count * 120,
);

test('a seed is replayed to the byte: the time, both places and every answer after each step', async () => {
  const [one, other] = [await loadSimulation(), await loadSimulation()];
  for (const seed of [1, 3, 20, 47, 93]) {
    const runs = [await one.replay(seed), await other.replay(seed), await one.replay(seed)];
    expect(runs[0]?.length).toBeGreaterThan(1_000);
    expect(new Set(runs).size).toBe(1);
  }
});
