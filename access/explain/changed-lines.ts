/** What a change of a text comes to, line by line, for people to copy. Pure. */

export interface ChangedLines {
  /** Offset of the first of them in the text before. */
  readonly start: number;
  /** As they then are, without the indentation that they share; of one line, without the dash before its key. */
  readonly lines: readonly string[];
}

/** Lines that differ; where lines come or go, all from the first to the last of them. */
export function changedLines(before: string, after: string): ChangedLines {
  const old = before.split(/\r\n|\n|\r/);
  const now = after.split(/\r\n|\n|\r/);
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first += 1;
  let same = 0;
  while (same < Math.min(old.length, now.length) - first && old.at(-1 - same) === now.at(-1 - same))
    same += 1;
  const isChanged = (index: number): boolean => old.length !== now.length || now[index] !== old[index];
  // A key whose value alone changes, on the line after it, goes with that.
  const changed = now
    .slice(first, now.length - same)
    .filter(
      (line, index) =>
        line.trim() !== '' &&
        (isChanged(first + index) || (/:\s*$/.test(line) && isChanged(first + index + 1))),
    );
  const indent = Math.min(...changed.map((line) => line.search(/\S/)));
  const breaks = [...before.matchAll(/\r\n|\n|\r/g)];
  const last = breaks[first - 1];
  return {
    start: last === undefined ? 0 : last.index + last[0].length,
    lines:
      changed.length === 1
        ? changed.map((line) => line.trim().replace(/^(?:- +)+(?=["']?\w+["']?:(?: |$))/, ''))
        : changed.map((line) => line.slice(indent).trimEnd()),
  };
}
