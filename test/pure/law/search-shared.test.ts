/** Seeds that processes share are all searched: what the product with a fix undone breaks is found among those around it. */
import { loadSimulation } from './bundle';
import { MUTANTS } from './mutants';
import { searchBlock } from './search';
import { searchShared } from './search-shared';

const mutant = MUTANTS.filter(({ name }) => name === 'provider-for-all');
const SEEDS = { first: 1, count: 23 };

test('the processes find what one finds, each breach once', async () => {
  const simulation = await loadSimulation(mutant);
  const alone = await searchBlock(simulation, { ...SEEDS, all: true });
  const told: number[] = [];
  const { breaches } = await searchShared(
    { ...SEEDS, all: true },
    mutant,
    ({ seed }) => void told.push(seed),
  );
  expect(alone.length).toBeGreaterThan(1);
  expect(breaches).toEqual(alone);
  expect(told.sort((a, b) => a - b)).toEqual(alone.map(({ seed }) => seed));
  expect((await searchShared({ ...SEEDS, all: false }, mutant)).breaches).toEqual(alone.slice(0, 1));
});

test('a process that cannot load the simulation fails the search', async () => {
  const patch = { file: 'lambda/handler.ts', text: 'nothing like this', becomes: '' };
  await expect(searchShared({ ...SEEDS, all: false }, [patch])).rejects.toThrow(
    'a process of the search ended with 1',
  );
});
