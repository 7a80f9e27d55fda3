/** A fixed stretch of what `npm run fuzz` tries without end; what it found is named in found.test.ts. */
import { fuzz } from './fuzz';

// Fewer for each of some thousand mutants, and with counters.
const isFew = [process.env['STRYKER_MUTATOR_WORKER'], process.env['COUNTING']].some((set) => set !== undefined);
const CASES = isFew ? 1_000 : 20_000;

test('whatever the document, every edit keeps the laws', () => {
  const { cases, edits, short, failures } = fuzz({ seed: 185, cases: CASES });
  expect(failures).toEqual([]);
  expect(cases).toBe(CASES);
  // Most are edited in more ways than one: a run that refuses everything would prove nothing.
  expect(edits).toBeGreaterThan(CASES * 2);
  expect(short).toBeGreaterThan(CASES / 100);
}, 300_000);
