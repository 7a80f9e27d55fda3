/** Waits are skipped, and nothing else: what works, or is asked and will answer, has its time. */
import { LambdaHost, type InvocationResult } from '../../../../../local/aws/lambda/host';
import { SkippingClock } from '../../../../../local/aws/lambda/skipping-clock';
import { startLoopbackServer, type LoopbackServer } from '../../../../../local/aws/server/loopback-server';

const arn = 'arn:aws:lambda:us-east-1:111122223333:function:f';
const HOUR = 3_600_000;
const hosts: LambdaHost[] = [];
const servers: LoopbackServer[] = [];
afterEach(async () => {
  await Promise.all(hosts.splice(0).map((host) => host.stop()));
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

/** The function of this body, in a Lambda whose invocations may take a day. */
function given(body: string, nodePath?: string): (event?: object) => Promise<InvocationResult> {
  const inline = `
    const http = require('http');
    const { setTimeout: pause } = require('timers/promises');
    const ask = (url, limit) => new Promise((resolve) => {
      const request = http.request(url, (answer) => answer.resume().on('end', () => resolve('answered')));
      const timer = setTimeout(() => { request.destroy(); resolve('too late'); }, limit);
      request.on('close', () => clearTimeout(timer)).on('error', () => undefined).end();
    });
    exports.handler = async (event, context) => { ${body} };`;
  const host = new LambdaHost({ clock: new SkippingClock() });
  hosts.push(host);
  host.register({
    name: 'f',
    arn,
    code: { inline },
    timeoutSeconds: 86_400,
    ...(nodePath === undefined ? {} : { nodePath }),
  });
  return (event = {}) => host.invoke(arn, event);
}

async function givenServer(): Promise<LoopbackServer> {
  const server = await startLoopbackServer({ handle: () => ({ status: 200, body: 'some bytes' }) });
  servers.push(server);
  return server;
}

test.each([
  ['a thread', undefined],
  ['a process', process.execPath],
])(
  'in %s, an hour passes at once on each of its clocks, and in the time that is left',
  async (_, nodePath) => {
    const invoke = given(
      `const all = () => [Date.now(), new Date().getTime(), performance.now(), -context.getRemainingTimeInMillis()];
     const before = all();
     await pause(${HOUR});
     await new Promise((resolve) => setTimeout(resolve, ${HOUR}));
     return all().map((time, index) => time - before[index]);`,
      nodePath,
    );
    const result = await invoke();
    expect(result).toMatchObject({ status: 'success' });
    const passed = result.status === 'success' ? (result.payload as readonly number[]) : [];
    expect(passed).toHaveLength(4);
    for (const time of passed) expect(Math.round(time / HOUR)).toBe(2);
  },
);

test('what never ends is ended by Lambda', async () => {
  expect(await given('await new Promise(() => undefined)')()).toMatchObject({
    error: { errorType: 'Sandbox.Timedout' },
  });
});

test('those that wait at once go on in the order of their times', async () => {
  const order: unknown[] = [];
  const invoke = given('for (let i = 0; i < event.times; i += 1) await pause(event.ms); return event;');
  const events = [
    { times: 1, ms: 5 * HOUR },
    { times: 4, ms: HOUR },
    { times: 1, ms: 2 * HOUR },
  ];
  await Promise.all(events.map(async (event) => invoke(event).then(() => order.push(event.ms / HOUR))));
  expect(order).toEqual([2, 1, 5]);
});

test('a pause that is taken back is not waited for', async () => {
  const invoke = given(
    `const stop = new AbortController();
     setTimeout(() => stop.abort('enough'), ${HOUR});
     return pause(20 * ${HOUR}, undefined, { signal: stop.signal }).catch(({ name, code, cause }) => [name, code, cause]);`,
  );
  expect(await invoke()).toEqual({ status: 'success', payload: ['AbortError', 'ABORT_ERR', 'enough'] });
});

test('a server that works has the time that it needs', async () => {
  const server = await givenServer();
  const other = await givenServer();
  // It answers once the function has waited for another one.
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  server.injectFault({ match: () => true, before: () => released });
  other.injectFault({ match: () => true, before: release });
  const invoke = given('return ask(event.url, event.limit ?? 1e7)');
  const slow = invoke({ url: server.url });
  while (server.requests.length === 0) await new Promise(setImmediate);
  const quick = await invoke({ url: other.url });
  expect([quick, await slow]).toEqual([
    { status: 'success', payload: 'answered' },
    { status: 'success', payload: 'answered' },
  ]);
});

test.each(['stall', 'drip'] as const)('one that never answers (%s) is given up at once', async (action) => {
  const server = await givenServer();
  server.injectFault({ match: () => true, action });
  const invoke = given('return ask(event.url, 60_000)');
  expect(await invoke({ url: server.url })).toEqual({ status: 'success', payload: 'too late' });
});
