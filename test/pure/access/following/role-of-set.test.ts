/** The table of `role-of-set.ts`, row by row. */
import { type DesiredAccess } from '../../../../access/desired-access';
import { accessOfRole, roleVerdict } from '../../../../access/following/role-of-set';
import { parsePrincipalArn } from '../../../../access/principal';

const set = { name: 'Admin', accountId: '111122223333', partition: 'aws' };
const role = (digits: string, name = 'Admin') => ({
  name: `AWSReservedSSO_${name}_${digits.padStart(16, '0')}`,
  arn: `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${name}_${digits.padStart(16, '0')}`,
});
const KEY = 'arn:aws:iam::111122223333:role/awsreservedsso_admin_00000000000000a1';

test.each([
  ['is there', [role('a1')], { kind: 'current' }],
  ['is there beside another one', [role('a1'), role('a2')], { kind: 'current' }],
  [
    'is gone, and there is one other',
    [role('a2'), role('b1', 'Other')],
    { kind: 'moves', to: { arn: role('a2').arn } },
  ],
  [
    'is gone, and there is none',
    [role('b1', 'Admin_x')],
    { kind: 'stays', why: 'the permission set has no role in this account now' },
  ],
  [
    'is gone, and there are several',
    [role('a2'), role('a3')],
    { kind: 'stays', why: expect.stringContaining(`${role('a2').arn}, ${role('a3').arn}`) as string },
  ],
])('the role %s', (_, roles, verdict) => {
  expect(roleVerdict(KEY, set, roles)).toMatchObject(verdict);
});

const principal = parsePrincipalArn(role('a1').arn, 'arn');
const to = parsePrincipalArn(role('a2').arn, 'arn');
const former: DesiredAccess = {
  resourceType: 'Custom::EksMapRolesEntry',
  kind: 'role',
  cluster: 'c',
  principal,
  groups: ['ops'],
  accessPolicies: [],
  tags: {},
  authenticationMode: 'AUTO',
  existingEntry: 'FAIL',
};

test.each([
  ['a name of its own', 'x', 'x'],
  ['none', undefined, undefined],
  [
    'the former role’s default',
    'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_00000000000000a1/{{SessionName}}',
    undefined,
  ],
  [
    'the default in another case',
    'arn:aws:sts::111122223333:assumed-role/awsreservedsso_admin_00000000000000a1/{{SessionName}}',
    undefined,
  ],
])('the user name: %s', (_, userName, expected) => {
  const desired = userName === undefined ? former : { ...former, userName };
  const access = accessOfRole(desired, to, set);
  expect(access).toMatchObject({ principal: to, permissionSet: set, groups: ['ops'] });
  expect(access.userName).toBe(expected);
});
