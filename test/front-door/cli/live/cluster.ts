/** A cluster of the local AWS, and the built command line as a process that looks at it. */
import { execFile } from 'node:child_process';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { type ControlPlane, startControlPlane } from '../../../../local/aws/control-plane';
import { type LocalCluster, type NewCluster } from '../../../../local/aws/local-cluster';
import { certificateOfRun } from '../../../support/certificate';
import { program, root, type Ran } from '../program';

const skippingWaits = join(root, 'test/support/skipping-waits.js');

export const ACCOUNT = 'arn:aws:iam::111122223333';
export const ADMIN = `${ACCOUNT}:role/Administrator`;

export interface LiveWorld {
  readonly plane: ControlPlane;
  readonly cluster: LocalCluster;
  /** As `as`, default the administrator of account and cluster. */
  readonly run: (line: string, options?: RunOptions) => Promise<Ran>;
}

export interface RunOptions {
  /** ARN of the caller; null: nobody, without credentials. */
  readonly as?: string | null;
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What the program pauses for is not waited for. */
  readonly skipsWaits?: boolean;
}

/** Stops by itself at the end of the test file. */
export async function givenCluster(cluster: Omit<NewCluster, 'name'>): Promise<LiveWorld> {
  const plane = await startControlPlane({ region: 'eu-west-1', certificate: await certificateOfRun() });
  worlds.push(plane);
  const made = await plane.createCluster({ name: 'prod', creatorArn: ADMIN, ...cluster });
  return { plane, cluster: made, run: (line, options) => runAt(plane, line, options) };
}

const worlds: ControlPlane[] = [];
afterAll(async () => {
  await Promise.all(worlds.splice(0).map((plane) => plane.stop()));
});

/** What the SDK finds in the environment, and nothing of the machine. */
export function environmentOf(
  { iam, eks, sts, iamServer }: ControlPlane,
  as: string | null = ADMIN,
): Readonly<Record<string, string>> {
  const keys = as === null ? undefined : iam.credentialsFor(as, 'jane@example.com');
  return {
    LANG: 'C.UTF-8',
    COLUMNS: '160',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_ENDPOINT_URL_EKS: eks.url,
    AWS_ENDPOINT_URL_STS: sts.url,
    AWS_ENDPOINT_URL_IAM: iamServer.url,
    AWS_REGION: iam.region,
    ...(keys && {
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      ...(keys.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: keys.sessionToken }),
    }),
  };
}

function runAt(plane: ControlPlane, line: string, { as, env, ...options }: RunOptions = {}): Promise<Ran> {
  return runWith({ ...environmentOf(plane, as), ...env }, line, options);
}

/** Not synchronous: the servers that it asks are in this process. */
export function runWith(
  env: Readonly<Record<string, string>>,
  line: string,
  { stdin = '', cwd, skipsWaits = false }: Pick<RunOptions, 'stdin' | 'cwd' | 'skipsWaits'> = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env, cwd, encoding: 'utf8' as const };
    const words = [...(skipsWaits ? ['--require', skippingWaits] : []), program, ...line.split(' ')];
    const child = execFile(process.execPath, words, options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
    child.stdin?.end(stdin);
  });
}
