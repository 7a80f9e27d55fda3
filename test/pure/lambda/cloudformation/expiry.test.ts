import {
  expiredError,
  hasEnded,
  parseExpiry,
  refuseWithoutSchedule,
} from '../../../../lambda/cloudformation/expiry';
import { parseProperties } from '../../../../lambda/cloudformation/properties';

test.each([
  ['2026-12-31T18:00:00Z', '2026-12-31T18:00:00.000Z'],
  ['2026-12-31T18:00Z', '2026-12-31T18:00:00.000Z'],
  ['2026-12-31T18:00:00.250Z', '2026-12-31T18:00:00.250Z'],
  ['2026-12-31T18:00:00+02:00', '2026-12-31T16:00:00.000Z'],
  ['2027-01-01T00:30:00-05:00', '2027-01-01T05:30:00.000Z'],
  ['2026-12-31', '2026-12-31T00:00:00.000Z'],
  ['2028-02-29', '2028-02-29T00:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(new Date(parseExpiry(text)).toISOString()).toBe(expected);
});

test.each([
  'soon',
  '',
  '31.12.2026',
  '12/31/2026',
  '2026-13-01',
  '2026-02-30',
  '2027-02-29',
  '2026-12-31T25:00:00Z',
  '2026-12-31T18:00:00',
  '2026-12-31 18:00:00Z',
  '2026-12-31T18:00:00 UTC',
  '1798740000',
  '2026-12-31T18:00:00Z tomorrow',
])('%j is refused with what to write', (text) => {
  expect(() => parseExpiry(text)).toThrow(
    `ExpiresAt is ${JSON.stringify(text)}, which is no date: write date, time and time zone as in 2026-12-31T18:00:00Z`,
  );
});

test('all four resource types take it', () => {
  const arn = 'arn:aws:iam::111122223333:role/foo';
  const common = { ServiceToken: 'x', ExpiresAt: '2026-12-31T18:00:00Z' };
  const expiresAt = Date.parse('2026-12-31T18:00:00Z');
  const all = [
    parseProperties('Custom::EksMapRolesEntry', { ...common, Cluster: 'c', RoleArn: arn }),
    parseProperties('Custom::EksMapUsersEntry', {
      ...common,
      Cluster: 'c',
      UserArn: arn.replace('role', 'user'),
    }),
    parseProperties('Custom::EksMapAccountsEntry', { ...common, Cluster: 'c', AccountId: '111122223333' }),
    parseProperties('Custom::EksAccessEntry', { ...common, ClusterName: 'c', PrincipalArn: arn }),
  ];
  expect(all.map((desired) => desired.expiresAt)).toEqual([expiresAt, expiresAt, expiresAt, expiresAt]);
});

test('a new mapping that has ended is refused', () => {
  expect([undefined, 1_001, 1_000].map((expiresAt) => hasEnded(expiresAt, 1_000))).toEqual([
    false,
    false,
    true,
  ]);
  expect(expiredError(1_000).message).toContain(
    'ExpiresAt is 1970-01-01T00:00:01.000Z, which is past: give a later date',
  );
});

test.each([
  ['true', false],
  ['report', false],
  ['false', true],
  [undefined, true],
])('with followMode %s a provider refuses it: %s', (followMode, refuses) => {
  const check = (): void => refuseWithoutSchedule(followMode);
  if (refuses) expect(check).toThrow('ExpiresAt needs the schedule of the provider');
  else expect(check).not.toThrow();
});
