/**
 * The rig of the CDK CLI: ministack as AWS, and as its cluster a real kube-apiserver behind the real authenticator. The
 * function that CDK deploys runs in ministack's Lambda and logs in with a token that ministack's STS vouches for.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDER_GROUP } from '../../../lambda/contract';
import { createAuthority } from '../rig/authority';
import { awsHosts, startAwsFront } from '../rig/aws-front';
import { kubeconfig, speak, type Spoken } from '../rig/kubernetes-door';
import { prepareApiServer, prepareAuthenticator, startEtcd } from '../rig/kubernetes-parts';
import { freePorts, MARK, type Part, quietEnvironment, startReaper, tail } from '../rig/part';
import { findTools } from '../setup/tools';
import { ACCOUNT, startMinistack } from './ministack';
import { type EksFront, startCloudFormationFront, startEksFront, startStsFront } from './ministack-fronts';

export const CLUSTER = 'my-cluster';
const REGION = 'us-east-1';
const root = join(__dirname, '..', '..', '..');

export interface CliRig {
  readonly eks: EksFront;
  /** The CDK CLI as people run it, with our app. */
  cdk(...parameters: readonly string[]): Promise<Spoken>;
  /** The AWS CLI; the parsed answer. Rejects with what it says when it fails. */
  aws(...parameters: readonly string[]): Promise<unknown>;
  /** As an administrator, from the root of the repository. */
  kubectl(...parameters: readonly string[]): Promise<Spoken>;
  /** What `kubectl auth whoami` says of a token of that role, which ministack's STS vouches for. */
  whoami(roleArn: string, sessionName?: string): Promise<Login | undefined>;
  /** A foreign writer: changes the text of mapRoles with kubectl; the text that it wrote. */
  writeMapRoles(change: (text: string) => string): Promise<string>;
  /** Prints the end of every log and keeps the folder. */
  report(): void;
  stop(): Promise<void>;
}

export async function startCliRig(): Promise<CliRig> {
  const tools = findTools();
  const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-cli-'));
  const mark = randomUUID();
  const place = { tools, folder, mark };
  const parts: Part[] = [];
  const stops: (() => Promise<void>)[] = [];
  const reaper = startReaper(mark);
  let keep = false;
  const stop = async (): Promise<void> => {
    for (const step of stops.splice(0).reverse()) await step();
    await Promise.all(parts.map((part) => part.kill()));
    await reaper.finish();
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  const report = (): void => {
    keep = true;
    for (const part of parts)
      process.stderr.write(
        `\n--- ${part.name}, the end of its log (all of it in ${folder})\n${tail(part.log())}\n`,
      );
  };
  try {
    const authority = await createAuthority('rig');
    const admin = await authority.client('rig-admin', 'system:masters');
    const [clientPort = 0, peerPort = 0, authenticatorPort = 0] = await freePorts(3);
    const [ministack, etcd, authenticator] = await Promise.all([
      startMinistack(place),
      startEtcd(place, clientPort, peerPort),
      prepareAuthenticator(place, {
        port: authenticatorPort,
        cluster: CLUSTER,
        region: REGION,
        mounted: { roleArn: '', username: '', groups: [] },
      }),
    ]);
    parts.push(ministack.part, etcd);
    letRootIn(join(folder, 'authenticator.json'));
    const port = ministack.kubernetesPort;
    const startApiServer = await prepareApiServer(place, {
      port,
      etcdPort: clientPort,
      authority,
      admin,
      webhook: authenticator.webhook,
    });
    parts.push(await startApiServer());
    const door = { endpoint: `https://127.0.0.1:${port}`, authority: authority.cert, client: admin };
    const sts = await startStsFront(ministack.url);
    const cloudFormation = await startCloudFormationFront(ministack.url);
    const awsFront = await startAwsFront(await authority.server(...awsHosts(REGION)), sts.url);
    const eks = await startEksFront(ministack.url, authority.cert, 'CONFIG_MAP');
    stops.push(
      () => awsFront.stop(),
      () => sts.stop(),
 () => cloudFormation.stop(),
      () => eks.server.stop(),
    );
    parts.push(await authenticator.start(door, awsFront.url));
    const adminFile = join(folder, 'admin.kubeconfig');
    writeFileSync(adminFile, kubeconfig(door), { mode: 0o600 });

    const anybody = {
      AWS_ACCESS_KEY_ID: ACCOUNT,
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_ENDPOINT_URL: ministack.url,
      AWS_ENDPOINT_URL_S3: ministack.url,
    };
    const environment = { ...quietEnvironment(mark, folder), ...anybody };
    const functionEnvironment = {
      EKS_ACCESS_RESPONSE_HOSTS: ministack.url,
      AWS_ENDPOINT_URL_EKS: eks.server.url,
      AWS_ENDPOINT_URL_CLOUDFORMATION: cloudFormation.url,
      // Empty, because ministack's Lambda turns https to loopback into http for functions that have one.
      AWS_ENDPOINT_URL: '',
      [MARK]: mark,
    };
    const rig: CliRig = {
      eks,
      report,
      stop,
      kubectl: (...parameters) =>
        speak(tools.kubectl, ['--kubeconfig', adminFile, ...parameters], quietEnvironment(mark, folder)),
      aws: async (...parameters) => {
        const { status, stdout, stderr } = await speak(
          tools.aws,
          [...parameters, '--output', 'json'],
          environment,
        );
        if (status !== 0) throw new Error(`aws ${parameters.join(' ')}: ${stderr}`);
        return stdout.trim() === '' ? undefined : JSON.parse(stdout);
      },
      cdk: (...parameters) =>
        speak(
          '/bin/sh',
          [
            '-c',
            'cd "$0" && exec "$@"',
            root,
            'node_modules/.bin/cdk',
            ...parameters,
            '--app',
            APP,
            '--output',
            join(folder, 'cdk.out'),
            '--no-color',
          ],
          {
            ...environment,
            CDK_DISABLE_CLI_TELEMETRY: 'true',
            CDK_CLI_FUNCTION_ENVIRONMENT: JSON.stringify(functionEnvironment),
            ...(process.env['CFN_EKS_ACCESS_BUNDLE'] === undefined
              ? {}
              : { CFN_EKS_ACCESS_BUNDLE: process.env['CFN_EKS_ACCESS_BUNDLE'] }),
          },
        ),
    };
    return rig;
  } catch (error) {
    report();
    keep = false;
    await stop();
    throw error;
  }
}

/** From the root of the repository, where cdk.json is. */
const APP = 'node_modules/.bin/tsx test/real/cdk-cli/app.ts';

/**
 * ministack's functions all call as the root of their account: the authenticator's mounted file lets that in, as the
 * command in the output of the provider stack would the role.
 */
function letRootIn(file: string): void {
  const config = JSON.parse(readFileSync(file, 'utf8')) as { server: object };
  const root = {
    userARN: `arn:aws:iam::${ACCOUNT}:root`,
    username: PROVIDER_GROUP,
    groups: [PROVIDER_GROUP],
  };
  writeFileSync(
    file,
    JSON.stringify({ ...config, server: { ...config.server, mapRoles: [], mapUsers: [root] } }),
  );
}
