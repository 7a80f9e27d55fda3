/** Runs steps along their dependencies, everything at once that can be, as CloudFormation does. */
export interface GraphRun {
  readonly nodes: readonly string[];
  /** Nodes that must have succeeded first; names outside `nodes` do not count. */
  readonly before: (node: string) => readonly string[];
  /** True when it succeeded. Must not reject. */
  readonly step: (node: string) => Promise<boolean>;
  /** After a failure: go on with what does not depend on it, or start nothing more. */
  readonly afterFailure: 'go-on' | 'stop';
  /** Called once, at the first failure, while others may still run. */
  readonly onFailure?: () => void;
  /** Asked before each start; true starts nothing more. */
  readonly cancelled?: () => boolean;
}

/** Resolves when everything that was started has ended, with the nodes that failed in the order they did. */
export async function runGraph(run: GraphRun): Promise<string[]> {
  const nodes = new Set(run.nodes);
  const waiting = new Set(run.nodes);
  const done = new Set<string>();
  const failed: string[] = [];
  const running = new Map<string, Promise<void>>();
  const ready = (node: string): boolean =>
    run.before(node).every((name) => done.has(name) || !nodes.has(name));
  for (;;) {
    const stop = (failed.length > 0 && run.afterFailure === 'stop') || (run.cancelled?.() ?? false);
    for (const node of stop ? [] : [...waiting].filter(ready)) {
      waiting.delete(node);
      const promise = run.step(node).then((succeeded) => {
        running.delete(node);
        if (succeeded) return void done.add(node);
        failed.push(node);
        if (failed.length === 1) run.onFailure?.();
      });
      running.set(node, promise);
    }
    if (running.size === 0) return failed;
    await Promise.race(running.values());
  }
}
