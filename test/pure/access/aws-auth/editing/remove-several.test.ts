/** Several entries at once: as if they had gone one by one, and never more than they. */
import fc from 'fast-check';
import { findDifference } from '../../../../../access/aws-auth/editing/proof';
import { readSection } from '../../../../../access/aws-auth/reading/login';
import { DocumentError, removeEntries, removeEntry } from './edited-text';

const RUNS = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 500 : 50;

const oneByOne = (text: string, indices: readonly number[]): string =>
  indices.reduceRight((left, index) => removeEntry('mapRoles', left, index), text);

const blockEntry = fc
  .tuple(
    fc.constantFrom('a', 'b', '"c d"'),
    fc.constantFrom(
      '',
      ' # beside\n',
      '\n# foreign\n',
      '\n  # own\n',
      '\n\n',
      '\n  groups: [x, y]\n',
      '\n  groups:\n  - x\n',
    ),
  )
  .map(([name, rest]) => `- rolearn: ${name}\n  username: ${name}${rest === '' ? '\n' : rest}`);
const flowEntry = fc.constantFrom(
  '{rolearn: a}',
  '{"rolearn": "b", "groups": ["x"]}',
  '{ rolearn: c, groups: [] }',
);
const blockText = fc
  .tuple(fc.array(blockEntry, { minLength: 2, maxLength: 8 }), fc.constantFrom('', '# head\n', '---\n'))
  .map(([entries, head]) => ({ text: head + entries.join(''), count: entries.length }));
const flowText = fc
  .tuple(fc.array(flowEntry, { minLength: 2, maxLength: 8 }), fc.constantFrom(', ', ',', ',\n '))
  .map(([entries, comma]) => ({ text: `[${entries.join(comma)}]\n`, count: entries.length }));
const withIndices = fc
  .oneof(blockText, flowText)
  .chain(({ text, count }) =>
    fc
      .uniqueArray(fc.nat(count - 1), { minLength: 2, maxLength: count })
      .map((indices) => ({ text, count, indices: [...indices].sort((a, b) => a - b) })),
  );

test('law: what stays is what would have stayed one by one', () => {
  fc.assert(
    fc.property(withIndices, ({ text, count, indices }) => {
      const together = removeEntries('mapRoles', text, indices);
      const apart = oneByOne(text, indices);
      expect(readSection('mapRoles', together).entries).toEqual(readSection('mapRoles', apart).entries);
      // In brackets, and where nothing is left, blanks may differ; else every byte is the same.
      if (text.startsWith('[') || indices.length === count)
        expect(together.replace(/\s/g, '')).toBe(apart.replace(/\s/g, ''));
      else expect(together).toBe(apart);
    }),
    { numRuns: RUNS },
  );
});

test.each([
  ['- rolearn: a\n- rolearn: b\n- rolearn: c', [1, 2], '- rolearn: a'],
  ['- rolearn: a\n- rolearn: b\n- rolearn: c', [0, 2], '- rolearn: b'],
  ['- rolearn: a\r\n# theirs\r\n- rolearn: b\r\n- rolearn: c\r\n', [0, 1], '# theirs\r\n- rolearn: c\r\n'],
  ['[{rolearn: a}, {rolearn: b}, {rolearn: c}]', [1, 2], '[{rolearn: a}]'],
  ['[{rolearn: a}, {rolearn: b}, {rolearn: c},]', [0, 2], '[ {rolearn: b},]'],
  ['[{rolearn: a}, {rolearn: b}]', [0, 1], '[]'],
])('%j without %j', (text, indices, expected) => {
  expect(removeEntries('mapRoles', text, indices)).toBe(expected);
});

test.each([
  '[{rolearn: a}, # theirs\n {rolearn: b}, {rolearn: c}]',
  '[{rolearn: a} # theirs\n , {rolearn: b}, {rolearn: c}]',
  '[{rolearn: a}, {rolearn: b} # theirs\n , {rolearn: c}]',
])('a comment in a list in brackets is not taken along: %j', (text) => {
  expect(() => removeEntries('mapRoles', text, [0, 1])).toThrow(DocumentError);
});

describe('the proof', () => {
  const reading = (...names: readonly string[]) =>
    readSection('mapRoles', names.map((name) => `- rolearn: ${name}\n`).join(''));
  const before = reading('a', 'b', 'c', 'd', 'e');

  test.each([
    [[1, 3], ['a', 'c', 'e'], undefined],
    [[0, 1, 4], ['c', 'd'], undefined],
    [[1, 3], ['a', 'c'], 'the section would hold 2 entries instead of 3'],
    [[1, 3], ['a', 'b', 'e'], 'entry 2 would change too'],
    [[1, 3], ['a', 'c', 'd'], 'entry 4 would change too'],
    [[1, 1], ['a', 'c', 'd', 'e'], undefined],
    [[1, 5], ['a', 'c', 'd', 'e'], 'one of the entries is not there'],
    [[1, -1], ['a', 'c', 'd', 'e'], 'one of the entries is not there'],
  ])('without %j: %j', ([index = 0, ...also], names, difference) => {
    expect(findDifference(before, reading(...names), { edit: 'remove', index, also })).toBe(difference);
  });
});
