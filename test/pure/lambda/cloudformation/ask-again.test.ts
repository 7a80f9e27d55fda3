/** CloudFormation is asked again where that may help, for a short while, because the event waits (CR-28). */
import * as fc from 'fast-check';
import { type CloudFormationAnswer } from '../../../../access/aws/cloudformation-api';
import { askAgain } from '../../../../lambda/cloudformation/ask-again';

type Answer = CloudFormationAnswer<'DescribeStacks'>;

const KNOWN: Answer = { output: { Stacks: [] } };
const failed = (status: number, name: string, facts: object = {}): Answer => ({
  failure: { status, name, message: 'm', requestId: undefined, ...facts },
});
const THROTTLED = failed(429, 'TooManyRequests');

interface Asked {
  readonly answer: Answer;
  /** Milliseconds from the start at which each try began. */
  readonly began: readonly number[];
}

/** In time that only pauses and `takesMs` of each try move. */
async function asked(
  answers: readonly Answer[],
  { takesMs = 20, leftMs = 60_000, random = 0.999 } = {},
): Promise<Asked> {
  let now = 1_000_000;
  const start = now;
  const began: number[] = [];
  const deadline = {
    now: () => now,
    remainingMs: () => start + leftMs - now,
    pause: async (ms: number) => void (now += ms),
    random: () => random,
  };
  const ask = async (): Promise<Answer> => {
    began.push(now - start);
    now += takesMs;
    return answers[began.length - 1] ?? THROTTLED;
  };
  return { answer: await askAgain(ask, deadline), began };
}

test.each<[string, Answer]>([
  ['429', THROTTLED],
  ['a 400 that throttles', failed(400, 'Throttling')],
  ['what the SDK calls throttling', failed(400, 'LimitOfSomething', { isThrottling: true })],
  ['408', failed(408, 'HTTP408')],
  ['500', failed(500, 'InternalFailure')],
  ['503', failed(503, 'ServiceUnavailable')],
  ['a cut connection', failed(0, 'ConnectionError')],
  ['the page of a proxy', failed(200, 'HTTP200')],
  ['429 with Retry-After: 1', failed(429, 'TooManyRequests', { retryAfterMs: 1_000 })],
  ['a Retry-After that is over', failed(503, 'ServiceUnavailable', { retryAfterMs: -5_000 })],
])('after %s it is asked again', async (_, first) => {
  expect((await asked([first, KNOWN])).answer).toBe(KNOWN);
});

test.each<[string, Answer]>([
  ['a stack that is gone', failed(400, 'ValidationError')],
  ['a denial', failed(403, 'AccessDenied')],
  ['expired credentials', failed(403, 'ExpiredToken')],
  ['a Retry-After that is too far', failed(429, 'TooManyRequests', { retryAfterMs: 3_000 })],
])('%s is final', async (_, first) => {
  expect((await asked([first, KNOWN])).answer).toBe(first);
});

test('the third failure is the answer', async () => {
  const third = failed(503, 'Third');
  expect((await asked([THROTTLED, THROTTLED, third, KNOWN])).answer).toBe(third);
});

test('a try that takes 3 seconds is the last one, and so is one that leaves no time to the event', async () => {
  expect((await asked([THROTTLED, KNOWN], { takesMs: 3_000 })).answer).toBe(THROTTLED);
  expect((await asked([THROTTLED, KNOWN], { leftMs: 300 })).answer).toBe(THROTTLED);
});

test('a pause that would end just when the time does is not made', async () => {
  const inTime = { takesMs: 0, random: 0.5 };
  expect((await asked([THROTTLED, KNOWN], { ...inTime, leftMs: 250 })).answer).toBe(THROTTLED);
  expect((await asked([THROTTLED, KNOWN], { ...inTime, leftMs: 251 })).answer).toBe(KNOWN);
});

test('whatever fails: three tries at most, all begun within 3 seconds and before the deadline', async () => {
  const failure = fc
    .record({
      status: fc.constantFrom(0, 200, 302, 400, 408, 429, 500, 503),
      retryAfterMs: fc.option(fc.integer({ min: -5_000, max: 5_000 }), { nil: undefined }),
    })
    .map(({ status, retryAfterMs }) => failed(status, 'Throttling', { retryAfterMs }));
  const time = fc.record({
    takesMs: fc.integer({ min: 0, max: 4_000 }),
    leftMs: fc.integer({ min: 1, max: 10_000 }),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(failure, { minLength: 3, maxLength: 5 }), time, async (failures, limits) => {
      const { answer, began } = await asked(failures, limits);
      expect(answer).toBe(failures[began.length - 1]);
      expect(began.length).toBeLessThanOrEqual(3);
      expect(Math.max(...began)).toBeLessThan(Math.min(3_000, limits.leftMs));
    }),
  );
});
