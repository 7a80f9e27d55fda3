import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type AwsAuthReading,
  canonicalCallerArn,
  type LoadedMapping,
  mappingInForce,
  readAwsAuth,
  readSection,
  type SectionReading,
} from '../../../../../access/aws-auth/reading/login';
import { SECTIONS, type Section } from '../../../../../access/aws-auth/identity-mapping';

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(path.join(__dirname, '../../../../fixtures', name), 'utf8')) as T;
}

interface ExpectedMapping {
  readonly section: Section;
  readonly arn?: string;
  readonly accountId?: string;
  readonly username?: string;
  readonly groups?: readonly string[];
  readonly sso?: {
    readonly permissionSetName: string;
    readonly accountID: string;
    readonly partition?: string;
  };
}

interface Vector {
  readonly name: string;
  readonly configMapData: Record<string, string>;
  readonly featureGates?: unknown;
  readonly expect: {
    readonly sections: Record<Section, SectionReading['state']>;
    readonly mappings: readonly ExpectedMapping[];
    readonly winnerForArn: Record<string, null | { readonly nondeterministic: unknown } | ExpectedMapping>;
  };
}

const ROLE = 'arn:aws:iam::111122223333:role/b';

function allEntries(reading: AwsAuthReading): readonly LoadedMapping[] {
  return SECTIONS.flatMap((section) => reading[section].entries);
}

function comparable(entry: LoadedMapping | ExpectedMapping) {
  if (entry.section === 'mapAccounts') {
    return { section: entry.section, accountId: 'accountId' in entry ? entry.accountId : undefined };
  }
  const { section, arn = '', username, groups, sso } = entry as ExpectedMapping;
  return { section, arn, username, groups, sso: sso && { partition: '', ...sso } };
}

describe('vectors produced by running the authenticator', () => {
  const vectors = fixture<Vector[]>('authenticator-vectors.json');

  test.each(vectors.map((vector) => [vector.name, vector] as const))(
    '%s loads the same',
    (_, { configMapData, expect: expected }) => {
      const reading = readAwsAuth(configMapData);
      expect(Object.fromEntries(SECTIONS.map((section) => [section, reading[section].state]))).toEqual(
        expected.sections,
      );
      expect(allEntries(reading).map(comparable)).toEqual(expected.mappings.map(comparable));
    },
  );

  const callers = vectors
    .filter(({ featureGates }) => featureGates === undefined)
    .flatMap((vector) =>
      Object.entries(vector.expect.winnerForArn).map(
        ([arn, winner]) => [vector.name, arn, winner, vector] as const,
      ),
    );

  test.each(callers)('%s: %s', (_, arn, winner, { configMapData }) => {
    const canonical = canonicalCallerArn(arn) ?? '';
    const found = mappingInForce(readAwsAuth(configMapData), canonical);
    if (winner !== null && 'nondeterministic' in winner) expect(found).toBe('ambiguous');
    else if (winner === null) expect(found).toBeUndefined();
    else if (winner.section === 'mapAccounts') expect(found).toMatchObject({ section: 'mapAccounts' });
    else
      expect(found).toMatchObject({
        section: winner.section,
        username: winner.username,
        groups: winner.groups,
      });
  });
});

interface DialectVector {
  readonly section: Section;
  readonly text: string;
  readonly error: boolean;
  readonly mappings: readonly (string | { readonly arn: string; readonly username: string })[];
}

describe('the dialect, text by text as ParseMap reads it', () => {
  const { cases, mutations } = fixture<{ cases: DialectVector[]; mutations: DialectVector[] }>(
    'authenticator-dialect-vectors.json',
  );

  const titled = [...cases, ...mutations].map(
    (vector) => [vector.section, JSON.stringify(vector.text).slice(0, 90), vector] as const,
  );
  test.each(titled)('%s %s', (_section, _text, { section, text, error, mappings }) => {
    const { entries, dropped, notices, error: lost } = readSection(section, text);
    const found = entries.map((entry) => {
      if (entry.section === 'mapAccounts') return entry.accountId;
      const { arn, username, groups, sso } = entry;
      return { arn, username, groups, ...(sso && { sso }) };
    });
    expect(found).toEqual(mappings);
    expect(lost !== undefined || dropped.length > 0 || notices.length > 0).toBe(error);
  });
});

describe('tables', () => {
  interface Tables {
    readonly canonicalizeArn: readonly { readonly input: string; readonly canonicalArn?: string }[];
    readonly plainScalarInUsername: readonly {
      readonly plainScalar: string;
      readonly outcome: string;
      readonly username: string | null;
    }[];
  }
  const tables = fixture<Tables>('authenticator-extra-vectors.json');

  test.each(tables.canonicalizeArn)('the canonical form of $input', ({ input, canonicalArn }) => {
    expect(canonicalCallerArn(input)).toBe(canonicalArn);
  });

  test.each(tables.plainScalarInUsername)('username: $plainScalar', ({ plainScalar, outcome, username }) => {
    const { state, entries, notices } = readSection(
      'mapRoles',
      `- rolearn: ${ROLE}\n  username: ${plainScalar}\n`,
    );
    const [entry] = entries;
    const found = entry?.section === 'mapRoles' ? entry.username : null;
    expect(found).toBe(username);
    const kept =
      notices.length > 0 ? 'entry-kept-username-empty' : found === '' ? 'empty-no-error' : 'string';
    expect(state === 'lost' ? 'section-lost' : kept).toBe(outcome);
  });
});

describe('what is said about a section', () => {
  test.each([
    ['- rolearn: r\n  username: a: b\n', 2, 14],
    ['- rolearn: r\n- [', 2, 4],
    ['\ufeffa\r\n- 😀"\u0007', 2, 5],
    ['\n  {"a": 1}', 2, 3],
    ['hello\n', 1, 1],
  ])('the error of %j is at line %d, column %d', (text, line, column) => {
    expect(readSection('mapRoles', text)).toMatchObject({
      state: 'lost',
      entries: [],
      error: { line, column },
    });
  });

  test('every item counts for the index, whatever becomes of it', () => {
    const text = `- just text\n- username: x\n- rolearn: ${ROLE}\n  username: 5\n  groups: [a, 7]\n  userid: [x]\n-\n- rolearn: ${ROLE}\n  sso: {}\n- sso: {accountID: "1"}\n`;
    expect(readSection('mapRoles', text)).toEqual({
      section: 'mapRoles',
      state: 'partial',
      entries: [{ section: 'mapRoles', index: 2, arn: ROLE, username: '', groups: ['a', ''] }],
      dropped: [
        { section: 'mapRoles', index: 0, reason: 'not-a-mapping' },
        { section: 'mapRoles', index: 1, reason: 'no-arn' },
        { section: 'mapRoles', index: 3, reason: 'not-a-mapping' },
        { section: 'mapRoles', index: 4, reason: 'arn-and-sso' },
        { section: 'mapRoles', index: 5, reason: 'bad-sso' },
      ],
      notices: [
        { index: 0, field: 'entry', problem: 'is a string, not a map of keys' },
        { index: 2, field: 'username', problem: 'is a number, not a string: put it in quotes' },
        { index: 2, field: 'groups', problem: 'is a number, not a string: put it in quotes' },
        { index: 2, field: 'userid', problem: 'is a list, not a string: put it in quotes' },
      ],
    });
  });

  test('accounts that are not scalars are dropped alone', () => {
    expect(readSection('mapAccounts', '- [a]\n- "1"\n')).toMatchObject({
      state: 'partial',
      entries: [{ index: 1, accountId: '1' }],
      dropped: [{ index: 0, reason: 'not-a-scalar' }],
    });
  });

  test.each([
    ['brackets', '['.repeat(100_000), 'lost'],
    ['dashes', '- '.repeat(100_000), 'lost'],
    [
      'anchors on anchors',
      `- &a0 [x]\n${[...Array(20_000).keys()].map((i) => `- &a${i + 1} [*a${i}]\n`).join('')}`,
      'lost',
    ],
    [
      'merges of merges',
      `- &a0 {x: y}\n${[...Array(20_000).keys()].map((i) => `- &a${i + 1} {<<: *a${i}}\n`).join('')}`,
      'lost',
    ],
    ['white space', `${' '.repeat(1_000_000)}x`, 'lost'],
    ['a comment', '#'.repeat(1_000_000), 'empty'],
    ['one line', `[${'{"rolearn":"😀"},'.repeat(20_000)}]`, 'ok'],
    ['one scalar', `- rolearn: ${'a '.repeat(400_000)}`, 'ok'],
  ] as const)('a large text of %s is read to its end', (_, text, state) => {
    expect(readSection('mapRoles', text).state).toBe(state);
  });

  test('an absent section, and keys of Object.prototype', () => {
    expect(readAwsAuth({}).mapRoles.state).toBe('absent');
    expect(readSection('mapRoles', '- rolearn: r\n  constructor: x\n  __proto__: y\n')).toMatchObject({
      state: 'ok',
    });
  });
});

describe('lookup', () => {
  test('two case variants of a user ARN are ambiguous only when it matters', () => {
    const users = (second: string) =>
      readAwsAuth({
        mapUsers: `- userarn: arn:aws:iam::1:user/A\n  username: a\n- userarn: arn:aws:iam::1:user/a\n  username: ${second}\n`,
      });
    expect(mappingInForce(users('b'), 'arn:aws:iam::1:user/A')).toBe('ambiguous');
    expect(mappingInForce(users('a'), 'arn:aws:iam::1:user/A')).toMatchObject({ username: 'a' });
  });

  test('ARNs compare as Go folds letters: the long s is an s (strings.EqualFold)', () => {
    const reading = readAwsAuth({ mapRoles: '- rolearn: "arn:aws:iam::1:role/\u017f"\n  username: u\n' });
    expect(mappingInForce(reading, 'arn:aws:iam::1:role/S')).toMatchObject({ username: 'u' });
  });
});
