/**
 * One HTTP request over node:http(s) and its answer: what the Kubernetes API, the SDK's clients and the delivery of
 * CloudFormation's answer are all made of. Tries nothing again and judges no status.
 */
import { type Agent, type IncomingMessage, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface ExchangeRequest {
  /** Path and query go out byte for byte as they are here. */
  readonly url: URL;
  /** Path and query in place of the URL's, for those that `URL` would normalise. */
  readonly path?: string | undefined;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Octets; their number goes out as content-length. */
  readonly body?: Buffer | undefined;
  /** `false`: a connection of its own, closed after the answer. */
  readonly agent: Agent | false;
  /** Milliseconds from the call to the end of the answer, or to the last of it that is read. */
  readonly limitMs: number;
  /** Milliseconds for a new connection, TLS included; default: `limitMs`. */
  readonly connectMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ExchangeAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: IncomingMessage['headers'];
  /** Reads the body to its end. */
  bytes(): Promise<Buffer>;
  /** The same as UTF-8. */
  text(): Promise<string>;
  /** For those who want no more than the status. */
  discard(): void;
}

/** No answer came, or not all of it: the request may have been carried out all the same. Never holds the URL. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    /** Of Node or the system: `ECONNREFUSED`, `ETIMEDOUT`, `CERT_HAS_EXPIRED`, … */
    readonly code: string,
  ) {
    super(`no answer (${code})`);
  }
}

/**
 * Resolves once the status line and the headers are there. Rejects with NoAnswer, and with the signal's own reason
 * once it is aborted; so do `bytes` and `text`. A fault of the program is rejected as it is.
 */
export function exchange(request: ExchangeRequest): Promise<ExchangeAnswer> {
  const { url, path, method, headers, body, agent, limitMs, connectMs, signal } = request;
  const failure = (error: NodeJS.ErrnoException): Error => {
    if (signal?.aborted === true) return signal.reason as Error;
    // Node and the system give every error of a connection a code.
    return error.code === undefined ? error : new NoAnswer(error.code);
  };
  if (signal?.aborted === true) return Promise.reject(signal.reason as Error);
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'http:' ? httpRequest : httpsRequest)(
      url,
      {
        ...(path === undefined ? {} : { path }),
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-length': body.length }) },
        agent,
      },
      (incoming) => resolve(answerOf(incoming, failure)),
    );
    const limit = setTimeout(() => outgoing.destroy(timedOut()), Math.max(1, limitMs));
    outgoing.on('socket', (socket) => {
      if (connectMs === undefined || !socket.connecting) return;
      const connectLimit = setTimeout(() => outgoing.destroy(timedOut()), connectMs);
      socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => clearTimeout(connectLimit));
      socket.once('close', () => clearTimeout(connectLimit));
    });
    // Not Node's `signal` option, which watches the whole life of the stream with listeners of its own.
    const abort = (): void => void outgoing.destroy(signal?.reason as Error);
    signal?.addEventListener('abort', abort, { once: true });
    outgoing.on('close', () => {
      clearTimeout(limit);
      signal?.removeEventListener('abort', abort);
    });
    outgoing.on('error', (error) => reject(failure(error)));
    outgoing.end(body);
  });
}

function answerOf(
  incoming: IncomingMessage,
  failure: (error: NodeJS.ErrnoException) => Error,
): ExchangeAnswer {
  const bytes = (): Promise<Buffer> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', (error) => reject(failure(error)));
      incoming.on('end', () => resolve(Buffer.concat(chunks)));
    });
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    bytes,
    text: async () => (await bytes()).toString('utf8'),
    discard: () => {
      // The body is not read, so an error after the status changes nothing.
      incoming.on('error', () => undefined);
      incoming.resume();
    },
  };
}

function timedOut(): Error {
  return Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
}
