import { knownProperties } from '../../../../lambda/cloudformation/known-properties';

const TYPE = 'Custom::EksMapRolesEntry';

test('known properties are told as they are', () => {
  const properties = {
    ServiceToken: 'arn',
    Groups: ['a', 'b'],
    AccessPolicies: [{ PolicyArn: 'p', AccessScope: { Type: 'namespace', Namespaces: ['n'] } }],
  };
  expect(knownProperties(TYPE, properties)).toEqual({ known: properties });
});

test('of others the name is told and never the value', () => {
  const properties = {
    UserName: 'u',
    Password: '5ecre7',
    username: ['5ecre7'],
    constructor: '5ecre7',
    AccessPolicies: [
      { PolicyArn: 'p', Token: '5ecre7', AccessScope: { Type: 'cluster', Kind: { a: '5ecre7' } } },
    ],
    RoleArn: { Secret: '5ecre7' },
  };
  expect(knownProperties(TYPE, properties)).toEqual({
    known: {
      UserName: 'u',
      AccessPolicies: [{ PolicyArn: 'p', AccessScope: { Type: 'cluster' } }],
      RoleArn: {},
    },
    unknown: [
      'Password',
      'username',
      'constructor',
      'AccessPolicies.Token',
      'AccessPolicies.AccessScope.Kind',
      'RoleArn.Secret',
    ],
  });
});

test.each([['Custom::Other'], ['constructor'], ['__proto__'], ['']])(
  'of a resource type that is not ours nothing is known: %j',
  (type) => {
    const properties = { Cluster: '5ecre7', toString: '5ecre7' };
    expect(knownProperties(type, properties)).toEqual({ known: {}, unknown: ['Cluster', 'toString'] });
  },
);

test('many and long names do not fill the log', () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `${index}${'n'.repeat(10_000)}`);
  const { unknown = [] } = knownProperties(TYPE, Object.fromEntries(names.map((name) => [name, 'x'])));
  expect(unknown).toHaveLength(20);
  for (const name of unknown) expect(name).toHaveLength(100);
});
