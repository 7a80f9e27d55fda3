/** The time that work gets, and what comes out when it is over (CR-4). */
import { mayHaveActed, ProviderError } from '../../../../access/errors';
import { startDeadline, withinDeadline, workTime } from '../../../../lambda/cloudformation/deadline';

const clock = { now: () => 1_000, random: () => 0.5 };

test.each([
  ['a long invocation keeps fifteen seconds for the answer', 60_000, undefined, 45_000],
  ['a short one a third of what it has', 30_000, undefined, 20_000],
  ['CloudFormation waits less long than Lambda', 60_000, 31_000, 20_000],
  ['and longer', 60_000, 1_000_000, 45_000],
])('%s', (_, remaining, until, work) => {
  expect(workTime(remaining, 1_000, until)).toBe(work);
});

test('says what is left, and hands on the clock', () => {
  let now = 1_000;
  const deadline = startDeadline(500, { now: () => now, random: () => 0.25 });
  now = 1_200;
  expect([deadline.remainingMs(), deadline.now(), deadline.random()]).toEqual([300, 1_200, 0.25]);
  deadline.stop();
});

test('when the time is over, everything is aborted with the sentence that is answered', async () => {
  const deadline = startDeadline(0, clock);
  const reason = await deadline.expired.catch((error: unknown) => error);
  expect(reason).toMatchObject({ code: 'NotStabilized', mayHaveActed: false });
  expect(deadline.signal.reason).toBe(reason);
  expect(deadline.remainingMs()).toBe(0);
  await expect(deadline.pause(1)).rejects.toBe(reason);
});

test('a pause that the deadline cuts short ends with it', async () => {
  const deadline = startDeadline(5, clock);
  await expect(deadline.pause(60_000)).rejects.toThrow(/ran out/);
});

test('comes when its time is over, and not before', () => {
  jest.useFakeTimers();
  const deadline = startDeadline(5_000, clock);
  jest.advanceTimersByTime(4_999);
  expect(deadline.signal.aborted).toBe(false);
  jest.advanceTimersByTime(1);
  expect(deadline.signal.aborted).toBe(true);
  jest.useRealTimers();
});

test('a deadline that has been stopped never comes', async () => {
  jest.useFakeTimers();
  const deadline = startDeadline(5, clock);
  deadline.stop();
  jest.advanceTimersByTime(10);
  jest.useRealTimers();
  expect(deadline.signal.aborted).toBe(false);
  await deadline.pause(0);
});

describe('work under it', () => {
  test('comes to what it comes to', async () => {
    const deadline = startDeadline(60_000, clock);
    await expect(withinDeadline(Promise.resolve(7), deadline)).resolves.toBe(7);
    const failure = new ProviderError('NotFound', 'no cluster');
    await expect(withinDeadline(Promise.reject(failure), deadline)).rejects.toBe(failure);
    deadline.stop();
  });

  test('that stops in time says itself whether it has written something', async () => {
    const deadline = startDeadline(0, clock);
    const work = new Promise<never>((_, reject) =>
      deadline.signal.addEventListener('abort', () => reject(deadline.signal.reason as Error)),
    );
    const error = await withinDeadline(work, deadline).catch((thrown: unknown) => thrown);
    expect([error === deadline.signal.reason, mayHaveActed(error)]).toEqual([true, false]);
  });

  test('that does not come back may have written something', async () => {
    const error = await withinDeadline(new Promise<never>(() => undefined), startDeadline(0, clock)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({ code: 'NotStabilized', mayHaveActed: true });
  });
});
