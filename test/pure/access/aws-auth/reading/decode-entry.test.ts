/** Oddities of decoding, each as aws-iam-authenticator v0.7.18 answered when its ParseMap was asked, and what we say of them. */
import {
  canonicalCallerArn,
  mappingInForce,
  readAwsAuth,
  readSection,
} from '../../../../../access/aws-auth/reading/login';

const ROLE = 'arn:aws:iam::111122223333:role/b';

function groupsOf(lines: string): readonly string[] | undefined {
  const [entry] = readSection('mapRoles', `- rolearn: ${ROLE}\n${lines}`).entries;
  return entry?.section === 'mapRoles' ? entry.groups : undefined;
}

describe('several spellings of groups decode into one slice', () => {
  test.each([
    ['null empties it', '  Groups: [a]\n  groups: null\n', []],
    [
      'what null emptied does not show',
      '  GROUPS: [a, b]\n  Groups: null\n  groups: [null, null]\n',
      ['', ''],
    ],
    ['nor what an empty list did', '  GROUPS: [a]\n  Groups: []\n  groups: [null]\n', ['']],
    ['a shorter list cuts it', '  Groups: [a, b]\n  groups: [c]\n', ['c']],
    ['null in a list shows what was there', '  Groups: [a, b]\n  groups: [c, null]\n', ['c', 'b']],
  ])('%s', (_, lines, groups) => {
    expect(groupsOf(lines)).toEqual(groups);
  });
});

describe('sso', () => {
  const matcher = (permissionSetName: string, accountID: string) => ({
    permissionSetName,
    accountID,
    partition: '',
  });

  test.each([
    ['null is none', `- rolearn: ${ROLE}\n  sso: null\n`, { arn: ROLE }],
    ['null takes one back', `- rolearn: ${ROLE}\n  SSO: {accountID: "1"}\n  sso: null\n`, { arn: ROLE }],
    [
      'two spellings are one',
      '- SSO: {accountID: "111122223333"}\n  sso: {permissionSetName: admin}\n',
      { arn: '', sso: matcher('admin', '111122223333') },
    ],
    [
      'null inside leaves what was there',
      '- SSO: {accountID: "111122223333", permissionSetName: admin}\n  sso: {accountID: null}\n',
      { sso: matcher('admin', '111122223333') },
    ],
    [
      'a name of 32 characters',
      `- sso: {accountID: "111122223333", permissionSetName: ${'a'.repeat(32)}}\n`,
      { sso: matcher('a'.repeat(32), '111122223333') },
    ],
  ])('%s', (_, text, entry) => {
    const { state, entries } = readSection('mapRoles', text);
    expect(state).toBe('ok');
    expect(entries).toEqual([{ section: 'mapRoles', index: 0, arn: '', username: '', groups: [], ...entry }]);
  });

  test.each([
    ['a letter before the account', 'x111122223333', 'a'],
    ['a letter after the account', '111122223333x', 'a'],
    ['a sign after the name', '"111122223333"', 'a!'],
    ['a sign before the name', '"111122223333"', '"!a"'],
    ['a name of 33 characters', '"111122223333"', 'a'.repeat(33)],
  ])('%s: dropped', (_, account, name) => {
    const text = `- sso: {accountID: ${account}, permissionSetName: ${name}}\n`;
    expect(readSection('mapRoles', text)).toMatchObject({ entries: [], dropped: [{ reason: 'bad-sso' }] });
  });

  test('of a user is one more key that nobody knows', () => {
    expect(readSection('mapUsers', '- userarn: u\n  sso: {accountID: "1"}\n')).toMatchObject({
      state: 'ok',
      entries: [{ arn: 'u' }],
    });
  });
});

describe('words for a value of the wrong type', () => {
  test.each([
    ['username: [a]', 'username', 'is a list, not a string: put it in quotes'],
    ['username: {a: b}', 'username', 'is a map, not a string: put it in quotes'],
    ['username: yes', 'username', 'is a boolean, not a string: put it in quotes'],
    ['username: 1.5', 'username', 'is a number, not a string: put it in quotes'],
    ['groups: a', 'groups', 'is a string, not a list'],
    ['groups: {a: b}', 'groups', 'is a map, not a list'],
    ['sso: a', 'sso', 'is a string, not a map'],
    ['sso: {partition: 5}', 'sso', 'is a number, not a string: put it in quotes'],
  ])('%s', (line, field, problem) => {
    const { notices } = readSection('mapRoles', `- rolearn: ${ROLE}\n  ${line}\n`);
    expect(notices).toEqual([{ index: 0, field, problem }]);
  });
});

describe('words for a section that is no list', () => {
  const brace = 'a text that begins with "{" is read as a JSON object, and a list is wanted';
  test.each([
    ['mapRoles', 'a: b\n', 'mapRoles has to be a list of entries, each beginning with "-"'],
    ['mapUsers', '5\n', 'mapUsers has to be a list of entries, each beginning with "-"'],
    ['mapRoles', '{"a": [1]}\n', brace],
    ['mapUsers', ' {"a": 1} # x\n', brace],
    ['mapAccounts', '{"a": 1}\n', 'mapAccounts has to be a list of account ids'],
    ['mapAccounts', 'foo\n', 'mapAccounts has to be a list of account ids'],
  ] as const)('%s: %j', (section, text, message) => {
    expect(readSection(section, text)).toEqual({
      section,
      state: 'lost',
      entries: [],
      dropped: [],
      notices: [],
      error: { line: 1, column: text.startsWith(' ') ? 2 : 1, message },
    });
  });

  test('nothing at all is no error', () => {
    for (const section of ['mapRoles', 'mapUsers', 'mapAccounts'] as const) {
      expect(readSection(section, 'null\n')).toMatchObject({ state: 'empty', entries: [] });
    }
  });

  test('accounts up to the first that contradicts its tag, then nothing but empty ones', () => {
    expect(readSection('mapAccounts', '- "1"\n- !!int x\n- "2"\n')).toEqual({
      section: 'mapAccounts',
      state: 'partial',
      entries: ['1', '', ''].map((accountId, index) => ({ section: 'mapAccounts', index, accountId })),
      dropped: [],
      notices: [],
      error: { line: 2, column: 3, message: '"x" is not what its tag says' },
    });
  });

  test('what go-yaml cannot decode comes before what JSON cannot hold', () => {
    const text = '- rolearn: x\n  username: .nan\n- rolearn: !!int y\n';
    expect(readSection('mapRoles', text)).toMatchObject({ state: 'lost', error: { line: 3 } });
    const later = '- rolearn: x\n  username: .nan\n- rolearn: y\n  ~: z\n';
    expect(readSection('mapRoles', later)).toMatchObject({ state: 'lost', error: { line: 2 } });
  });
});

describe('callers', () => {
  test.each([
    ['arn:aws:sts:us-east-1:111122223333:assumed-role/a/b', 'arn:aws:iam::111122223333:role/a'],
    ['xarn:aws:sts::111122223333:assumed-role/a/b', undefined],
    ['arn:aws:s3:::assumed-role/a/b', undefined],
    ['arn:aws:s3::111122223333:federated-user/a', undefined],
    ['arn:aws:sts::111122223333:assumed-role/a', undefined],
    ['arn:aws:sts::111122223333:other/a/b', undefined],
    ['arn:aws:iam::111122223333:group/a', undefined],
  ])('%s', (arn, canonical) => {
    expect(canonicalCallerArn(arn)).toBe(canonical);
  });

  const sam = (first: string, second: string) =>
    readAwsAuth({
      mapRoles: `- rolearn: arn:aws:iam::1:role/Sam\n  ${first}\n- rolearn: arn:aws:iam::1:role/\u017fam\n  ${second}\n`,
    });

  test('roles that only look alike to lower case are two entries (GT-22)', () => {
    expect(mappingInForce(sam('username: a', 'username: b'), 'arn:aws:iam::1:role/sam')).toBe('ambiguous');
    expect(mappingInForce(sam('groups: [a]', 'groups: [b]'), 'arn:aws:iam::1:role/sam')).toBe('ambiguous');
    expect(mappingInForce(sam('groups: [a]', 'groups: [a]'), 'arn:aws:iam::1:role/sam')).toMatchObject({
      groups: ['a'],
    });
  });

  test('the Kelvin sign is a k', () => {
    const reading = readAwsAuth({ mapRoles: '- rolearn: arn:aws:iam::1:role/\u212aim\n' });
    expect(mappingInForce(reading, 'arn:aws:iam::1:role/kim')).toMatchObject({ index: 0 });
  });
});
