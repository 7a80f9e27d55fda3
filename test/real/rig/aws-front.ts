/**
 * What the authenticator takes for AWS: a CONNECT proxy that ends the TLS of `sts.…` and `ec2.…` with a certificate of
 * the rig. STS is the local one, which checks every signature; EC2 knows the private DNS name of any instance.
 */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket } from 'node:net';
import { type KeyPair } from './authority';

export interface AwsFront {
  /** For `HTTPS_PROXY`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Host names that the proxy answers for. */
export function awsHosts(region: string): readonly string[] {
  return [`sts.${region}.amazonaws.com`, `ec2.${region}.amazonaws.com`];
}

/** `stsUrl`: where the local STS listens. */
export async function startAwsFront(certificate: KeyPair, stsUrl: string): Promise<AwsFront> {
  const sockets = new Set<Socket>();
  const service = createTlsServer(certificate, (incoming, outgoing) => {
    if (incoming.headers.host?.startsWith('ec2.')) void describeInstances(incoming, outgoing);
    else passOn(incoming, outgoing, new URL(stsUrl));
  });
  const proxy = createServer((_, outgoing) => outgoing.writeHead(405).end());
  proxy.on('connect', (_request: IncomingMessage, socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    service.emit('connection', socket);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        proxy.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Host and headers stay as they were signed. */
function passOn(incoming: IncomingMessage, outgoing: ServerResponse, { hostname, port }: URL): void {
  const { method = 'GET', url: path, headers } = incoming;
  const onward = httpRequest({ hostname, port, method, path, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.writeHead(502).end());
  incoming.pipe(onward);
}

/** The private DNS name that EC2 gives the instance `i-0000000000000002a`: `ip-10-0-0-42.ec2.internal`. */
export function privateDnsName(instanceId: string): string {
  return `ip-10-0-0-${parseInt(instanceId.slice(-2), 16)}.ec2.internal`;
}

async function describeInstances(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const ids = [...new URLSearchParams(Buffer.concat(chunks).toString('utf8'))].filter(([name]) =>
    name.startsWith('InstanceId.'),
  );
  const items = ids.map(
    ([, id]) =>
      `<item><instanceId>${id}</instanceId><privateDnsName>${privateDnsName(id)}</privateDnsName></item>`,
  );
  outgoing.writeHead(200, { 'content-type': 'text/xml' });
  outgoing.end(
    `<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item><instancesSet>${items.join('')}</instancesSet></item></reservationSet></DescribeInstancesResponse>`,
  );
}
