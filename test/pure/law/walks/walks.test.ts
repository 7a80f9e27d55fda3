/** The ownership table by example, on the model of the law. */
import { loadSimulation, type Simulation } from '../bundle';
import { EXISTING_ENTRY } from './existing-entry';
import { LATENESS } from './lateness';
import { PLACING } from './placing';
import { TAKING_OVER } from './taking-over';

let simulation: typeof Simulation;

beforeAll(async () => {
  simulation = await loadSimulation();
});

const walks = [...PLACING, ...EXISTING_ENTRY, ...TAKING_OVER, ...LATENESS];

test.each(walks.map((walk) => [walk.name, walk] as const))('%s', async (_, walk) => {
  expect(await simulation.takeWalk(walk)).toEqual([]);
});
