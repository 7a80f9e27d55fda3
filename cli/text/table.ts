/** Columns that fit the width: cells are wrapped, and where there is no room for columns a row takes lines. Pure. */
import { type Line, type Piece, type Style } from './line';
import { shown, widthOf } from './shown';
import { longestPiece, wrapped } from './wrap';

export interface Column {
  /** Empty for columns without a head. */
  readonly head: string;
  readonly style?: (cell: string) => Style | undefined;
}

const GAP = 2;

/** Columns in which all cells are empty or `-` are left out. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  width: number,
): readonly Line[] {
  const used = columns
    .map((column, index) => ({ column, cells: rows.map((row) => shown(row[index] ?? '')) }))
    .filter(({ cells }) => cells.some((cell) => cell !== '' && cell !== '-'));
  const heads = used.map(({ column }) => column.head);
  const hasHead = heads.some((head) => head !== '');
  const natural = used.map(({ column, cells }) => Math.max(...[column.head, ...cells].map(widthOf)));
  const narrowest = used.map(({ column, cells }) =>
    Math.max(...[column.head, ...cells].map((cell) => longestPiece(cell))),
  );
  const widths = fitted(natural, narrowest, width - GAP * (used.length - 1));
  if (widths === undefined) return rows.flatMap((_, row) => stacked(used, row, width));
  const lines = rows.flatMap((_, row) =>
    aligned(
      used.map(({ column, cells }) => ({ text: cells[row] ?? '', style: column.style?.(cells[row] ?? '') })),
      widths,
    ),
  );
  if (!hasHead) return lines;
  return [
    ...aligned(
      heads.map((text) => ({ text, style: 'strong' })),
      widths,
    ),
    ...lines,
  ];
}

/** The widest columns give way first; undefined where a name or a number would have to be cut. */
function fitted(
  natural: readonly number[],
  narrowest: readonly number[],
  room: number,
): readonly number[] | undefined {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each, 0) - room;
  if (narrowest.reduce((sum, each) => sum + each, 0) > room) return undefined;
  for (; excess > 0; excess -= 1) {
    const spare = widths.map((each, index) => (each > (narrowest[index] ?? 0) ? each : 0));
    const widest = spare.indexOf(Math.max(...spare));
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function aligned(cells: readonly Piece[], widths: readonly number[]): readonly Line[] {
  const parts = cells.map(({ text }, index) => wrapped(text, widths[index] ?? 1));
  const height = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) => {
    const last = parts.findLastIndex((part) => (part[row] ?? '') !== '');
    return cells.slice(0, last + 1).map(({ style }, index): Piece => {
      const text = parts[index]?.[row] ?? '';
      const pad = (widths[index] ?? 0) + GAP - widthOf(text);
      return { text: index === last ? text : text + ' '.repeat(Math.max(0, pad)), style };
    });
  });
}

/** The first cells of a row on a line of their own, the others below it. */
function stacked(
  used: readonly { readonly column: Column; readonly cells: readonly string[] }[],
  row: number,
  width: number,
): readonly Line[] {
  const [first, ...others] = used;
  const isMark = first?.cells.every((cell) => widthOf(cell) < 2) === true;
  const head = isMark ? [first, others.shift()] : [first];
  const title = head
    .map((each) => each?.cells[row] ?? '')
    .filter((cell) => cell !== '')
    .join(' ');
  const style = first?.column.style?.(first.cells[row] ?? '') ?? 'strong';
  return [
    ...wrapped(title, width).map((text): Line => [{ text, style }]),
    ...others.flatMap(({ column, cells }) => {
      const label = column.head === '' ? '' : `${column.head.toLowerCase()}: `;
      const cell = cells[row] ?? '';
      return cell === '' || cell === '-'
        ? []
        : wrapped(label + cell, width - 4).map((text, index): Line => [
            { text: `${index === 0 ? '  ' : '    '}${text}` },
          ]);
    }),
  ];
}
