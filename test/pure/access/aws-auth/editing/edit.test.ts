import { ProviderError } from '../../../../../access/errors';
import { readSection } from '../../../../../access/aws-auth/reading/login';
import {
  DocumentError,
  entryText,
  insertEntry,
  removeEntry,
  replaceEntry,
  restoreEntry,
} from './edited-text';
import { type IdentityMapping, type PrincipalMapping } from '../../../../../access/aws-auth/identity-mapping';

const fresh: PrincipalMapping = {
  section: 'mapRoles',
  arn: 'arn:x:role/n',
  username: 'joe',
  groups: ['g1', 'g2'],
};
const PLAIN = '- rolearn: "arn:x:role/n"\n  username: "joe"\n  groups:\n  - "g1"\n  - "g2"\n';
const JSON_ENTRY = '{"rolearn": "arn:x:role/n", "username": "joe", "groups": ["g1", "g2"]}';

describe('insert', () => {
  const table: readonly (readonly [string, string | undefined, string])[] = [
    ['no section', undefined, PLAIN],
    ['an empty text', '', PLAIN.trimEnd()],
    ['white space', ' \n', ` \n${PLAIN}`],
    ['white space that no list can follow', ' \t\n', PLAIN],
    ['a text that is skipped', '""', PLAIN],
    ['comments only', '# none\n', `# none\n${PLAIN}`],
    ['comments only, no final line break', '# none', `# none\n${PLAIN.trimEnd()}`],
    ['null', 'null # none\n', `[${JSON_ENTRY}] # none\n`],
    ['null alone', '# a\nnull\n', `# a\n${PLAIN}`],
    ['a marker before nothing', '---\n# c\n', `---\n# c\n${PLAIN}`],
    ['an empty flow list', '[]\n', `[${JSON_ENTRY}]\n`],
    ['a directive', '%YAML 1.1\n---\n', `%YAML 1.1\n---\n${PLAIN}`],
    ['a list', '- rolearn: a\n', `- rolearn: a\n${PLAIN}`],
    ['no final line break', '- rolearn: a', `- rolearn: a\n${PLAIN.trimEnd()}`],
    ['CRLF', '- rolearn: a\r\n', `- rolearn: a\r\n${PLAIN.replaceAll('\n', '\r\n')}`],
    [
      'the line end of the neighbour (CRLF above)',
      '- rolearn: a\r\n  username: b\r\n- rolearn: c\n  username: d\n',
      `- rolearn: a\r\n  username: b\r\n- rolearn: c\n  username: d\n${PLAIN}`,
    ],
    [
      'the line end of the neighbour (LF above), one line each',
      '- {rolearn: a}\n- {rolearn: b}\r\n',
      `- {rolearn: a}\n- {rolearn: b}\r\n- {rolearn: "arn:x:role/n", username: "joe", groups: ["g1", "g2"]}\r\n`,
    ],
    [
      'wide dashes, of groups too',
      '-   rolearn: a\n    groups:\n    -   b\n',
      '-   rolearn: a\n    groups:\n    -   b\n-   rolearn: "arn:x:role/n"\n    groups:\n    -   "g1"\n    -   "g2"\n    username: "joe"\n',
    ],
    ['a byte order mark', '\ufeff- rolearn: a\n', `\ufeff- rolearn: a\n${PLAIN}`],
    ['blank lines and comments at the end', '- rolearn: a\n\n# end\n', `- rolearn: a\n${PLAIN}\n# end\n`],
    [
      'a comment that belongs to the last entry',
      '- rolearn: a\n\n  # of a\n# end\n',
      `- rolearn: a\n\n  # of a\n${PLAIN}# end\n`,
    ],
    ['a second document', '- rolearn: a\n---\n- rolearn: b\n', `- rolearn: a\n${PLAIN}---\n- rolearn: b\n`],
    ['an ended document', '- rolearn: a\n...\n', `- rolearn: a\n${PLAIN}...\n`],
    [
      'a block scalar at the end',
      '- rolearn: a\n  username: |\n    x\n\n',
      `- rolearn: a\n  username: |\n    x\n\n${PLAIN}`,
    ],
    [
      'indentation, wide dashes, order, quoted keys, indented groups',
      '   -   "groups":\n         - x\n       "username" : y\n       "rolearn" : z # c\n',
      '   -   "groups":\n         - x\n       "username" : y\n       "rolearn" : z # c\n' +
        '   -   "groups":\n         - "g1"\n         - "g2"\n       "username": "joe"\n       "rolearn": "arn:x:role/n"\n',
    ],
    [
      'dashes on lines of their own',
      "-\n    'rolearn': a\n    'groups': [x, y]\n",
      "-\n    'rolearn': a\n    'groups': [x, y]\n-\n    'rolearn': \"arn:x:role/n\"\n    'groups': [\"g1\", \"g2\"]\n    'username': \"joe\"\n",
    ],
    [
      'flow maps in a block list',
      '- {rolearn: a, username: b}\n',
      '- {rolearn: a, username: b}\n- {rolearn: "arn:x:role/n", username: "joe", groups: ["g1", "g2"]}\n',
    ],
    [
      'a flow list',
      '[{rolearn: a}, {rolearn: b}]',
      '[{rolearn: a}, {rolearn: b}, {rolearn: "arn:x:role/n", username: "joe", groups: ["g1", "g2"]}]',
    ],
    [
      'a trailing comma',
      '[{rolearn: a},]',
      '[{rolearn: a}, {rolearn: "arn:x:role/n", username: "joe", groups: ["g1", "g2"]},]',
    ],
    [
      'compact JSON',
      '[{"rolearn":"a","username":"b","groups":["c"]}]',
      '[{"rolearn":"a","username":"b","groups":["c"]},{"rolearn":"arn:x:role/n","username":"joe","groups":["g1","g2"]}]',
    ],
    [
      'printed JSON, tabs',
      '[\n\t{\n\t\t"rolearn": "a",\n\t\t"username": "b",\n\t\t"groups": [\n\t\t\t"c"\n\t\t]\n\t}\n]',
      '[\n\t{\n\t\t"rolearn": "a",\n\t\t"username": "b",\n\t\t"groups": [\n\t\t\t"c"\n\t\t]\n\t},\n\t{\n\t\t"rolearn": "arn:x:role/n",\n\t\t"username": "joe",\n\t\t"groups": [\n\t\t\t"g1",\n\t\t\t"g2"\n\t\t]\n\t}\n]',
    ],
    ['a tag before an empty last item', '[!!null ]', `[!!null  , ${JSON_ENTRY}]`],
  ];

  test.each(table)('into %s', (_, before, after) => {
    expect(insertEntry('mapRoles', before, fresh)).toBe(after);
  });

  test('without groups, and as a user', () => {
    const user: IdentityMapping = { section: 'mapUsers', arn: 'a', username: 'b', groups: [] };
    expect(insertEntry('mapUsers', undefined, user)).toBe('- userarn: "a"\n  username: "b"\n  groups: []\n');
  });

  test.each([
    ['- "1"\n', '- "1"\n- "012345678901"\n'],
    ["['1', 2]", '[\'1\', 2, "012345678901"]'],
    [undefined, '- "012345678901"\n'],
    ['[]', '["012345678901"]'],
  ])('an account into %j', (before, after) => {
    expect(insertEntry('mapAccounts', before, { section: 'mapAccounts', accountId: '012345678901' })).toBe(
      after,
    );
  });

  test('what needs escapes is read back', () => {
    const username = 'a"b\\c/😀 {{SessionName}} \u00e9\ufeff';
    const text = insertEntry('mapRoles', undefined, { ...fresh, username });
    expect(text).toContain('username: "a\\"b\\\\c/😀 {{SessionName}} é\\ufeff"');
    expect(readSection('mapRoles', text).entries).toMatchObject([{ username }]);
  });

  test.each(['a\nb', 'a\u007f', 'a\u0085', '\u2028', '\ud83d', '\udc00x', '\0'])(
    'refuses the control character in %j',
    (username) => {
      expect(() => insertEntry('mapRoles', undefined, { ...fresh, username })).toThrow(
        /holds the control character U\+[0-9A-F]{4}: remove it$/,
      );
    },
  );
});

describe('replace', () => {
  const table: readonly (readonly [string, string, string])[] = [
    [
      'groups more, after wide dashes and CRLF',
      '# c\n- rolearn: arn:x:role/n\r\n  username: joe\r\n  groups:\r\n  -   g1\r\n',
      '# c\n- rolearn: arn:x:role/n\r\n  username: joe\r\n  groups:\r\n  -   g1\r\n  -   "g2"\r\n',
    ],
    [
      'value by value: comments, other keys and order stay',
      '- username: old # who\n  # why\n  x: [1]\n  groups: [a] # which\n  rolearn: r\n- rolearn: z\n',
      '- username: "joe" # who\n  # why\n  x: [1]\n  groups: ["g1", "g2"] # which\n  rolearn: "arn:x:role/n"\n- rolearn: z\n',
    ],
    [
      'missing keys',
      '- rolearn: r # c\n',
      '- rolearn: "arn:x:role/n" # c\n  username: "joe"\n  groups:\n  - "g1"\n  - "g2"\n',
    ],
    [
      'missing keys in JSON',
      '[{"rolearn": "r"}]',
      '[{"rolearn": "arn:x:role/n", "username": "joe", "groups": ["g1", "g2"]}]',
    ],
    [
      'empty values',
      '- rolearn: r\n  username:\n  groups:\n',
      '- rolearn: "arn:x:role/n"\n  username: "joe"\n  groups: ["g1", "g2"]\n',
    ],
    [
      'values of a wrong type',
      '- rolearn: r\n  username: 5\n  groups: g\n',
      '- rolearn: "arn:x:role/n"\n  username: "joe"\n  groups: ["g1", "g2"]\n',
    ],
    [
      'block scalars',
      '- rolearn: |\n    r\n  username: >-\n    u\n    v\n  groups: [g1, g2]\n# c\n',
      '- rolearn: "arn:x:role/n"\n  username: "joe"\n  groups: [g1, g2]\n# c\n',
    ],
    [
      'only the groups that differ',
      '- rolearn: arn:x:role/n\n  username: joe\n  groups:\n    - g1 # one\n    - gx # x\n    # two\n    - g2\n',
      '- rolearn: arn:x:role/n\n  username: joe\n  groups:\n    - g1 # one\n    # two\n    - g2\n',
    ],
    [
      'a group between',
      '- rolearn: arn:x:role/n\n  groups:\n  - g1 # one\n  username: joe\n',
      '- rolearn: arn:x:role/n\n  groups:\n  - g1 # one\n  - "g2"\n  username: joe\n',
    ],
    [
      'a group before',
      '- rolearn: arn:x:role/n\n  groups:\n  - g2\n  username: joe\n',
      '- rolearn: arn:x:role/n\n  groups:\n  - "g1"\n  - g2\n  username: joe\n',
    ],
    [
      'case variants: the bytewise last counts',
      '- ROLEARN: r\n  roleARN: s\n  userName: joe\n  GROUPS: [g1, g2]\n',
      '- ROLEARN: r\n  roleARN: "arn:x:role/n"\n  userName: joe\n  GROUPS: [g1, g2]\n',
    ],
    [
      'duplicate keys: the last counts',
      '- rolearn: r\n  rolearn: s\n  username: joe\n  groups: [g1, g2]\n',
      '- rolearn: r\n  rolearn: "arn:x:role/n"\n  username: joe\n  groups: [g1, g2]\n',
    ],
    [
      'merged values',
      '- &d\n  rolearn: r\n  username: u\n- <<: *d\n  rolearn: s\n',
      '- &d\n  rolearn: r\n  username: u\n- <<: *d\n  rolearn: "arn:x:role/n"\n  username: "joe"\n  groups:\n  - "g1"\n  - "g2"\n',
    ],
    ['an alias', '- &d {rolearn: r}\n- *d\n', `- &d {rolearn: r}\n- ${PLAIN.slice(2)}`],
    ['what is no entry', '- x\n- rolearn: r\n', `${PLAIN}- rolearn: r\n`],
  ];

  test.each(table)('%s', (_, before, after) => {
    const index = before.includes('*d') ? 1 : 0;
    expect(replaceEntry('mapRoles', before, index, fresh)).toBe(after);
  });

  test.each([
    [
      '- rolearn: arn:x:role/n\n  groups:\n  - a\n  - b # c\n  username: joe\n',
      '- rolearn: arn:x:role/n\n  groups: [] # c\n  username: joe\n',
    ],
    [
      '- rolearn: arn:x:role/n\n  username: joe\n  groups: # c\n    - a\n',
      '- rolearn: arn:x:role/n\n  username: joe\n  groups: [] # c\n',
    ],
  ])('to no groups: %j', (before, after) => {
    expect(replaceEntry('mapRoles', before, 0, { ...fresh, groups: [] })).toBe(after);
  });

  test('an account', () => {
    expect(replaceEntry('mapAccounts', '- 1 # a\n- 2\n', 0, { section: 'mapAccounts', accountId: '3' })).toBe(
      '- "3" # a\n- 2\n',
    );
  });
});

describe('remove', () => {
  test.each([
    ['- rolearn: a\n- rolearn: b\n- rolearn: c\n', 1, '- rolearn: a\n- rolearn: c\n'],
    [
      '# of a\n- rolearn: a # here\n  # inside\n  username: u\n\n# of b\n- rolearn: b\n',
      0,
      '# of a\n\n# of b\n- rolearn: b\n',
    ],
    ['- rolearn: a\n- rolearn: b', 1, '- rolearn: a'],
    ['- rolearn: a\r\n- rolearn: b', 1, '- rolearn: a'],
    ['- rolearn: a', 0, ''],
    ['\ufeff- rolearn: a\n', 0, '\ufeff'],
    ['---\n- rolearn: a\n---\n- rolearn: b\n', 0, '---\n---\n- rolearn: b\n'],
    ['!x\n- rolearn: a\n', 0, '!x\n[]\n'],
    ['- rolearn: |\n    a\n- rolearn: b\n    # of b\n', 1, '- rolearn: |\n    a\n'],
    ['- rolearn: a\n  username: |\n    b\n\n- rolearn: c\n', 0, '- rolearn: c\n'],
    ['- rolearn: a\n\n  \n- rolearn: b\n\n- rolearn: c\n', 0, '- rolearn: b\n\n- rolearn: c\n'],
    ['- rolearn: a\n\n- rolearn: b\n', 1, '- rolearn: a\n\n'],
    ['- rolearn: a\r\n\r\n# of b\r\n- rolearn: b\r\n', 0, '# of b\r\n- rolearn: b\r\n'],
    ['- rolearn: a\n\n# the end\n', 0, '\n# the end\n'],
    ['[\n\t{rolearn: a}\n]', 0, '[\n]'],
    ['[ {rolearn: a}, ]', 0, '[ ]'],
    ['[ # none\n  {rolearn: a} ]', 0, '[ # none\n   ]'],
    ['[{rolearn: a}]', 0, '[]'],
    ['[{rolearn: a}, {rolearn: b}]', 0, '[ {rolearn: b}]'],
    ['[{rolearn: a}, {rolearn: b}]', 1, '[{rolearn: a}]'],
    ['[{rolearn: a}, {rolearn: b},]', 1, '[{rolearn: a},]'],
    [
      '[\n  {rolearn: a}, # of a\n  {rolearn: b}, # of b\n  {rolearn: c}\n]',
      1,
      '[\n  {rolearn: a}, # of a\n  # of b\n  {rolearn: c}\n]',
    ],
    ['[{rolearn: a}, # of a\n {rolearn: b}]', 1, '[{rolearn: a}, # of a\n ]'],
  ])('from %j entry %d', (before, index, after) => {
    expect(removeEntry('mapRoles', before, index)).toBe(after);
  });

  test('an anchor that another entry needs stays', () => {
    const text = '- &d\n  rolearn: a\n- <<: *d\n  rolearn: b\n';
    expect(() => removeEntry('mapRoles', text, 0)).toThrow(
      /line 1, column 3: no edit leaves the other entries as they are: the section would be lost \(there is no anchor "d"\)/,
    );
    expect(removeEntry('mapRoles', text, 1)).toBe('- &d\n  rolearn: a\n');
  });
});

describe('restore', () => {
  const text = '- rolearn: r # c\n  x: y\n  username: u #v\n- rolearn: s\n';

  test('puts back byte for byte what was replaced', () => {
    const raw = entryText('mapRoles', text, 0);
    expect(raw).toBe('rolearn: r # c\n  x: y\n  username: u #v');
    expect(restoreEntry('mapRoles', replaceEntry('mapRoles', text, 0, fresh), 0, raw)).toBe(text);
  });

  test.each([
    ['deeper', '    - rolearn: new\n', '    - rolearn: "r"\n      username: "u"\n'],
    ['as JSON', '[{"rolearn":"new"}]', '[{"rolearn":"r","username":"u"}]'],
  ])('in a list that was rewritten %s', (_, rewritten, after) => {
    expect(restoreEntry('mapRoles', rewritten, 0, 'rolearn: r\n  username: u')).toBe(after);
  });

  test('never what would change others', () => {
    expect(() => restoreEntry('mapRoles', text, 0, 'rolearn: *gone')).toThrow(DocumentError);
    expect(() => restoreEntry('mapRoles', text, 0, 'rolearn: r\n- rolearn: t')).toThrow(DocumentError);
  });
});

describe('refusals', () => {
  const broken = '- rolearn: r\n- rolearn: a: b\n';
  test.each([
    ['insert', () => insertEntry('mapRoles', broken, fresh)],
    ['replace', () => replaceEntry('mapRoles', broken, 0, fresh)],
    ['remove', () => removeEntry('mapRoles', broken, 0)],
    ['text', () => entryText('mapRoles', broken, 0)],
    ['restore', () => restoreEntry('mapRoles', broken, 0, 'rolearn: r')],
  ])('%s leaves a section alone that does not parse', (_, edit) => {
    expect(edit).toThrow(DocumentError);
    expect(edit).toThrow(ProviderError);
    expect(edit).toThrow(
      expect.objectContaining({ code: 'InvalidRequest', section: 'mapRoles', line: 2, column: 13 }) as Error,
    );
    expect(edit).toThrow(
      /^mapRoles of ConfigMap kube-system\/aws-auth, line 2, column 13: .*; nothing was changed: fix mapRoles by hand: the authenticator cannot parse it$/,
    );
  });

  test.each(['hello', 'a: b', '{"a": 1}'])('%j is no list', (text) => {
    expect(() => insertEntry('mapRoles', text, fresh)).toThrow(DocumentError);
  });

  test('an entry that is not there', () => {
    expect(() => removeEntry('mapRoles', '- rolearn: r\n', 1)).toThrow(/there is no entry 1/);
    expect(() => entryText('mapRoles', '', 0)).toThrow(/there is no entry 0/);
  });

  test('a block scalar that a line break would change', () => {
    expect(() => insertEntry('mapRoles', '- username: x\n  rolearn: |\n    r', fresh)).toThrow(
      /without anchors, aliases, tags or block scalars$/,
    );
    expect(insertEntry('mapRoles', '- username: x\n  rolearn: |-\n    r', fresh)).toMatch(
      / {4}r\n- username/,
    );
  });

  test('text after a list that would become part of it', () => {
    expect(() => insertEntry('mapRoles', '[]"a": b\n', fresh)).toThrow(
      /no edit leaves the other entries as they are/,
    );
  });
});
