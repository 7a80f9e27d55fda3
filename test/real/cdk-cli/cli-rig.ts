/** The command lines of a user: the CDK CLI, the AWS CLI and kubectl, on ministack and its cluster. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { presignToken } from '../../../access/cluster/token';
import { kubeconfig, speak, type Spoken } from '../rig/kubernetes-door';
import { MARK, type Part, quietEnvironment, startReaper, tail } from '../rig/part';
import { type Login } from '../rig/rig';
import { findTools } from '../setup/tools';
import { ACCOUNT } from './ministack';
import { type EksFront } from './ministack-fronts';
import { CLUSTER, REGION, startMinistackCluster } from './ministack-cluster';

const root = join(__dirname, '..', '..', '..');
/** From the root of the repository, where cdk.json is. */
const APP = 'node_modules/.bin/tsx test/real/cdk-cli/app.ts';

export interface CliRig {
  readonly eks: EksFront;
  /** The CDK CLI as people run it, with our app. */
  cdk(...parameters: readonly string[]): Promise<Spoken>;
  /** The AWS CLI; the parsed answer. Rejects with what it says when it fails. */
  aws(...parameters: readonly string[]): Promise<unknown>;
  /** As an administrator. */
  kubectl(parameters: readonly string[], input?: string): Promise<Spoken>;
  /** What `kubectl auth whoami` says of a token of that role, which ministack's STS vouches for; undefined: refused. */
  whoami(roleArn: string, sessionName?: string): Promise<Login | undefined>;
  /** Prints the end of every log and keeps the folder. */
  report(): void;
  stop(): Promise<void>;
}

export async function startCliRig(): Promise<CliRig> {
  const tools = findTools();
  const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-cli-'));
  const mark = randomUUID();
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
    const { url, eks, functionEnvironment, door } = await startMinistackCluster(
      { tools, folder, mark },
      parts,
      stops,
    );
    const quiet = quietEnvironment(mark, folder);
    const anybody = { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'test', AWS_ENDPOINT_URL: url };
    const adminFile = join(folder, 'admin.kubeconfig');
    const nobodyFile = join(folder, 'nobody.kubeconfig');
    writeFileSync(adminFile, kubeconfig(door), { mode: 0o600 });
    writeFileSync(nobodyFile, kubeconfig({ endpoint: door.endpoint, authority: door.authority ?? '' }));
    const cdkEnvironment = {
      ...quiet,
      ...anybody,
      AWS_ENDPOINT_URL_S3: url,
      CDK_DISABLE_CLI_TELEMETRY: 'true',
      CDK_CLI_FUNCTION_ENVIRONMENT: JSON.stringify({ ...functionEnvironment, [MARK]: mark }),
      CFN_EKS_ACCESS_BUNDLE: process.env['CFN_EKS_ACCESS_BUNDLE'] ?? '',
    };
    const aws = async (...parameters: readonly string[]): Promise<unknown> => {
      const said = await speak(tools.aws, [...parameters, '--output', 'json'], { ...quiet, ...anybody });
      if (said.status !== 0) throw new Error(`aws ${parameters.join(' ')}: ${said.stderr}`);
      return said.stdout.trim() === '' ? undefined : JSON.parse(said.stdout);
    };
    return {
      eks,
      aws,
      report,
      stop,
      kubectl: (parameters, input) =>
        speak(tools.kubectl, ['--kubeconfig', adminFile, ...parameters], quiet, input),
      cdk: (...parameters) => {
        const output = ['--app', APP, '--output', join(folder, 'cdk.out'), '--no-color'];
        const there = ['-c', 'cd "$0" && exec node_modules/.bin/cdk "$@"', root];
        return speak('/bin/sh', [...there, ...parameters, ...output], cdkEnvironment);
      },
      whoami: async (roleArn, sessionName = 'session') => {
        const named = ['--role-arn', roleArn, '--role-session-name', sessionName];
        const { Credentials } = (await aws('sts', 'assume-role', ...named)) as {
          Credentials: { AccessKeyId: string; SecretAccessKey: string; SessionToken: string };
        };
        const {
          AccessKeyId: accessKeyId,
          SecretAccessKey: secretAccessKey,
          SessionToken: sessionToken,
        } = Credentials;
        const token = await presignToken({
          clusterName: CLUSTER,
          region: REGION,
          dnsSuffix: 'amazonaws.com',
          credentials: { accessKeyId, secretAccessKey, sessionToken },
          now: Date.now(),
        });
        const asked = ['--kubeconfig', nobodyFile, '--token', token, 'auth', 'whoami', '-o', 'json'];
        const { status, stdout } = await speak(tools.kubectl, asked, quiet);
        if (status !== 0) return undefined;
        const { userInfo } = (JSON.parse(stdout) as { status: { userInfo: Login } }).status;
        const groups = userInfo.groups.filter((group) => group !== 'system:authenticated');
        return { username: userInfo.username, groups };
      },
    };
  } catch (error) {
    report();
    keep = false;
    await stop();
    throw error;
  }
}
