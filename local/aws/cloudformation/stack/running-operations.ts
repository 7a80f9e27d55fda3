/** Which stacks have an operation under way: one at a time on each. */
import { type Started } from './requests';
import { type Stack } from './stack';

interface Running {
  readonly cancel: AbortController;
  readonly done: Promise<Stack>;
}

export class RunningOperations {
  private readonly running = new Map<Stack, Running>();

  of(stack: Stack): Running | undefined {
    return this.running.get(stack);
  }

  /** `work` must not reject; its signal is aborted by the `cancel` of what `of` gives. */
  start(stack: Stack, work: (cancel: AbortSignal) => Promise<void>): Started {
    const cancel = new AbortController();
    const done = work(cancel.signal)
      .then(() => stack)
      .finally(() => {
        if (this.running.get(stack)?.cancel === cancel) this.running.delete(stack);
      });
    this.running.set(stack, { cancel, done });
    return { stack, done };
  }

  /** Resolves when no operation is running. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.all([...this.running.values()].map(({ done }) => done));
  }
}
