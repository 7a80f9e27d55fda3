import fc from 'fast-check';
import {
  createFailedId,
  isCreateFailedId,
  isOwnId,
  modeIdOf,
  parsePhysicalId,
  physicalIdOf,
} from '../../../lambda/physical-id';
import { parsePrincipalArn } from '../../../access/principal';

const roleId = (arn: string): string =>
  physicalIdOf({ kind: 'role', cluster: 'my-cluster', principal: parsePrincipalArn(arn, 'RoleArn') });

// Golden: ids are kept by CloudFormation for years, so these may never change (CR-11).
test.each([
  [
    roleId('arn:aws:iam::111122223333:role/team/dev/Admin'),
    'role|my-cluster|arn:aws:iam::111122223333:role/admin',
  ],
  [
    physicalIdOf({
      kind: 'user',
      cluster: 'c',
      principal: parsePrincipalArn('arn:aws-cn:iam::111122223333:user/x/Jane', 'UserArn'),
    }),
    'user|c|arn:aws-cn:iam::111122223333:user/jane',
  ],
  [
    physicalIdOf({
      kind: 'account',
      cluster: 'c',
      principal: { type: 'account', accountId: '012345678901' },
    }),
    'account|c|012345678901',
  ],
])('%s', (id, expected) => {
  expect(id).toBe(expected);
  expect(parsePhysicalId(id)).toBeDefined();
});

test('every spelling of a role is one id (CR-11)', () => {
  const spellings = [
    'arn:aws:iam::111122223333:role/Admin',
    'arn:aws:iam::111122223333:role/team/Admin',
    'arn:aws:iam::111122223333:role/ADMIN',
    'arn:aws:sts::111122223333:assumed-role/Admin/session',
  ];
  expect(new Set(spellings.map(roleId)).size).toBe(1);
});

test.each([
  '',
  'app-LambdaKubeUser-1ABCDEFGHIJK',
  '2026/11/22/[$LATEST]abc',
  'role|c',
  'role||p',
  'group|c|p',
  'role|c|p|x',
  'create-failed|r',
  'role|..|p',
  'role|../../tags|p',
  'role|a/b|p',
  'role|-a|p',
  `role|${'a'.repeat(101)}|p`,
  'role|a\n|p',
])('the id %j is not ours (CR-14)', (id) => {
  expect(parsePhysicalId(id)).toBeUndefined();
});

test('the marker of a Create that wrote nothing is never taken for a mapping', () => {
  fc.assert(
    fc.property(fc.uuid(), (requestId) => {
      expect(isCreateFailedId(createFailedId(requestId))).toBe(true);
      expect(parsePhysicalId(createFailedId(requestId))).toBeUndefined();
    }),
  );
});

test('an id says its kind, its cluster and its principal', () => {
  expect(parsePhysicalId('user|c|arn:aws:iam::111122223333:user/jane')).toEqual({
    kind: 'user',
    cluster: 'c',
    principal: 'arn:aws:iam::111122223333:user/jane',
  });
});

test('the id of a mode names the cluster alone', () => {
  expect(modeIdOf('my-cluster')).toBe('authentication-mode|my-cluster');
});

test.each([
  ['account|c|111122223333', true],
  ['authentication-mode|c', true],
  ['app-LambdaKubeUser-1ABCDEFGHIJK', false],
  ['x|authentication-mode|', false],
])('whether %s is of this product: %s', (id, isOwn) => {
  expect(isOwnId(id)).toBe(isOwn);
});
