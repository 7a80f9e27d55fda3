/** Cutting the pasted text at a span gives what the section has there, in whatever style it is written. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { type PlacedSection, type PlacedSections } from '../../../../../access/explain/document/document';
import { layouts, manifest, sectionTexts, tameTexts } from './written';
import { Lines } from '../../../../../access/explain/document/lines';
import { decodeBytes } from '../../../../../access/explain/document/decode-bytes';
import { positionOf } from '../../../../../access/aws-auth/reading/position';
import { readDocument } from '../../../../../access/explain/document/read-document';
import { readYaml } from '../../../../../access/go-yaml/read';

const RUNS = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 600 : 200;

/** What a stretch of a manifest says by itself. */
function saidBy(written: string): string[] {
  if (/^(?:\r\n|[\r\n\x85])$/.test(written)) return ['\n', ' '];
  if (written === "''") return ["'"];
  if (!/^\\./.test(written)) return [written];
  if (/^\\u[dD][89a-fA-F]|^\\\//.test(written)) return [JSON.parse(`"${written}"`) as string];
  const { root } = readYaml(`"${written}"`);
  return root?.kind === 'scalar' ? [root.value] : [];
}

/** Every character has a stretch that says it, and between two of them is nothing that says anything. */
function expectPlaces(pasted: string, section: PlacedSection): void {
  const { text } = section;
  const faults: unknown[] = [];
  let last = section.spanOf(0, 0).start;
  for (let offset = 0; offset < text.length;) {
    const length = widthAt(section, offset);
    const span = section.spanOf(offset, offset + length);
    const written = pasted.slice(span.start, span.end);
    const character = text.slice(offset, offset + length);
    if (written !== character && !saidBy(written).includes(character))
      faults.push({ offset, character, written });
    const between = pasted.slice(last, span.start);
    if (!/^(?:\\?\r?\n)?\s*$/.test(between)) faults.push({ offset, between });
    const expected = isInsideBreak(pasted, span.start) ? span.from : positionOf(pasted, span.start);
    for (const { line, column } of [span.from, section.placeOf(offset)])
      if (line !== expected.line || column !== expected.column)
        faults.push({ offset, line, column, expected });
    last = span.end;
    offset += length;
  }
  expect(faults).toEqual([]);
  expect(section.spanOf(0, text.length).end).toBe(last);
}

/** 1, or 2 where one escape writes two units. */
function widthAt(section: PlacedSection, offset: number): number {
  const here = section.spanOf(offset, offset + 1);
  const next = section.spanOf(offset + 1, offset + 2);
  return offset + 1 < section.text.length && here.start === next.start ? 2 : 1;
}

function isInsideBreak(text: string, offset: number): boolean {
  return text[offset - 1] === '\r' && text[offset] === '\n';
}

function placed(sections: PlacedSections): PlacedSection[] {
  return Object.values(sections).filter((section) => section !== undefined);
}

test('every character of a section has its place, however the manifest is written', () => {
  const written: Record<string, number> = {};
  fc.assert(
    fc.property(fc.oneof(sectionTexts, tameTexts), sectionTexts, layouts, (mapRoles, other, layout) => {
      const mapUsers = layout.style === 'folded' || layout.style === 'single' ? mapRoles : other;
      const pasted = manifest({ mapRoles, mapUsers }, layout);
      if (pasted === undefined) return;
      written[layout.style] = (written[layout.style] ?? 0) + 1;
      const reading = readDocument(pasted);
      if (reading.kind !== 'aws-auth') throw new Error(`${reading.kind}: ${JSON.stringify(reading)}`);
      expect({ ...reading.data }).toEqual({ mapRoles, mapUsers });
      expect(reading.sections).toMatchObject({ mapRoles: { text: mapRoles }, mapUsers: { text: mapUsers } });
      for (const section of placed(reading.sections)) expectPlaces(pasted, section);
    }),
    { numRuns: RUNS },
  );
  // The law says nothing about a style that was never written.
  expect(Object.keys(written).sort()).toEqual(['double', 'folded', 'json', 'literal', 'single', 'wrapped']);
  for (const times of Object.values(written)) expect(times).toBeGreaterThan(RUNS / 100);
});

const corpus = join(__dirname, '../../../../fixtures/aws-auth');

test.each(readdirSync(corpus).filter((name) => /^[0-9]/.test(name)))(
  '%s: every character has its place',
  (name) => {
    const decoded = decodeBytes(readFileSync(join(corpus, name)));
    if (!('text' in decoded)) throw new Error(decoded.refused);
    const reading = readDocument(decoded.text);
    const sections =
      reading.kind === 'aws-auth'
        ? reading.sections
        : reading.kind === 'broken'
          ? reading.guessed
          : undefined;
    for (const section of sections === undefined ? [] : placed(sections)) expectPlaces(decoded.text, section);
  },
);

const AWKWARD: readonly (readonly [string, string, string])[] = [
  ['a plain scalar of several lines', 'mapRoles: one\n    two\n\n    three # c\n', 'one two\nthree'],
  [
    'a folded block with more indented lines',
    'mapRoles: >\n  a\n  b\n    c\n  d\n\n\n  e\n',
    'a b\n  c\nd\n\ne\n',
  ],
  ['a block with its own indentation', 'mapRoles: |2-\n    a\n   b\n', '  a\n b'],
  ['a block that keeps its end', 'mapRoles: |+ # c\n  a\n\n\n', 'a\n\n\n'],
  ['quotes over lines', 'mapRoles: "a  \n   b\n\n   c\\\n   \\ d\\x41\\U0001F600"\n', 'a b\nc dA😀'],
  ['single quotes over lines', "mapRoles: 'it''s\n   b\n\n\n   c'\n", "it's b\n\nc"],
  ['NEL, LS and PS', 'mapRoles: "a\x85b\u2028c\u2029 d"\n', 'a b\u2028c\u2029d'],
  ['an alias', 'x: &x |\n  - a\nmapRoles: *x\n', '- a\n'],
  ['an anchor and a tag', 'mapRoles: &x !!str |\n  - a\n', '- a\n'],
  ['nothing', 'mapRoles:\n', ''],
  ['null', 'mapRoles: ~\n', ''],
  ['a byte order mark before the key', '\ufeffmapRoles: |\n - a\n', '- a\n'],
  ['an empty block', 'mapRoles: |\nmapUsers: ""\n', ''],
  ['a file without a last line break', 'mapRoles: |\n  - a', '- a'],
];

test.each(AWKWARD)('%s: every character has its place', (_, pasted, text) => {
  const reading = readDocument(pasted);
  if (reading.kind !== 'aws-auth') throw new Error(JSON.stringify(reading));
  expect(reading.sections.mapRoles?.text).toBe(text);
  for (const section of placed(reading.sections)) expectPlaces(pasted, section);
});

test('in base64 the whole value is the place of each character', () => {
  const reading = readDocument('mapRoles: !!binary LSBhCg==\n');
  if (reading.kind !== 'aws-auth') throw new Error(JSON.stringify(reading));
  expect(reading.sections.mapRoles?.text).toBe('- a\n');
  expect(reading.sections.mapRoles?.spanOf(1, 2)).toMatchObject({ start: 19, end: 27 });
});

test('lines and columns are those of the reader of sections', () => {
  const texts = fc.array(fc.constantFrom('a', 'é', '😀', '\n', '\r\n', '\r', '\u2028', ' '), {
    maxLength: 20,
  });
  fc.assert(
    fc.property(texts, fc.boolean(), fc.nat(30), (characters, bom, at) => {
      const text = (bom ? '\ufeff' : '') + characters.join('');
      const offset = Math.min(at, text.length);
      if (isInsideBreak(text, offset)) return;
      expect(new Lines(text).positionAt(offset)).toEqual(positionOf(text, offset));
    }),
    { numRuns: RUNS },
  );
});
