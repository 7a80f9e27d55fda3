/** A wire between the function and the API server that can be cut after the request and before the answer. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface Relay {
  readonly port: number;
  /** The connections of this moment deliver no further byte to the client: the next one cuts them. */
  loseNextAnswers(): void;
  stop(): Promise<void>;
}

export async function startRelay(port: number): Promise<Relay> {
  const pairs = new Set<{ readonly client: Socket; readonly server: Socket; losing: boolean }>();
  const listener = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    const pair = { client, server, losing: false };
    pairs.add(pair);
    const end = (): void => {
      pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    client.on('data', (chunk) => server.write(chunk));
    server.on('data', (chunk) => (pair.losing ? end() : client.write(chunk)));
    for (const socket of [client, server]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    loseNextAnswers: () => {
      for (const pair of pairs) pair.losing = true;
    },
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const { client, server } of pairs) {
          client.destroy();
          server.destroy();
        }
      }),
  };
}
