/** Time as the local CloudFormation and Lambda see it, so that an hour of waiting takes a test no time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `action` after so many milliseconds; the answer takes it back. */
  after(milliseconds: number, action: () => void): () => void;
  /** Of a clock that skips waits: it is told of each invocation, and tells when it has moved on. */
  begin?(onSkip: (skip: Skip) => void): Invocation;
}

/** How far the clock is ahead of the machine's, in milliseconds, and how often that has woken the invocation. */
export interface Skip {
  readonly skippedMs: number;
  readonly wakes: number;
}

/** An invocation that runs, as a clock that skips waits sees it. */
export interface Invocation {
  skip(): Skip;
  /** It waits for nothing but time, until then: milliseconds since 1970 by the clock; `wakes`: as it knew when it said so. */
  waits(until: number | null, wakes: number): void;
  end(): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, action) => {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** A time that only the test moves on. */
export class ManualClock implements Clock {
  private readonly waiting: { readonly at: number; readonly action: () => void }[] = [];

  constructor(private time = Date.now()) {}

  now(): number {
    return this.time;
  }

  after(milliseconds: number, action: () => void): () => void {
    const entry = { at: this.time + milliseconds, action };
    this.waiting.push(entry);
    return () => {
      const index = this.waiting.indexOf(entry);
      if (index >= 0) this.waiting.splice(index, 1);
    };
  }

  /** Number of actions that wait. */
  get pending(): number {
    return this.waiting.length;
  }

  /** Moves on, running what falls due in order of time. */
  advance(milliseconds: number): void {
    const until = this.time + milliseconds;
    for (;;) {
      const next = this.waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.waiting.splice(this.waiting.indexOf(next), 1);
      this.time = Math.max(this.time, next.at);
      next.action();
    }
    this.time = until;
  }
}
