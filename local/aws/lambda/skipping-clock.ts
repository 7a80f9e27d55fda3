/**
 * A clock that lets nobody wait: where all invocations that run wait for nothing but time, it moves on to what falls due
 * next. Work takes the time that it takes.
 */
import { eachSecond } from '../server/silent-ports';
import { type Clock, type Invocation, type Skip } from './clock';

interface Entry {
  readonly at: number;
  readonly action: () => void;
  timer?: NodeJS.Timeout;
}

interface Runner {
  readonly onSkip: (skip: Skip) => void;
  /** Milliseconds since 1970 by this clock; undefined: it works. */
  waitsUntil: number | undefined;
  wakes: number;
}

export class SkippingClock implements Clock {
  private skippedMs = 0;
  private readonly entries = new Set<Entry>();
  private readonly runners = new Set<Runner>();

  now(): number {
    return Math.floor(Date.now() + this.skippedMs);
  }

  after(milliseconds: number, action: () => void): () => void {
    const entry: Entry = { at: this.now() + milliseconds, action };
    this.entries.add(entry);
    this.arm(entry);
    return () => {
      clearTimeout(entry.timer);
      this.entries.delete(entry);
    };
  }

  /** It works until it says that it waits, and again each time that it is woken. */
  begin(onSkip: (skip: Skip) => void): Invocation {
    const runner: Runner = { onSkip, waitsUntil: undefined, wakes: 0 };
    this.runners.add(runner);
    return {
      skip: () => ({ skippedMs: this.skippedMs, wakes: runner.wakes }),
      waits: (until, wakes) => {
        // What it said before it was woken is not true any more.
        if (wakes !== runner.wakes) return;
        runner.waitsUntil = until ?? Infinity;
        this.moveOn();
      },
      end: () => {
        this.runners.delete(runner);
        this.moveOn();
      },
    };
  }

  private moveOn(): void {
    const waits = Array.from(this.runners, ({ waitsUntil }) => waitsUntil ?? -Infinity);
    const due = Array.from(this.entries, ({ at }) => at);
    const now = Date.now() + this.skippedMs;
    const next = Math.min(...due, ...waits, eachSecond.size > 0 ? now + 1_000 : Infinity);
    if (waits.length === 0 || !Number.isFinite(next)) return;
    this.skippedMs += Math.max(0, next - now);
    for (const action of eachSecond) action();
    for (const entry of [...this.entries].sort((one, other) => one.at - other.at)) this.arm(entry);
    // Where it is none of theirs that falls due, what does may mean any of them.
    const isTheirs = waits.includes(next) && eachSecond.size === 0;
    for (const runner of this.runners) {
      if (!isTheirs || runner.waitsUntil === next) {
        runner.waitsUntil = undefined;
        runner.wakes += 1;
      }
      runner.onSkip({ skippedMs: this.skippedMs, wakes: runner.wakes });
    }
  }

  private arm(entry: Entry): void {
    clearTimeout(entry.timer);
    const left = entry.at - this.skippedMs - Date.now();
    entry.timer = setTimeout(() => {
      this.entries.delete(entry);
      entry.action();
    }, left);
  }
}
