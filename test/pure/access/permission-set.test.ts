import fc from 'fast-check';
import {
  isRoleOfSet,
  parseSetKey,
  type PermissionSet,
  principalOfSet,
  roleOfSet,
  rolesOfSet,
  setKey,
} from '../../../access/permission-set';
import { canonicalArn, parsePrincipalArn, principalKey } from '../../../access/principal';
import { idKeyOf, setOf } from '../../../access/recorded-set';

const set = (name: string): PermissionSet => ({ name, accountId: '111122223333', partition: 'aws' });
const role = (name: string) => ({
  name,
  arn: `arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/${name}`,
});
const DIGITS = '0123456789abcdef';

const names = fc
  .array(fc.constantFrom(...'abAB01_+=,.@-'), { minLength: 1, maxLength: 32 })
  .map((characters) => characters.join(''));

test('the name of a set is read back from its key, which is no principal’s', () => {
  fc.assert(
    fc.property(names, (name) => {
      expect(parseSetKey(setKey(set(name)))).toEqual(set(name));
      expect(() => parsePrincipalArn(setKey(set(name)), 'RoleArn')).toThrow(/wildcards never match/);
    }),
  );
});

test('a role belongs to one set alone, whatever the names begin with', () => {
  fc.assert(
    fc.property(names, names, (one, other) => {
      const of = role(`AWSReservedSSO_${one}_${DIGITS}`);
      const key = canonicalArn(parsePrincipalArn(of.arn, 'arn'));
      expect(rolesOfSet([of], set(one))).toEqual([of]);
      expect(rolesOfSet([of], set(other))).toEqual(one === other ? [of] : []);
      expect(isRoleOfSet(key, set(one))).toBe(true);
      expect(isRoleOfSet(key, set(other))).toBe(one.toLowerCase() === other.toLowerCase());
    }),
  );
});

test.each([
  ['a set whose name begins so', 'AWSReservedSSO_Admin_x_0123456789abcdef'],
  ['another case', 'AWSReservedSSO_admin_0123456789abcdef'],
  ['fifteen digits', 'AWSReservedSSO_Admin_0123456789abcde'],
  ['seventeen digits', 'AWSReservedSSO_Admin_0123456789abcdef0'],
  ['no hexadecimal digits', 'AWSReservedSSO_Admin_0123456789abcdeg'],
  ['capital digits', 'AWSReservedSSO_Admin_0123456789ABCDEF'],
  ['a name before it', 'xAWSReservedSSO_Admin_0123456789abcdef'],
])('%s is not the role of Admin', (_, name) => {
  expect(rolesOfSet([role(name)], set('Admin'))).toEqual([]);
});

test('exactly one role is the set’s', () => {
  const [one, two] = [`AWSReservedSSO_Admin_${DIGITS}`, 'AWSReservedSSO_Admin_fedcba9876543210'].map(role);
  if (!one || !two) throw new Error('two roles');
  expect(roleOfSet([role('AWSReservedSSO_Other_0123456789abcdef'), one], set('Admin'), 'RoleArn')).toBe(one);
  expect(() => roleOfSet([one, two], set('Admin'), 'RoleArn')).toThrow(`${one.arn}, ${two.arn}`);
  expect(() => roleOfSet([], set('Admin'), 'RoleArn')).toThrow('(it has roles of no permission set)');
  const many = Array.from({ length: 12 }, (_, n) =>
    role(`AWSReservedSSO_S${String(n).padStart(2, '0')}_${DIGITS}`),
  );
  expect(() => roleOfSet(many, set('Admin'), 'RoleArn')).toThrow(/of S00, S01, .*, S09, …\)/);
});

describe('a record that names a set', () => {
  const key = `arn:aws:iam::111122223333:role/awsreservedsso_a,b_${DIGITS}`;
  test('gives its mapping the id of the set', () => {
    const recorded = { key, record: { more: { set: 'A:b' } } };
    expect(setOf(recorded)).toEqual(set('A,b'));
    expect(idKeyOf(recorded)).toBe('arn:aws:iam::111122223333:role/AWSReservedSSO_A,b_*');
  });
  test('of a role that is not of that set counts as none', () => {
    expect(idKeyOf({ key, record: { more: { set: 'Other' } } })).toBe(key);
    expect(idKeyOf({ key, record: {} })).toBe(key);
  });
  test('principalOfSet stands for no role', () => {
    expect(principalKey(principalOfSet(set('A')))).toBe('arn:aws:iam::111122223333:role/awsreservedsso_a_*');
  });
});
