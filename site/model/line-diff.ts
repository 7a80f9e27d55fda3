/** Two texts as the lines that differ, each with three lines around it. Pure. */
import { shown } from '../../access/explain/shown';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added' | 'gap';
  readonly text: string;
  /** In the new text, or in the old one of what is removed. */
  readonly line: number | undefined;
}

const AROUND = 3;
/** Of old lines times new ones: with more, all of both differ. An edit of one entry has a few hundred. */
const MOST = 1_000_000;

export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const all = allLines(linesOf(before), linesOf(after));
  const isNear = all.map(() => false);
  all.forEach(({ kind }, index) => {
    if (kind !== 'same') isNear.fill(true, Math.max(0, index - AROUND), index + AROUND + 1);
  });
  return all.flatMap((line, index) => {
    if (isNear[index] !== true) return [];
    const isCut = isNear[index - 1] === false && isNear.lastIndexOf(true, index - 1) !== -1;
    return [...(isCut ? [gap('…')] : []), ...told(line)];
  });
}

function gap(text: string): DiffLine {
  return { kind: 'gap', text, line: undefined };
}

/** Line ends that differ are shown, as every byte is. */
function told(line: DiffLine): readonly DiffLine[] {
  const text = shown(line.text.replace(/\r?\n$/, ''));
  return [{ ...line, text }, ...(line.text.endsWith('\n') ? [] : [gap('no line break at the end')])];
}

/** Each with its line break. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** The longest common part stays; of what differs in one place, the old lines come first. */
function allLines(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first += 1;
  let last = 0;
  while (
    last < Math.min(old.length, now.length) - first &&
    old[old.length - 1 - last] === now[now.length - 1 - last]
  )
    last += 1;
  const [rows, columns] = [old.length - first - last, now.length - first - last];
  // Common lines from here to the end, by row and column.
  const common = rows * columns > MOST ? undefined : new Uint32Array((rows + 1) * (columns + 1));
  const at = (row: number, column: number): number => common?.[row * (columns + 1) + column] ?? 0;
  if (common !== undefined)
    for (let row = rows - 1; row >= 0; row -= 1)
      for (let column = columns - 1; column >= 0; column -= 1)
        common[row * (columns + 1) + column] =
          old[first + row] === now[first + column]
            ? at(row + 1, column + 1) + 1
            : Math.max(at(row + 1, column), at(row, column + 1));
  const lines: DiffLine[] = [];
  let [row, column] = [-first, -first];
  const take = (kind: 'same' | 'removed' | 'added'): void => {
    const isOld = kind === 'removed';
    const index = first + (isOld ? row : column);
    lines.push({ kind, text: (isOld ? old : now)[index] ?? '', line: index + 1 });
    if (kind !== 'added') row += 1;
    if (kind !== 'removed') column += 1;
  };
  while (row < rows + last || column < columns + last) {
    const isInside = row >= 0 && row < rows && column < columns;
    const isSame = row < 0 || (row >= rows && column >= columns);
    if (isSame || (isInside && at(row, column) > 0 && old[first + row] === now[first + column])) take('same');
    else
      take(
        row < rows && (column >= columns || at(row + 1, column) >= at(row, column + 1)) ? 'removed' : 'added',
      );
  }
  return lines;
}
