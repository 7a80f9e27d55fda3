/**
 * How the SDK's clients send a request: over the same exchange as the Kubernetes API and CloudFormation's answer, with
 * connections that are kept alive between the invocations of a warm container. The SDK's own handler does the same with
 * several timers and listeners a request (docs/decisions/0007).
 */
import { buildQueryString } from '@smithy/core/protocols';
import { type HttpHandler, type HttpRequest, type HttpResponse } from '@smithy/protocol-http';
import { Agent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { exchange, NoAnswer } from '../http-exchange';
import { ConnectionError } from './sdk-failure';

/** Limit of one request, answer included: one silent endpoint must not eat the invocation. */
const REQUEST_MS = 10_000;

/** The signal of a request that is about to be sent: the SDK has no other way to it for clients that keep their stack. */
const signals = new WeakMap<HttpRequest, AbortSignal>();

export function abortWith(request: HttpRequest, signal: AbortSignal): void {
  signals.set(request, signal);
}

type Agents = Readonly<Record<'http:' | 'https:', Agent>>;

/** Throws ConnectionError when no answer came, and the signal's reason once it is aborted. */
async function handle(request: HttpRequest, agents: Agents): Promise<{ response: HttpResponse }> {
  const { method, path, headers } = request;
  const body = request.body as string | Uint8Array | undefined;
  const scheme = request.protocol === 'http:' ? 'http:' : 'https:';
  const port = request.port === undefined ? '' : `:${request.port}`;
  const url = new URL(`${scheme}//${request.hostname}${port}`);
  const query = buildQueryString(request.query);
  try {
    const answer = await exchange({
      url,
      path: query === '' ? path : `${path}?${query}`,
      method,
      headers,
      body: body === undefined ? undefined : bytesOf(body),
      agent: agents[scheme],
      limitMs: REQUEST_MS,
      signal: signals.get(request),
    });
    const response = {
      statusCode: answer.status,
      headers: Object.fromEntries(
        Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: await answer.bytes(),
    };
    return { response };
  } catch (error) {
    throw error instanceof NoAnswer ? new ConnectionError(url.host, error.code, error) : error;
  }
}

/** Not `Buffer.from(body)` of bytes: it asks them for text first, at which the SDK's own bytes of JSON warn in the log. */
function bytesOf(body: string | Uint8Array): Buffer {
  return typeof body === 'string'
    ? Buffer.from(body)
    : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** With connections of its own; Node keeps those of each host apart. */
export function createRequestHandler(): HttpHandler {
  const agents = {
    'http:': new Agent({ keepAlive: true }),
    'https:': new HttpsAgent({ keepAlive: true }),
  };
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    handle: (request) => handle(request, agents),
    // The SDK's way to change a handler's settings; this one has none.
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
  };
}
