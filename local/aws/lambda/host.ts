/**
 * A local Lambda: real Node containers, and asynchronous invocation as Lambda does it (retries after one and two
 * minutes, duplicates, any order; custom-resources section 1.4). Faults of the delivery can be asked for.
 */
import { randomUUID } from 'node:crypto';
import { systemClock } from './clock';
import { ContainerPool } from './container-pool';
import { Deliveries } from './deliveries';
import { FunctionLog, type LogFilter } from './function-log';
import { type LambdaHostOptions } from './host-options';
import { Keys } from './keys';
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

export class LambdaHost {
  /** Those of the environments of functions. */
  readonly keys = new Keys();
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
      refusal: (fn) => this.keys.refusal(fn),
      onFailure: (failed) => options.onFailure?.(failed),
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
    const fn = this.require(arn);
    const error = this.keys.refusal(fn);
    if (error) return { status: 'error', error, isRefused: true };
    return this.pool.run(fn, randomUUID(), event);
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
