/** Why a manifest is not YAML, in words about its text, and what is in it all the same. */
import fc from 'fast-check';
import { readDocument } from '../../../../../access/explain/document/read-document';

const HEAD = 'kind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\ndata:\n';
const BODY = '    - rolearn: a\n      username: b\n';
const SECTION = '- rolearn: a\n  username: b\n';

const BROKEN: readonly (readonly [string, string, number, number, RegExp, string | undefined])[] = [
  [
    'no space before the bar',
    `${HEAD}  mapRoles:|\n${BODY}`,
    6,
    11,
    /^"mapRoles:\|" is one word.*write "mapRoles: \|"/,
    SECTION,
  ],
  ['no colon', `${HEAD}  mapRoles |\n${BODY}`, 6, 11, /write "mapRoles: \|"/, SECTION],
  ['a tab', `${HEAD}\tmapRoles: |\n${BODY}`, 6, 1, /^A tab indents this line/, SECTION],
  [
    'a tab in a section',
    `${HEAD}  mapRoles: |\n\t- rolearn: a\n`,
    7,
    1,
    /^A tab indents this line/,
    '\t- rolearn: a\n',
  ],
  [
    'no-break spaces above the line where it stops',
    `${HEAD}  mapRoles: |\n    - rolearn: a\n\u00a0\u00a0username: b\n      groups: [c]\n`,
    8,
    1,
    /^A no-break space \(U\+00A0\) indents this line/,
    '- rolearn: a\n',
  ],
  [
    'marks of a merge conflict',
    `${HEAD}<<<<<<< HEAD\n  mapRoles: |\n${BODY}=======\n>>>>>>> other\n`,
    6,
    1,
    /^This is a merge conflict/,
    SECTION,
  ],
  [
    'a line that is missing above',
    `kind: ConfigMap\n  name: aws-auth\ndata:\n  mapRoles: |\n${BODY}`,
    2,
    3,
    /"kind: ConfigMap", which has a value already/,
    SECTION,
  ],
  [
    'two values in a line',
    `${HEAD}  note: a: b\n  mapRoles: |\n${BODY}`,
    6,
    3,
    /^This line has two values/,
    SECTION,
  ],
  [
    'a control character',
    `${HEAD}  # \u0007\n  mapRoles: |\n${BODY}`,
    6,
    5,
    /^The control character U\+0007/,
    SECTION,
  ],
  [
    'a quote that stays open',
    `${HEAD}  note: "x\n  mapRoles: |\n${BODY}`,
    6,
    9,
    /^The quote that opens here/,
    SECTION,
  ],
  [
    'an indicator',
    `${HEAD}  note: @x\n  mapRoles: |\n${BODY}`,
    6,
    9,
    /^A value cannot begin with @/,
    SECTION,
  ],
  [
    'a template',
    `${HEAD}  note: {{x}}\n  mapRoles: |\n${BODY}`,
    6,
    9,
    /^A value cannot begin with \{\{/,
    SECTION,
  ],
  [
    'a key in no column of others',
    `${HEAD}  mapRoles: |\n${BODY} mapUsers: ""\n`,
    9,
    2,
    /^This line is not indented as the lines above/,
    SECTION,
  ],
  ['JSON', '{"kind": "ConfigMap",, "data": {}}', 1, 22, /^The JSON is broken here/, undefined],
];

test.each(BROKEN)('%s', (_, text, line, column, sentence, guessed) => {
  const reading = readDocument(text);
  expect(reading).toMatchObject({
    kind: 'broken',
    line,
    column,
    sentence: expect.stringMatching(sentence) as string,
  });
  expect(reading.kind === 'broken' && reading.guessed?.mapRoles?.text).toBe(guessed);
});

test.each([
  ['Markdown', '```yaml', '```', /^This line is Markdown/],
  ['a shell', "cat <<'EOF' | kubectl apply -f -", 'EOF', /^This line is of a shell/],
  ['a prompt', '$ kubectl get configmap aws-auth -n kube-system -o yaml', '', /^This line is the command/],
])('%s that was copied along', (_, before, after, sentence) => {
  const reading = readDocument(`\n${before}\n${HEAD}  mapRoles: |\n${BODY}${after}`);
  expect(reading).toMatchObject({
    kind: 'broken',
    line: 2,
    column: 1,
    sentence: expect.stringMatching(sentence) as string,
  });
});

test.each([
  ['JSON', '{"a":'.repeat(20_000) + '1' + '}'.repeat(20_000)],
  ['JSON in lists', `{"a":${'['.repeat(20_000)}1${']'.repeat(20_000)}}`],
  ['YAML', `a: ${'['.repeat(20_000)}`],
])('%s that nests without end', (_, text) => {
  const sentence = expect.stringMatching(/^Lists and maps nest deeper/) as string;
  expect(readDocument(text)).toMatchObject({ kind: 'broken', sentence });
});

test('a fragment whose first line lost its indentation is guessed key by key', () => {
  const reading = readDocument(`mapRoles: |\n    - a\n  mapUsers: |\n    - b\n`);
  const guessed = reading.kind === 'broken' ? reading.guessed : undefined;
  expect([guessed?.mapRoles?.text, guessed?.mapUsers?.text]).toEqual(['- a\n', '- b\n']);
});

test('a guess goes up to the next key', () => {
  const reading = readDocument(
    `kind: ConfigMap\n  name: x\ndata:\n  mapRoles: |-\n    - a\n\n    # c\n  mapUsers:\n  - b\n  other: x\n`,
  );
  const guessed = reading.kind === 'broken' ? reading.guessed : undefined;
  expect(guessed?.mapRoles?.text).toBe('- a\n\n# c\n');
  expect(guessed?.mapUsers?.text).toBe('- b\n');
  expect(guessed?.mapUsers?.placeOf(2)).toEqual({ line: 9, column: 5 });
});

test('whatever is pasted is read as something', () => {
  const line = fc.constantFrom(
    'kind: ConfigMap',
    'data:',
    '  mapRoles: |',
    '  mapRoles: >-',
    '- a',
    '    - rolearn: "x',
    '\t',
    '---',
    '...',
    '{',
    '"',
    '[a: b',
    '&a *a',
    '<<: *a',
    'x: &a [*a]',
    '%YAML 1.2',
    '\ufeff',
    '? x',
    ': y',
    '!!int x',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
        fc.string({ unit: 'binary' }),
      ),
      (text) => {
        const reading = readDocument(text);
        if (reading.kind !== 'broken') return;
        expect(reading.sentence).toMatch(/^.{20,159}\.$/);
        expect(reading.line).toBeLessThanOrEqual(text.split(/\r\n|\n|\r/).length);
      },
    ),
    { numRuns: process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 2000 : 200 },
  );
});
