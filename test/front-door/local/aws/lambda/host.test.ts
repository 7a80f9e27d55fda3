import {
  type Delivery,
  type FailedDelivery,
  LambdaHost,
  type LambdaFunction,
} from '../../../../../local/aws/lambda/host';
import { type LambdaHostOptions } from '../../../../../local/aws/lambda/host-options';
import { ManualClock } from '../../../../../local/aws/lambda/clock';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f';

describe('local Lambda', () => {
  const hosts: LambdaHost[] = [];

  function host(
    inline: string,
    fn: Partial<LambdaFunction> = {},
    options: LambdaHostOptions = {},
  ): LambdaHost {
    const made = new LambdaHost({ retryDelays: [1, 1], ...options });
    made.register({ name: 'f', arn, code: { inline }, timeoutSeconds: 20, ...fn });
    hosts.push(made);
    return made;
  }

  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((one) => one.stop()));
  });

  async function settled(one: LambdaHost, delivery: Delivery): Promise<Delivery> {
    await one.idle();
    expect(delivery.settled).toBe(true);
    return delivery;
  }

  test('hands over event, context and environment', async () => {
    const lambda = host(
      `exports.handler = async (event, context) => ({
        event, name: context.functionName, arn: context.invokedFunctionArn, version: context.functionVersion,
        memory: context.memoryLimitInMB, group: context.logGroupName, stream: context.logStreamName === process.env.AWS_LAMBDA_LOG_STREAM_NAME,
        remaining: context.getRemainingTimeInMillis() > 19000 && context.getRemainingTimeInMillis() <= 20000,
        own: process.env.OWN, region: process.env.AWS_REGION, endpoint: process.env.AWS_ENDPOINT_URL_EKS,
        key: process.env.AWS_ACCESS_KEY_ID, home: process.env.HOME,
      })`,
      { environment: { OWN: 'mine' }, roleArn: 'arn:aws:iam::111122223333:role/r', memoryMb: 256 },
      {
        region: 'eu-west-1',
        environment: () => ({ AWS_ENDPOINT_URL_EKS: 'http://127.0.0.1:1' }),
        credentialsFor: (role, session) => ({ accessKeyId: `${role} ${session}`, secretAccessKey: 's' }),
      },
    );
    expect(await lambda.invoke(arn, { a: [1, 'ö'] })).toEqual({
      status: 'success',
      payload: {
        event: { a: [1, 'ö'] },
        name: 'f',
        arn,
        version: '$LATEST',
        memory: '256',
        group: '/aws/lambda/f',
        stream: true,
        remaining: true,
        own: 'mine',
        region: 'eu-west-1',
        endpoint: 'http://127.0.0.1:1',
        key: 'arn:aws:iam::111122223333:role/r f',
      },
    });
  });

  test('keeps a container warm, and starts another one while it is busy', async () => {
    const lambda = host(`
      let count = 0;
      exports.handler = async (event) => {
        count += 1;
        if (event.wait) await new Promise((resolve) => setTimeout(resolve, 30));
        return count;
      }`);
    expect(await lambda.invoke(arn, {})).toMatchObject({ payload: 1 });
    expect(await lambda.invoke(arn, {})).toMatchObject({ payload: 2 });
    const together = await Promise.all([lambda.invoke(arn, { wait: true }), lambda.invoke(arn, {})]);
    expect(together.map((result) => result.status === 'success' && result.payload)).toEqual([3, 1]);
  });

  test('lets further events wait when all containers are busy', async () => {
    const lambda = host('let n = 0; exports.handler = async () => (n += 1)', {}, { concurrency: 1 });
    const results = await Promise.all([1, 2, 3].map(() => lambda.invoke(arn, {})));
    expect(results.map((result) => result.status === 'success' && result.payload)).toEqual([1, 2, 3]);
  });

  test('freezes a container between invocations', async () => {
    const lambda = host(`
      let ticks = 0;
      exports.handler = async (event) => {
        if (event.start) setInterval(() => { ticks += 1; }, 1);
        const before = ticks;
        if (event.run) await new Promise((resolve) => setTimeout(resolve, 50));
        return { before, after: ticks };
      }`);
    await lambda.invoke(arn, { start: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const result = await lambda.invoke(arn, { run: true });
    if (result.status !== 'success') throw new Error(result.error.errorMessage);
    const { before, after } = result.payload as { before: number; after: number };
    // In the pause it would have ticked some ninety times; the one overdue tick comes with the thaw.
    expect(before).toBeLessThanOrEqual(1);
    expect(after).toBeGreaterThan(before);
  });

  test.each([
    ['throws', 'throw new TypeError("bad")', { errorType: 'TypeError', errorMessage: 'bad' }],
    ['rejects with no error', 'return Promise.reject("text")', { errorType: 'string', errorMessage: 'text' }],
    [
      'exits',
      'process.exit(7)',
      { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining('exit status 7') as string },
    ],
    [
      'crashes later',
      'return new Promise(() => setTimeout(() => { throw new RangeError("late") }, 1))',
      { errorType: 'RangeError', errorMessage: 'late' },
    ],
  ])('reports a handler that %s', async (_name, body, error) => {
    const lambda = host(`exports.handler = async () => { ${body} }`);
    expect(await lambda.invoke(arn, {})).toMatchObject({ status: 'error', error });
    expect(await lambda.invoke(arn, {})).toMatchObject({ status: 'error', error });
  });

  test.each([
    ['a syntax error', 'exports.handler = (', 'SyntaxError'],
    ['no handler', 'exports.other = 1', 'Runtime.HandlerNotFound'],
    ['a missing module', 'require("not-there")', 'Error'],
  ])('reports code with %s', async (_name, code, errorType) => {
    expect(await host(code).invoke(arn, {})).toMatchObject({ status: 'error', error: { errorType } });
  });

  test('knows callbacks and context.done up to Node 22, and refuses them from Node 24 on', async () => {
    const code =
      'exports.handler = (event, context, callback) => event.done ? context.done(null, "done") : callback(null, "called")';
    const old = host(code, { runtime: 'nodejs22.x' });
    expect(await old.invoke(arn, {})).toEqual({ status: 'success', payload: 'called' });
    expect(await old.invoke(arn, { done: true })).toEqual({ status: 'success', payload: 'done' });
    expect(await host(code, { runtime: 'nodejs24.x' }).invoke(arn, {})).toMatchObject({
      error: { errorType: 'Runtime.CallbackHandlerDeprecated' },
    });
  });

  test('kills a function that takes too long, whatever it is doing', async () => {
    const clock = new ManualClock();
    const lambda = host(
      'exports.handler = () => { console.log("in"); for (;;); }',
      { timeoutSeconds: 3 },
      { clock, onLog: () => clock.advance(3000) },
    );
    expect(await lambda.invoke(arn, {})).toMatchObject({
      status: 'error',
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringMatching(/^\S+Z \S{36} Task timed out after 3\.00 seconds$/) as string,
      },
    });
  });

  test('collects what is written, for each invocation', async () => {
    const lambda = host(`
      console.log('loading');
      exports.handler = async (event) => { console.log('%s %j', event.n, { a: 1 }); console.error('err'); process.stdout.write('raw'); }`);
    const [first, second] = [
      lambda.invokeAsync(arn, { n: 1 }),
      await settled(lambda, lambda.invokeAsync(arn, { n: 2 })),
    ];
    expect(lambda.logs({ requestId: first.awsRequestId }).map(({ stream, text }) => [stream, text])).toEqual([
      ['stdout', '1 {"a":1}\n'],
      ['stderr', 'err\n'],
      ['stdout', 'raw'],
    ]);
    expect(lambda.logs({ requestId: second.awsRequestId })[0]?.text).toBe('2 {"a":1}\n');
    expect(lambda.logs({ requestId: '' })[0]?.text).toBe('loading\n');
  });

  describe('asynchronous events', () => {
    const flaky =
      'let n = 0; exports.handler = async (event) => { n += 1; if (n <= event.failures) throw new Error("try " + n); return n; }';

    test.each([
      [0, 1],
      [1, 2],
      [2, 3],
    ])('are tried again: %i failures, %i tries', async (failures, tries) => {
      const lambda = host(flaky);
      const delivery = await settled(lambda, lambda.invokeAsync(arn, { failures }));
      expect(delivery.tries).toHaveLength(tries);
      expect(delivery.tries.at(-1)).toEqual({ status: 'success', payload: tries });
      expect(lambda.failures).toEqual([]);
    });

    test('go to the failures after the third try', async () => {
      const lambda = host(flaky);
      const delivery = await settled(lambda, lambda.invokeAsync(arn, { failures: 9 }));
      expect(lambda.failures).toMatchObject([
        {
          awsRequestId: delivery.awsRequestId,
          condition: 'RetriesExhausted',
          invokeCount: 3,
          event: { failures: 9 },
          error: { errorMessage: 'try 3' },
        },
      ]);
    });

    test.each([
      ['maximumRetryAttempts', { maximumRetryAttempts: 0 }, 'RetriesExhausted', 1],
      ['reservedConcurrency', { reservedConcurrency: 0 }, 'ConcurrencyExhausted', 0],
    ] as const)('heed %s', async (_name, fn, condition, invokeCount) => {
      const lambda = host(flaky, fn);
      await settled(lambda, lambda.invokeAsync(arn, { failures: 9 }));
      expect(lambda.failures).toMatchObject([{ condition, invokeCount }]);
    });

    test('are tried again after one and two minutes, and not when they are too old', async () => {
      const clock = new ManualClock(0);
      const lambda = new LambdaHost({ clock });
      hosts.push(lambda);
      lambda.register({ name: 'f', arn, code: { inline: flaky }, maximumEventAgeSeconds: 100 });
      const delivery = lambda.invokeAsync(arn, { failures: 9 });
      const until = async (tries: number): Promise<void> => {
        while (delivery.tries.length < tries || clock.pending === 0) await new Promise(setImmediate);
      };
      await until(1);
      clock.advance(59_999);
      expect(delivery.tries).toHaveLength(1);
      clock.advance(1);
      await until(2);
      clock.advance(120_000);
      await lambda.idle();
      expect(delivery.tries).toHaveLength(2);
      expect(lambda.failures).toMatchObject([{ condition: 'EventAgeExceeded', invokeCount: 2 }]);
    });

    test('wait for a key that is disabled, longer each time, and are given up when they are too old', async () => {
      const clock = new ManualClock(0);
      const given: FailedDelivery[] = [];
      const lambda = new LambdaHost({ clock, onFailure: (failed) => given.push(failed) });
      hosts.push(lambda);
      const kmsKeyArn = 'arn:aws:kms:us-east-1:111122223333:key/1';
      lambda.register({ name: 'f', arn, code: { inline: flaky }, kmsKeyArn, maximumEventAgeSeconds: 600 });
      lambda.keys.set(kmsKeyArn, 'Disabled');
      const lost = lambda.invokeAsync(arn, { n: 'lost' });
      const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
      // 1 + 2 + … + 256 seconds, and what is left of 600.
      for (let second = 0; second < 599; second += 1) await turn().then(() => clock.advance(1_000));
      await turn();
      expect([clock.pending, given, lost.settled]).toEqual([1, [], false]);
      const saved = lambda.invokeAsync(arn, { failures: 0 });
      clock.advance(1_000);
      await turn();
      expect(given).toMatchObject([
        {
          condition: 'EventAgeExceeded',
          invokeCount: 0,
          event: { n: 'lost' },
          error: { errorType: 'KMSDisabledException' },
        },
      ]);
      lambda.keys.set(kmsKeyArn, 'PendingDeletion');
      expect(await lambda.invoke(arn, {})).toMatchObject({
        isRefused: true,
        error: { errorType: 'KMSInvalidStateException' },
      });
      lambda.keys.set(kmsKeyArn, 'Enabled');
      clock.advance(300_000);
      await lambda.idle();
      expect(saved.tries).toMatchObject([{ status: 'success' }]);
      expect(given).toHaveLength(1);
    });

    test('can come twice, not at all, or in another order', async () => {
      const lambda = host('exports.handler = async (event) => { console.log(event.n) }');
      let release = (): void => undefined;
      const until = new Promise<void>((resolve) => (release = resolve));
      const is = (n: number) => (event: unknown) => (event as { n: number }).n === n;
      lambda.injectFault({ match: is(1), until });
      lambda.injectFault({ match: is(2), duplicates: 1 });
      lambda.injectFault({ match: is(3), drop: true });
      const [one, two, three] = [1, 2, 3].map((n) => lambda.invokeAsync(arn, { n }));
      while (!two?.settled) await new Promise(setImmediate);
      expect(one?.tries).toHaveLength(0);
      release();
      await lambda.idle();
      expect([one, two, three].map((delivery) => delivery?.tries.length)).toEqual([1, 2, 0]);
      expect(lambda.logs().map(({ text }) => text)).toEqual(['2\n', '2\n', '1\n']);
    });
  });

  test('runs containers in a child process of another Node', async () => {
    const lambda = host(
      'let n = 0; exports.handler = async (event) => { console.log("hi"); return { n: ++n, pid: process.pid, event } }',
      { nodePath: process.execPath },
    );
    const first = await lambda.invoke(arn, { a: 1 });
    const second = await lambda.invoke(arn, { a: 2 });
    expect(first).toMatchObject({ status: 'success', payload: { n: 1, event: { a: 1 } } });
    expect(second).toMatchObject({ status: 'success', payload: { n: 2, event: { a: 2 } } });
    expect(first.status === 'success' && (first.payload as { pid: number }).pid).not.toBe(process.pid);
    expect(lambda.logs().map(({ text }) => text)).toEqual(['hi\n', 'hi\n']);
  });

  test('stops at once, with a container that is stuck, one that is frozen and a retry that waits', async () => {
    const lambda = host(
      'exports.handler = async (event) => { if (event.stuck) for (;;); if (event.fail) throw new Error() }',
      {},
      { retryDelays: [3_600_000] },
    );
    const stuck = lambda.invoke(arn, { stuck: true });
    await lambda.invoke(arn, {});
    const failing = lambda.invokeAsync(arn, { fail: true });
    while (failing.tries.length === 0) await new Promise(setImmediate);
    await lambda.stop();
    expect(await stuck).toMatchObject({ status: 'error' });
  });

  test('lets a busy container finish with the old code, and kills it when stopping', async () => {
    const lambda = host(
      'exports.handler = async (event) => { console.log("in"); if (event.stuck) for (;;); return "old" }',
    );
    const stuck = lambda.invoke(arn, { stuck: true });
    while (lambda.logs().length === 0) await new Promise(setImmediate);
    lambda.register({ name: 'f', arn, code: { inline: 'exports.handler = async () => "new"' } });
    expect(await lambda.invoke(arn, {})).toEqual({ status: 'success', payload: 'new' });
    await lambda.stop();
    expect(await stuck).toMatchObject({ status: 'error' });
  });
});
