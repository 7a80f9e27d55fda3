/**
 * `npm run local`: keeps the local AWS running, for `aws`, `kubectl` or code of your own. Prints what to export, or one
 * line of JSON with `--json`, and ends with Ctrl-C, leaving nothing but what the caller wrote.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { clusterOf, clusterRolesOf, modeOf, namedValues, regionOf, UsageError } from './command-line';
import { partitionOf } from '../../access/aws/partition';
import { failureOf, reportFailure } from './failure';
import { LOCAL_HELP } from './help';
import { kubeconfigOf } from './kubeconfig';
import { readConfigMapFile } from './config-map-file';
import { readInput } from './input-file';
import { demonstrationAwsAuth, startSession } from './session';

// What the SDK has to say of Node.js is no business of who tries a template.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';

async function serve(words: readonly string[]): Promise<void> {
  const choices = parse(words);
  if (choices.help) return print(choices.json ? JSON.stringify({ help: LOCAL_HELP }) : LOCAL_HELP);
  const mode = modeOf(choices.mode ?? 'CONFIG_MAP');
  const region = regionOf(choices.region);
  const file = choices['aws-auth'];
  const awsAuth =
    file === undefined ? demonstrationAwsAuth(region) : readConfigMapFile(file, readInput(file));
  const clusterRoles = clusterRolesOf(choices['cluster-role'], region);
  // The caller: an administrator of the account, and of the cluster by a client token of its own.
  const administrator = `arn:${partitionOf(region)}:iam::111122223333:role/Administrator`;
  const withProvider = choices['no-provider'] !== true;
  const session = await startSession({
    mode,
    region,
    cluster: clusterOf(choices.cluster),
    awsAuth,
    clusterRoles,
    administrator,
    withProvider,
    ssm: namedValues('--ssm', choices.ssm),
    exports: namedValues('--export', choices.export),
  });
  const { aws, cluster } = session;
  // Any credentials will do: the caller's own tools keep those that they have.
  aws.iam.treatUnknownKeysAs(administrator);
  const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-'));
  const kubeconfig = join(folder, 'kubeconfig');
  const stop = (): void => {
    rmSync(folder, { recursive: true, force: true });
    void aws.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  endWithParent(stop);
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line.trim() !== 'follow') return;
    const say = (text: string): void => void process.stderr.write(`${text}\n`);
    session.runSchedule().then(
      (lines) => say(lines.join('\n')),
      (error: unknown) => say(failureOf(error).message),
    );
  });
  const { accessKeyId, secretAccessKey, sessionToken = '' } = aws.iam.credentialsFor(administrator, 'local');
  const environment = {
    AWS_ENDPOINT_URL_EKS: aws.endpoints.eks,
    AWS_ENDPOINT_URL_STS: aws.endpoints.sts,
    AWS_ENDPOINT_URL_IAM: aws.endpoints.iam,
    AWS_ENDPOINT_URL_CLOUDFORMATION: aws.endpoints.cloudformation,
    AWS_ENDPOINT_URL_LAMBDA: aws.endpoints.lambda,
    AWS_ENDPOINT_URL_S3: aws.endpoints.s3,
    AWS_ENDPOINT_URL_SSM: aws.endpoints.ssm,
    // Every other service: one that says that it is not here, and no real host.
    AWS_ENDPOINT_URL: aws.endpoints.otherServices,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    KUBECONFIG: kubeconfig,
  };
  writeFileSync(
    kubeconfig,
    kubeconfigOf(cluster, { accessKeyId, secretAccessKey, sessionToken }, aws.region),
    { mode: 0o600 },
  );
  if (choices.json) {
    const { eks, sts, iam, cloudformation, lambda, s3, ssm, otherServices } = aws.endpoints;
    const places = { eks, sts, iam, cloudformation, lambda, s3, ssm, otherServices };
    const rest = { kubernetes: cluster.endpoint, kubeconfig, account: aws.accountId, region: aws.region };
    return print(JSON.stringify({ ...places, ...rest }));
  }
  const reached = withProvider ? `the provider reaches it ${session.access}` : 'no provider is deployed';
  print(`cluster ${cluster.name}, authentication mode ${mode}; ${reached}`);
  print(
    'paste this into another terminal, then use aws eks, aws cloudformation, cdk and kubectl; Ctrl-C ends it all.\n' +
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
        cluster: { type: 'string' },
        'cluster-role': { type: 'string', multiple: true },
        'no-provider': { type: 'boolean' },
        region: { type: 'string' },
        ssm: { type: 'string', multiple: true },
        export: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** npm passes a SIGTERM on to its shell alone: this ends when who started it has ended. */
function endWithParent(stop: () => void): void {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 250);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

const words = process.argv.slice(2);
serve(words).catch((error: unknown) => reportFailure(words, error));
