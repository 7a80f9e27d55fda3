/** Every fault of the delivery of the answer, and what it comes to (docs/faults.md) (CR-3). */
import { ANSWER } from './calls';
import { outcomesOf, told } from './table';

let outcomes: Awaited<ReturnType<typeof outcomesOf>>;
beforeAll(async () => (outcomes = await outcomesOf(ANSWER, 12)), 240_000);

test.each(ANSWER.map(({ name }) => name))('%s', (name) => {
  expect(outcomes[name]).toEqual(told(name));
});
