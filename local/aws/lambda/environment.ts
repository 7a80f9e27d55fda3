/** What Lambda tells a function of itself: the environment variables of its container, the context of an invocation. */
import { type LambdaFunction } from './lambda-function';

export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface EnvironmentOptions {
  readonly region: string;
  readonly logStreamName: string;
  readonly credentials?: FunctionCredentials;
  /** `AWS_ENDPOINT_URL_…` and whatever else every function of this Lambda gets. */
  readonly extra: Readonly<Record<string, string>>;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export function environmentOf(fn: LambdaFunction, options: EnvironmentOptions): Record<string, string> {
  const { region, logStreamName, credentials, extra } = options;
  return {
    PATH: '/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    ...extra,
    ...fn.environment,
    _HANDLER: fn.handler ?? 'index.handler',
    AWS_DEFAULT_REGION: region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime ?? 'nodejs22.x'}`,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb ?? 128),
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
    AWS_REGION: region,
    LAMBDA_TASK_ROOT: '/var/task',
    ...(credentials
      ? {
          AWS_ACCESS_KEY_ID: credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
          ...(credentials.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: credentials.sessionToken }),
        }
      : {}),
  };
}

/** The members of the context object that are data. https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html */
export function contextOf(
  fn: LambdaFunction,
  awsRequestId: string,
  logStreamName: string,
): Record<string, string> {
  return {
    awsRequestId,
    functionName: fn.name,
    functionVersion: '$LATEST',
    invokedFunctionArn: fn.arn,
    memoryLimitInMB: String(fn.memoryMb ?? 128),
    logGroupName: `/aws/lambda/${fn.name}`,
    logStreamName,
  };
}

/** Whether the runtime still knows callbacks, which are gone from nodejs24.x on. */
export function hasCallbacks({ runtime = '' }: LambdaFunction): boolean {
  return Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 22) < 24;
}
