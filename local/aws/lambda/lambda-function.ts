/** Words of the local Lambda: functions, invocations, what came of them. */

/** A file with its CommonJS, or the CommonJS itself as in `Code: ZipFile`. */
export type FunctionCode = { readonly file: string } | { readonly inline: string };

export interface LambdaFunction {
  readonly name: string;
  readonly arn: string;
  /** Absent for code that cannot be had here (S3, images): every invocation fails with `obstacle`. */
  readonly code?: FunctionCode;
  /** Why it cannot run on this machine, after its name: `runs on python3.12, and …`. */
  readonly obstacle?: string;
  /** Default `index.handler`. */
  readonly handler?: string;
  /** Default nodejs22.x; from nodejs24.x on callbacks and `context.done` are gone. */
  readonly runtime?: string;
  /** Default 3, as in Lambda. */
  readonly timeoutSeconds?: number;
  /** Default 128. */
  readonly memoryMb?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  /** Another Node to run containers with, as child processes; default: worker threads of this one. */
  readonly nodePath?: string;
  /** The customer's key of its environment. */
  readonly kmsKeyArn?: string;
  /** 0 sends every asynchronous event straight to the failures. */
  readonly reservedConcurrency?: number;
  /** 0 to 2; default 2. */
  readonly maximumRetryAttempts?: number;
  /** Default 21,600 (six hours). */
  readonly maximumEventAgeSeconds?: number;
}

export interface FunctionError {
  /** As Lambda names it: the error's own name, `Sandbox.Timedout`, `Runtime.ExitError`, … */
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

export type InvocationResult =
  | { readonly status: 'success'; readonly payload: unknown }
  | {
      readonly status: 'error';
      readonly error: FunctionError;
      /** True when the code did not even load, so that no invocation of it can do anything. */
      readonly isLoadFailure?: true;
      /** True when Lambda did not start the function at all. */
      readonly isRefused?: true;
    };

export interface LogLine {
  readonly functionName: string;
  readonly logStreamName: string;
  /** `awsRequestId` of the invocation; empty for lines written while the code was loading. */
  readonly requestId: string;
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
  /** Milliseconds since 1970, by the host's clock. */
  readonly time: number;
}

/** One asynchronous event on its way to a function: all tries have the same id. */
export interface Delivery {
  readonly awsRequestId: string;
  readonly functionArn: string;
  readonly event: unknown;
  /** What came of each try so far, duplicates included. */
  readonly tries: readonly InvocationResult[];
  /** True once it succeeded or went to the failures. */
  readonly settled: boolean;
}

/** What an on-failure destination gets. */
export interface FailedDelivery {
  readonly awsRequestId: string;
  readonly functionArn: string;
  readonly event: unknown;
  readonly condition: 'RetriesExhausted' | 'EventAgeExceeded' | 'ConcurrencyExhausted' | 'FunctionNotFound';
  readonly invokeCount: number;
  readonly error?: FunctionError;
}

/** Disturbs the delivery of the next matching event (or of `times` of them). */
export interface DeliveryFault {
  readonly match?: (event: unknown, functionArn: string) => boolean;
  /** Default 1. */
  readonly times?: number;
  /** So many further deliveries of the same event, at the same time as the first. */
  readonly duplicates?: number;
  /** Milliseconds on the host's clock before the first try. */
  readonly delay?: number;
  /** Holds the first try back until this resolves: any order can be had. */
  readonly until?: Promise<unknown>;
  /** Never arrives at all, and is never retried. */
  readonly drop?: boolean;
}
