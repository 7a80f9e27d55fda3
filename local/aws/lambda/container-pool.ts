/** The containers of all functions: warm ones first, a new one when all are busy, a limit on how many run at once. */
import { Container, type ExecutionOptions } from './execution';
import { type InvocationResult, type LambdaFunction } from './lambda-function';

export class ContainerPool {
  private readonly containers = new Map<string, readonly Container[]>();
  private readonly waiting: (() => void)[] = [];
  /** Also those that no longer take events: busy with old code, or being killed. */
  private readonly alive = new Set<Container>();
  private active = 0;
  private stopped = false;

  constructor(
    private readonly execution: ExecutionOptions,
    private readonly concurrency: number,
  ) {}

  /** Waits for its turn, as a throttled event does. Never rejects. */
  async run(fn: LambdaFunction, requestId: string, event: unknown): Promise<InvocationResult> {
    while (this.active >= this.concurrency && !this.stopped) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    if (this.stopped) return stoppedResult;
    this.active += 1;
    const container = this.containerFor(fn);
    const result = await container.invoke(requestId, event);
    this.active -= 1;
    const kept = this.containers.get(fn.arn) ?? [];
    if (container.lost || !kept.includes(container)) this.bury(container);
    if (container.lost && kept.includes(container)) {
      this.containers.set(
        fn.arn,
        kept.filter((other) => other !== container),
      );
    }
    this.waiting.shift()?.();
    return result;
  }

  /** Drops the warm containers of a function whose code has changed; busy ones finish first. */
  retire(arn: string): void {
    const all = this.containers.get(arn) ?? [];
    this.containers.delete(arn);
    for (const container of all) if (!container.busy) this.bury(container);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.containers.clear();
    await Promise.all(Array.from(this.alive, (container) => container.kill()));
    for (const resume of this.waiting.splice(0)) resume();
  }

  private containerFor(fn: LambdaFunction): Container {
    const all = this.containers.get(fn.arn) ?? [];
    const warm = all.find(({ busy, lost }) => !busy && !lost);
    if (warm) return warm;
    const container = new Container(fn, this.execution);
    this.alive.add(container);
    this.containers.set(fn.arn, [...all, container]);
    return container;
  }

  private bury(container: Container): void {
    void container.kill().finally(() => this.alive.delete(container));
  }
}

const stoppedResult: InvocationResult = {
  status: 'error',
  error: { errorType: 'Runtime.ExitError', errorMessage: 'Lambda was stopped', trace: [] },
};
