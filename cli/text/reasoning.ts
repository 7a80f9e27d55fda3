/** Label, text and note in columns; a note that does not fit is below its text, so that ARNs stay whole. Pure. */
import { type Line } from './line';
import { shown, widthOf } from './shown';
import { wrapped } from './wrap';

interface Row {
  readonly label: string;
  readonly text: string;
  readonly note: string;
}

const INDENT = '  ';
const GAP = 3;
const OWN = 4;

export function reasoning(rows: readonly Row[], width: number): readonly Line[] {
  const label = Math.max(...rows.map((row) => widthOf(shown(row.label)))) + 2;
  const room = width - INDENT.length - label;
  const safe = rows.map((row) => ({ label: shown(row.label), text: shown(row.text), note: shown(row.note) }));
  const beside = safe.filter(({ text, note }) => note !== '' && widthOf(text) + GAP + widthOf(note) <= room);
  const column = Math.max(0, ...beside.map(({ text }) => widthOf(text)));
  return safe.flatMap(({ label: name, text, note }) => {
    const start = INDENT + name.padEnd(label);
    // What is to be copied whole, and is wider than the column, has lines of its own.
    const word = Math.max(...text.split(' ').map(widthOf));
    if (word > room && word <= width - OWN)
      return [
        [{ text: start.trimEnd(), style: 'faint' }] satisfies Line,
        ...[...keptIndent(text, width - OWN), ...wrapped(note, width - OWN)]
          .filter((part) => part !== '')
          .map((part): Line => [{ text: ' '.repeat(OWN) + part }]),
      ];
    const next = ' '.repeat(INDENT.length + label);
    const texts = keptIndent(text, room);
    const isBeside = note !== '' && widthOf(text) <= column && column + GAP + widthOf(note) <= room;
    const lines = isBeside
      ? [text.padEnd(column + GAP) + note]
      : [...texts, ...(note === '' ? [] : wrapped(note, room - 2).map((part) => `  ${part}`))];
    return lines.map((part, index): Line => [
      { text: index === 0 ? start : next, style: 'faint' },
      { text: part },
    ]);
  });
}

/** YAML to copy begins with blanks that count. */
function keptIndent(text: string, room: number): readonly string[] {
  const indent = /^ */.exec(text)?.[0] ?? '';
  return wrapped(text.slice(indent.length), room - indent.length).map((part) => indent + part);
}
