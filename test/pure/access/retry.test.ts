/** Trying again: what comes out when the time is up. */
import { mayHaveActed, ProviderError } from '../../../access/errors';
import { retry, type RetryTime } from '../../../access/retry';

const denied = new ProviderError('AccessDenied', 'the role may not be assumed');
const timeIsUp = new ProviderError('NotStabilized', 'the time is up');

/** Ten seconds, which a try that hangs uses up. */
function givenTime(): RetryTime & { readonly hang: () => never } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    remainingMs: () => (controller.signal.aborted ? 0 : 10_000),
    pause: () => Promise.resolve(),
    hang: () => {
      controller.abort(timeIsUp);
      throw timeIsUp;
    },
  };
}

/** Each try does the next of `tries`. */
const trying = (time: RetryTime, ...tries: readonly (() => never)[]): Promise<never> => {
  const left = [...tries];
  const next = async (): Promise<never> => {
    const now = left.shift();
    if (!now) throw new Error('one try more than expected');
    return now();
  };
  return retry(time, next, () => 1);
};

const refuse = (): never => {
  throw denied;
};

test('a try that the deadline cuts off says what had failed before', async () => {
  const time = givenTime();
  await expect(trying(time, refuse, time.hang)).rejects.toBe(denied);
});

test('and that something may have been written, if it was a write', async () => {
  const time = givenTime();
  const writing = (): never => {
    try {
      return time.hang();
    } catch {
      throw new ProviderError('NotStabilized', 'the time is up', { mayHaveActed: true });
    }
  };
  const error = await trying(time, refuse, writing).catch((failure: unknown) => failure);
  expect(error).toMatchObject({ code: 'AccessDenied', message: denied.message });
  expect(mayHaveActed(error)).toBe(true);
});

test('the first try that is cut off says that the time is up', async () => {
  const time = givenTime();
  await expect(trying(time, time.hang)).rejects.toBe(timeIsUp);
});

test('a pause that the deadline cuts off says what had failed before', async () => {
  const time = givenTime();
  const cut = { ...time, pause: async () => time.hang() };
  await expect(trying(cut, refuse)).rejects.toBe(denied);
});
