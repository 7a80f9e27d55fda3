/** The short way and the parser give the same nodes, wherever the short way says that it can be taken. */
import fc from 'fast-check';
import { type YamlNode } from '../../../../../access/go-yaml/node';
import { parseYaml } from '../../../../../access/go-yaml/parser';
import { readRegularList } from '../../../../../access/go-yaml/regular/list';
import { whole } from '../../../fuzz/laws';
import { corpus, corpusData } from '../../aws-auth/reading/corpus';

function nodesOf(text: string): readonly YamlNode[] {
  const { root } = parseYaml(text);
  return root?.kind === 'sequence' ? [...root.items] : [];
}

const regular = {
  'two entries': '- rolearn: a\n  username: b\n  groups:\n    - c\n- rolearn: d\n',
  'comments everywhere':
    '# x\n\n- rolearn: a # y\n    # z\n  groups: # g\n# h\n  - "c" # i\n\n  - d\n\n  username: e\n  \n#end',
  'dashes in the column of the key': '- groups:\n  - a\n  - b\n  rolearn: c\n',
  'a list that is indented as a whole': '  -   rolearn: a\n      groups:\n            - b\n  -   userarn: c',
  'quotes and what plain text may hold': `- a: 'x # y: z'\n  b: "it's [ok], {x}"\n  c: a#b:c{{d}}, [e] - f\n`,
  'no line break at the end': '- rolearn: a',
  'JSON as it is': '[{"rolearn":"a","groups":["b","c"]},{"rolearn":"d","groups":[]}]',
  'JSON with spaces': '\n[\n  { "rolearn": "a" },\n  {\n"groups": [ "b" ,\n "c" ]} ]\n',
  'JSON and a comment': '# first\n[{"rolearn": "a"}] # last\n# really\n',
};

const irregular = {
  nothing: '',
  'comments alone': '# nothing\n',
  'a list without items': '[]',
  'a map': 'rolearn: a\n',
  'a tab': '- rolearn: a\n\tusername: b\n',
  'a carriage return': '- rolearn: a\r\n',
  'a letter beyond ASCII': '- username: é\n',
  'an anchor': '- &a rolearn: b\n',
  'an alias': '- rolearn: *a\n',
  'a tag': '- rolearn: !!str a\n',
  'a block scalar': '- rolearn: |\n    a\n',
  'a text over two lines': '- rolearn: a\n    b\n',
  'a quoted text over two lines': '- rolearn: "a\n    b"\n',
  'an escape': '- rolearn: "\\n"\n',
  'two quotes in quotes': "- rolearn: 'a''b'\n",
  'a merge key': '- <<: a\n',
  'a value that is not there': '- rolearn:\n',
  'a second value': '- rolearn: a: b\n',
  'a document marker': '- rolearn: a\n---\n- rolearn: b\n',
  'an item at another column': '- rolearn: a\n - rolearn: b\n',
  'a key at another column': '- rolearn: a\n   username: b\n',
  'an element at another column': '- groups:\n    - a\n   - b\n',
  'a map in a list': '- groups:\n  - a: b\n',
  'a brace in block style': '- {rolearn: a}\n',
  'a comma too many': '[{"rolearn":"a"},]',
  'a key without quotes': '[{rolearn: "a"}]',
  'text after JSON': '[{"rolearn":"a"}] b',
  'JSON that is not closed': '[{"rolearn":"a"}',
  'a number in JSON': '[{"rolearn":1}]',
};

test.each(Object.entries(regular))('the short way is taken for %s', (_, text) => {
  const document = readRegularList(text);
  if (document === undefined) throw new Error('not taken');
  expect(whole(document)).toEqual(whole(parseYaml(text)));
});

test.each(Object.entries(irregular))('the short way is not taken for %s', (_, text) => {
  expect(readRegularList(text)).toBeUndefined();
});

test('an item is found by its place, from the end too', () => {
  const text = regular['two entries'];
  const root = readRegularList(text)?.root;
  const items = root?.kind === 'sequence' ? root.items : undefined;
  expect(items).toHaveLength(2);
  for (const index of [0, 1, 2, -1, -2, -3]) expect(items?.at(index)).toEqual(nodesOf(text).at(index));
});

test('a line of a mebibyte is read', () => {
  const arn = 'a'.repeat(2 ** 20);
  for (const text of [`- rolearn: ${arn}\n`, `- rolearn: '${arn}'\n`, `[{"rolearn":"${arn}"}]`]) {
    const root = readRegularList(text)?.root;
    expect(root?.kind === 'sequence' && root.items.at(0)?.end).toBe(
      text.indexOf('a'.repeat(9)) +
        arn.length +
        (text.includes(`'`) || text.includes('["') ? 1 : 0) +
        (text.startsWith('[') ? 2 : 0),
    );
  }
});

describe('the same nodes', () => {
  const agree = (text: string): boolean => {
    const document = readRegularList(text);
    if (document === undefined) return false;
    expect(whole(document)).toEqual(whole(parseYaml(text)));
    return true;
  };

  test('in the documents of the corpus', () => {
    const sections = corpus.flatMap((file) => Object.values(corpusData(file)));
    expect(sections.filter(agree).length).toBeGreaterThan(10);
  });

  const word = fc.constantFrom(
    'a',
    'system:masters',
    'a b',
    "'a: b'",
    '"c # d"',
    '{{X}}',
    'x#y',
    '1',
    '~',
    'yes',
    'a :b',
    '-',
    '.',
    '[]',
    '? a',
    '%a',
    "'a",
    'a,b',
  );
  const comment = fc.constantFrom('', '', '', ' # c', '  #', '#no');
  const spaces = (max: number): fc.Arbitrary<string> => fc.nat({ max }).map((count) => ' '.repeat(count));
  const line = fc
    .oneof(
      fc.tuple(
        spaces(5),
        fc.constantFrom('- ', '-   ', '', ''),
        fc.constantFrom('rolearn', 'groups', 'a b', '"k"'),
        fc.constantFrom(': ', ':', ':  ', ' : '),
        fc.oneof(word, fc.constant('')),
        comment,
      ),
      fc.tuple(spaces(6), fc.constant('- '), word, comment),
      fc.tuple(spaces(3), comment),
    )
    .map((parts) => parts.join(''));

  test('of lines that are nearly regular', () => {
    let taken = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 7 }), fc.constantFrom('\n', ''), (lines, end) => {
        if (agree(lines.join('\n') + end)) taken += 1;
      }),
      { numRuns: 20_000 },
    );
    expect(taken).toBeGreaterThan(0);
  });

  test('of regular texts with one change', () => {
    const pieces = fc.constantFrom(
      ' ',
      '  ',
      '\n',
      '#',
      ' #',
      ':',
      ': ',
      '-',
      '- ',
      '"',
      "'",
      ',',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '!',
      '|',
      '>',
      '%',
      '?',
      '---\n',
      '\t',
      '\r',
      'é',
      '\\',
      '',
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(regular)),
        fc.nat(),
        fc.nat({ max: 3 }),
        pieces,
        (text, place, length, piece) => {
          const at = place % (text.length + 1);
          agree(text.slice(0, at) + piece + text.slice(at + length));
        },
      ),
      { numRuns: 20_000 },
    );
  });
});
