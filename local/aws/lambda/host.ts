/**
 * A local Lambda: real Node containers, and asynchronous invocation as Lambda does it (retries after one and two
 * minutes, duplicates, any order; custom-resources section 1.4). Faults of the delivery can be asked for.
 */
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './clock';
import { ContainerPool } from './container-pool';
import { Deliveries } from './deliveries';
import { type FunctionCredentials } from './environment';
import { FunctionLog, type LogFilter } from './function-log';
import {
  type Delivery,
  type DeliveryFault,
  type FailedDelivery,
  type FunctionError,
  type InvocationResult,
  type LambdaFunction,
  type LogLine,
} from './lambda-function';

export type {
  Delivery,
  DeliveryFault,
  FailedDelivery,
  InvocationResult,
  LambdaFunction,
  LogLine,
} from './lambda-function';

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
  /** Hears every log line as it is written. */
  readonly onLog?: (line: LogLine) => void;
}

export class LambdaHost {
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly log = new FunctionLog();
  private readonly pool: ContainerPool;
  private readonly events: Deliveries;

  constructor(options: LambdaHostOptions = {}) {
    const {
      region = 'us-east-1',
      clock = systemClock,
      credentialsFor,
      retryDelays = [60_000, 120_000],
    } = options;
    const execution = {
      clock,
      environment: (fn: LambdaFunction) => ({
        region,
        extra: options.environment?.() ?? {},
        ...(fn.roleArn !== undefined && credentialsFor
          ? { credentials: credentialsFor(fn.roleArn, fn.name) }
          : {}),
      }),
      log: (line: LogLine) => {
        this.log.write(line);
        options.onLog?.(line);
      },
    };
    this.pool = new ContainerPool(execution, options.concurrency ?? 16);
    this.events = new Deliveries({
      clock,
      retryDelays,
      lookUp: (arn) => this.functions.get(arn),
      run: (fn, requestId, event) => this.pool.run(fn, requestId, event),
    });
  }

  /** Every asynchronous event so far, oldest first. */
  get deliveries(): readonly Delivery[] {
    return this.events.all;
  }

  /** The on-failure destination. */
  get failures(): readonly FailedDelivery[] {
    return this.events.failures;
  }

  /** Adds or replaces a function; warm containers of the old code are dropped once they are idle. */
  register(fn: LambdaFunction): void {
    this.pool.retire(fn.arn);
    this.functions.set(fn.arn, fn);
  }

  remove(arn: string): void {
    this.pool.retire(arn);
    this.functions.delete(arn);
  }

  function(arn: string): LambdaFunction | undefined {
    return this.functions.get(arn);
  }

  /** Changes how asynchronous events of the function are retried. */
  configureAsync(
    arn: string,
    config: Pick<LambdaFunction, 'maximumRetryAttempts' | 'maximumEventAgeSeconds'>,
  ): void {
    const fn = this.functions.get(arn);
    if (fn) this.functions.set(arn, { ...fn, ...config });
  }

  /** `InvocationType: RequestResponse`. Rejects for an unknown function alone. */
  async invoke(arn: string, event: unknown): Promise<InvocationResult> {
    return this.pool.run(this.require(arn), randomUUID(), event);
  }

  /** `InvocationType: Event`; only an unknown function throws. `onLoadFailure` hears that the code does not load. */
  invokeAsync(arn: string, event: unknown, onLoadFailure?: (error: FunctionError) => void): Delivery {
    return this.events.send(this.require(arn).arn, event, onLoadFailure);
  }

  injectFault(fault: DeliveryFault): void {
    this.events.injectFault(fault);
  }

  /** Lines so far, of one invocation or function if asked. */
  logs(filter: LogFilter = {}): readonly LogLine[] {
    return this.log.read(filter);
  }

  /** Resolves once no event runs, waits or is to be retried. */
  idle(): Promise<void> {
    return this.events.idle();
  }

  /** Kills every container, also a stuck one, and forgets what waits. */
  async stop(): Promise<void> {
    this.events.stop();
    await this.pool.stop();
  }

  private require(arn: string): LambdaFunction {
    const fn = this.functions.get(arn);
    if (!fn) throw new Error(`Function not found: ${arn}`);
    return fn;
  }
}
