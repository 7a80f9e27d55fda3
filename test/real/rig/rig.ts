/**
 * The rig: a real kube-apiserver on a real etcd, the real authenticator in front of it, and the project's own AWS
 * (STS, EKS, CloudFormation, Lambda) around them, all on loopback. One function starts it, one stops it.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDER_GROUP } from '../../../access/contract';
import { presignToken } from '../../../access/cluster/token';
import { type LocalAws, startLocalAws } from '../../../local/aws/local-aws';
import { type NewCluster } from '../../../local/aws/local-cluster';
import { deployProvider, type DeployedProvider, type ProviderOptions } from '../../../local/demo/provider';
import { findTools, type Tools } from '../setup/tools';
import { type Authority, createAuthority } from './authority';
import { awsHosts, startAwsFront } from './aws-front';
import { entriesFile } from './entries-file';
import { type EksFront, startEksFront } from './eks-front';
import {
  type Answer,
  type DoorOptions,
  kubeconfig,
  type RequestOptions,
  send,
  speak,
  type Spoken,
} from './kubernetes-door';
import { prepareApiServer, prepareAuthenticator, startEtcd } from './kubernetes-parts';
import { freePorts, KEEP, MARK, type Part, quietEnvironment, startReaper, tail } from './part';

export const CLUSTER = 'my-cluster';
const REGION = 'us-east-1';
const PROVIDER = 'eks-access-provider';
const AWS_AUTH = '/api/v1/namespaces/kube-system/configmaps/aws-auth';

/** Another bundle than the built one: how a break of the product is shown to be seen (docs/proof.md). */
const bundle = process.env['CFN_EKS_ACCESS_BUNDLE'];

/** What the authenticator says of a token. */
export interface Login {
  readonly username: string;
  readonly groups: readonly string[];
}

export interface ConfigMap {
  readonly metadata: {
    readonly resourceVersion: string;
    readonly annotations?: Readonly<Record<string, string>>;
    readonly [key: string]: unknown;
  };
  readonly data?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

export interface Rig {
  readonly tools: Tools;
  readonly aws: LocalAws;
  readonly eks: EksFront;
  readonly authority: Authority;
  /** The door of an administrator (system:masters). */
  readonly door: DoorOptions;
  readonly folder: string;
  readonly mark: string;
  readonly apiServer: { stop(): Promise<void>; start(): Promise<void> };
  /** Deploys the provider into the local Lambda as a child process of that Node. */
  deploy(options: ProviderOptions): Promise<DeployedProvider>;
  /** One request as the administrator. */
  admin(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  /** aws-auth as it is; undefined when there is none. */
  awsAuth(): Promise<ConfigMap | undefined>;
  /** Makes or replaces aws-auth whatever it was; answers what the API server says. */
  putAwsAuth(content: object): Promise<Answer>;
  deleteAwsAuth(): Promise<void>;
  /** As the administrator, or as the token says. */
  kubectl(
    parameters: readonly string[],
    options?: { readonly token?: string; readonly input?: string },
  ): Promise<Spoken>;
  /** The bearer token of a role, user or account root. */
  token(arn: string, sessionName?: string): Promise<string>;
  /** The authenticator's own word, without the API server's cache; undefined: refused. */
  login(arn: string, sessionName?: string): Promise<Login | undefined>;
  /** Prints the end of every log and keeps the folder. */
  report(): void;
  stop(): Promise<void>;
}

export interface RigOptions {
  /** Containers of the function that run at once. */
  readonly concurrency?: number;
  /** Who gets entries by EKS itself; the authenticator reads an `EntriesFile` as well then. */
  readonly entries?: Pick<NewCluster, 'creatorArn' | 'managedNodeRoles' | 'fargateRoles'>;
}

export async function startRig({ entries, ...options }: RigOptions = {}): Promise<Rig> {
  const tools = findTools();
  const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-real-'));
  const mark = randomUUID();
  const place = { tools, folder, mark };
  const parts: Part[] = [];
  const stops: (() => Promise<void>)[] = [];
  const reaper = startReaper(mark, folder);
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
    await Promise.all(parts.map((part) => part.kill()));
    await reaper.finish();
  };
  const report = (): void => {
    writeFileSync(join(folder, KEEP), '');
    const logs = [...new Map(parts.map((part) => [part.name, part])).values()];
    for (const part of logs)
      process.stderr.write(
        `\n--- ${part.name}, the end of its log (all of it in ${folder})\n${tail(part.log())}\n`,
      );
  };
  try {
    const aws = await startLocalAws({ region: REGION, ...options });
    stops.push(() => aws.stop());
    await aws.controlPlane.createCluster({ name: CLUSTER, authenticationMode: 'CONFIG_MAP', ...entries });

    const authority = await createAuthority('rig');
    const admin = await authority.client('rig-admin', 'system:masters');
    const [clientPort = 0, peerPort = 0, port = 0, authenticatorPort = 0] = await freePorts(4);
    const roleArn = aws.iam.roleArn(PROVIDER);
    const authenticator = await prepareAuthenticator(place, {
      port: authenticatorPort,
      cluster: CLUSTER,
      region: REGION,
      mounted: { roleArn, username: PROVIDER_GROUP, groups: [PROVIDER_GROUP] },
      entries: entries && entriesFile(folder),
    });
    const startApiServer = await prepareApiServer(place, {
      port,
      etcdPort: clientPort,
      authority,
      admin,
      webhook: authenticator.webhook,
    });
    const door = { endpoint: `https://127.0.0.1:${port}`, authority: authority.cert, client: admin };
    parts.push(await startEtcd(place, clientPort, peerPort));
    let apiServer = await startApiServer();
    parts.push(apiServer);
    const awsFront = await startAwsFront(await authority.server(...awsHosts(REGION)), aws.endpoints.sts);
    stops.push(() => awsFront.stop());
    parts.push(await authenticator.start(door, awsFront.url));
    const eks = await startEksFront(aws.endpoints.eks, {
      endpoint: door.endpoint,
      authority: authority.cert,
    });
    stops.push(() => eks.server.stop());

    const adminFile = join(folder, 'admin.kubeconfig');
    const nobodyFile = join(folder, 'nobody.kubeconfig');
    writeFileSync(adminFile, kubeconfig(door), { mode: 0o600 });
    writeFileSync(nobodyFile, kubeconfig({ endpoint: door.endpoint, authority: authority.cert }));
    const request = (method: string, path: string, requestOptions?: RequestOptions): Promise<Answer> =>
      send(door, method, path, requestOptions);
    const token = (arn: string, sessionName?: string): Promise<string> =>
      presignToken({
        clusterName: CLUSTER,
        region: REGION,
        dnsSuffix: 'amazonaws.com',
        credentials: aws.iam.credentialsFor(arn, sessionName),
        now: Date.now(),
      });

    return {
      tools,
      aws,
      eks,
      authority,
      door,
      folder,
      mark,
      report,
      stop,
      token,
      admin: request,
      apiServer: {
        stop: () => apiServer.kill(),
        start: async () => {
          apiServer = await startApiServer();
          parts.push(apiServer);
        },
      },
      deploy: ({ environment = {}, ...provider }) =>
        deployProvider(aws, {
          ...(bundle === undefined ? {} : { bundle }),
          functionName: PROVIDER,
          ...provider,
          // The last one makes every deployment an update with containers of its own, also when nothing else changed.
          environment: {
            AWS_ENDPOINT_URL_EKS: eks.server.url,
            [MARK]: mark,
            ...environment,
            RIG_DEPLOYMENT: randomUUID(),
          },
        }),
      awsAuth: async () => {
        const { status, body } = await request('GET', AWS_AUTH);
        return status === 200 ? (body as ConfigMap) : undefined;
      },
      putAwsAuth: async (content) => {
        const object = { apiVersion: 'v1', kind: 'ConfigMap', ...content };
        const replaced = await request('PUT', AWS_AUTH, { body: object });
        return replaced.status === 404
          ? request('POST', AWS_AUTH.slice(0, -'/aws-auth'.length), { body: object })
          : replaced;
      },
      deleteAwsAuth: async () => void (await request('DELETE', AWS_AUTH)),
      kubectl: (parameters, { token: bearer, input } = {}) => {
        const user =
          bearer === undefined
            ? ['--kubeconfig', adminFile]
            : ['--kubeconfig', nobodyFile, '--token', bearer];
        return speak(tools.kubectl, [...user, ...parameters], quietEnvironment(mark, folder), input);
      },
      login: async (arn, sessionName) => {
        const review = {
          apiVersion: 'authentication.k8s.io/v1beta1',
          kind: 'TokenReview',
          spec: { token: await token(arn, sessionName) },
        };
        const { body } = await send({ endpoint: authenticator.door.endpoint }, 'POST', '/authenticate', {
          body: review,
        });
        const { status } = body as {
          status: { authenticated?: boolean; user?: { username?: string; groups?: string[] } };
        };
        return status.authenticated === true
          ? { username: status.user?.username ?? '', groups: status.user?.groups ?? [] }
          : undefined;
      },
    };
  } catch (error) {
    report();
    await stop();
    throw error;
  }
}

/** The very manifest that people are asked to apply. */
export const RBAC_FILE = join(__dirname, '..', '..', '..', 'samples', 'provider-rbac.yaml');

/** Gives the provider its rights by applying it. */
export async function grantProvider(rig: Rig): Promise<void> {
  const applied = await rig.kubectl(['apply', '-f', '-'], { input: readFileSync(RBAC_FILE, 'utf8') });
  if (applied.status !== 0)
    throw new Error(`kubectl apply of samples/provider-rbac.yaml failed: ${applied.stderr}`);
}
