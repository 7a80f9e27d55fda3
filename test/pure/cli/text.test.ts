/** Laws of what is printed: whatever a document says, lines fit, nothing is lost, nothing acts on a terminal. */
import fc from 'fast-check';
import { excerpt } from '../../../access/explain/excerpt';
import { lineOf, rendered } from '../../../cli/text/line';
import { reasoning } from '../../../cli/text/reasoning';
import { shown, shownJson, widthOf } from '../../../cli/text/shown';
import { table } from '../../../cli/text/table';
import { wrapped } from '../../../cli/text/wrap';

const HIDDEN = [
  '\x1b',
  '\x9b',
  '\x7f',
  '\0',
  '\n',
  '\r',
  '\u202e',
  '\u2066',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\u{e0041}',
  '\xad',
];
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(...HIDDEN, '/', ':', ' ', 'arn:aws:iam::1:role/', '✗'),
    ),
  )
  .map((parts) => parts.join(''));
const width = fc.integer({ min: 40, max: 120 });
const plainTerminal = { width: 80, hasColour: false, isUnicode: true };
const lines = (all: Parameters<typeof rendered>[0]) => rendered(all, plainTerminal).split('\n').slice(0, -1);
const letters = (words: string) => words.replace(/\s/gu, '');

test('nothing hidden or acting is left, and what was shown once stays', () => {
  fc.assert(
    fc.property(text, (words) => {
      const safe = shown(words);
      expect(HIDDEN.filter((character) => [...safe].includes(character))).toEqual([]);
      expect(shown(safe)).toBe(safe);
      expect(rendered([lineOf(words)], plainTerminal).slice(0, -1)).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    }),
  );
});

test('of colours only those of our own', () => {
  fc.assert(
    fc.property(text, (words) => {
      const line = rendered([lineOf(words, 'error')], { ...plainTerminal, hasColour: true });
      // eslint-disable-next-line no-control-regex -- the colours
      expect(line.match(/\x1b/g)?.length ?? 0).toBe(words === '' ? 0 : 2);
    }),
  );
});

test('JSON reads back as it was, and hides nothing', () => {
  fc.assert(
    fc.property(fc.array(text), fc.dictionary(text, text), (list, fields) => {
      const json = shownJson({ list, fields });
      expect(JSON.parse(json)).toEqual({ list, fields: { ...fields } });
      expect(json).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    }),
  );
});

test('wrapped lines fit, and hold all that is no blank', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 60 }), (words, room) => {
      const parts = wrapped(words, room);
      expect(parts.filter((part) => widthOf(part) > room)).toEqual([]);
      expect(letters(parts.join(''))).toBe(letters(shown(words)));
    }),
  );
});

test('a word that fits a line is never cut', () => {
  const arn = 'arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_0123456789abcdef';
  expect(wrapped(`No entry matches ${arn}.`, 80)).toEqual(['No entry matches', `${arn}.`]);
});

test('tables fit the width', () => {
  const row = fc.tuple(text, text, text, text);
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), width, (rows, room) => {
      const heads = [{ head: 'WHO' }, { head: 'AS KUBERNETES USER' }, { head: '' }, { head: 'FROM' }];
      expect(lines(table(heads, rows, room)).filter((line) => widthOf(line) > room)).toEqual([]);
    }),
  );
});

test('a reasoning fits the width', () => {
  const row = fc.record({ label: fc.constantFrom('line 20', 'looked up', 'fix'), text, note: text });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), width, (rows, room) => {
      expect(lines(reasoning(rows, room)).filter((line) => widthOf(line) > room)).toEqual([]);
    }),
  );
});

test('an excerpt fits, and what is marked is in it', () => {
  fc.assert(
    fc.property(
      text,
      fc.nat(50),
      fc.nat(50),
      fc.integer({ min: 30, max: 110 }),
      (words, from, length, room) => {
        const { line, before, marked } = excerpt(words, from + 1, from + 1 + length, room);
        expect(widthOf(line)).toBeLessThanOrEqual(room);
        expect(before + marked).toBeLessThanOrEqual(room);
        const whole = shown([...words].slice(from, from + length).join(''));
        const part = [...line].slice(before, before + marked).join('');
        expect(part === whole || part.includes('…')).toBe(true);
      },
    ),
  );
});
