/**
 * A local Lambda: real Node containers, and asynchronous invocation as Lambda does it (retries after one and two
 * minutes, duplicates, any order; custom-resources section 1.4). Faults of the delivery can be asked for.
 */
import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from './lambda/clock';
import { type FunctionCredentials } from './lambda/environment';
import { Container, type ExecutionOptions } from './lambda/execution';
import {
  type Delivery,
  type DeliveryFault,
  type FailedDelivery,
  type InvocationResult,
  type LambdaFunction,
  type LogLine,
} from './lambda/lambda-function';

export type {
  Delivery,
  DeliveryFault,
  FailedDelivery,
  InvocationResult,
  LambdaFunction,
  LogLine,
} from './lambda/lambda-function';

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

type MutableDelivery = { -readonly [key in keyof Delivery]: Delivery[key] } & { tries: InvocationResult[] };

export class LambdaHost {
  private readonly functions = new Map<string, LambdaFunction>();
  private readonly containers = new Map<string, Container[]>();
  private readonly faults: { readonly fault: DeliveryFault; left: number }[] = [];
  private readonly lines: LogLine[] = [];
  private readonly waiting: (() => void)[] = [];
  private readonly idleListeners: (() => void)[] = [];
  private readonly timers = new Set<() => void>();
  private readonly execution: ExecutionOptions;
  private readonly clock: Clock;
  private readonly dying = new Set<Promise<void>>();
  private active = 0;
  private stopped = false;
  /** Every asynchronous event so far, oldest first. */
  readonly deliveries: readonly Delivery[] = [];
  /** The on-failure destination. */
  readonly failures: readonly FailedDelivery[] = [];

  constructor(private readonly options: LambdaHostOptions = {}) {
    const { region = 'us-east-1', clock = systemClock, credentialsFor } = options;
    this.clock = clock;
    this.execution = {
      clock,
      environment: (fn) => ({
        region,
        extra: options.environment?.() ?? {},
        ...(fn.roleArn !== undefined && credentialsFor
          ? { credentials: credentialsFor(fn.roleArn, fn.name) }
          : {}),
      }),
      log: (line) => {
        this.lines.push(line);
        options.onLog?.(line);
      },
    };
  }

  /** Adds or replaces a function; warm containers of the old code are dropped once they are idle. */
  register(fn: LambdaFunction): void {
    this.retire(fn.arn);
    this.functions.set(fn.arn, fn);
  }

  remove(arn: string): void {
    this.retire(arn);
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

  /** `InvocationType: RequestResponse`. Never rejects for what the function does; rejects for an unknown function. */
  async invoke(arn: string, event: unknown): Promise<InvocationResult> {
    const fn = this.functions.get(arn);
    if (!fn) throw new Error(`Function not found: ${arn}`);
    return this.run(fn, randomUUID(), event);
  }

  /** `InvocationType: Event`. Throws for an unknown function; everything else happens later. */
  invokeAsync(arn: string, event: unknown): Delivery {
    const fn = this.functions.get(arn);
    if (!fn) throw new Error(`Function not found: ${arn}`);
    const delivery: MutableDelivery = {
      awsRequestId: randomUUID(),
      functionArn: arn,
      event,
      tries: [],
      settled: false,
    };
    (this.deliveries as Delivery[]).push(delivery);
    void this.deliver(delivery);
    return delivery;
  }

  injectFault(fault: DeliveryFault): void {
    this.faults.push({ fault, left: fault.times ?? 1 });
  }

  /** Lines so far, of one invocation or function if asked. */
  logs(filter: { readonly requestId?: string; readonly functionName?: string } = {}): readonly LogLine[] {
    const { requestId, functionName } = filter;
    return this.lines.filter(
      (line) =>
        (requestId === undefined || line.requestId === requestId) &&
        (functionName === undefined || line.functionName === functionName),
    );
  }

  /** Resolves once no event runs, waits or is to be retried. */
  async idle(): Promise<void> {
    while (!this.stopped && this.deliveries.some(({ settled }) => !settled)) {
      await new Promise<void>((resolve) => this.idleListeners.push(resolve));
    }
  }

  /** Kills every container, also a stuck one, and forgets what waits. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const cancel of this.timers) cancel();
    const all = [...this.containers.values()].flat();
    this.containers.clear();
    await Promise.all([...all.map((container) => container.kill()), ...this.dying]);
    for (const resume of this.waiting.splice(0)) resume();
    for (const listener of this.idleListeners.splice(0)) listener();
  }

  private async deliver(delivery: MutableDelivery): Promise<void> {
    const fault = this.takeFault(delivery);
    if (fault?.drop) return this.settle(delivery);
    const accepted = this.clock.now();
    if (fault?.delay !== undefined) await this.pause(fault.delay);
    await fault?.until;
    const duplicates = Array.from({ length: fault?.duplicates ?? 0 }, () => this.tryOnce(delivery));
    const delays = this.options.retryDelays ?? [60_000, 120_000];
    for (let count = 1; !this.stopped; count += 1) {
      const result = await this.tryOnce(delivery);
      if (result?.status === 'success' || this.stopped) break;
      const fn = this.functions.get(delivery.functionArn);
      const delay = delays[count - 1];
      const fail = (condition: FailedDelivery['condition']): void =>
        this.fail(delivery, condition, result?.error);
      if (!fn) { fail('FunctionNotFound'); break; } // prettier-ignore
      if (fn.reservedConcurrency === 0) { fail('ConcurrencyExhausted'); break; } // prettier-ignore
      if (delay === undefined || count > (fn.maximumRetryAttempts ?? 2)) { fail('RetriesExhausted'); break; } // prettier-ignore
      await this.pause(delay);
      if (this.clock.now() - accepted > (fn.maximumEventAgeSeconds ?? 21_600) * 1000) { fail('EventAgeExceeded'); break; } // prettier-ignore
    }
    await Promise.all(duplicates);
    this.settle(delivery);
  }

  private settle(delivery: MutableDelivery): void {
    delivery.settled = true;
    for (const listener of this.idleListeners.splice(0)) listener();
  }

  private fail(
    delivery: MutableDelivery,
    condition: FailedDelivery['condition'],
    error: FailedDelivery['error'],
  ): void {
    const { awsRequestId, functionArn, event, tries } = delivery;
    (this.failures as FailedDelivery[]).push({
      awsRequestId,
      functionArn,
      event,
      condition,
      invokeCount: tries.length,
      ...(error ? { error } : {}),
    });
  }

  private async tryOnce(delivery: MutableDelivery): Promise<InvocationResult | undefined> {
    const fn = this.functions.get(delivery.functionArn);
    if (!fn || fn.reservedConcurrency === 0 || this.stopped) return undefined;
    const result = await this.run(fn, delivery.awsRequestId, delivery.event);
    delivery.tries.push(result);
    return result;
  }

  private takeFault({ event, functionArn }: Delivery): DeliveryFault | undefined {
    const found = this.faults.find(
      ({ fault, left }) => left > 0 && (fault.match?.(event, functionArn) ?? true),
    );
    if (found) found.left -= 1;
    return found?.fault;
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const finish = (): void => {
        cancel();
        this.timers.delete(finish);
        resolve();
      };
      const cancel = this.clock.after(milliseconds, finish);
      this.timers.add(finish);
    });
  }

  private async run(fn: LambdaFunction, requestId: string, event: unknown): Promise<InvocationResult> {
    while (this.active >= (this.options.concurrency ?? 16) && !this.stopped) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.stopped)
      return {
        status: 'error',
        error: { errorType: 'Runtime.ExitError', errorMessage: 'Lambda was stopped', trace: [] },
      };
    this.active += 1;
    const container = this.containerFor(fn);
    const result = await container.invoke(requestId, event);
    this.active -= 1;
    if (container.lost) this.drop(fn.arn, container);
    else if (!this.containers.get(fn.arn)?.includes(container)) this.bury(container);
    this.waiting.shift()?.();
    return result;
  }

  private containerFor(fn: LambdaFunction): Container {
    const all = this.containers.get(fn.arn) ?? [];
    const warm = all.find(({ busy, lost }) => !busy && !lost);
    if (warm) return warm;
    const container = new Container(fn, this.execution);
    this.containers.set(fn.arn, [...all, container]);
    return container;
  }

  private drop(arn: string, container: Container): void {
    this.containers.set(
      arn,
      (this.containers.get(arn) ?? []).filter((other) => other !== container),
    );
    this.bury(container);
  }

  private bury(container: Container): void {
    const gone = container.kill().finally(() => this.dying.delete(gone));
    this.dying.add(gone);
  }

  private retire(arn: string): void {
    const all = this.containers.get(arn) ?? [];
    this.containers.delete(arn);
    for (const container of all) if (!container.busy) this.bury(container);
  }
}
