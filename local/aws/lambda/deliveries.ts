/** Asynchronous events on their way: retries, faults that were asked for, the on-failure destination. */
import { randomUUID } from 'node:crypto';
import { type Clock } from './clock';
import {
  type Delivery,
  type DeliveryFault,
  type FailedDelivery,
  type FunctionError,
  type InvocationResult,
  type LambdaFunction,
} from './lambda-function';
import { maximumAge, pauseAfterRefusal } from './retry-times';

export interface DeliveryOptions {
  readonly clock: Clock;
  /** Milliseconds before the second and third try. */
  readonly retryDelays: readonly number[];
  readonly lookUp: (arn: string) => LambdaFunction | undefined;
  /** Why Lambda does not start the function now. */
  readonly refusal: (fn: LambdaFunction) => FunctionError | undefined;
  readonly onFailure: (failed: FailedDelivery) => void;
  readonly run: (fn: LambdaFunction, requestId: string, event: unknown) => Promise<InvocationResult>;
}

type MutableDelivery = { -readonly [key in keyof Delivery]: Delivery[key] } & {
  tries: InvocationResult[];
  readonly onLoadFailure: ((error: FunctionError) => void) | undefined;
};

export class Deliveries {
  readonly all: Delivery[] = [];
  readonly failures: FailedDelivery[] = [];
  private readonly faults: { readonly fault: DeliveryFault; left: number }[] = [];
  private readonly idleListeners: (() => void)[] = [];
  private readonly pauses = new Set<() => void>();
  private stopped = false;

  constructor(private readonly options: DeliveryOptions) {}

  send(functionArn: string, event: unknown, onLoadFailure?: (error: FunctionError) => void): Delivery {
    const delivery: MutableDelivery = {
      onLoadFailure,
      awsRequestId: randomUUID(),
      functionArn,
      event,
      tries: [],
      settled: false,
    };
    this.all.push(delivery);
    void this.deliver(delivery);
    return delivery;
  }

  injectFault(fault: DeliveryFault): void {
    this.faults.push({ fault, left: fault.times ?? 1 });
  }

  async idle(): Promise<void> {
    while (!this.stopped && this.all.some(({ settled }) => !settled)) {
      await new Promise<void>((resolve) => this.idleListeners.push(resolve));
    }
  }

  /** Nothing is tried again from now on. */
  stop(): void {
    this.stopped = true;
    for (const finish of this.pauses) finish();
    for (const listener of this.idleListeners.splice(0)) listener();
  }

  private async deliver(delivery: MutableDelivery): Promise<void> {
    const fault = this.takeFault(delivery);
    const accepted = this.options.clock.now();
    if (fault?.delay !== undefined) await this.pause(fault.delay);
    await fault?.until;
    if (!fault?.drop) {
      const duplicates = Array.from({ length: fault?.duplicates ?? 0 }, () => this.tryOnce(delivery));
      await this.tryUntilDone(delivery, accepted);
      await Promise.all(duplicates);
    }
    delivery.settled = true;
    for (const listener of this.idleListeners.splice(0)) listener();
  }

  private async tryUntilDone(delivery: MutableDelivery, accepted: number): Promise<void> {
    const { clock, retryDelays, lookUp, refusal } = this.options;
    for (let [count, refusals] = [1, 0]; ;) {
      const fn = lookUp(delivery.functionArn);
      const refused = fn && refusal(fn);
      if (refused && !this.stopped) {
        const left = accepted + maximumAge(fn) - clock.now();
        if (left <= 0) return this.fail(delivery, 'EventAgeExceeded', refused);
        await this.pause(Math.min(left, pauseAfterRefusal(refusals++)));
        continue;
      }
      const result = await this.tryOnce(delivery);
      if (result?.status === 'success' || this.stopped) return;
      const delay = retryDelays[count - 1];
      const error = result?.error;
      if (!fn) return this.fail(delivery, 'FunctionNotFound', error);
      if (fn.reservedConcurrency === 0) return this.fail(delivery, 'ConcurrencyExhausted', error);
      if (delay === undefined || count > (fn.maximumRetryAttempts ?? 2)) {
        return this.fail(delivery, 'RetriesExhausted', error);
      }
      await this.pause(delay);
      if (clock.now() - accepted > maximumAge(fn)) return this.fail(delivery, 'EventAgeExceeded', error);
      count += 1;
    }
  }

  private async tryOnce(delivery: MutableDelivery): Promise<InvocationResult | undefined> {
    const fn = this.options.lookUp(delivery.functionArn);
    if (!fn || fn.reservedConcurrency === 0 || this.stopped) return undefined;
    const result = await this.options.run(fn, delivery.awsRequestId, delivery.event);
    delivery.tries.push(result);
    if (result.status === 'error' && result.isLoadFailure) delivery.onLoadFailure?.(result.error);
    return result;
  }

  private fail(
    { awsRequestId, functionArn, event, tries }: Delivery,
    condition: FailedDelivery['condition'],
    error: FailedDelivery['error'],
  ): void {
    const invokeCount = tries.length;
    const failed = { awsRequestId, functionArn, event, condition, invokeCount, ...(error ? { error } : {}) };
    this.failures.push(failed);
    this.options.onFailure(failed);
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
        this.pauses.delete(finish);
        resolve();
      };
      const cancel = this.options.clock.after(milliseconds, finish);
      this.pauses.add(finish);
    });
  }
}
