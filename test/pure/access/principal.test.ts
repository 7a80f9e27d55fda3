/** Principals however their ARNs are spelt (CR-34). */
import fc from 'fast-check';
import {
  awsAuthArn,
  canonicalArn,
  defaultUserName,
  isServiceLinkedRole,
  parsePrincipalArn,
  PARTITIONS,
} from '../../../access/principal';

const A = '111122223333';
const parse = (text: string) => parsePrincipalArn(text, 'RoleArn');

describe('parsePrincipalArn', () => {
  it.each([
    // what it is, the template's text → type, path, name, aws-auth's ARN, default user name
    [
      'a role',
      `arn:aws:iam::${A}:role/Admin`,
      'role',
      '/',
      'Admin',
      `arn:aws:iam::${A}:role/Admin`,
      `arn:aws:sts::${A}:assumed-role/Admin/{{SessionName}}`,
    ],
    [
      'a role with path (GT-30)',
      `arn:aws:iam::${A}:role/team/dev/Admin`,
      'role',
      '/team/dev/',
      'Admin',
      `arn:aws:iam::${A}:role/Admin`,
      `arn:aws:sts::${A}:assumed-role/Admin/{{SessionName}}`,
    ],
    [
      'an Identity Center role',
      `arn:aws:iam::${A}:role/aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`,
      'role',
      '/aws-reserved/sso.amazonaws.com/eu-west-1/',
      'AWSReservedSSO_Admin_0123456789abcdef',
      `arn:aws:iam::${A}:role/AWSReservedSSO_Admin_0123456789abcdef`,
      `arn:aws:sts::${A}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/{{SessionName}}`,
    ],
    [
      'a session of a role',
      `arn:aws:sts::${A}:assumed-role/Admin/i-0123456789abcdef0`,
      'role',
      '/',
      'Admin',
      `arn:aws:iam::${A}:role/Admin`,
      `arn:aws:sts::${A}:assumed-role/Admin/{{SessionName}}`,
    ],
    [
      'a session of an e-mail address',
      `arn:aws:sts::${A}:assumed-role/Admin/me@example.com`,
      'role',
      '/',
      'Admin',
      `arn:aws:iam::${A}:role/Admin`,
      `arn:aws:sts::${A}:assumed-role/Admin/{{SessionName}}`,
    ],
    [
      'a user',
      `arn:aws:iam::${A}:user/ops`,
      'user',
      '/',
      'ops',
      `arn:aws:iam::${A}:user/ops`,
      `arn:aws:iam::${A}:user/ops`,
    ],
    [
      'a user with path (GT-31)',
      `arn:aws:iam::${A}:user/team/ops`,
      'user',
      '/team/',
      'ops',
      `arn:aws:iam::${A}:user/team/ops`,
      `arn:aws:iam::${A}:user/team/ops`,
    ],
    [
      'the account',
      `arn:aws:iam::${A}:root`,
      'root',
      '/',
      '',
      `arn:aws:iam::${A}:root`,
      `arn:aws:iam::${A}:root`,
    ],
    [
      'another partition',
      `arn:aws-us-gov:iam::${A}:role/x`,
      'role',
      '/',
      'x',
      `arn:aws-us-gov:iam::${A}:role/x`,
      `arn:aws-us-gov:sts::${A}:assumed-role/x/{{SessionName}}`,
    ],
    [
      'every character of a name',
      `arn:aws-cn:iam::${A}:user/a+b=c,d.e@f-g_h`,
      'user',
      '/',
      'a+b=c,d.e@f-g_h',
      `arn:aws-cn:iam::${A}:user/a+b=c,d.e@f-g_h`,
      `arn:aws-cn:iam::${A}:user/a+b=c,d.e@f-g_h`,
    ],
  ])('reads %s', (_, text, type, path, name, awsAuth, userName) => {
    const principal = parse(text);
    expect(principal).toMatchObject({ type, path, name, accountId: A });
    expect(awsAuthArn(principal)).toBe(awsAuth);
    expect(defaultUserName(principal)).toBe(userName);
  });

  it.each([
    ['', 'it is not an IAM ARN'],
    ['Admin', 'it is not an IAM ARN'],
    [A, 'use Custom::EksMapAccountsEntry'],
    [`ARN:aws:iam::${A}:role/x`, 'it is not an IAM ARN'],
    [`arn:aws:iam:us-east-1:${A}:role/x`, 'it is not an IAM ARN'],
    ['Admin', 'write !GetAtt LOGICALID.Arn'],
    ['stack-Role-1ABCDEFGHIJKL', 'write !GetAtt LOGICALID.Arn'],
    ['team/dev/Admin', 'write !GetAtt LOGICALID.Arn'],
    ['AROAIOSFODNN7EXAMPLE', 'write !GetAtt LOGICALID.Arn'],
    [`arn:aws:iam:us-east-1:${A}:role/x`, `those have no Region: write arn:aws:iam::${A}:role/x`],
    [`arn:aws-cn:iam:cn-north-1:${A}:user/a/jim`, `write arn:aws-cn:iam::${A}:user/a/jim`],
    [`arn:aws:iam:*:${A}:user/jim`, 'wildcards never match'],
    [
      `arn:aws:sts:eu-west-1:${A}:assumed-role/x/y`,
      `those have no Region: write arn:aws:sts::${A}:assumed-role/x/y`,
    ],
    [`arn:aws:iam:${A}:role/x`, `a colon is missing before the account id: write arn:aws:iam::${A}:role/x`],
    [`arn:aws:iam::${A}:role/dev-*`, 'wildcards never match'],
    [`arn:aws:iam::${A}:role/dev-?`, 'wildcards never match'],
    [` arn:aws:iam::${A}:role/x`, 'white space'],
    [`arn:aws:iam::${A}:role/x\n`, 'white space'],
    [`arn:AWS:iam::${A}:role/x`, '"AWS" is not a partition: write one of aws, aws-cn'],
    [`arn:aws-mars:iam::${A}:role/x`, '"aws-mars" is not a partition'],
    ['arn:aws:iam::11112222333:role/x', '"11112222333" is not a 12-digit account id'],
    ['arn:aws:iam::aws:role/x', '"aws" is not a 12-digit account id'],
    ['arn:aws:iam:::role/x', '"" is not a 12-digit account id'],
    [`arn:aws:iam::${A}:role/`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:role/team/`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:role`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:role//x`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:Role/x`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:role/x:y`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:role/ümlaut`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:role/{{SessionName}}`, 'it does not name a role or user'],
    [`arn:aws:iam::${A}:group/admins`, 'IAM groups cannot log in'],
    [`arn:aws:iam::${A}:instance-profile/nodes`, 'the role inside the instance profile'],
    [`arn:aws:iam::${A}:policy/Admin`, 'this is a policy'],
    [`arn:aws:sts::${A}:federated-user/me`, 'federated users have no lasting identity'],
    [`arn:aws:sts::${A}:assumed-role/Admin`, 'assumed-role/ROLE/SESSION'],
    [`arn:aws:sts::${A}:role/Admin`, 'assumed-role/ROLE/SESSION'],
    [`arn:aws:eks:us-east-1:${A}:access-entry/prod/role/${A}/Admin/x`, 'this is an EKS ARN'],
  ])('refuses %j', (text, why) => {
    let message = 'nothing was thrown';
    try {
      parse(text);
    } catch (error) {
      message = (error as Error).message;
      expect(error).toMatchObject({ code: 'InvalidRequest' });
    }
    expect(message).toContain(why);
    expect(message).toMatch(/^RoleArn is "/);
    expect(message).toContain(JSON.stringify(text));
  });
});

const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
const path = fc
  .array(fc.stringMatching(/^[a-zA-Z0-9._-]{1,12}$/), { maxLength: 3 })
  .map((parts) => ['', ...parts, ''].join('/'));
const account = fc.stringMatching(/^[0-9]{12}$/);
const type = fc.constantFrom('role', 'user');
const partition = fc.constantFrom(...PARTITIONS);
const randomCase = (text: string, flips: readonly boolean[]) =>
  [...text]
    .map((char, index) => (flips[index % flips.length] ? char.toUpperCase() : char.toLowerCase()))
    .join('');

describe('laws', () => {
  it('what is read is what was written', () => {
    fc.assert(
      fc.property(partition, account, type, path, name, (p, a, t, dir, n) => {
        const text = `arn:${p}:iam::${a}:${t}${dir}${n}`;
        expect(parse(text)).toEqual({ type: t, partition: p, accountId: a, path: dir, name: n, arn: text });
      }),
    );
  });

  it('the canonical ARN is the same for every spelling: path, case, session', () => {
    fc.assert(
      fc.property(
        partition,
        account,
        path,
        path,
        name,
        fc.array(fc.boolean(), { minLength: 1 }),
        (p, a, one, other, n, flips) => {
          const plain = canonicalArn(parse(`arn:${p}:iam::${a}:role${one}${n}`));
          expect(canonicalArn(parse(`arn:${p}:iam::${a}:role${other}${randomCase(n, flips)}`))).toBe(plain);
          expect(canonicalArn(parse(`arn:${p}:sts::${a}:assumed-role/${n}/session`))).toBe(plain);
          expect(canonicalArn(parse(plain))).toBe(plain);
        },
      ),
    );
  });

  it('different names, types and accounts never share one', () => {
    fc.assert(
      fc.property(fc.tuple(account, type, name), fc.tuple(account, type, name), (one, other) => {
        const canonical = ([a, t, n]: [string, string, string]) =>
          canonicalArn(parse(`arn:aws:iam::${a}:${t}/${n}`));
        const same = one.join(' ').toLowerCase() === other.join(' ').toLowerCase();
        expect(canonical(one) === canonical(other)).toBe(same);
      }),
    );
  });

  it('what aws-auth gets reads back as the same principal', () => {
    fc.assert(
      fc.property(account, type, path, name, (a, t, dir, n) => {
        const principal = parse(`arn:aws:iam::${a}:${t}${dir}${n}`);
        expect(canonicalArn(parse(awsAuthArn(principal)))).toBe(canonicalArn(principal));
        expect(parse(awsAuthArn(principal)).path).toBe(t === 'role' ? '/' : dir);
      }),
    );
  });

  it('no text makes anything but a principal or a refusal', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((tail) => `arn:aws:iam::${A}:role/${tail}`),
        ),
        (text) => {
          try {
            expect(parse(text).accountId).toMatch(/^\d{12}$/);
          } catch (error) {
            expect(error).toMatchObject({ name: 'ProviderError', code: 'InvalidRequest' });
          }
        },
      ),
    );
  });
});

it.each([
  [`arn:aws:iam::${A}:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`, true],
  [`arn:aws:iam::${A}:role/AWSServiceRoleForBatch`, true],
  [`arn:aws:iam::${A}:role/awsservicerolefor-x`, true],
  [`arn:aws:iam::${A}:role/my-AWSServiceRoleForBatch`, false],
  [`arn:aws:iam::${A}:role/team/AWSServiceRoleForBatch`, false],
  [`arn:aws:iam::${A}:user/AWSServiceRoleForBatch`, false],
  [`arn:aws:iam::${A}:role/service-role/x`, false],
  [`arn:aws:iam::${A}:user/aws-service-role/x`, false],
])('%s is a service-linked role: %s', (text, expected) => {
  expect(isServiceLinkedRole(parse(text))).toBe(expected);
});

it.each([
  ['arn:aws:iam::111122223333:role/', '', 'role'],
  ['arn:aws:iam::111122223333:role/team/', '', 'role'],
  ['arn:aws:iam::111122223333:user/', '', 'user'],
  ['arn:aws:sts::111122223333:assumed-role/', '/session', 'role'],
])('a name at %s…%s has 64 characters at most', (head, tail, type) => {
  const of = (length: number): string => `${head}${'n'.repeat(length)}${tail}`;
  expect(parse(of(64)).name).toHaveLength(64);
  for (const length of [65, 900]) {
    expect(() => parse(of(length))).toThrow(
      `the name of the ${type} has ${length} characters, and IAM gives 64 at most`,
    );
  }
});
