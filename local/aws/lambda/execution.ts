/** One container of a function: loads its code, runs one invocation at a time, and is lost when that goes wrong. */
import { randomBytes } from 'node:crypto';
import { type Clock, type Invocation } from './clock';
import { type Channel, type ContainerMessage, openProcess, openThread } from './container';
import { contextOf, type EnvironmentOptions, environmentOf, hasCallbacks } from './environment';
import { exited, noCode, stopped, timedOut } from './function-errors';
import {
  type FunctionError,
  type InvocationResult,
  type LambdaFunction,
  type LogLine,
} from './lambda-function';

/** Lambda's limit for loading the code. */
const INIT_LIMIT = 10_000;

export interface ExecutionOptions {
  readonly clock: Clock;
  readonly environment: (fn: LambdaFunction) => Omit<EnvironmentOptions, 'logStreamName'>;
  readonly log: (line: LogLine) => void;
}

type Running = {
  readonly requestId: string;
  readonly settle: (result: InvocationResult) => void;
  readonly time?: Invocation | undefined;
};

export class Container {
  readonly logStreamName: string;
  private readonly channel: Channel;
  private running: Running | undefined;
  private loaded: Promise<FunctionError | undefined>;
  private settleLoad: (error?: FunctionError) => void = () => undefined;
  private loadFailed = false;
  /** True once it cannot take another invocation. */
  lost = false;

  constructor(
    private readonly fn: LambdaFunction,
    private readonly options: ExecutionOptions,
  ) {
    const date = new Date(options.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.logStreamName = `${date}/[$LATEST]${randomBytes(16).toString('hex')}`;
    const environment = environmentOf(fn, { ...options.environment(fn), logStreamName: this.logStreamName });
    const events = {
      message: (message: ContainerMessage) => this.receive(message),
      exit: (status: number) => this.lose(exited(this.running?.requestId, status)),
    };
    this.channel =
      fn.nodePath === undefined
        ? openThread(environment, events)
        : openProcess(fn.nodePath, environment, events);
    this.loaded = new Promise((resolve) => (this.settleLoad = resolve));
    if (fn.code === undefined) this.failLoad(noCode(fn.obstacle));
    else
      this.channel.post({
        type: 'load',
        code: fn.code,
        handlerName: fn.handler ?? 'index.handler',
        callbacks: hasCallbacks(fn),
        skipsWaits: options.clock.begin !== undefined,
      });
  }

  get busy(): boolean {
    return this.running !== undefined;
  }

  /** Always resolves; the container is lost after a timeout, a crash or code that does not load. */
  invoke(requestId: string, event: unknown): Promise<InvocationResult> {
    const { clock } = this.options;
    return new Promise((resolve) => {
      let cancel = clock.after(INIT_LIMIT, () => this.timeOut(INIT_LIMIT));
      const time = clock.begin?.((skip) => this.channel.skip(skip));
      this.running = {
        requestId,
        time,
        settle: (result) => {
          cancel();
          time?.end();
          this.running = undefined;
          resolve(result);
        },
      };
      void this.loaded.then((error) => {
        if (error) return this.lose(error);
        if (!this.running) return;
        cancel();
        const limit = (this.fn.timeoutSeconds ?? 3) * 1000;
        cancel = clock.after(limit, () => this.timeOut(limit));
        this.channel.post({
          type: 'invoke',
          requestId,
          event: JSON.stringify(event),
          context: contextOf(this.fn, requestId, this.logStreamName),
          remaining: limit,
          callbacks: hasCallbacks(this.fn),
          ...time?.skip(),
        });
      });
    });
  }

  private receive(message: ContainerMessage): void {
    if (message.type === 'log') {
      const { requestId, stream, text } = message;
      const { logStreamName, fn, options } = this;
      const time = options.clock.now();
      options.log({ functionName: fn.name, logStreamName, requestId, stream, text, time });
    } else if (message.type === 'loaded') {
      this.settleLoad();
    } else if (message.type === 'load-failed') {
      this.failLoad(message.error);
    } else if (message.type === 'waits') {
      this.running?.time?.waits(message.until, message.wakes);
    } else if (message.type === 'crashed') {
      this.lose(message.error);
    } else if (message.requestId === this.running?.requestId) {
      this.channel.freeze();
      const { error, payload } = message;
      this.running.settle(
        error ? { status: 'error', error } : { status: 'success', payload: JSON.parse(payload ?? 'null') },
      );
    }
  }

  private failLoad(error: FunctionError): void {
    this.loadFailed = true;
    this.settleLoad(error);
  }

  private timeOut(limit: number): void {
    this.lose(timedOut(this.options.clock.now(), this.running?.requestId, limit));
  }

  private lose(error: FunctionError): void {
    this.settleLoad(error);
    if (!this.lost) void this.kill();
    this.running?.settle({ status: 'error', error, ...(this.loadFailed ? { isLoadFailure: true } : {}) });
  }

  async kill(): Promise<void> {
    this.lost = true;
    await this.channel.kill();
    this.running?.settle({ status: 'error', error: stopped() });
  }
}
