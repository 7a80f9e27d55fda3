/**
 * `npm run local`: keeps the local AWS running, for `aws`, `kubectl` or code of your own. Prints what to export, or one
 * line of JSON with `--json`, and ends with Ctrl-C, leaving nothing but what the caller wrote.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { clusterRoleOf, MODES, UsageError } from './command-line';
import { kubeconfigOf } from './kubeconfig';
import { readConfigMapFile } from './config-map-file';
import { readInput } from './input-file';
import { CLUSTER, demonstrationAwsAuth, startSession } from './session';

const HELP = `Keeps the local AWS running until Ctrl-C: EKS, STS, IAM (roles), CloudFormation and the Kubernetes API of
the cluster ${CLUSTER},
with the provider deployed and its service token exported as EksAccessServiceToken.

  npm run local
  npm run local -- --mode API --aws-auth my-aws-auth.yaml --json

Options
  --mode MODE      ${MODES.join(', ')} (default CONFIG_MAP)
  --aws-auth FILE  the ConfigMap aws-auth to begin with
  --cluster-role NAME=ARN
                   the role as which the provider reaches this cluster; the creator of ${CLUSTER} is role/Administrator
  --json           one line: {"eks","sts","iam","cloudformation","kubernetes","kubeconfig","account","region"}
  --help           this text

The line "follow" on standard input runs the provider's schedule, which otherwise comes every 15 minutes.`;

/** The caller: an administrator of the account, and of the cluster by a client token of its own. */
const ADMINISTRATOR = 'arn:aws:iam::111122223333:role/Administrator';

async function serve(words: readonly string[]): Promise<void> {
  const choices = parse(words);
  if (choices.help) return print(HELP);
  const mode = MODES.find((candidate) => candidate === (choices.mode ?? 'CONFIG_MAP'));
  if (!mode)
    throw new UsageError(`--mode is ${JSON.stringify(choices.mode)}: write one of ${MODES.join(', ')}`);
  const file = choices['aws-auth'];
  const awsAuth = file === undefined ? demonstrationAwsAuth() : readConfigMapFile(file, readInput(file));
  const clusterRoles = Object.fromEntries((choices['cluster-role'] ?? []).map(clusterRoleOf));
  const session = await startSession({ mode, awsAuth, clusterRoles, administrator: ADMINISTRATOR });
  const { aws, cluster } = session;
  // Any credentials will do: the caller's own tools keep those that they have.
  aws.iam.treatUnknownKeysAs(ADMINISTRATOR);
  const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const stop = (): void => {
    rmSync(folder, { recursive: true, force: true });
    void aws.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line.trim() !== 'follow') return;
    void session.runSchedule().then((lines) => process.stderr.write(`${lines.join('\n')}\n`));
  });
  const { accessKeyId, secretAccessKey, sessionToken = '' } = aws.iam.credentialsFor(ADMINISTRATOR, 'local');
  const environment = {
    AWS_ENDPOINT_URL_EKS: aws.endpoints.eks,
    AWS_ENDPOINT_URL_STS: aws.endpoints.sts,
    AWS_ENDPOINT_URL_IAM: aws.endpoints.iam,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoints.cloudformation,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    KUBECONFIG: kubeconfig,
  };
  writeFileSync(
    kubeconfig,
    kubeconfigOf(cluster, { accessKeyId, secretAccessKey, sessionToken }, aws.region),
    { mode: 0o600 },
  );
  if (choices.json) {
    const { eks, sts, iam, cloudformation } = aws.endpoints;
    return print(
      JSON.stringify({
        eks,
        sts,
        iam,
        cloudformation,
        kubernetes: cluster.endpoint,
        kubeconfig,
        account: aws.accountId,
        region: aws.region,
      }),
    );
  }
  print(`cluster ${CLUSTER}, authentication mode ${mode}; the provider reaches it ${session.access}`);
  print(
    'paste this into another terminal, then use aws eks, aws cloudformation and kubectl; Ctrl-C ends it all.\n' +
      'Here the line "follow" runs the provider’s schedule, which otherwise comes every 15 minutes.\n',
  );
  for (const [name, value] of Object.entries(environment)) print(`export ${name}=${value}`);
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        mode: { type: 'string' },
        'aws-auth': { type: 'string' },
        'cluster-role': { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

serve(process.argv.slice(2)).catch((error: unknown) => {
  const ofTheUser = error instanceof UsageError;
  process.stderr.write(
    `${ofTheUser ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = ofTheUser ? 2 : 1;
});
