import { within } from '../../../lambda/within';
import { simulatedTime } from './scheduled/simulated-time';

test('what does not come back in time is given up, and says how long it was waited for', async () => {
  const time = simulatedTime(60_000);
  await expect(
    within(
      time,
      20,
      ({ signal }) =>
        new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
        ),
    ),
  ).rejects.toThrow('no answer within 0.02 s');
});

test('less than the run has left is all that a part of it gets', async () => {
  const time = simulatedTime(3_000);
  await within(time, 5_000, async (limited) => expect(limited.remainingMs()).toBe(3_000));
  await within(time, 1_000, async (limited) => {
    await limited.pause(400);
    expect(limited.remainingMs()).toBe(600);
  });
});
