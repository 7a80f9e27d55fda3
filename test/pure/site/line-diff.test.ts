/** The line diff of the Edit tab, held to jsdiff, which makes none that is shorter. */
import { diffLines } from 'diff';
import fc from 'fast-check';
import { type DiffLine, lineDiff } from '../../../site/model/line-diff';

const told = (lines: readonly DiffLine[]): readonly string[] =>
  lines.map(({ kind, text, line }) => `${kind} ${line ?? '-'} ${text}`);

test('three lines around what differs, old lines first, and a gap between what is far apart', () => {
  const lines = Array.from({ length: 20 }, (_, index) => `${index}`);
  const after = lines.with(4, 'new').toSpliced(16, 1);
  expect(told(lineDiff(`${lines.join('\n')}\n`, `${after.join('\n')}\n`))).toEqual([
    'same 2 1',
    'same 3 2',
    'same 4 3',
    'removed 5 4',
    'added 5 new',
    'same 6 5',
    'same 7 6',
    'same 8 7',
    'gap - …',
    'same 14 13',
    'same 15 14',
    'same 16 15',
    'removed 17 16',
    'same 17 17',
    'same 18 18',
    'same 19 19',
  ]);
});

test('a line break that is missing at the end, and what hides, are said', () => {
  expect(told(lineDiff('a', 'a\n\u200bb\r\n'))).toEqual([
    'removed 1 a',
    'gap - no line break at the end',
    'added 1 a',
    'added 2 \\u{200b}b',
  ]);
});

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', 'a\r'), { maxLength: 12 })
  .chain((lines) => fc.constantFrom(lines.join('\n'), `${lines.join('\n')}\n`));

test('law: the changed lines turn one text into the other, and are as few as those of jsdiff', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = lineDiff(before, after);
      const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
      const changes = diffLines(before, after);
      expect(count('removed')).toBe(
        changes.reduce((sum, { removed, count }) => sum + (removed ? count : 0), 0),
      );
      expect(count('added')).toBe(changes.reduce((sum, { added, count }) => sum + (added ? count : 0), 0));
      expect(patched(before, lines)).toBe(patched(after, []));
    }),
  );
});

/** The lines of the old text, without those removed, with those added where they are; as they are shown. */
function patched(before: string, lines: readonly DiffLine[]): string {
  const old =
    before.match(/[^\n]*\n|[^\n]+$/g)?.map((line) => line.replace(/\r?\n$/, '').replace('\r', '\\u{d}')) ??
    [];
  const removed = new Set(lines.flatMap(({ kind, line }) => (kind === 'removed' ? [line] : [])));
  const left = old.filter((_, index) => !removed.has(index + 1));
  for (const { kind, text, line } of lines) if (kind === 'added') left.splice((line ?? 0) - 1, 0, text);
  return left.join('\n');
}

test('of more than can be compared, all that differs is old and new', () => {
  const many = (word: string): string =>
    Array.from({ length: 1200 }, (_, index) => `${word}${index}\n`).join('');
  const lines = lineDiff(`same\n${many('a')}`, `same\n${many('b')}`);
  expect([lines.length, lines[1]?.kind, lines.at(-1)?.kind]).toEqual([2401, 'removed', 'added']);
});
