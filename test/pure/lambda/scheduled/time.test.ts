import { isTurnOf, paceOf } from '../../../../lambda/scheduled/time';
import { simulatedTime } from './simulated-time';

test('calls keep their distance, and time that has passed is not made up for', async () => {
  const time = simulatedTime(60_000);
  const pace = paceOf(time, 5);
  const calls: number[] = [];
  for (let call = 0; call < 12; call += 1) {
    if (call === 6) await time.pause(3_000);
    await pace();
    calls.push(time.now());
  }
  for (const at of calls)
    expect(calls.filter((other) => other >= at && other < at + 1_000).length).toBeLessThanOrEqual(5);
  expect((calls[7] ?? 0) - (calls[6] ?? 0)).toBe(200);
});

test('calls that are asked for at once come one after the other', async () => {
  const time = simulatedTime(60_000);
  const pace = paceOf(time, 5);
  await Promise.all(Array.from({ length: 10 }, pace));
  expect(time.now()).toBeGreaterThanOrEqual(1_800);
});

test.each([5, 15, 60, 1_440])(
  'with a run every %d minutes every cluster has its turn on every day',
  (every) => {
    const start = Date.parse('2026-03-01T00:07:00Z');
    for (const cluster of ['prod', 'dev-1', 'dev-2', 'x'.repeat(100)]) {
      const turns = Array.from({ length: 1_440 / every }, (_, run) => start + run * every * 60_000).filter(
        (now) => isTurnOf(cluster, now, every),
      );
      expect(turns.length).toBeGreaterThanOrEqual(1);
      expect(turns.length).toBeLessThanOrEqual(2);
    }
  },
);
