/** What a local Lambda is told when it starts. */
import { type Clock } from './clock';
import { type FunctionCredentials } from './environment';
import { type FailedDelivery, type LogLine } from './lambda-function';

export interface LambdaHostOptions {
  readonly region?: string;
  readonly clock?: Clock;
  /** Milliseconds before the second and third try. Default 60,000 and 120,000. */
  readonly retryDelays?: readonly number[];
  /** Containers that run at once; further events wait, as throttled ones do. Default 16. */
  readonly concurrency?: number;
  /** Credentials of a function's execution role. */
  readonly credentialsFor?: (roleArn: string, sessionName: string) => FunctionCredentials;
  /** Further environment of every function, asked for when a container starts. */
  readonly environment?: () => Readonly<Record<string, string>>;
  /** Hears of every event that Lambda gives up on, as a dead-letter queue does. */
  readonly onFailure?: (failed: FailedDelivery) => void;
  /** Hears every log line as it is written. */
  readonly onLog?: (line: LogLine) => void;
}
