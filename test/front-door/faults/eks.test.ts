/** Every fault of every call to EKS, and what it comes to (docs/faults.md) (CR-30). */
import { EKS_CALLS } from './calls';
import { outcomesOf, told } from './table';

let outcomes: Awaited<ReturnType<typeof outcomesOf>>;
beforeAll(async () => (outcomes = await outcomesOf(EKS_CALLS)), 240_000);

test.each(EKS_CALLS.map(({ name }) => name))('%s', (name) => {
  expect(outcomes[name]).toEqual(told(name));
});
