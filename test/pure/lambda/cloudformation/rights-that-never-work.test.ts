/** `Rights` and `Engine` of a template: read, or refused by name. */
import { parseProperties } from '../../../../lambda/cloudformation/properties';
import { RIGHTS } from '../../../../access/rights/catalogue';
import { PROPERTY_NAMES } from '../../../../schemas/generated/property-names';
import schema from '../../../../schemas/eks-map-roles-entry.schema.json';
import { refusalOf } from '../../access/refusal';

const properties = (more: object): object => ({
  ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
  Cluster: 'prod',
  RoleArn: 'arn:aws:iam::111122223333:role/dev',
  ...more,
});
const parse = (more: object) => parseProperties('Custom::EksMapRolesEntry', properties(more));

it('reads names and namespaces', () => {
  expect(
    parse({
      Rights: [{ Name: 'view' }, { Name: 'edit', Namespaces: ['dev', 'dev', 'test'] }],
      Engine: 'RBAC',
    }),
  ).toMatchObject({
    rights: [
      { name: 'view', namespaces: [] },
      { name: 'edit', namespaces: ['dev', 'test'] },
    ],
    engine: 'RBAC',
  });
});

it.each<[string, object]>([
  ['nodes without rights', { Type: 'EC2_LINUX' }],
  ['no rights at all', {}],
  ['rights that no policy gives, by groups', { Rights: [{ Name: 'view-plus-nodes' }], Engine: 'RBAC' }],
  ['the same for the whole cluster', { Rights: [{ Name: 'view-plus-nodes' }] }],
  ['a right that a policy gives', { Rights: [{ Name: 'view' }], Engine: 'POLICY' }],
])('takes %s', (_, more) => {
  expect(() => parse(more)).not.toThrow();
});

it.each<[object, string]>([
  [{ Rights: [{ Name: 'veiw' }] }, 'Rights[0].Name is "veiw"'],
  [{ Rights: [{}] }, 'Rights[0]'],
  [{ Rights: [{ Name: 'view', Namespace: 'dev' }] }, 'Namespaces'],
  [
    { Rights: [{ Name: 'edit', Namespaces: [] }] },
    'Rights[0].Namespaces is empty: leave it out for the whole cluster',
  ],
  [
    { Rights: [{ Name: 'edit', Namespaces: ['dev-*'] }] },
    'Rights[0].Namespaces has "dev-*", and rights know no wildcards',
  ],
  [
    { Rights: [{ Name: 'edit', Namespaces: ['Dev'] }] },
    'Rights[0].Namespaces has "Dev", and namespaces have small letters',
  ],
  [{ Rights: [{ Name: 'edit' }, { Name: 'edit', Namespaces: ['a'] }] }, 'Rights has edit twice'],
  [{ Rights: [{ Name: 'view-plus-nodes', Namespaces: ['a'] }] }, 'remove Namespaces, or write view'],
  [
    { Rights: [{ Name: 'view-plus-nodes' }], Engine: 'POLICY' },
    'no access policy gives what Rights[0] does, view-plus-nodes',
  ],
  [{ Rights: [{ Name: 'view' }], Type: 'EC2_LINUX' }, 'nodes (Type EC2_LINUX) have rights of their own'],
  [{ Rights: [{ Name: 'view' }], Engine: 'rbac' }, 'Engine is "rbac"'],
])('refuses %j', (more, message) => {
  expect(refusalOf(() => parse(more))).toMatchObject({
    code: 'InvalidRequest',
    message: expect.stringContaining(message) as string,
  });
});

it('has the names of the catalogue, and on the three types that map one principal', () => {
  expect(schema.properties.Rights.items.properties.Name.enum).toEqual([...RIGHTS]);
  const having = Object.entries(PROPERTY_NAMES).filter(([, names]) => names.includes('Rights'));
  expect(having.map(([type]) => type).sort()).toEqual([
    'EksAccessEntryProperties',
    'EksMapRolesEntryProperties',
    'EksMapUsersEntryProperties',
  ]);
});
