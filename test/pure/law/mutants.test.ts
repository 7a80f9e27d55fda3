/** The law bites: the product with a fix undone breaks it at the seed that is known, and not without. */
import { loadSimulation, type Simulation } from './bundle';
import { MUTANTS, seedOf } from './mutants';
import { WALKS } from './walks/walks';

const walked = MUTANTS.filter(({ walk }) => walk !== undefined);
const seeded = MUTANTS.filter(({ walk }) => walk === undefined);

/** The product as it is. */
let whole: typeof Simulation;

beforeAll(async () => {
  whole = await loadSimulation();
});

test.each(seeded.map((mutant) => [mutant.name, mutant] as const))('%s is found', async (name, mutant) => {
  const mutated = await loadSimulation([mutant]);
  expect((await mutated.search(seedOf(name), 1))?.failure.violations).not.toHaveLength(0);
  expect(await whole.search(seedOf(name), 1)).toBeUndefined();
});

test.each(walked.map((mutant) => [mutant.name, mutant] as const))(
  '%s is noticed by its walk',
  async (_, mutant) => {
    const walk = WALKS.find(({ name }) => name === mutant.walk);
    if (!walk) throw new Error(`there is no walk "${mutant.walk ?? ''}"`);
    const mutated = await loadSimulation([mutant]);
    expect(await mutated.takeWalk(walk)).not.toEqual([]);
    expect(await whole.takeWalk(walk)).toEqual([]);
  },
);

test('a patch that does not fit the source is refused', async () => {
  const patch = { file: 'lambda/handler.ts', text: 'nothing like this', becomes: '' };
  await expect(loadSimulation([patch])).rejects.toThrow(
    'the text of the patch is 0 times in lambda/handler.ts',
  );
});
