/** Every fault of every call to the other services, and what it comes to (docs/faults.md). */
import { OTHER_CALLS } from './calls';
import { outcomesOf, told } from './table';

let outcomes: Awaited<ReturnType<typeof outcomesOf>>;
beforeAll(async () => (outcomes = await outcomesOf(OTHER_CALLS)), 240_000);

test.each(OTHER_CALLS.map(({ name }) => name))('%s', (name) => {
  expect(outcomes[name]).toEqual(told(name));
});
