/** `WaitForEffect` in time that moves by pauses and looks alone. */
import fc from 'fast-check';
import { ProviderError } from '../../../../access/errors';
import { waitUntilSeen } from '../../../../lambda/putting/wait-for-effect';
import { simulatedTime } from '../scheduled/simulated-time';

const denied = new ProviderError('AccessDenied', 'no');

/** Looks at these times come to these results; each takes `takes` milliseconds, or as much as it may. */
function given(workMs: number, results: readonly (boolean | Error)[], takes = 0) {
  const time = simulatedTime(workMs);
  const looks: number[] = [];
  const look = async (limitMs: number): Promise<boolean> => {
    looks.push(time.now());
    const result = results[looks.length - 1] ?? results.at(-1) ?? true;
    time.spend(Math.min(takes, limitMs));
    if (takes > limitMs) throw new ProviderError('ServiceUnavailable', 'no answer in time');
    if (result instanceof Error) throw result;
    return result;
  };
  return { time, looks, look };
}

test.each<
  [string, number, readonly (boolean | Error)[], number, { looks: readonly number[]; waited: object }]
>([
  ['seen at once', 10, [true], 0, { looks: [0], waited: { seenAfterMs: 0, waitedMs: 10_000 } }],
  [
    'seen at the third look',
    10,
    [false, false, true],
    0,
    { looks: [0, 2_000, 4_000], waited: { seenAfterMs: 4_000, waitedMs: 10_000 } },
  ],
  [
    'never seen',
    5,
    [false],
    0,
    { looks: [0, 2_000, 4_000], waited: { seenAfterMs: undefined, waitedMs: 5_000 } },
  ],
  [
    'refused, then seen',
    5,
    [denied, denied, true],
    0,
    { looks: [0, 2_000, 4_000], waited: { seenAfterMs: 4_000, waitedMs: 5_000 } },
  ],
  ['one second', 1, [false], 0, { looks: [0], waited: { seenAfterMs: undefined, waitedMs: 1_000 } }],
  ['no time', 0, [true], 0, { looks: [], waited: { seenAfterMs: undefined, waitedMs: 0 } }],
  [
    'slow looks',
    10,
    [false, true],
    3_000,
    { looks: [0, 5_000], waited: { seenAfterMs: 8_000, waitedMs: 10_000 } },
  ],
  [
    'a look that does not come back',
    6,
    [true],
    60_000,
    { looks: [0], waited: { seenAfterMs: undefined, waitedMs: 6_000 } },
  ],
])('%s', async (_, seconds, results, takes, expected) => {
  const { time, looks, look } = given(45_000, results, takes);
  await expect(waitUntilSeen(time, seconds * 1_000, look)).resolves.toEqual(expected.waited);
  expect(looks).toEqual(expected.looks);
});

test('ends a second before the deadline, whatever is asked for', async () => {
  const { time, look } = given(12_000, [false]);
  await waitUntilSeen(time, 40_000, look);
  expect(time.now()).toBe(11_000);
});

test('does not begin where work has no time left', async () => {
  const { time, looks, look } = given(900, [true]);
  await expect(waitUntilSeen(time, 40_000, look)).resolves.toEqual({ seenAfterMs: undefined, waitedMs: 0 });
  expect(looks).toEqual([]);
});

test('a fault of the program is not taken for a mapping that is not there', async () => {
  const { time, look } = given(45_000, [new TypeError('odd')]);
  await expect(waitUntilSeen(time, 4_000, look)).rejects.toThrow('odd');
});

test('law: it waits as long as asked, or up to a second before the deadline; looks keep their distance', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: 0, max: 60_000 }),
      fc.array(fc.boolean()),
      fc.integer({ min: 0, max: 12_000 }),
      async (asked, workMs, results, takes) => {
        const { time, looks, look } = given(workMs, [...results, false], takes);
        const { seenAfterMs, waitedMs } = await waitUntilSeen(time, asked, look);
        expect(waitedMs).toBe(Math.max(0, Math.min(asked, workMs - 1_000)));
        expect(seenAfterMs ?? 0).toBeLessThanOrEqual(waitedMs);
        for (const [index, at] of looks.entries())
          if (index > 0) expect(at - (looks[index - 1] ?? 0)).toBeGreaterThanOrEqual(2_000);
      },
    ),
  );
});
