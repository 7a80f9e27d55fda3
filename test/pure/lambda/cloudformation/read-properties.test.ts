/** What is made of properties, to the last member: of the fewest that a resource type takes, and of all of them. */
import { parseProperties, parseResourceType } from '../../../../lambda/cloudformation/properties';
import { describeSchemaError } from '../../../../lambda/cloudformation/schema-error';
import { refusalOf } from '../../access/refusal';

const ServiceToken = 'arn:aws:lambda:us-east-1:111122223333:function:provider';
const ROLE = 'arn:aws:iam::111122223333:role/foo';
const role = { ServiceToken, Cluster: 'prod', RoleArn: ROLE };
const user = { ServiceToken, Cluster: 'prod', UserArn: 'arn:aws:iam::111122223333:user/ann' };
const account = { ServiceToken, Cluster: 'prod', AccountId: '111122223333' };
const native = { ServiceToken, ClusterName: 'prod', PrincipalArn: ROLE };

const FEWEST = {
  cluster: 'prod',
  accessPolicies: [],
  authenticationMode: 'AUTO',
  existingEntry: 'FAIL',
  groups: [],
  tags: {},
};
const IAM = { partition: 'aws', accountId: '111122223333', path: '/' };
const foo = { ...IAM, type: 'role', name: 'foo', arn: ROLE };

test('the fewest', () => {
  expect(parseProperties('Custom::EksMapRolesEntry', role)).toEqual({
    ...FEWEST,
    resourceType: 'Custom::EksMapRolesEntry',
    kind: 'role',
    principal: foo,
  });
  expect(parseProperties('Custom::EksMapUsersEntry', user)).toEqual({
    ...FEWEST,
    resourceType: 'Custom::EksMapUsersEntry',
    kind: 'user',
    principal: { ...IAM, type: 'user', name: 'ann', arn: user.UserArn },
  });
  expect(parseProperties('Custom::EksMapAccountsEntry', account)).toEqual({
    ...FEWEST,
    resourceType: 'Custom::EksMapAccountsEntry',
    kind: 'account',
    principal: { type: 'account', accountId: '111122223333' },
  });
  expect(parseProperties('Custom::EksAccessEntry', native)).toEqual({
    ...FEWEST,
    resourceType: 'Custom::EksAccessEntry',
    kind: 'access-entry',
    principal: foo,
    type: 'STANDARD',
    authenticationMode: 'API',
  });
});

test('all of them', () => {
  const Rights = [{ Name: 'view' }, { Name: 'edit', Namespaces: ['dev', 'dev'] }];
  const more = { AuthenticationMode: 'CONFIG_MAP', ExistingEntry: 'REPLACE', Rights, Engine: 'RBAC' };
  const read = {
    authenticationMode: 'CONFIG_MAP',
    existingEntry: 'REPLACE',
    rights: [
      { name: 'view', namespaces: [] },
      { name: 'edit', namespaces: ['dev'] },
    ],
    engine: 'RBAC',
  };
  expect(parseProperties('Custom::EksMapRolesEntry', { ...role, ...more })).toMatchObject(read);
  expect(parseProperties('Custom::EksMapUsersEntry', { ...user, ...more })).toMatchObject(read);
  const policy = { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster', Namespaces: [] } };
  expect(
    parseProperties('Custom::EksAccessEntry', {
      ...native,
      Username: 'ann',
      KubernetesGroups: ['a', 'a'],
      AccessPolicies: [policy],
      Tags: [{ Key: 'my-aws:team', Value: 'a' }],
      ExpiresAt: '2031-01-01T00:00:00Z',
    }),
  ).toMatchObject({
    userName: 'ann',
    groups: ['a'],
    accessPolicies: [{ policy: 'AmazonEKSViewPolicy', scope: 'cluster', namespaces: [] }],
    tags: { 'my-aws:team': 'a' },
    expiresAt: Date.UTC(2031, 0, 1),
  });
});

test.each([
  ['Custom::EksMapUsersEntry', { ...user, UserArn: ROLE }, 'which is a role: use Custom::EksMapRolesEntry'],
  [
    'Custom::EksMapRolesEntry',
    { ...role, RoleArn: user.UserArn },
    'which is not a role: use Custom::EksMapUsersEntry',
  ],
  [
    'Custom::EksMapRolesEntry',
    { ...role, Rights: [{ Name: 'view', Namespaces: [] }] },
    'Rights[0].Namespaces is empty',
  ],
] as const)('%s refuses %j', (type, properties, message) => {
  expect(refusalOf(() => parseProperties(type, properties))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(message) as string,
  });
});

test('a resource type is one of five', () => {
  expect(parseResourceType('Custom::EksAccessEntry')).toBe('Custom::EksAccessEntry');
  expect(refusalOf(() => parseResourceType('Custom::EksEntry'))).toMatchObject({
    message:
      'the resource type "Custom::EksEntry" is not one of this provider\'s: use one of Custom::EksMapRolesEntry, Custom::EksMapUsersEntry, Custom::EksMapAccountsEntry, Custom::EksAccessEntry, Custom::EksAuthenticationMode',
  });
});

describe('what is said of a value', () => {
  const said = (properties: unknown, keyword: string, instancePath: string, params: object = {}): string =>
    describeSchemaError(
      { keyword, instancePath, params },
      properties,
      'EksMapRolesEntryProperties',
      'Custom::EksMapRolesEntry',
    );

  test.each<[string, string]>([
    ['x'.repeat(198), `"${'x'.repeat(198)}"`],
    ['x'.repeat(199), `"${'x'.repeat(199)}…`],
    ['a\u2028b\u0085', '"a\\u2028b\\u0085"'],
  ])('%j is shown as it can be read', (value, shown) => {
    expect(said({ ...role, UserName: value }, 'pattern', '/UserName')).toBe(
      `UserName is ${shown}, which holds a control character, a line separator or half a surrogate pair: remove it`,
    );
  });

  test.each<[string, unknown, string, string, object, string]>([
    [
      'too long',
      { ...role, UserName: 'x' },
      'maxLength',
      '/UserName',
      { limit: 9 },
      'UserName has more than 9 characters: shorten it',
    ],
    [
      'missing',
      { Cluster: 'prod' },
      'required',
      '',
      { missingProperty: 'RoleArn' },
      'RoleArn is missing: Custom::EksMapRolesEntry needs it',
    ],
    [
      'misspelt',
      { RolArn: ROLE },
      'required',
      '',
      { missingProperty: 'RoleArn' },
      'RoleArn is missing, and there is an unknown property "RolArn": did you mean RoleArn?',
    ],
    [
      'nothing like it',
      { Password: 'x' },
      'required',
      '',
      { missingProperty: 'RoleArn' },
      'RoleArn is missing: Custom::EksMapRolesEntry needs it',
    ],
    [
      'no object',
      'x',
      'type',
      '',
      { type: 'object' },
      'ResourceProperties is "x" and must have properties: ',
    ],
    [
      'too small',
      { ...role, WaitForEffect: -1 },
      'minimum',
      '/WaitForEffect',
      { comparison: '>=', limit: 0 },
      'WaitForEffect is -1: it must be >= 0',
    ],
  ])('%s', (_, properties, keyword, path, params, sentence) => {
    expect(said(properties, keyword, path, params)).toMatch(
      new RegExp(`^${sentence.replace(/[.?*+^$]/g, '\\$&')}`),
    );
  });
});
