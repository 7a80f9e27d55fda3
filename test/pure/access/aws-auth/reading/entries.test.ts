import { readAwsAuth } from '../../../../../access/aws-auth/reading/login';
import {
  entriesOf,
  entryInForce,
  inSectionOf,
  isNodeMapping,
  isProviderMapping,
  isSameMapping,
} from '../../../../../access/aws-auth/reading/entries';
import { type IdentityMapping, type PrincipalMapping } from '../../../../../access/aws-auth/identity-mapping';

const A = 'arn:aws:iam::111122223333';
const reading = readAwsAuth({
  mapRoles: `- rolearn: ${A}:role/Foo\n  username: first\n- rolearn: ${A}:role/path/foo\n- rolearn: ${A}:role/foo\n  username: last\n- rolearn: ${A}:user/zoe\n- rolearn: ${A}:role/\u017fam\n`,
  mapUsers: `- userarn: ${A}:role/foo\n- userarn: ${A}:user/team/x/Zoe\n- userarn: ${A}:user/team/joe\n- userarn: x${A}:user/team/eve\n`,
  mapAccounts: '- "111122223333"\n- "444455556666"\n- "111122223333"\n',
});

test.each<[string, string, readonly string[]]>([
  [
    'a role: both sections, any case, not one with a path (GT-26, GT-30)',
    `${A}:role/foo`,
    ['mapRoles 0', 'mapRoles 2', 'mapUsers 0'],
  ],
  ['a user: whatever the path (GT-31)', `${A}:user/zoe`, ['mapRoles 3', 'mapUsers 1']],
  ['a user that has a path only', `${A}:user/joe`, ['mapUsers 2']],
  ['letters that the authenticator takes for one another', `${A}:role/sam`, ['mapRoles 4']],
  ['a role by its path', `${A}:role/path/foo`, ['mapRoles 1']],
  ['what only ends like a user', `x${A}:user/team/eve`, ['mapUsers 3']],
  ['an account', '111122223333', ['mapAccounts 0', 'mapAccounts 2']],
  ['nobody', `${A}:role/none`, []],
])('%s', (_, key, found) => {
  expect(entriesOf(reading, key).map(({ section, index }) => `${section} ${index}`)).toEqual(found);
});

test('of the first section the last is in force (GT-21, GT-25)', () => {
  expect(entryInForce(entriesOf(reading, `${A}:role/foo`))).toMatchObject({ section: 'mapRoles', index: 2 });
  expect(entryInForce(entriesOf(reading, `${A}:user/zoe`))).toMatchObject({ section: 'mapRoles', index: 3 });
  expect(entryInForce(entriesOf(reading, '111122223333'))).toMatchObject({ index: 2 });
  expect(entryInForce(entriesOf(reading, 'nobody'))).toBeUndefined();
});

const role: PrincipalMapping = {
  section: 'mapRoles',
  arn: `${A}:role/foo`,
  username: 'u',
  groups: ['a', 'b'],
};
const account: IdentityMapping = { section: 'mapAccounts', accountId: '1' };

test.each<[boolean, string, IdentityMapping, IdentityMapping]>([
  [true, 'itself', role, role],
  [true, 'another case of the ARN', role, { ...role, arn: `${A}:role/FOO` }],
  [true, 'another order of groups', role, { ...role, groups: ['b', 'a'] }],
  [true, 'a group twice', { ...role, groups: ['a', 'b', 'a'] }, role],
  [false, 'another group after one that is there twice', { ...role, groups: ['a', 'a'] }, role],
  [false, 'a group more', role, { ...role, groups: ['a', 'b', 'c'] }],
  [false, 'a group less', role, { ...role, groups: ['a'] }],
  [false, 'another user name', role, { ...role, username: 'v' }],
  [false, 'another ARN', role, { ...role, arn: `${A}:role/bar` }],
  [false, 'another section', role, { ...role, section: 'mapUsers' }],
  [true, 'the same account', account, { ...account }],
  [false, 'another account', account, { ...account, accountId: '2' }],
  [false, 'a role for an account', account, role],
  [false, 'an account for a role', role, account],
])('%s for %s', (expected, _, a, b) => {
  const loaded = { ...a, index: 0 };
  expect(isSameMapping(loaded, b)).toBe(expected);
});

test('an entry is edited in the section where it is, an account has but one', () => {
  const user = { ...role, index: 3, section: 'mapUsers' as const };
  expect(inSectionOf(user, role)).toEqual({ ...role, section: 'mapUsers' });
  expect(inSectionOf({ ...account, index: 0 }, role)).toBe(role);
  expect(inSectionOf(user, account)).toBe(account);
});

test.each<[boolean, boolean, string, Partial<PrincipalMapping>]>([
  [false, false, 'anybody', {}],
  [true, false, 'the group of nodes', { groups: ['x', 'system:nodes'] }],
  [true, false, 'the user name of a node', { username: 'system:node:x' }],
  [false, false, 'a user name that only holds it', { username: 'my-system:node:x' }],
  [false, true, 'the group of the provider', { groups: ['x', 'cfn-eks-access'] }],
])('node %s, provider %s: %s', (isNode, isProvider, _, more) => {
  const entry = { ...role, ...more, index: 0 };
  expect([isNodeMapping(entry), isProviderMapping(entry)]).toEqual([isNode, isProvider]);
});

test('an account is neither a node nor the provider', () => {
  expect(isNodeMapping({ ...account, index: 0 })).toBe(false);
  expect(isProviderMapping({ ...account, index: 0 })).toBe(false);
});
