/** Edits at the edges of what a text may be, each with the bytes that come out; the common ones are in edit.test.ts. */
import {
  DocumentError,
  entryText,
  insertEntry,
  removeEntry,
  replaceEntry,
  restoreEntry,
} from './edited-text';
import { type IdentityMapping } from '../../../../../access/aws-auth/identity-mapping';

const fresh: IdentityMapping = { section: 'mapRoles', arn: 'n', username: 'joe', groups: ['g'] };
const PLAIN = '- rolearn: "n"\n  username: "joe"\n  groups:\n  - "g"\n';
const JSON_ENTRY = '{"rolearn": "n", "username": "joe", "groups": ["g"]}';

test.each([
  ['a line separator of YAML 1.1', '\u0085', PLAIN],
  ['a lone dash', '- ', `- \n${PLAIN.trimEnd()}`],
  ['a carriage return for a line break', '\r- ', `\r- \r${PLAIN.trimEnd().replaceAll('\n', '\r')}`],
  ['a comment in brackets', '[#\nc]', `[#\nc,\n${JSON_ENTRY}]`],
  ['a comment in brackets, indented', '[ #\n  c]', `[ #\n  c,\n  ${JSON_ENTRY}]`],
  ['a comment after a comma', '[a, # x\n b]', `[a, # x\n b,\n ${JSON_ENTRY}]`],
  ['brackets without spaces', '[{rolearn: a},{}]', `[{rolearn: a},{},${JSON_ENTRY}]`],
  [
    'lines within braces',
    '[{\n"rolearn":""}]',
    '[{\n"rolearn":""},{\n"rolearn":"n",\n"username":"joe",\n"groups":["g"]}]',
  ],
  ['a comma at the end', '[u ,]', `[u , ${JSON_ENTRY},]`],
  ['a comma at the end of several', '[t, u,]', `[t, u, ${JSON_ENTRY},]`],
  [
    'an item that shows no style after one that does',
    '-   "rolearn": a\n-   5\n',
    '-   "rolearn": a\n-   5\n-   "rolearn": "n"\n    "username": "joe"\n    "groups":\n    - "g"\n',
  ],
  [
    'an item that shows no style, after two that do',
    '- "rolearn": a\n- rolearn: b\n- 5\n',
    `- "rolearn": a\n- rolearn: b\n- 5\n${PLAIN}`,
  ],
  [
    'a map that shows no style after one that does',
    '- "rolearn": a\n- k: v\n',
    '- "rolearn": a\n- k: v\n- "rolearn": "n"\n  "username": "joe"\n  "groups":\n  - "g"\n',
  ],
  [
    'a list whose first group is in the line below its dash',
    '- rolearn: a\n  groups:\n    - # the team\n      g\n',
    '- rolearn: a\n  groups:\n    - # the team\n      g\n- rolearn: "n"\n  groups:\n    - "g"\n  username: "joe"\n',
  ],
  ['a text of its own after the marker', '- rolearn: a\n...\n- b\n', `- rolearn: a\n${PLAIN}...\n- b\n`],
  ['comments before a second document', '# a\n---\n# b\n...\n# c\n', `# a\n---\n# b\n${PLAIN}...\n# c\n`],
  [
    'a key that an alias repeats',
    '- &key "rolearn": a\n- *key : b\n',
    '- &key "rolearn": a\n- *key : b\n- "rolearn": "n"\n  "username": "joe"\n  "groups":\n  - "g"\n',
  ],
  [
    'an indented comment that belongs to no entry',
    '  - rolearn: a\n # b\n',
    `  - rolearn: a\n${PLAIN.replace(/^(?=.)/gm, '  ')} # b\n`,
  ],
])('insert into %s', (_, before, after) => {
  expect(insertEntry('mapRoles', before, fresh)).toBe(after);
});

test('insert after what ends in the middle of a line of another kind', () => {
  const text = '  -\n   n:\n   u:\u0085 e #';
  expect(insertEntry('mapRoles', text, fresh)).toBe(
    '  -\n   n:\n   u:\u0085  - rolearn: "n"\n    username: "joe"\n    groups:\n    - "g"\n e #',
  );
});

test.each([
  ['the only one, with its comma', '[u,]', 0, '[]'],
  ['the only one, on lines of its own', '- a', 0, ''],
  ['one with a dash on a line of its own', '-\n  rolearn: a\n- b\n', 0, '- b\n'],
  ['the last in brackets', '[a, b]', 1, '[a]'],
  ['the last in brackets, after the space that an insertion made', '[a , b]', 1, '[a]'],
  ['the last in brackets, after a tag that would take the bracket in', '[!t ,b]', 1, '[!t ]'],
  ['the last in brackets, after a comment', '[a, # x\n b]', 1, '[a, # x\n ]'],
  ['the first in brackets, before a comment', '[# x\n a,  b]', 0, '[# x\n b]'],
  ['one in brackets, lines below it', '[# x\n a,\n\n  b]', 0, '[# x\n b]'],
  ['one with comments of its own', '- a\n  # of a\n- b\n', 0, '  # of a\n- b\n'],
  ['the one above a marker', '- a\n- b\n  # c\n---\n- d\n', 1, '- a\n  # c\n---\n- d\n'],
])('remove %s', (_, before, index, after) => {
  expect(removeEntry('mapRoles', before, index)).toBe(after);
});

test.each([
  [
    'a user name of the wrong type, by none',
    '- rolearn: a\n  username: 5\n',
    'a',
    '- rolearn: a\n  username: ""\n',
  ],
  [
    'an ARN of the wrong type, by the one in another spelling',
    '- ROLEARN: R\n  rolearn: 5\n',
    'R',
    '- ROLEARN: R\n  rolearn: "R"\n',
  ],
  [
    'the ARN of a role beside that of a user',
    '- userarn: x\n  rolearn: a\n',
    'n',
    '- userarn: x\n  rolearn: "n"\n',
  ],
])('replace %s', (_, before, arn, after) => {
  const wanted: IdentityMapping = { section: 'mapRoles', arn, username: '', groups: [] };
  expect(replaceEntry('mapRoles', before, 0, wanted)).toBe(after);
});

test('replace what has its key by an alias', () => {
  const text = '- &key rolearn: a\n- *key : b\n';
  expect(replaceEntry('mapRoles', text, 1, fresh)).toBe(
    `${text}  rolearn: "n"\n  username: "joe"\n  groups:\n  - "g"\n`,
  );
});

describe('restore', () => {
  test.each([
    [
      'lines that were indented further',
      '- rolearn: a\n',
      'rolearn: q\n    username: z',
      '- rolearn: "q"\n  username: "z"\n',
    ],
    [
      'with CRLF',
      '- rolearn: a\r\n',
      'rolearn: q\r\n    username: z',
      '- rolearn: "q"\r\n  username: "z"\r\n',
    ],
    [
      'around a comment at another column',
      '- rolearn: a\n',
      'rolearn: q\n  # c\n    username: z',
      '- rolearn: "q"\n  username: "z"\n',
    ],
    [
      'around an empty line',
      '- rolearn: a\n',
      'rolearn: q\n\n    username: z',
      '- rolearn: "q"\n  username: "z"\n',
    ],
    [
      'of a list in a map',
      '-   r',
      '"groups":\n      - x\n    "rolearn": b',
      '-   "groups":\n      - x\n    "rolearn": b',
    ],
    ['braces for nothing', '-', '{rolearn: a}', '- {"rolearn": "a", "username": "", "groups": []}'],
    [
      'what nobody can read, in its own words',
      '[{}]',
      'sso: {accountID: "111122223333", permissionSetName: a}',
      '[sso: {accountID: "111122223333", permissionSetName: a}]',
    ],
  ])('%s', (_, text, raw, after) => {
    expect(restoreEntry('mapRoles', text, 0, raw)).toBe(after);
  });

  test('in brackets the same bytes may say something else', () => {
    const text = '[rolearn: r\n  o:]';
    const replaced = replaceEntry('mapRoles', text, 0, fresh);
    expect(restoreEntry('mapRoles', replaced, 0, entryText('mapRoles', text, 0))).toBe(text);
  });

  test('a block scalar keeps the blank lines that it counts', () => {
    const raw = 'rolearn: c\n      # d\n    username: |+\n      e\n\n';
    expect(restoreEntry('mapRoles', '  - s\n\n', 0, raw)).toBe(`  - ${raw}\n\n`);
  });

  test('a block scalar that cannot be written in brackets is refused', () => {
    const raw = 'rolearn: c\n      # d\n    username: |+\n      e\n\n';
    expect(() => restoreEntry('mapRoles', '[{}]', 0, raw)).toThrow(DocumentError);
    expect(() => restoreEntry('mapRoles', '[{}]', 0, 'rolearn: |\n    x')).toThrow(DocumentError);
  });

  test('an account that was a block scalar', () => {
    expect(restoreEntry('mapAccounts', '-', 0, '|\n    x')).toBe('- "x"');
    expect(() => restoreEntry('mapAccounts', '["5"]', 0, '|\n  x\n  y')).toThrow(DocumentError);
  });

  test('two entries for one, or one that loads in part, are not taken for a mapping', () => {
    expect(() => restoreEntry('mapRoles', '[{}]', 0, 'rolearn: a\n- rolearn: b')).toThrow(DocumentError);
    expect(() => restoreEntry('mapRoles', '- x: y\n', 0, 'rolearn: a\n    username: 5')).toThrow(
      DocumentError,
    );
  });
});

test.each([-1, 1, 7])('there is no entry %d', (index) => {
  const refusal = expect.objectContaining({
    message: `mapRoles of ConfigMap kube-system/aws-auth, line 1, column 1: there is no entry ${index}; nothing was changed: read the section again`,
  }) as Error;
  expect(() => entryText('mapRoles', '- rolearn: a\n', index)).toThrow(refusal);
  expect(() => removeEntry('mapRoles', '- rolearn: a\n', index)).toThrow(refusal);
  expect(() => replaceEntry('mapRoles', '- rolearn: a\n', index, fresh)).toThrow(refusal);
});

test('a refusal points to the entry after which none can be written', () => {
  expect(() =>
    insertEntry('mapAccounts', '- "1"\n- |\n 5', { section: 'mapAccounts', accountId: '9' }),
  ).toThrow(
    /^mapAccounts of ConfigMap kube-system\/aws-auth, line 2, column 3: no edit leaves the other entries as they are: entry 1 would change too/,
  );
});
