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
  60_000 + count * 30,
);

test('a seed gives the same sequence and the same outcome each time', async () => {
  const [one, other] = [await loadSimulation(), await loadSimulation()];
  for (const seed of [1, 3, 20, 47, 93]) {
    const outcomes = [await one.search(seed, 1), await other.search(seed, 1), await one.search(seed, 1)];
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
  }
});
