/**
 * Corners of YAML that no ConfigMap is known to have, read as go-yaml v2 reads them (GT-9, GT-14, GT-16): directives, tags,
 * escapes, keys that are left out. What loses a section says why, and where.
 */
import { readSection } from '../../../../access/aws-auth/reading/login';

const lost = (text: string): string => {
  const { state, error } = readSection('mapRoles', text);
  return state === 'lost' && error ? `${error.line}:${error.column} ${error.message}` : `not lost: ${state}`;
};
/** One entry whose user name is this text. */
const named = (username: string): string => `- rolearn: r\n  username: ${username}\n`;

describe('directives', () => {
  test.each([
    ['%YAML 1.1 # a comment'],
    ['%TAG !e! tag:example.com,2026:\n%YAML 1.1'],
    ['%TAG ! tag:example.com,2026:'],
  ])('%j is read', (lines) => {
    expect(readSection('mapRoles', `${lines}\n---\n${named('u')}`)).toMatchObject({
      state: 'ok',
      entries: [{ arn: 'r', username: 'u' }],
    });
  });

  test.each([
    ['%', '1:1 a directive needs a name'],
    ['%TAG! x', '1:1 a directive needs a name'],
    ['%FOO bar', '1:1 %FOO is not a directive'],
    ['%YAML 1', '1:8 a version is two numbers'],
    ['%YAML .1', '1:7 a version number has one or two digits'],
    ['%YAML 1.100', '1:9 a version number has one or two digits'],
    ['%YAML 1.1 x', '1:11 text follows a directive'],
    ['%YAML 1.1\n%YAML 1.1', '2:1 %YAML is given twice'],
    ['%TAG e! x', '1:6 a tag begins with "!"'],
    ['%TAG !e x', '1:6 a tag handle ends with "!"'],
    ['%TAG !e!', '1:9 white space has to follow a tag handle'],
    ['%TAG !e! "x"', '1:10 a tag lacks its name'],
    ['%TAG !e! x"', '1:11 white space has to follow a tag prefix'],
    ['%TAG !e! x\n%TAG !e! y', '2:1 a tag handle is declared twice'],
  ])('%j loses the section', (lines, message) => {
    expect(lost(`${lines}\n---\n${named('u')}`)).toBe(message);
  });

  test('without the line of dashes after them', () => {
    expect(lost('%YAML 1.1\n[]\n')).toBe('2:1 "---" has to follow the directives');
    expect(lost(`%YAML 1.1\n${named('u')}`)).toBe('2:1 a list item ("-") cannot begin here');
  });
});

describe('tags', () => {
  // Without its tag the text would be a number, which no user name is.
  test.each([
    ['!!str 5', '5'],
    ['!<tag:yaml.org,2002:str> 5', '5'],
    ['!!%73tr 5', '5'],
    ['!!s%74r 5', '5'],
    ['! 5', '5'],
    ['!e 5', '5'],
    ['!%c3%a9 5', '5'],
    ['!%e2%82%ac 5', '5'],
    ['!%F0%9F%98%80%21 5', '5'],
    ['!%c0%80 5', '5'],
    ['!!binary w6k=', 'é'],
    ['!!binary /2E=', '\ufffda'],
  ])('username: %s', (written, username) => {
    expect(readSection('mapRoles', named(written))).toMatchObject({
      state: 'ok',
      entries: [{ arn: 'r', username }],
    });
  });

  test('before an anchor or after it', () => {
    const text = '- rolearn: r\n  username: !!str &a 5\n  groups: [*a, &b !!str 6, *b]\n';
    expect(readSection('mapRoles', text)).toMatchObject({
      state: 'ok',
      entries: [{ username: '5', groups: ['5', '6', '6'] }],
    });
  });

  test.each<readonly [string, string]>([
    ['!<tag:yaml.org,2002:str 5', '2:13 a tag lacks its closing ">"'],
    ['!<> 5', '2:15 a tag lacks its name'],
    ['!e! 5', '2:16 a tag lacks its name'],
    ['!e!x 5', '2:13 the tag handle !e! is not declared'],
    ['!a"b 5', '2:15 white space has to follow a tag'],
    ...['%', '%zz', '%80', '%c3', '%c3%41', '%e2%82', '%e2%82x', '%f0%9f%98', '%f8%88%80%80'].map(
      (escape) => [`!${escape} 5`, '2:14 a tag holds a broken percent escape'] as const,
    ),
    ['!!binary é', '2:13 a !!binary value is not base 64'],
    ['!!int x', '2:13 "x" is not what its tag says'],
  ])('username: %s loses the section', (written, message) => {
    expect(lost(named(written))).toBe(message);
  });
});

test.each([
  ['"\\x4"', '2:14 the escape \\x needs 2 hexadecimal digits'],
  ['"\\u12', '2:14 the escape \\u needs 4 hexadecimal digits'],
  ['"\\UFFFFFFFF"', '2:14 the escape \\UFFFFFFFF is not a Unicode character'],
  ['"\\/"', '2:14 the escape \\/ is not one that YAML 1.1 knows'],
  ['|0\n    x', '2:14 the indentation of a block scalar cannot be 0'],
  ['| x\n    y', '2:15 text follows the header of a block scalar'],
])('username: %j loses the section', (written, message) => {
  expect(lost(named(written))).toBe(message);
});

describe('keys', () => {
  const noKey = 'a key is null or a number too large to be one';
  test.each([
    ['- rolearn: r\n  ?\n  : v\n', `3:5 ${noKey}`],
    ['- {rolearn: r, ? , username: u}\n', `1:17 ${noKey}`],
    ['- {rolearn: r, 18446744073709551615: v}\n', `1:38 ${noKey}`],
    [
      '- {rolearn: r, [a]: v}\n',
      '1:16 a list or map cannot be a key: put a value that begins with "{" in quotes',
    ],
    ['- &a x\n- rolearn: r\n  <<: *a\n', '3:7 "<<" merges maps and lists of maps only'],
  ])('%j loses the section', (text, message) => {
    expect(lost(text)).toBe(message);
  });

  test('what nests a thousand levels deep by an alias loses the section', () => {
    const nested = (inner: string): string => `${'['.repeat(400)}${inner}${']'.repeat(400)}`;
    expect(lost(`- &a ${nested('x')}\n- &b ${nested('*a ')}\n- ${nested('*b ')}\n`)).toBe(
      '1:204 values nest deeper than 1000',
    );
  });

  test('a question mark with a character after it is no key', () => {
    expect(readSection('mapRoles', named('?x'))).toMatchObject({
      state: 'ok',
      entries: [{ username: '?x' }],
    });
  });

  test('a value that is left out is null', () => {
    expect(readSection('mapRoles', '- rolearn: r\n  groups: [a: , b]\n')).toMatchObject({
      state: 'partial',
      entries: [{ groups: ['', 'b'] }],
      notices: [{ field: 'groups', problem: 'is a map, not a string: put it in quotes' }],
    });
  });

  // .nan has no JSON form, so that it loses the section unless an equal key replaces it.
  const pair = (first: string, second: string): string =>
    readSection('mapRoles', `- rolearn: r\n  ${first}: .nan\n  ${second}: x\n`).state;
  test.each([
    ['1', '0x1', 'ok'],
    ['1', '"1"', 'lost'],
    ['1', '1.0', 'lost'],
    ['!!float 1', '1.0', 'ok'],
    ['-0.0', '0.0', 'ok'],
    ['.inf', '+.inf', 'ok'],
    ['.nan', '.nan', 'lost'],
    ['yes', 'on', 'ok'],
  ])('%s, then %s: the section is %s', (first, second, state) => {
    expect(pair(first, second)).toBe(state);
  });

  test('what an alias repeats is at fault where it repeats it', () => {
    const text = '- rolearn: r\n  a: &list [1, .nan]\n  a: 1\n  b: *list\n';
    expect(lost(text)).toBe('4:6 .inf and .nan have no JSON form: put the value in quotes');
  });
});

describe('what no text may hold', () => {
  test('two byte order marks', () => {
    expect(lost(`\ufeff\ufeff${named('u')}`)).toBe('1:1 two byte order marks are at the start: remove them');
  });

  test('a control character, and an error far before it comes first', () => {
    const control = `#${' '.repeat(600)}\u0007`;
    expect(lost(`${named('u')}${control}`)).toMatch(/^3:602 the control character U\+0007 is not allowed/);
    expect(lost(`- [}\n${control}`)).toMatch(/^1:4 /);
    expect(lost('- [}\n#\u0007')).toMatch(/^2:2 the control character U\+0007 is not allowed/);
  });

  test('and where the text has ended before it, nobody sees it', () => {
    const after = `...\n#${' '.repeat(1_200)}\u0007`;
    expect(readSection('mapRoles', `${named('u')}${after}`)).toMatchObject({ state: 'ok' });
  });
});
