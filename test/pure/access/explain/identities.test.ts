/** Identities in force are whom the authenticator lets in, over its vectors and the corpus. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsAuthData } from '../../../../access/aws-auth/identity-mapping';
import { canonicalCallerArn, mappingInForce, readAwsAuth } from '../../../../access/aws-auth/reading/login';
import { identitiesOf } from '../../../../access/explain/identities';
import { type Identity } from '../../../../access/explain/identity';
import { corpus, corpusData } from '../aws-auth/reading/corpus';
import { seenAwsAuth } from './seen';

interface Winner {
  readonly section: string;
  readonly username?: string;
  readonly groups?: readonly string[] | null;
}
interface Vector {
  readonly name: string;
  readonly featureGates?: unknown;
  readonly configMapData: AwsAuthData;
  readonly expect: {
    readonly winnerForArn: Readonly<
      Record<string, Winner | { readonly nondeterministic: readonly Winner[] } | null>
    >;
  };
}
const vectors = JSON.parse(
  readFileSync(join(__dirname, '../../../fixtures/authenticator-vectors.json'), 'utf8'),
) as readonly Vector[];

function inForceFor(identities: readonly Identity[], caller: string): readonly Identity[] {
  const canonical = canonicalCallerArn(caller) ?? caller;
  const counting = identities.filter(({ standing }) => standing === 'in force' || standing === 'at random');
  const own = counting.filter(({ principal }) => principal.toLowerCase() === canonical.toLowerCase());
  if (own.length > 0) return own;
  return counting.filter(({ principal }) => principal === canonical.split(':')[4]);
}

const told = ({ from, userName, groups }: Identity, caller: string) => ({
  section: from.place === 'aws-auth' ? from.section : '',
  username: userName ?? canonicalCallerArn(caller),
  groups,
});
const wanted = ({ section, username, groups }: Winner) => ({ section, username, groups: groups ?? [] });

const plain = vectors.filter(({ featureGates }) => featureGates === undefined);

test.each(plain.map((vector) => [vector.name, vector] as const))('vector %s', (_, vector) => {
  const identities = identitiesOf({ awsAuth: seenAwsAuth(vector.configMapData) });
  for (const [caller, winner] of Object.entries(vector.expect.winnerForArn)) {
    const found = inForceFor(identities, caller).map((identity) => told(identity, caller));
    if (winner === null) expect({ caller, found }).toEqual({ caller, found: [] });
    else if ('nondeterministic' in winner) {
      expect(found).toHaveLength(winner.nondeterministic.length);
      expect(found).toEqual(expect.arrayContaining(winner.nondeterministic.map(wanted)));
      expect(new Set(identities.map(({ standing }) => standing))).toContain('at random');
    } else expect({ caller, found }).toEqual({ caller, found: [wanted(winner)] });
  }
});

test('the vectors that need no feature gate are nearly all', () => {
  expect(plain.length).toBeGreaterThanOrEqual(100);
});

const documents: readonly (readonly [string, AwsAuthData])[] = [
  ...vectors.map(({ name, configMapData }) => [name, configMapData] as const),
  ...corpus.map((file) => [file, corpusData(file)] as const),
];

test.each(documents)(
  '%s: each entry is in force, or has one reason; each in force is who is let in',
  (_, data) => {
    const reading = readAwsAuth(data);
    for (const identity of identitiesOf({ awsAuth: seenAwsAuth(data) })) {
      const counts = identity.standing !== 'not in force';
      expect({ identity, hasReason: identity.reason !== undefined }).toEqual({
        identity,
        hasReason: !counts,
      });
      if (identity.from.place !== 'aws-auth') throw new Error('there is no access entry');
      const { section, index } = identity.from;
      const isAccount = section === 'mapAccounts';
      const caller = isAccount ? `arn:aws:iam::${identity.principal}:user/nobody-else` : identity.principal;
      const winner = mappingInForce(reading, caller);
      if (identity.standing === 'in force') expect(winner).toMatchObject({ section, index });
      if (identity.standing === 'at random') expect(winner).toBe('ambiguous');
      if (identity.reason?.isReplaced === true) expect(winner ?? '').not.toBe('');
    }
  },
);

test('an entry of each kind in each mode, beside access entries', () => {
  const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`;
  const awsAuth = seenAwsAuth({
    mapRoles: `- {rolearn: "${arn('both')}", username: a, groups: []}\n- {rolearn: "${arn('old')}", username: b}\n`,
    mapAccounts: '- "111122223333"\n',
  });
  const entry = (name: string, createdAt: string) => ({
    principalArn: `arn:aws:iam::111122223333:role/team/${name}`,
    type: 'STANDARD',
    username: name,
    groups: [],
    policies: [],
    createdAt: new Date(createdAt),
  });
  const accessEntries = {
    state: 'read',
    entries: [entry('both', '2026-01-01'), entry('old', '2026-01-01')],
  } as const;
  const roles = [{ arn: `arn:aws:iam::111122223333:role/team/old`, createDate: new Date('2026-02-01') }];
  const standing = (cluster: Parameters<typeof identitiesOf>[0]) =>
    identitiesOf(cluster).map(
      (found) => `${found.who} ${found.from.place}: ${found.reason?.rule ?? found.standing}`,
    );
  expect(standing({ mode: 'CONFIG_MAP', awsAuth, accessEntries, roles })).toEqual([
    'role/both aws-auth: in force',
    'role/old aws-auth: in force',
    'account 111122223333 aws-auth: in force',
  ]);
  expect(standing({ mode: 'API_AND_CONFIG_MAP', awsAuth, accessEntries, roles })).toEqual([
    'role/both access entry: in force',
    'role/old access entry: stale-principal',
    'role/both aws-auth: overridden-by-access-entry',
    'role/old aws-auth: in force',
    'account 111122223333 aws-auth: in force',
  ]);
  expect(standing({ mode: 'API', awsAuth, accessEntries, roles }).slice(2)).toEqual([
    'role/both aws-auth: ignored-in-mode-api',
    'role/old aws-auth: ignored-in-mode-api',
    'account 111122223333 aws-auth: ignored-in-mode-api',
  ]);
  const unreadable = { state: 'unreadable', why: 'AccessDenied eks:ListAccessEntries' } as const;
  expect(standing({ mode: 'API_AND_CONFIG_MAP', awsAuth, accessEntries: unreadable })).toEqual([
    'role/both aws-auth: unknown',
    'role/old aws-auth: unknown',
    'account 111122223333 aws-auth: in force',
  ]);
});
