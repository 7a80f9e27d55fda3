/** What was read before saves time and changes nothing: a text that begins as another one is read as if it were alone. */
import fc from 'fast-check';
import { parseSection, type ParsedSection } from '../../../../../access/aws-auth/reading/parse-section';
import { checkKnown } from '../../../fuzz/laws';

/** How many items were taken over. */
function alikeIn({ document }: ParsedSection): number {
  return (document?.root?.kind === 'sequence' && document.root.items.alike) || 0;
}

const entry = (name: string): string =>
  `- rolearn: arn:aws:iam::111122223333:role/${name}\n  username: ${name}\n  groups: # g\n  - x\n\n  # of ${name}\n`;

test.each([
  // Where the last one ends, and what it says, depends on what follows.
  ['an entry more', 'ab', 'abc', 1],
  ['an entry less', 'abc', 'ab', 1],
  ['another last entry', 'abc', 'abd', 2],
  ['another first entry', 'abc', 'dbc', 0],
  ['the same text', 'abc', 'abc', 2],
  ['one entry', 'a', 'ab', 0],
])('after %s', (_, before, text, alike) => {
  const block = (names: string): string => [...names].map(entry).join('');
  const json = (names: string): string =>
    JSON.stringify([...names].map((name) => ({ rolearn: name, groups: ['x', name] })));
  for (const written of [block, json, (names: string) => `  \n${block(names).replace(/^/gm, '  ')}`]) {
    const [known, wanted] = [written(before), written(text)];
    checkKnown('mapRoles', wanted, known);
    const parsed = parseSection('mapRoles', wanted, parseSection('mapRoles', known));
    expect(alikeIn(parsed)).toBe(alike);
    expect(parsed.reading.entries).toHaveLength(text.length);
  }
});

test('a list in the other style has nothing in common', () => {
  const [block, json] = ['- rolearn: a\n- rolearn: b\n', '[{"rolearn":"a"},{"rolearn":"b"}]'];
  for (const [known, text] of [
    [block, json],
    [json, block],
  ] as const) {
    checkKnown('mapRoles', text, known);
    expect(alikeIn(parseSection('mapRoles', text, parseSection('mapRoles', known)))).toBe(0);
  }
});

test('entries that do not all load are decoded again', () => {
  const dropped = '- username: nobody\n';
  const known = parseSection('mapRoles', dropped + entry('a') + entry('b'));
  const text = dropped + entry('a') + entry('c');
  const parsed = parseSection('mapRoles', text, known);
  expect(alikeIn(parsed)).toBe(2);
  expect(parsed.reading).toEqual(parseSection('mapRoles', text).reading);
  expect(parsed.reading.dropped).toHaveLength(1);
});

test('whatever follows the lines that both begin with', () => {
  const whole = [
    '- rolearn: a',
    '- rolearn: a\n  username: b',
    '- groups:\n  - d',
    '# h',
    '',
    '- rolearn: .nan',
  ];
  const broken = [
    '  username: b',
    '  groups:',
    '  - x',
    '   - y',
    '  groups: # z',
    '  userarn: 1',
    ' - rolearn: f',
  ];
  const other = ['- - g', '-', '  # i', '  ', '---', '- &a rolearn: j', '-  rolearn: c', '- username: e'];
  const linesOf = (choices: readonly string[]): fc.Arbitrary<string[]> =>
    fc.array(fc.constantFrom(...choices), { maxLength: 4 });
  const tail = fc.oneof(linesOf(whole), linesOf([...whole, ...broken]), linesOf([...broken, ...other]));
  let taken = 0;
  fc.assert(
    fc.property(linesOf(whole), tail, tail, fc.constantFrom('\n', ''), (head, one, another, end) => {
      const [before = '', text = ''] = [one, another].map((tail) => [...head, ...tail].join('\n') + end);
      checkKnown('mapRoles', text, before);
      if (alikeIn(parseSection('mapRoles', text, parseSection('mapRoles', before))) > 0) taken += 1;
    }),
    { numRuns: 20_000 },
  );
  expect(taken).toBeGreaterThan(200);
});
