/** Trying again: what comes out when the time is up. */
import { mayHaveActed, ProviderError } from '../../../access/errors';
import { fullJitter, retry, type RetryTime, writing } from '../../../access/retry';

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

describe('the pause before another try', () => {
  const throttled = (retryAfterMs?: number) => new ProviderError('Throttling', 'later', { retryAfterMs });

  /** How long each pause was, where the first tries fail with these errors, and what came out. */
  async function paused(failures: readonly Error[], remainingMs = 10_000, own: number | 'none' = 100) {
    const left = [...failures];
    const pauses: number[] = [];
    const counted: number[] = [];
    const time: RetryTime = { remainingMs: () => remainingMs, pause: async (ms) => void pauses.push(ms) };
    const operation = async (): Promise<string> => {
      const failure = left.shift();
      if (failure) throw failure;
      return 'done';
    };
    const outcome = await retry(
      time,
      operation,
      (_, failed) => (counted.push(failed), own === 'none' ? undefined : own),
    ).catch((error: unknown) => error);
    return { pauses, counted, outcome };
  }

  test('is the caller’s own, with the time that the service asks for on top', async () => {
    expect(await paused([throttled(), throttled(2_000), throttled(-5), throttled(0)])).toEqual({
      pauses: [100, 2_100, 100, 100],
      counted: [1, 2, 3, 4],
      outcome: 'done',
    });
  });

  test('is not made after a failure that no other try helps', async () => {
    const failure = throttled();
    expect(await paused([failure], 10_000, 'none')).toEqual({ pauses: [], counted: [1], outcome: failure });
  });

  test('is not made where it would not end in time: then the failure comes out at once', async () => {
    const failure = throttled(900);
    expect(await paused([failure], 1_000)).toEqual({ pauses: [], counted: [1], outcome: failure });
    expect(await paused([failure], 1_001)).toMatchObject({ pauses: [1_000], outcome: 'done' });
  });

  test('follows an error that is not ours too', async () => {
    expect(await paused([new TypeError('odd')])).toMatchObject({ pauses: [100], outcome: 'done' });
  });

  test('grows from its base by two to its cap, and has all of it as jitter', () => {
    const longest = [1, 2, 3, 4, 5].map((failures) => fullJitter(failures, 200, 1_000, () => 1));
    expect(longest).toEqual([200, 400, 800, 1_000, 1_000]);
    expect(fullJitter(2, 200, 1_000, () => 0.25)).toBe(100);
    expect(fullJitter(2, 200, 1_000, () => 0)).toBe(0);
  });
});

test('a pause that ends by itself with an error lets that error out', async () => {
  const broken = new Error('no timer');
  const time: RetryTime = { remainingMs: () => 10_000, pause: () => Promise.reject(broken) };
  await expect(trying(time, refuse)).rejects.toBe(broken);
});

test('after the time is up there is no other try, and the error that is not ours says nothing of it', async () => {
  const time = givenTime();
  const odd = (): never => {
    throw new TypeError('odd');
  };
  await expect(trying(time, odd, time.hang)).rejects.toBe(timeIsUp);
  await expect(trying(time, refuse)).rejects.toBe(timeIsUp);
});

describe('a write that fails', () => {
  const signalOf = (time: RetryTime) => ({ signal: time.signal as AbortSignal });

  test('comes to what it comes to', async () => {
    await expect(writing(signalOf(givenTime()), () => Promise.resolve(7))).resolves.toBe(7);
  });

  test('says itself whether it may have happened, where an edge foresaw it', async () => {
    await expect(writing(signalOf(givenTime()), async () => refuse())).rejects.toBe(denied);
  });

  test.each<[string, (time: ReturnType<typeof givenTime>) => never, string]>([
    ['is cut off by the deadline', (time) => time.hang(), 'NotStabilized'],
    [
      'fails for a reason that no edge foresaw',
      () => {
        throw new TypeError('odd');
      },
      'InternalFailure',
    ],
  ])('may have happened where it %s', async (_, fail, code) => {
    const time = givenTime();
    const error = await writing(signalOf(time), async () => fail(time)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, mayHaveActed: true });
  });
});
