/** What `Fn::GetAtt` gives (CR-10). */
import { attributesOf, expectedAttributes } from '../../../lambda/attributes';
import { ACCOUNT, account, at, native, ROLE, role } from '../access/desired';
import { placementOf } from '../../../access/placement';
import { accessEntryTranslator } from '../../../access/access-entry/translator';
import { awsAuthTranslator } from '../../../access/aws-auth/translator';
import { type AuthenticationMode, type DesiredAccess } from '../../../access/desired-access';

const placed = (desired: DesiredAccess, mode: AuthenticationMode) =>
  placementOf(desired, at(mode), [accessEntryTranslator, awsAuthTranslator] as never);
const outcome = { userName: 'joe', groups: ['a', 'b'], accessEntryArn: 'arn', adopted: true };

test('of a role: its ARN as the template has it, groups in one text, the place', () => {
  const desired = role({ groups: ['a', 'b'] });
  expect(attributesOf(desired, placed(desired, 'CONFIG_MAP'), at('CONFIG_MAP'), outcome)).toEqual({
    PrincipalArn: ROLE,
    UserName: 'joe',
    Groups: 'a,b',
    AuthenticationMode: 'CONFIG_MAP',
    AccessEntryArn: 'arn',
    Adopted: 'true',
  });
});

test('of an account: the ARN of its root, in the partition of the cluster', () => {
  const desired = account();
  const cluster = { ...at('CONFIG_MAP'), partition: 'aws-cn' };
  expect(attributesOf(desired, placed(desired, 'CONFIG_MAP'), cluster, outcome).PrincipalArn).toBe(
    `arn:aws-cn:iam::${ACCOUNT}:root`,
  );
});

test.each([
  ['a role without a user name has the longest that it may come to', role(), 'CONFIG_MAP', /.+/],
  ['an account has none', account(), 'CONFIG_MAP', /^$/],
  ['one that the template gives', native({ userName: 'joe' }), 'API', /^joe$/],
] as const)('before anything is changed: %s', (_, desired, mode, userName) => {
  const expected = expectedAttributes(desired, placed(desired, mode), at(mode));
  expect(expected.UserName).toMatch(userName);
  expect(expected).toMatchObject({ AuthenticationMode: mode, Adopted: 'false' });
});
