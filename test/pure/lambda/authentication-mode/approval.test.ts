/** Who would be locked out by mode API, told from what the authenticator does with each caller. */
import fc from 'fast-check';
import { canonicalCallerArn, mappingInForce, readAwsAuth } from '../../../../access/aws-auth/reading/login';
import { principalKeyOf } from '../../../../access/principal-key';
import { digestOf, losersOf, type SeenEntry } from '../../../../lambda/authentication-mode/approval';

const ACCOUNT = '111122223333';
const arns = [
  ...[
    'role/a',
    'role/A',
    'role/team/a',
    'role/b',
    'user/u',
    'user/U',
    'user/team/u',
    'user/v',
    'group/g',
  ].map((name) => `arn:aws:iam::${ACCOUNT}:${name}`),
  'arn:aws:iam::444455556666:role/a',
  'not an ARN',
];
/** Everyone who could come: as IAM knows them. */
const callers: readonly (readonly [arn: string, asSts: string])[] = [
  [`arn:aws:iam::${ACCOUNT}:role/team/a`, `arn:aws:sts::${ACCOUNT}:assumed-role/a/s`],
  [`arn:aws:iam::${ACCOUNT}:role/b`, `arn:aws:sts::${ACCOUNT}:assumed-role/b/s`],
  ['arn:aws:iam::444455556666:role/a', 'arn:aws:sts::444455556666:assumed-role/a/s'],
  [`arn:aws:iam::${ACCOUNT}:user/u`, `arn:aws:iam::${ACCOUNT}:user/u`],
  [`arn:aws:iam::${ACCOUNT}:user/v`, `arn:aws:iam::${ACCOUNT}:user/v`],
];

const list = (key: string) =>
  fc
    .array(fc.record({ arn: fc.constantFrom(...arns), username: fc.constantFrom('x', 'y') }), {
      maxLength: 6,
    })
    .map((entries) =>
      entries.map(({ arn, username }) => `- ${key}: "${arn}"\n  username: ${username}\n`).join(''),
    );
const accounts = fc
  .subarray([`- "${ACCOUNT}"\n`, '- "999988887777"\n', '- x\n'])
  .map((lines) => lines.join(''));

test('a caller who gets in by aws-auth gets in afterwards, or is named: itself, or its account', () => {
  const entries = fc.subarray(callers.map(([arn]) => arn));
  fc.assert(
    fc.property(
      list('rolearn'),
      list('userarn'),
      accounts,
      entries,
      (mapRoles, mapUsers, mapAccounts, principals) => {
        const reading = readAwsAuth({ mapRoles, mapUsers, mapAccounts });
        const losers = new Set(losersOf(reading, principals, undefined).map(({ key }) => key));
        for (const [arn, asSts] of callers) {
          const mapping = mappingInForce(reading, canonicalCallerArn(asSts) ?? '');
          if (mapping === undefined || principals.includes(arn)) continue;
          const isByAccount = mapping !== 'ambiguous' && mapping.section === 'mapAccounts';
          expect(losers.has(isByAccount ? mapping.accountId : principalKeyOf(arn))).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('nobody is named who does not get in by aws-auth', () => {
  fc.assert(
    fc.property(list('rolearn'), list('userarn'), accounts, (mapRoles, mapUsers, mapAccounts) => {
      const reading = readAwsAuth({ mapRoles, mapUsers, mapAccounts });
      for (const { principal } of losersOf(reading, [], undefined)) {
        const caller = /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:role/anyone` : principal;
        expect(mappingInForce(reading, caller)).toBeDefined();
      }
    }),
    { numRuns: 300 },
  );
});

describe('the digest', () => {
  const role = (name: string, user = 'x'): string =>
    `- rolearn: arn:aws:iam::${ACCOUNT}:role/${name}\n  username: ${user}\n`;
  const owner = {
    'cfn-eks-access:owner': `v1/arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/app/1/Mapping`,
  };
  const entry = (name: string, more: Partial<SeenEntry> = {}): SeenEntry => ({
    principalArn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
    tags: {},
    ...more,
  });
  const of = (mapRoles: string, entries: readonly SeenEntry[] = []): string =>
    digestOf(readAwsAuth({ mapRoles }), { data: { mapRoles }, annotations: {} }, entries);

  test('stays with the order and with comments, and not with who gets in as whom', () => {
    const now = of(role('a') + role('b'));
    expect(now).toMatch(/^[0-9a-f]{16}$/);
    expect(of(`# all\n${role('b')}${role('a')}`)).toBe(now);
    expect(of(role('a') + role('b', 'y'))).not.toBe(now);
    expect(of(role('a'))).not.toBe(now);
  });

  test('counts whole accounts, and whether a stack owns them', () => {
    const data = { mapAccounts: `- "${ACCOUNT}"\n` };
    const account = (annotations: Readonly<Record<string, string>>): string =>
      digestOf(readAwsAuth(data), { data, annotations }, []);
    const records = { v: 1, stacks: { 'arn:aws:cloudformation:stack': { [ACCOUNT]: { id: 'A' } } } };
    const now = account({});
    expect(now).not.toBe(of(''));
    expect(account({ 'cfn-eks-access/owners': JSON.stringify(records) })).not.toBe(now);
  });

  test('counts what a stack owns, by its principal', () => {
    const now = of('', [entry('a', { tags: owner })]);
    expect(of('')).not.toBe(now);
    expect(of('', [entry('a')])).not.toBe(now);
    expect(of('', [entry('a', { tags: owner, groups: ['other'] })])).toBe(now);
  });
});
