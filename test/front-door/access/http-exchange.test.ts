import { Agent } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { exchange, NoAnswer, type ExchangeRequest } from '../../../access/http-exchange';
import { startLoopbackServer, type LoopbackServer } from '../../../local/aws/server/loopback-server';

let server: LoopbackServer;
beforeEach(async () => {
  server = await startLoopbackServer({
    handle: () => ({ status: 418, headers: { 'retry-after': '7' }, body: 'dév\u{1F600}' }),
  });
});
afterEach(() => server.stop());

const request = (overrides: Partial<ExchangeRequest> = {}): ExchangeRequest => ({
  url: new URL(server.url),
  method: 'GET',
  headers: {},
  agent: false,
  limitMs: 30_000,
  ...overrides,
});

test('path and query go out byte for byte, and nothing is added to an empty content type', async () => {
  const asSigned = "/a%7Cb%2Fc|d/e?X-Amz-Signature=5ecre7%2B&x=a+b%20c&empty=&'()*";
  const body = Buffer.from('dév\u{1F600}');
  const url = new URL(server.url + asSigned);
  const answer = await exchange(request({ url, method: 'PUT', headers: { 'content-type': '' }, body }));
  answer.discard();
  const [sent] = server.requests;
  expect(sent).toMatchObject({ method: 'PUT', url: `${url.pathname}${url.search}`, body });
  expect(sent?.url).toContain('/a%7Cb%2Fc|d/e?X-Amz-Signature=5ecre7%2B&x=a+b%20c&empty=&');
  expect(sent?.headers).toEqual({
    host: url.host,
    'content-type': '',
    'content-length': String(body.length),
    connection: 'close',
  });
});

test('status, headers and the text of the body come back', async () => {
  const answer = await exchange(request());
  expect(answer.status).toBe(418);
  expect(answer.headers['retry-after']).toBe('7');
  expect(await answer.text()).toBe('dév\u{1F600}');
});

test('an agent keeps its connection, even where a body was discarded', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  (await exchange(request({ agent }))).discard();
  await (await exchange(request({ agent }))).text();
  expect(server.connections()).toBe(1);
  agent.destroy();
});

const thrownBy = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

test.each([
  ['reset', 'ECONNRESET', 30_000],
  ['stall', 'ETIMEDOUT', 50],
] as const)('%s: no answer, said by a code and without the URL', async (action, code, limitMs) => {
  server.injectFault({ match: () => true, action });
  const url = new URL(`${server.url}/path?X-Amz-Signature=5ecre7`);
  const error = await thrownBy(exchange(request({ url, limitMs })));
  expect(error).toBeInstanceOf(NoAnswer);
  expect(error).toMatchObject({ code, message: `no answer (${code})` });
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('5ecre7');
});

test('a connection that does not come about has a limit of its own', async () => {
  const silent = await startSilent();
  const url = new URL(`https://127.0.0.1:${silent.port}`);
  const error = await thrownBy(exchange(request({ url, connectMs: 50 })));
  expect(error).toMatchObject({ name: 'NoAnswer', code: 'ETIMEDOUT' });
  await silent.stop();
});

test('an abort rejects with its own reason, before and while the body is read', async () => {
  const abort = new AbortController();
  const reason = new Error('the time ran out');
  const half = await startLoopbackServer({
    handle: () => ({ status: 200, headers: { 'content-length': '100' }, body: '{' }),
  });
  const answer = await exchange(request({ url: new URL(half.url), signal: abort.signal }));
  const text = thrownBy(answer.text());
  abort.abort(reason);
  expect(await text).toBe(reason);
  expect(await thrownBy(exchange(request({ signal: abort.signal })))).toBe(reason);
  await half.stop();
});

test('a body that breaks off is no answer', async () => {
  const half = await startLoopbackServer({
    handle: () => ({ status: 200, headers: { 'content-length': '100' }, body: '{' }),
  });
  const answer = await exchange(request({ url: new URL(half.url) }));
  const text = thrownBy(answer.text());
  await half.stop();
  expect(await text).toMatchObject({ name: 'NoAnswer', code: 'ECONNRESET' });
});

/** Takes connections and never speaks TLS. */
async function startSilent(): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => void sockets.add(socket));
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}
