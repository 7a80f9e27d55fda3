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
import { type FailedDelivery, LambdaHost, type LogLine } from './lambda/host';
import { type Clock, systemClock } from './lambda/clock';
import { startLambdaApi } from './lambda/invoke-api';
import { LocalScheduler } from './scheduler/scheduler';
import { ObjectStore } from './s3/object-store';
import { startS3 } from './s3/server';
import { startOtherServices } from './server/other-services';
import { startSsm } from './ssm/server';
import { ParameterStore } from './ssm/parameter-store';
import { type ServerCertificate } from './server/certificates';
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
    readonly s3?: number;
  };
  /** Milliseconds before Lambda's second and third try. Default 60,000 and 120,000. */
  readonly retryDelays?: readonly number[];
  /** Time of CloudFormation, Lambda, the answer bucket and the control plane. */
  readonly clock?: Clock;
  /** One for all clusters, which saves the time of making it. Default: every cluster has an authority of its own. */
  readonly certificate?: ServerCertificate;
  /** Containers that run at once. Default 16. */
  readonly concurrency?: number;
  /** Code for functions of templates whose `Code` is neither inline nor in `LOCAL_FILES`. */
  readonly codeFor?: CodeHook;
  /** Further environment of every function, asked for when a container starts. */
  readonly functionEnvironment?: (endpoints: LocalEndpoints) => Readonly<Record<string, string>>;
  /** SSM parameters that are there, by name. */
  readonly ssm?: Readonly<Record<string, string>>;
  /** Exports of stacks that are not there, by name. */
  readonly exports?: Readonly<Record<string, string>>;
  /** Hears of every value that is made up. */
  readonly onNote?: (note: string) => void;
  /** Custom types that a misspelt type of a template may have meant. */
  readonly customTypes?: readonly string[];
  /** Hears of every event that Lambda gives up on, as a dead-letter queue does. */
  readonly onFailure?: (failed: FailedDelivery) => void;
  readonly onEvent?: (event: StackEvent) => void;
  readonly onLog?: (line: LogLine) => void;
}

/** URLs; `answerBucket`: where custom resources answer; `otherServices`: what refuses every other service by name. */
export interface LocalEndpoints {
  readonly eks: string;
  readonly sts: string;
  readonly iam: string;
  readonly cloudformation: string;
  readonly lambda: string;
  readonly s3: string;
  readonly ssm: string;
  readonly otherServices: string;
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
      ...pick(options, ['certificate']),
    }),
    startAnswerBucket({ region, clock, port: ports.answerBucket }),
  ]);
  const lambda = new LambdaHost({
    region,
    clock,
    ...pick(options, ['retryDelays', 'concurrency', 'onFailure', 'onLog']),
    credentialsFor: (roleArn, sessionName) => iam.credentialsFor(roleArn, sessionName),
    environment: () => ({
      AWS_EC2_METADATA_DISABLED: 'true',
      // Lambda has no such files; those of the user who runs this are not the function's.
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      // Lambda's runtimes are newer than what the SDK warns of.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      AWS_ENDPOINT_URL: endpoints.otherServices,
      AWS_ENDPOINT_URL_S3: endpoints.s3,
      AWS_ENDPOINT_URL_CLOUDFORMATION: endpoints.cloudformation,
      AWS_ENDPOINT_URL_EKS: endpoints.eks,
      AWS_ENDPOINT_URL_STS: endpoints.sts,
      AWS_ENDPOINT_URL_IAM: endpoints.iam,
      AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
      ...options.functionEnvironment?.(endpoints),
    }),
  });
  const scheduler = new LocalScheduler({ clock, iam, lambda });
  const ssm = new ParameterStore(options.ssm);
  const objects = new ObjectStore();
  // Every account here is bootstrapped for the CDK: its bucket, and the version of its stack in SSM.
  objects.makeBucket(`cdk-hnb659fds-assets-${accountId}-${region}`);
  const deployer = iam.roleArn('cloudformation-execution');
  const engine = new LocalCloudFormation({
    accountId,
    region,
    clock,
    ssm,
    objects,
    hasFunction: (arn) => lambda.function(arn) !== undefined,
    ...pick(options, ['onEvent', 'onNote', 'customTypes', 'exports']),
    types: resourceTypes({
      iam,
      lambda,
      scheduler,
      answerBucket,
      clock,
      ssm,
      objects,
      shutdown: shutdown.signal,
      ...pick(options, ['codeFor']),
      eks: {
        region,
        endpoint: () => controlPlane.eks.url,
        credentials: () => iam.credentialsFor(deployer, 'AWSCloudFormation'),
      },
    }),
  });
  const authorize = (caller: string, action: string, resource: string): boolean =>
    controlPlane.authorize(caller, action, resource, {});
  const services = [
    'CloudFormation',
    'EKS',
    'IAM (roles)',
    'Lambda (Invoke)',
    'S3 (buckets and objects)',
    'SSM (GetParameter)',
    'STS',
  ];
  const [server, lambdaApi, s3, ssmServer, otherServices] = await Promise.all([
    startCloudFormationApi({ engine, iam, port: ports.cloudformation }),
    startLambdaApi({ iam, lambda, authorize }),
    startS3(objects, ports.s3),
    startSsm(ssm),
    startOtherServices(services),
  ]);
  const endpoints: LocalEndpoints = {
    eks: controlPlane.eks.url,
    sts: controlPlane.sts.url,
    iam: controlPlane.iamServer.url,
    cloudformation: server.url,
    lambda: lambdaApi.url,
    s3: s3.url,
    ssm: ssmServer.url,
    otherServices: otherServices.url,
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
      await Promise.all([
        server.stop(),
        lambdaApi.stop(),
        s3.stop(),
        ssmServer.stop(),
        otherServices.stop(),
        answerBucket.stop(),
        controlPlane.stop(),
      ]);
    },
  };
}

function pick<T extends object, Key extends keyof T>(from: T, keys: readonly Key[]): Pick<T, Key> {
  return Object.fromEntries(
    keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]),
  ) as Pick<T, Key>;
}
