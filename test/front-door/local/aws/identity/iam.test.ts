/** Principals and credentials of the emulated accounts. */
import { LocalIam } from '../../../../../local/aws/identity/iam';

const account = 'arn:aws:iam::111122223333';
const sso = 'AWSReservedSSO_Admin_0123456789abcdef';

describe('who exists (GT-74, GT-75)', () => {
  test.each([
    ['any role', `${account}:role/any`, true],
    ['any role under a path', `${account}:role/a/b/any`, true],
    ['any user', `${account}:user/any`, true],
    ['the account itself', `${account}:root`, true],
    ['a role of another account', 'arn:aws:iam::999999999999:role/any', true],
    ['a role that is registered, as it is spelt', `${account}:role/team/Dev`, true],
    ['the same without its path', `${account}:role/Dev`, false],
    ['the same under another path', `${account}:role/other/Dev`, false],
    ['the same in another case', `${account}:role/team/dev`, false],
    ['a user of that name', `${account}:user/Dev`, true],
    ['an Identity Center role with its path', `${account}:role/aws-reserved/sso.amazonaws.com/${sso}`, true],
    [
      'an Identity Center role with its region',
      `${account}:role/aws-reserved/sso.amazonaws.com/eu-west-1/${sso}`,
      true,
    ],
    ['an Identity Center role without path', `${account}:role/${sso}`, false],
    ['an Identity Center role under another path', `${account}:role/x/${sso}`, false],
    ['a role declared missing', `${account}:role/missing`, false],
    ['a session', 'arn:aws:sts::111122223333:assumed-role/any/s', false],
  ])('%s', (_what, arn, exists) => {
    const iam = new LocalIam();
    iam.addPrincipal(`${account}:role/team/Dev`);
    iam.declareMissing(`${account}:role/missing`);
    expect(iam.principalExists(arn)).toBe(exists);
    expect(iam.lookUp(arn) !== undefined).toBe(exists);
  });

  test('what is missing for so many lookups is found by the next', () => {
    const iam = new LocalIam();
    iam.declareMissing(`${account}:role/new`, 2);
    const found = [0, 1, 2].map(() => iam.lookUp(`${account}:role/new`) !== undefined);
    expect(found).toEqual([false, false, true]);
    expect(iam.principalExists(`${account}:role/new`)).toBe(true);
  });

  test('a role that was deleted comes back with another id (GT-79)', () => {
    const iam = new LocalIam();
    const arn = `${account}:role/team/dev`;
    iam.addPrincipal(arn);
    const before = iam.uniqueId(arn);
    iam.removePrincipal(arn);
    expect(iam.principalExists(arn)).toBe(false);
    iam.addPrincipal(arn);
    expect(iam.principalExists(arn)).toBe(true);
    expect(iam.uniqueId(arn)).not.toBe(before);
  });

  test('a role has one id however it is spelt', () => {
    const iam = new LocalIam();
    expect(iam.uniqueId(`${account}:role/dev`)).toBe(iam.uniqueId(`${account}:role/team/Dev`));
    expect(iam.uniqueId(`${account}:role/dev`)).toMatch(/^AROA[A-Z2-7]{17}$/);
    expect(iam.uniqueId(`${account}:user/dev`)).toMatch(/^AIDA[A-Z2-7]{17}$/);
  });
});

describe('credentials', () => {
  test.each([
    ['role', `${account}:role/team/dev`, 'me', 'arn:aws:sts::111122223333:assumed-role/dev/me', 'ASIA', true],
    [
      'session',
      'arn:aws:sts::111122223333:assumed-role/dev/you',
      undefined,
      'arn:aws:sts::111122223333:assumed-role/dev/you',
      'ASIA',
      true,
    ],
    ['user', `${account}:user/team/jo`, undefined, `${account}:user/team/jo`, 'AKIA', false],
    ['root', `${account}:root`, undefined, `${account}:root`, 'AKIA', false],
  ])('of a %s identify it', (_what, arn, session, callerArn, prefix, temporary) => {
    const iam = new LocalIam();
    const { accessKeyId, secretAccessKey, sessionToken } = iam.credentialsFor(arn, session);
    expect(accessKeyId).toMatch(new RegExp(`^${prefix}[A-Z2-7]{16}$`));
    expect(sessionToken !== undefined).toBe(temporary);
    expect(iam.identify(accessKeyId)).toMatchObject({
      arn: callerArn,
      accountId: '111122223333',
      secretAccessKey,
    });
  });

  test('are the same for the same caller and differ otherwise', () => {
    const iam = new LocalIam();
    const role = `${account}:role/dev`;
    expect(iam.credentialsFor(role, 'a')).toEqual(iam.credentialsFor(role, 'a'));
    expect(iam.credentialsFor(role, 'a')).not.toEqual(iam.credentialsFor(role, 'b'));
    expect(iam.credentialsFor(role)).not.toEqual(iam.credentialsFor(`${account}:role/other`));
  });

  test('of a registered role remember its path', () => {
    const iam = new LocalIam();
    iam.addPrincipal(`${account}:role/team/dev`);
    const { accessKeyId } = iam.credentialsFor('arn:aws:sts::111122223333:assumed-role/dev/me');
    expect(iam.identify(accessKeyId)?.principalArn).toBe(`${account}:role/team/dev`);
  });

  test('an unknown key is no one’s, and only principals have credentials', () => {
    const iam = new LocalIam();
    expect(iam.identify('AKIAUNKNOWN')).toBeUndefined();
    expect(() => iam.credentialsFor(`${account}:group/g`)).toThrow('not the ARN of an IAM role');
  });
});
