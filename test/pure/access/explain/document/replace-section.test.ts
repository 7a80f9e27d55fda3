/** An edited section, written back: what reading gives, and which bytes of the pasted text stay. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { diffLines } from 'diff';
import fc from 'fast-check';
import { layouts, manifest, sectionTexts, tameTexts } from './written';
import { type AwsAuthDocument, type DocumentReading } from '../../../../../access/explain/document/document';
import { SECTIONS } from '../../../../../access/aws-auth/identity-mapping';
import { decodeBytes } from '../../../../../access/explain/document/decode-bytes';
import { readDocument } from '../../../../../access/explain/document/read-document';
import { replaceSection } from '../../../../../access/explain/document/replace-section';

const RUNS = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 600 : 100;

function awsAuth(reading: DocumentReading): AwsAuthDocument {
  if (reading.kind !== 'aws-auth') throw new Error(JSON.stringify(reading));
  return reading;
}

function replaced(text: string, newText: string): string {
  const result = replaceSection(text, 'mapRoles', newText);
  if ('refused' in result) throw new Error(result.refused);
  return result.text;
}

const anyText = fc.oneof(
  sectionTexts,
  tameTexts,
  fc.constantFrom('\n', ' a\n', '\u0085\u007f\ufeff', '\u2028 '),
);

test('reading the result gives the new text, and nothing outside the value has changed', () => {
  fc.assert(
    fc.property(fc.oneof(sectionTexts, tameTexts), anyText, layouts, (mapRoles, newText, layout) => {
      const pasted = manifest({ mapRoles, mapUsers: mapRoles }, layout);
      if (pasted === undefined) return;
      const result = replaced(pasted, newText);
      const { sections } = awsAuth(readDocument(result));
      expect([sections.mapRoles?.text, sections.mapUsers?.text]).toEqual([newText, mapRoles]);
      const [before, after] = [/^[^]*?mapRoles"?:/, /mapUsers"?:[^]*$/].map(
        (part) => part.exec(pasted)?.[0] ?? '?',
      );
      expect(result.startsWith(before ?? '?')).toBe(true);
      expect(result.endsWith(after ?? '?')).toBe(true);
    }),
    { numRuns: RUNS },
  );
});

test('in a block only the lines that differ are written anew', () => {
  const lines = fc.array(fc.constantFrom('- a: b', '  c: d', '', '# e', '  - f'), {
    minLength: 2,
    maxLength: 9,
  });
  const blocks = layouts.map((layout) => ({ ...layout, style: 'literal' as const }));
  fc.assert(
    fc.property(
      lines,
      fc.nat(9),
      fc.option(fc.constantFrom('- new', '')),
      blocks,
      (old, at, line, layout) => {
        const text = `- first\n${old.join('\n')}\n- last\n`;
        const edited = text.split('\n').toSpliced(1 + (at % old.length), 1, ...(line === null ? [] : [line]));
        const pasted = manifest({ mapRoles: text }, layout) ?? '';
        const result = replaced(pasted, edited.join('\n'));
        expect(linesIn(pasted, result)).toEqual(linesIn(text, edited.join('\n')));
      },
    ),
    { numRuns: RUNS },
  );
});

/** How many lines are gone and how many are new. */
function linesIn(before: string, after: string): readonly number[] {
  const changes = diffLines(before, after);
  const count = (kind: 'added' | 'removed'): number =>
    changes.reduce((sum, change) => sum + (change[kind] ? change.count : 0), 0);
  return [count('removed'), count('added')];
}

const corpus = join(__dirname, '../../../../fixtures/aws-auth');

test.each(readdirSync(corpus).filter((name) => /^[0-9]/.test(name)))(
  '%s: takes an entry more, and gives it back',
  (name) => {
    const decoded = decodeBytes(readFileSync(join(corpus, name)));
    const text = 'text' in decoded ? decoded.text : '';
    const reading = readDocument(text);
    if (reading.kind !== 'aws-auth') return;
    for (const section of SECTIONS) {
      const old = reading.sections[section]?.text;
      if (old === undefined) continue;
      const newText = `${old.replace(/\n*$/, '\n')}- ${section === 'mapUsers' ? 'userarn' : 'rolearn'}: arn:aws:iam::111122223333:role/new\n`;
      const there = replaceSection(text, section, newText);
      if ('refused' in there) throw new Error(there.refused);
      const data = { ...reading.data, [section]: newText };
      expect(awsAuth(readDocument(there.text)).data).toEqual(data);
      const back = replaceSection(there.text, section, old);
      const isWhole = 'text' in back && /[\r\n]$/.test(text);
      // A last line without its break is given back by the indicator for that.
      if (isWhole) expect(back.text).toBe(text);
      else expect('text' in back && awsAuth(readDocument(back.text)).data).toEqual(reading.data);
    }
  },
);

const EDITS: readonly (readonly [string, string, string, string])[] = [
  [
    'a line of a block',
    'data:\n  mapRoles: | # c\n      - a\n      - b  \n\n',
    '- x\n- b  \n',
    'data:\n  mapRoles: | # c\n      - x\n      - b  \n\n',
  ],
  ['a block that grows at its end', 'mapRoles: |-\r\n  - a', '- a\n- b', 'mapRoles: |-\r\n  - a\r\n  - b'],
  [
    'a block that shrinks at its end',
    'mapRoles: |\n  - a\n  - b\nmapUsers: ""\n',
    '- a\n',
    'mapRoles: |\n  - a\nmapUsers: ""\n',
  ],
  ['a block that loses its last line break', 'mapRoles: |\n  - a\n', '- a', 'mapRoles: |-\n  - a\n'],
  ['a block that gets one', 'mapRoles: |-\n  - a', '- a\n', 'mapRoles: |\n  - a\n'],
  [
    'a block whose first line is indented now',
    'mapRoles: |\n    - a\n',
    '  - a\n',
    'mapRoles: |4\n      - a\n',
  ],
  ['a block that is emptied', 'mapRoles: |\n  - a\nmapUsers: ""\n', '', 'mapRoles: ""\nmapUsers: ""\n'],
  [
    'a block that takes what no block can hold',
    'mapRoles: |\n  - a\n',
    '- \u0007\n',
    'mapRoles: "- \\u0007\\n"\n',
  ],
  ['a word of a folded block', 'mapRoles: >\n  [a,\n  b]\n', '[a, c]\n', 'mapRoles: >\n  [a,\n  c]\n'],
  [
    'a word between quotes as kubectl folds them',
    'mapRoles: "- a: b\\n\n    \\ c: d\\n"\n',
    '- a: b\n  c: "e"\n',
    'mapRoles: "- a: b\\n\n    \\ c: \\"e\\"\\n"\n',
  ],
  ['a word of JSON', '{"mapRoles": "[\\u0061, \\/]"}', '[a, "b"]', '{"mapRoles": "[\\u0061, \\"b\\"]"}'],
  ['a word between single quotes', "mapRoles: '- it''s'\n", "- it''s", "mapRoles: '- it''''s'\n"],
  ['a line between single quotes', "mapRoles: '- a'\n", '- a\n- b', 'mapRoles: "- a\\n- b"\n'],
  [
    'nothing that becomes a list',
    'data:\n  mapRoles:\n  mapUsers: ""\n',
    '- a\n',
    'data:\n  mapRoles: |\n    - a\n  mapUsers: ""\n',
  ],
  [
    'nothing that becomes what no block can hold',
    'data:\n  mapRoles:\n  mapUsers: ""\n',
    '- \u0007\n',
    'data:\n  mapRoles: "- \\u0007\\n"\n  mapUsers: ""\n',
  ],
  ['null that becomes a list', 'mapRoles: ~\n', '- a\n', 'mapRoles: |\n  - a\n'],
  ['a list without a ConfigMap', '- rolearn: a\r\n', '- rolearn: b\r\n', '- rolearn: b\r\n'],
  ['the same text', 'mapRoles: |\n  - a\n', '- a\n', 'mapRoles: |\n  - a\n'],
];

test.each(EDITS)('%s', (_, text, newText, expected) => {
  expect(replaceSection(text, 'mapRoles', newText)).toEqual({ text: expected });
});

test.each([
  ['a Secret', 'kind: Secret\nmetadata: {name: db}\n', '- a\n', /not ConfigMap kube-system\/aws-auth/],
  [
    'a manifest that is not YAML',
    'kind: ConfigMap\n  name: aws-auth\ndata:\n  mapRoles: |\n    - a\n',
    '- b\n',
    /not ConfigMap/,
  ],
  ['a section that is not there', 'mapUsers: ""\n', '- a\n', /no mapRoles that could be edited.*"data:"/],
  ['a list where text has to be', 'mapRoles:\n  - a\n', '- a\n', /no mapRoles that could be edited/],
  ['half of a character', 'mapRoles: ""\n', '\ud83d', /cannot be written back/],
  [
    'a text that two sections share',
    'mapUsers: &x |\n  - a\nmapRoles: *x\n',
    '- b\n',
    /cannot be written back/,
  ],
  ['base64', 'mapRoles: !!binary LSBhCg==\n', '- b\n', /cannot be written back/],
  [
    'what is shared out over two sections',
    '- rolearn: a\n- userarn: b\n- rolearn: c\n',
    '- rolearn: d\n',
    /cannot be written back/,
  ],
] as const)('%s: refused with what to do', (_, text, newText, refusal) => {
  expect(replaceSection(text, 'mapRoles', newText)).toEqual({
    refused: expect.stringMatching(refusal) as string,
  });
});
