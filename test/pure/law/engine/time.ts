/**
 * Time of a simulation: nothing happens but what was put on it, in the order of the clock, equal times in the order in
 * which they were put. No timer of the machine runs.
 */
interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fire: () => void;
}

export class VirtualTime {
  private timers: Timer[] = [];
  private order = 0;

  constructor(private clock: number) {}

  /** Milliseconds since the epoch. */
  now(): number {
    return this.clock;
  }

  /** Time that passes while nothing else can happen: a round trip. */
  spend(ms: number): void {
    this.clock += ms;
  }

  /** Gives the way to cancel. */
  after(ms: number, fire: () => void): () => void {
    const timer = { at: this.clock + Math.max(0, ms), order: (this.order += 1), fire };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        cancel();
        reject(signal?.reason as Error);
      };
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', abort);
        resolve();
      });
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Lets time pass until `work` is done. Throws where work waits for what will never come. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = (): void => void (isDone = true);
    work.then(done, done);
    for (;;) {
      await turn();
      if (isDone) return work;
      const next = this.earliest();
      if (!next) throw new Error('the simulation waits for something that nothing will bring about');
      this.fire(next);
    }
  }

  private earliest(): Timer | undefined {
    return this.timers.reduce<Timer | undefined>(
      (best, timer) => (!best || timer.at < best.at ? timer : best),
      undefined,
    );
  }

  private fire(timer: Timer): void {
    this.timers = this.timers.filter((other) => other !== timer);
    this.clock = Math.max(this.clock, timer.at);
    timer.fire();
  }
}

/** Until all that can go on without time has gone on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** The time that the timers of the product are on (`timers.ts`): of the one simulation that runs. */
export const present: { time: VirtualTime } = { time: new VirtualTime(0) };
