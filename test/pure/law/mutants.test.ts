/** The law bites: the product with a fix undone breaks it at the seed that is known, and not without. */
import { loadSimulation } from './bundle';
import { MUTANTS, seedOf } from './mutants';

test.each(MUTANTS.map((mutant) => [mutant.name, mutant] as const))('%s is found', async (name, mutant) => {
  const [mutated, whole] = await Promise.all([loadSimulation([mutant]), loadSimulation()]);
  expect((await mutated.search(seedOf(name), 1))?.failure.violations).not.toHaveLength(0);
  expect(await whole.search(seedOf(name), 1)).toBeUndefined();
});

test('a patch that does not fit the source is refused', async () => {
  const patch = { file: 'lambda/handler.ts', text: 'nothing like this', becomes: '' };
  await expect(loadSimulation([patch])).rejects.toThrow(
    'the text of the patch is 0 times in lambda/handler.ts',
  );
});
