/** What needs itself by way of others. Pure. */

/** The first cycle, from a node back to it: `[a, b, a]`; undefined when there is none. */
export function cycleIn(
  nodes: Iterable<string>,
  next: (node: string) => readonly string[],
): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const other of next(node)) {
      const cycle = visit(other, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of nodes) {
    const cycle = visit(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}
