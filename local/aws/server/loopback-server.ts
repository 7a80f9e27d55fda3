/**
 * A real HTTP(S) server on loopback that can be told to misbehave: every part of the local AWS is one.
 * It binds to 127.0.0.1 and a free port unless told another, and leaves nothing when stopped.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import { answerInPart, type Fault, FaultQueue } from './fault';
import { type LocalRequest, type LocalResponse } from './message';
import { leaveSilent } from './silent-ports';

export type { Fault } from './fault';
export type { LocalRequest, LocalResponse } from './message';

export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` or `https://127.0.0.1:PORT`. */
  readonly url: string;
  readonly port: number;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly LocalRequest[];
  /** TLS handshakes or TCP connections accepted so far. */
  connections(): number;
  injectFault(fault: Fault): void;
  stop(): Promise<void>;
}

export interface LoopbackOptions {
  /** PEM; with it the server speaks TLS. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Default: a free port. */
  readonly port?: number | undefined;
  readonly handle: (request: LocalRequest) => LocalResponse | Promise<LocalResponse>;
}

export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const requests: LocalRequest[] = [];
  const faults = new FaultQueue();
  const sockets = new Set<Socket>();
  let connections = 0;

  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    requests.push(request);
    const fault = faults.take(request);
    const action = fault && 'action' in fault ? fault.action : undefined;
    if (action === 'stall') return void leaveSilent(incoming.socket);
    if (action === 'reset') return void incoming.socket.destroy();
    if (fault && 'before' in fault) await fault.before(request);
    const response = fault && 'respond' in fault ? fault.respond : await options.handle(request);
    if (action === 'reset-after') return void incoming.socket.destroy();
    if (action !== undefined) return answerInPart(action, response, outgoing);
    outgoing.writeHead(response.status, response.headers);
    if (!response.stream) return void outgoing.end(response.body ?? '');
    outgoing.flushHeaders();
    const stop = response.stream(
      (text) => void outgoing.write(text),
      () => void outgoing.end(),
    );
    outgoing.once('close', stop);
  };

  const listener = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    serve(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500, { 'content-type': 'text/plain' });
      outgoing.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  };
  const server: Server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  // Node closes idle connections after five seconds, just as a client may be sending on one: a fault that nobody asked for.
  server.keepAliveTimeout = 120_000;
  server.on(options.tls ? 'secureConnection' : 'connection', () => (connections += 1));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;

  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    connections: () => connections,
    injectFault: (fault) => faults.add(fault),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<LocalRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const url = incoming.url ?? '/';
  const question = url.indexOf('?');
  return {
    method: incoming.method ?? 'GET',
    path: question < 0 ? url : url.slice(0, question),
    query: new URLSearchParams(question < 0 ? '' : url.slice(question + 1)),
    url,
    headers: Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : (value ?? ''),
      ]),
    ),
    body: Buffer.concat(chunks),
  };
}
