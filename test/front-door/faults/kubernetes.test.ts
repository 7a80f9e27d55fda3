/** Every fault of every call to the Kubernetes API, and what it comes to (docs/faults.md) (CR-30). */
import { KUBERNETES_CALLS } from './calls';
import { outcomesOf, told } from './table';

let outcomes: Awaited<ReturnType<typeof outcomesOf>>;
beforeAll(async () => (outcomes = await outcomesOf(KUBERNETES_CALLS)), 240_000);

test.each(KUBERNETES_CALLS.map(({ name }) => name))('%s', (name) => {
  expect(outcomes[name]).toEqual(told(name));
});
