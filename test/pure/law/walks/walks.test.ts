/** The ownership table by example, on the model of the law. */
import { loadSimulation, type Simulation } from '../bundle';
import { WALKS } from './walks';

let simulation: typeof Simulation;

beforeAll(async () => {
  simulation = await loadSimulation();
});

test.each(WALKS.map((walk) => [walk.name, walk] as const))('%s', async (_, walk) => {
  expect(await simulation.takeWalk(walk)).toEqual([]);
});
