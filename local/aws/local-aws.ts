/** The whole local AWS on loopback: what `npm start`, the scenario tests and the benchmarks run against. */
import { devNull } from 'node:os';
import { type AnswerBucket, startAnswerBucket } from './answer-bucket';
import { LocalCloudFormation } from './cloudformation/stack/engine';
import { startCloudFormationApi } from './cloudformation/api/query-api';
import { resourceTypes } from './cloudformation/resources/index';
import { type CodeHook } from './cloudformation/resources/lambda-code';
import { type StackEvent } from './cloudformation/stack/stack';
import { partitionOf } from './cloudformation/template/template';
import { type ControlPlane, startControlPlane } from './control-plane';
import { LocalIam } from './identity/iam';
import { LambdaHost, type LogLine } from './lambda/host';
import { type Clock, systemClock } from './lambda/clock';
import { startLambdaApi } from './lambda/invoke-api';
import { LocalScheduler } from './scheduler/scheduler';
import { type LoopbackServer } from './server/loopback-server';

export interface LocalAwsOptions {
  /** Default 111122223333. */
  readonly accountId?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Default: free ports. */
  readonly ports?: {
    readonly eks?: number;
    readonly sts?: number;
    readonly iam?: number;
    readonly kubernetes?: number;
    readonly cloudformation?: number;
    readonly answerBucket?: number;
  };
  /** Milliseconds before Lambda's second and third try. Default 60,000 and 120,000. */
  readonly retryDelays?: readonly number[];
  /** Time of CloudFormation, Lambda, the answer bucket and the control plane. */
  readonly clock?: Clock;
  /** Containers that run at once. Default 16. */
  readonly concurrency?: number;
  /** Code for functions of templates whose `Code` is neither inline nor in `LOCAL_FILES`. */
  readonly codeFor?: CodeHook;
  /** Further environment of every function, asked for when a container starts. */
  readonly functionEnvironment?: (endpoints: LocalEndpoints) => Readonly<Record<string, string>>;
  readonly onEvent?: (event: StackEvent) => void;
  readonly onLog?: (line: LogLine) => void;
}

/** URLs; that of `answerBucket` is where custom resources send their answers. */
export interface LocalEndpoints {
  readonly eks: string;
  readonly sts: string;
  readonly iam: string;
  readonly cloudformation: string;
  readonly lambda: string;
  readonly answerBucket: string;
}

export interface LocalAws {
  readonly accountId: string;
  readonly region: string;
  readonly iam: LocalIam;
  readonly controlPlane: ControlPlane;
  /** The engine, and the server that speaks CloudFormation's API for it. */
  readonly cloudformation: LocalCloudFormation & { readonly server: LoopbackServer };
  readonly lambda: LambdaHost;
  /** The server that speaks Lambda's API for it, to functions. */
  readonly lambdaApi: LoopbackServer;
  readonly scheduler: LocalScheduler;
  readonly answerBucket: AnswerBucket;
  readonly endpoints: LocalEndpoints;
  stop(): Promise<void>;
}

/** SSM parameters that every account has that was bootstrapped for CDK. */
const bootstrapVersion = ['/cdk-bootstrap/hnb659fds/version', '30'] as const;

export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { accountId = '111122223333', region = 'us-east-1', ports = {}, clock = systemClock } = options;
  const iam = new LocalIam({
    accountId,
    region,
    partition: partitionOf(region).partition,
    clock: () => clock.now(),
  });
  const shutdown = new AbortController();
  const [controlPlane, answerBucket] = await Promise.all([
    startControlPlane({
      iam,
      accountId,
      region,
      ports: pick(ports, ['eks', 'sts', 'iam', 'kubernetes']),
      clock: () => clock.now(),
    }),
    startAnswerBucket({ region, clock, port: ports.answerBucket }),
  ]);
  const lambda = new LambdaHost({
    region,
    clock,
    ...pick(options, ['retryDelays', 'concurrency', 'onLog']),
    credentialsFor: (roleArn, sessionName) => iam.credentialsFor(roleArn, sessionName),
    environment: () => ({
      AWS_EC2_METADATA_DISABLED: 'true',
      // Lambda has no such files; those of the user who runs this are not the function's.
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      // Lambda's runtimes are newer than what the SDK warns of.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_ENDPOINT_URL_CLOUDFORMATION: endpoints.cloudformation,
      AWS_ENDPOINT_URL_EKS: endpoints.eks,
      AWS_ENDPOINT_URL_STS: endpoints.sts,
      AWS_ENDPOINT_URL_IAM: endpoints.iam,
      AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
      ...options.functionEnvironment?.(endpoints),
    }),
  });
  const scheduler = new LocalScheduler({ clock, iam, lambda });
  const ssm = new Map<string, string>([bootstrapVersion]);
  const deployer = iam.roleArn('cloudformation-execution');
  const engine = new LocalCloudFormation({
    accountId,
    region,
    clock,
    ssm,
    ...pick(options, ['onEvent']),
    types: resourceTypes({
      iam,
      lambda,
      scheduler,
      answerBucket,
      clock,
      ssm,
      shutdown: shutdown.signal,
      ...pick(options, ['codeFor']),
      eks: {
        region,
        endpoint: () => controlPlane.eks.url,
        credentials: () => iam.credentialsFor(deployer, 'AWSCloudFormation'),
      },
    }),
  });
  const server = await startCloudFormationApi({ engine, iam, port: ports.cloudformation });
  const lambdaApi = await startLambdaApi({
    iam,
    lambda,
    authorize: (...asked) => controlPlane.authorize(...asked, {}),
  });
  const endpoints: LocalEndpoints = {
    eks: controlPlane.eks.url,
    sts: controlPlane.sts.url,
    iam: controlPlane.iamServer.url,
    cloudformation: server.url,
    lambda: lambdaApi.url,
    answerBucket: answerBucket.url,
  };
  const cloudformation = Object.assign(engine, { server });
  return {
    accountId,
    region,
    iam,
    controlPlane,
    cloudformation,
    lambda,
    lambdaApi,
    scheduler,
    answerBucket,
    endpoints,
    stop: async () => {
      shutdown.abort();
      scheduler.stop();
      await lambda.stop();
      await engine.idle();
      await Promise.all([server.stop(), lambdaApi.stop(), answerBucket.stop(), controlPlane.stop()]);
    },
  };
}

function pick<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as Pick<T, Key>;
}
