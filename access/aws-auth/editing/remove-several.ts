/**
 * Takes several entries out at once, for one proof of all: what hundreds of duplicates cost grows with the text and not
 * with its square. Where this way cannot be proved they go one by one (`withoutEntries`).
 */
import { isBreak } from '../../go-yaml/read';
import { type SequenceNode } from '../../go-yaml/node';
import { entryAt, type Editor } from './edit';
import { afterBlankLines, beforeBreak, type Layout, type Splice, splice } from './layout';
import { likeliestRemoval } from './remove';

/** `indices`: at least one, ascending, each once. */
export function removals(indices: readonly number[]): Editor {
  return (layout) => {
    const [index = 0, ...also] = indices;
    const { list, item } = entryAt(layout, index);
    return {
      expected: [{ edit: 'remove', index, also }],
      candidates: list.isFlow ? fromFlowList(layout, list, indices) : fromBlockList(layout, list, indices),
      offset: item.start,
    };
  };
}

/** Each entry as it would go alone; stretches that meet become one. */
function* fromBlockList(layout: Layout, list: SequenceNode, indices: readonly number[]): Generator<string> {
  const { text } = layout;
  const stretches: Splice[] = [];
  for (const index of indices) {
    const next = likeliestRemoval(layout, index);
    const last = stretches.at(-1);
    if (last === undefined || next.start > last.end) stretches.push(next);
    else {
      const end = Math.max(last.end, next.end);
      const isFirst = last.start === 0 && index + 1 < list.items.length;
      stretches[stretches.length - 1] = { ...last, end: isFirst ? afterBlankLines(text, end) : end };
    }
  }
  const end = stretches.at(-1);
  // Without a final line break, the break before the last of them goes along, as with one alone.
  if (end !== undefined && end.end === text.length && !isBreak(text.charCodeAt(text.length - 1)))
    stretches[stretches.length - 1] = { ...end, start: beforeBreak(text, end.start) };
  yield splice(text, ...stretches);
}

/** Entries that follow each other go together, with the comma after them, or before them at the end of the list. */
function* fromFlowList({ text }: Layout, list: SequenceNode, indices: readonly number[]): Generator<string> {
  const stretches: Splice[] = [];
  for (const [first, last] of runsOf(indices)) {
    const stretch = stretchOf(text, list, first, last);
    // Something of another tool is between them.
    if (stretch === undefined) return;
    stretches.push(stretch);
  }
  yield splice(text, ...stretches);
}

function stretchOf(text: string, list: SequenceNode, first: number, last: number): Splice | undefined {
  const start = (list.marks[first - 1] ?? list.content) + 1;
  let from = start;
  let end = start;
  for (let index = first; index <= last; index += 1) {
    const item = list.items.at(index);
    if (item === undefined || !/^\s*$/.test(text.slice(from, item.start))) return undefined;
    ({ end } = item);
    const comma = list.marks[index] ?? end;
    if (!/^\s*$/.test(text.slice(end, comma))) return undefined;
    from = comma + 1;
  }
  const comma = list.marks[last];
  if (comma !== undefined) return { start, end: comma + 1, text: '' };
  return { start: first > 0 ? start - 1 : start, end, text: '' };
}

/** `[1, 2, 3, 7]` → `[1, 3], [7, 7]`. */
function runsOf(indices: readonly number[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const index of indices) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === index - 1) run[1] = index;
    else runs.push([index, index]);
  }
  return runs;
}
