import { DocumentError } from '../../../../../access/aws-auth/editing/document-error';
import { type ExpectedEdit } from '../../../../../access/aws-auth/editing/proof';
import { provenEdit } from '../../../../../access/aws-auth/editing/proven-edit';
import { type PrincipalMapping } from '../../../../../access/aws-auth/identity-mapping';
import { SectionReader } from '../../../../../access/aws-auth/reading/section-reader';

const mapping: PrincipalMapping = { section: 'mapRoles', arn: 'new', username: 'u', groups: ['g'] };
const NEW = '- rolearn: new\n  username: u\n  groups: [g]\n';
const A = '- rolearn: a\n';
const B = '- rolearn: b\n  username: 5\n';
const DROPPED = '- username: x\n';

const prove = (before: string | undefined, after: string, expected: ExpectedEdit) => () => {
  expect(firstProved(before, [after], [expected])).toBe(after);
};

function firstProved(
  before: string | undefined,
  candidates: Iterable<string>,
  expected: readonly ExpectedEdit[],
): string | undefined {
  const reader = new SectionReader();
  const parsed = reader.read('mapRoles', before);
  return provenEdit(parsed, () => ({ expected, candidates, offset: 0 }), reader).text;
}

test.each<[string, string | undefined, string, ExpectedEdit]>([
  ['the first entry', undefined, NEW, { edit: 'insert', index: 0, mapping }],
  ['an entry after others', A + B + DROPPED, A + B + DROPPED + NEW, { edit: 'insert', index: 3, mapping }],
  ['an entry between', A + DROPPED, A + NEW + DROPPED, { edit: 'insert', index: 1, mapping }],
  [
    'another form of the rest',
    A + B,
    `[{rolearn: a}, {rolearn: b, username: 7}, {rolearn: new, username: u, groups: [g]}]`,
    { edit: 'insert', index: 2, mapping },
  ],
  ['a replacement', A + B, NEW + B, { edit: 'replace', index: 0, mapping }],
  ['a replacement of what was dropped', DROPPED + B, NEW + B, { edit: 'replace', index: 0, mapping }],
  ['a removal', A + B + DROPPED, A + DROPPED, { edit: 'remove', index: 1 }],
  ['the last removal', A, '', { edit: 'remove', index: 0 }],
  ['a restored entry of any kind', A + B, A + DROPPED, { edit: 'restore', index: 1 }],
])('accepts %s', (_, before, after, expected) => {
  expect(prove(before, after, expected)).not.toThrow();
});

test.each<[string, string, string, ExpectedEdit, RegExp]>([
  ['a text that is lost', A, `${A}- [`, { edit: 'insert', index: 1, mapping }, /the section would be lost/],
  ['nothing done', A, A, { edit: 'insert', index: 1, mapping }, /would hold 1 entries instead of 2/],
  [
    'an entry too many',
    A,
    A + NEW + NEW,
    { edit: 'insert', index: 1, mapping },
    /would hold 3 entries instead of 2/,
  ],
  [
    'another user name',
    A,
    `${A}- rolearn: new\n  username: v\n  groups: [g]\n`,
    { edit: 'insert', index: 1, mapping },
    /entry 1 would not be read/,
  ],
  [
    'another order of groups',
    '',
    '- rolearn: new\n  username: u\n  groups: [g, h]\n',
    { edit: 'insert', index: 0, mapping: { ...mapping, groups: ['h', 'g'] } },
    /entry 0/,
  ],
  [
    'a value of a wrong type',
    '',
    '- rolearn: new\n  username: u\n  groups: [g]\n  userid: 5\n',
    { edit: 'insert', index: 0, mapping },
    /entry 0/,
  ],
  [
    'a neighbour changed',
    A + B,
    `${NEW}- rolearn: c\n`,
    { edit: 'replace', index: 0, mapping },
    /entry 1 would change too/,
  ],
  [
    'neighbours swapped',
    A + B,
    B + A + NEW,
    { edit: 'insert', index: 2, mapping },
    /entry 0 would change too/,
  ],
  ['the wrong one removed', A + B, A, { edit: 'remove', index: 0 }, /entry 1 would change too/],
  [
    'a dropped one that comes alive',
    A + DROPPED,
    '- rolearn: x\n',
    { edit: 'remove', index: 0 },
    /entry 1 would change too/,
  ],
  [
    'another reason to drop a neighbour',
    DROPPED,
    `- x\n${NEW}`,
    { edit: 'insert', index: 1, mapping },
    /entry 0 would change too/,
  ],
  [
    'another reason to drop a neighbour, without a notice',
    DROPPED,
    `- sso: {accountID: "1"}\n${NEW}`,
    { edit: 'insert', index: 1, mapping },
    /entry 0 would change too/,
  ],
  [
    'another matcher of a neighbour',
    '- sso: {accountID: "111122223333", permissionSetName: a}\n',
    `- sso: {accountID: "111122223333", permissionSetName: b}\n${NEW}`,
    { edit: 'insert', index: 1, mapping },
    /entry 0 would change too/,
  ],
  [
    'a neighbour that moves and changes',
    A + B,
    `${NEW}- rolearn: c\n${B}`,
    { edit: 'insert', index: 0, mapping },
    /entry 0 would change too/,
  ],
  ['an index before the first', A, A + NEW, { edit: 'insert', index: -1, mapping }, /there is no entry -1/],
  ['an index out of range', A, A + NEW, { edit: 'insert', index: 2, mapping }, /there is no entry 2/],
  ['nothing to remove', A, A, { edit: 'remove', index: 1 }, /there is no entry 1/],
])('refuses %s', (_, before, after, expected, message) => {
  expect(prove(before, after, expected)).toThrow(
    expect.objectContaining({
      code: 'InvalidRequest',
      message: expect.stringMatching(message) as string,
    }) as Error,
  );
});

test('a section that was lost before is not for editing', () => {
  expect(prove('- [', NEW, { edit: 'insert', index: 0, mapping })).toThrow(DocumentError);
});

test('of several candidates the first that is proved is taken, and no other is made', () => {
  const candidates = function* (): Generator<string> {
    yield `${A}- [`;
    yield NEW + A;
    yield A + NEW;
    throw new Error('one more was asked for');
  };
  const expected: ExpectedEdit[] = [
    { edit: 'restore', index: 0 },
    { edit: 'insert', index: 1, mapping },
  ];
  expect(firstProved(A, candidates(), expected)).toBe(A + NEW);
});

test('where none is proved the last difference is named, and how to fix the entry', () => {
  const expected: ExpectedEdit[] = [{ edit: 'insert', index: 1, mapping }];
  expect(() => firstProved(A, [`${A}- [`, A], expected)).toThrow(
    'mapRoles of ConfigMap kube-system/aws-auth, line 1, column 1: no edit leaves the other entries as they are: ' +
      'the section would hold 1 entries instead of 2; nothing was changed: ' +
      'rewrite that entry as plain YAML, without anchors, aliases, tags or block scalars',
  );
  expect(() => firstProved(A, [], expected)).toThrow(/: its form is not one that can be edited; nothing/);
});
