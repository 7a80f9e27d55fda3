/** etcd, kube-apiserver and aws-iam-authenticator, each started with what it needs on a loopback port. */
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { type Tools } from '../setup/tools';
import { type Authority, type KeyPair } from './authority';
import { type DoorOptions, kubeconfig, send, speak } from './kubernetes-door';
import { type Part, quietEnvironment, ready, startPart } from './part';

export interface Place {
  readonly tools: Tools;
  readonly folder: string;
  readonly mark: string;
}

const write = (place: Place, name: string, text: string): string => {
  const file = join(place.folder, name);
  writeFileSync(file, text, { mode: 0o600 });
  return file;
};

export async function startEtcd(place: Place, clientPort: number, peerPort: number): Promise<Part> {
  const [client, peer] = [clientPort, peerPort].map((port) => `http://127.0.0.1:${port}`) as [string, string];
  const part = startPart({
    ...place,
    name: 'etcd',
    program: place.tools.etcd,
    parameters: [
      ...['--data-dir', join(place.folder, 'etcd-data'), '--unsafe-no-fsync'],
      ...['--listen-client-urls', client, '--advertise-client-urls', client],
      ...[
        '--listen-peer-urls',
        peer,
        '--initial-advertise-peer-urls',
        peer,
        '--initial-cluster',
        `default=${peer}`,
      ],
    ],
  });
  await ready(part, () => isHealthy(`${client}/health`));
  return part;
}

function isHealthy(url: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', reject);
  });
}

export interface ApiServerOptions {
  readonly port: number;
  readonly etcdPort: number;
  readonly authority: Authority;
  readonly admin: KeyPair;
  /** Path of the kubeconfig that `authenticator init` wrote. */
  readonly webhook: string;
}

/** Writes its files; the answer starts it, as often as it is asked to. */
export async function prepareApiServer(
  place: Place,
  options: ApiServerOptions,
): Promise<() => Promise<Part>> {
  const { port, authority, admin } = options;
  const serving = await authority.server('kubernetes');
  const { privateKey, publicKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type: 'sec1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const parameters = [
    ...['--etcd-servers', `http://127.0.0.1:${options.etcdPort}`],
    ...['--bind-address', '127.0.0.1', '--secure-port', String(port)],
    ...[
      '--tls-cert-file',
      write(place, 'serving.pem', serving.cert),
      '--tls-private-key-file',
      write(place, 'serving.key', serving.key),
    ],
    ...['--client-ca-file', write(place, 'ca.pem', authority.cert)],
    ...['--service-account-key-file', write(place, 'service-account.pub', publicKey)],
    ...['--service-account-signing-key-file', write(place, 'service-account.key', privateKey)],
    ...[
      '--service-account-issuer',
      'https://kubernetes.default.svc',
      '--service-cluster-ip-range',
      '10.0.0.0/24',
    ],
    // etcd 3.4 tells a watch cache of no progress: after a restart a watch would wait for the next write of a ConfigMap.
    ...['--watch-cache-sizes', 'configmaps#0'],
    ...['--authorization-mode', 'RBAC', '--disable-admission-plugins', 'ServiceAccount'],
    ...[
      '--authentication-token-webhook-config-file',
      options.webhook,
      '--authentication-token-webhook-cache-ttl',
      '1s',
    ],
  ];
  const door = { endpoint: `https://127.0.0.1:${port}`, authority: authority.cert, client: admin };
  return async () => {
    const part = startPart({
      ...place,
      name: 'kube-apiserver',
      program: place.tools.kubeApiserver,
      parameters,
    });
    await ready(part, async () => (await send(door, 'GET', '/readyz')).status === 200);
    // Ready comes a moment before the namespace is there.
    await ready(part, async () => (await send(door, 'GET', '/api/v1/namespaces/kube-system')).status === 200);
    return part;
  };
}

export interface AuthenticatorOptions {
  readonly port: number;
  readonly cluster: string;
  readonly region: string;
  /** Role that is let in by a mounted file, as EKS lets the cluster's creator in by an entry that is not shown. */
  readonly mounted: {
    readonly roleArn: string;
    readonly username: string;
    readonly groups: readonly string[];
  };
  /** Path of a file of mappings that go before aws-auth (`EntriesFile`); none without it. */
  readonly entries?: string | undefined;
}

export interface Authenticator {
  /** Path of the webhook's kubeconfig for kube-apiserver. */
  readonly webhook: string;
  readonly door: DoorOptions;
  /** Watches aws-auth of that API server; `proxyUrl` is its way to AWS. */
  start(apiServer: DoorOptions, proxyUrl: string): Promise<Part>;
}

export async function prepareAuthenticator(
  place: Place,
  options: AuthenticatorOptions,
): Promise<Authenticator> {
  const { port, cluster, region, mounted, entries } = options;
  const { roleArn: roleARN, username, groups } = mounted;
  const backendMode = ['MountedFile', ...(entries === undefined ? [] : ['DynamicFile']), 'EKSConfigMap'];
  const server = { port, backendMode, mapRoles: [{ roleARN, username, groups }] };
  const config = write(
    place,
    'authenticator.json',
    JSON.stringify({
      clusterID: cluster,
      server: { ...server, ...(entries === undefined ? {} : { dynamicfilepath: entries }) },
    }),
  );
  const env = quietEnvironment(place.mark, place.folder);
  const init = await speak(
    '/bin/sh',
    [
      '-c',
      `cd "$1" && "$2" init -i "$3" -c "$4"`,
      'init',
      place.folder,
      place.tools.authenticator,
      cluster,
      config,
    ],
    env,
  );
  if (init.status !== 0)
    throw new Error(`aws-iam-authenticator init ended with ${init.status}\n${init.stderr}`);
  const door = {
    endpoint: `https://127.0.0.1:${port}`,
    authority: readFileSync(join(place.folder, 'cert.pem'), 'utf8'),
  };
  return {
    webhook: join(place.folder, 'aws-iam-authenticator.kubeconfig'),
    door,
    start: async (apiServer, proxyUrl) => {
      const part = startPart({
        ...place,
        name: 'aws-iam-authenticator',
        program: place.tools.authenticator,
        parameters: [
          ...['server', '-i', cluster, '-c', config],
          ...['--kubeconfig', write(place, 'authenticator.kubeconfig', kubeconfig(apiServer))],
          ...['--state-dir', place.folder, '--kubeconfig-pregenerated'],
        ],
        env: {
          AWS_REGION: region,
          // Of no account: EC2 of the rig asks for no signature, and the SDK wants one to write.
          AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'none',
          HTTPS_PROXY: proxyUrl,
          SSL_CERT_FILE: join(place.folder, 'ca.pem'),
        },
      });
      await ready(part, async () => (await send(door, 'GET', '/healthz')).status === 200);
      return part;
    },
  };
}
