import { type ResourceType } from '../../../../access/contract';
import { parseProperties } from '../../../../lambda/cloudformation/properties';

const token = { ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider' };
const role = { ...token, Cluster: 'my-cluster', RoleArn: 'arn:aws:iam::111122223333:role/foo' };
const entry = { ...token, ClusterName: 'my-cluster', PrincipalArn: role.RoleArn };
const roles = 'Custom::EksMapRolesEntry';
const entries = 'Custom::EksAccessEntry';
const SSM = '{{resolve:ssm:/platform/eks:1}}';

test.each<[ResourceType, object, string]>([
  [roles, { ...role, Cluster: SSM }, `Cluster is "${SSM}", a dynamic reference that arrived as text`],
  [roles, { ...role, RoleArn: SSM }, `RoleArn is "${SSM}", a dynamic`],
  [roles, { ...role, UserName: 'a:{{resolve:ssm-secure:/x}}' }, 'UserName is "a:{{resolve:ssm-secure:/x}}"'],
  [roles, { ...role, UserName: '{{ resolve:secretsmanager:x}}' }, 'a dynamic reference'],
  [roles, { ...role, UserName: '{resolve:ssm:/x}' }, 'a dynamic reference'],
  [roles, { ...role, Groups: ['a', SSM] }, `Groups[1] is "${SSM}"`],
  [roles, { ...role, Groups: SSM }, `Groups is "${SSM}"`],
  [roles, { ...role, Type: SSM }, `Type is "${SSM}"`],
  [
    roles,
    { ...role, AccessPolicies: [{ PolicyArn: SSM, AccessScope: { Type: 'cluster' } }] },
    `AccessPolicies[0].PolicyArn is "${SSM}"`,
  ],
  ['Custom::EksMapAccountsEntry', { ...token, Cluster: 'c', AccountId: SSM }, `AccountId is "${SSM}"`],
  ['Custom::EksMapUsersEntry', { ...token, Cluster: 'c', UserArn: SSM }, `UserArn is "${SSM}"`],
  [entries, { ...entry, Tags: [{ Key: 'a', Value: SSM }] }, `Tags[0].Value is "${SSM}"`],
  [
    roles,
    { ...role, RoleArn: 'arn:aws:iam::${AWS::AccountId}:role/foo' },
    'RoleArn is "arn:aws:iam::${AWS::AccountId}:role/foo", and ${AWS::AccountId} arrived as text: write !Sub before the text',
  ],
  [roles, { ...role, Cluster: '${Cluster}' }, '${Cluster} arrived as text'],
  [roles, { ...role, Groups: ['${Team.Name}'] }, 'Groups[0] is "${Team.Name}"'],
  [roles, { ...role, UserName: 'x:${SessionName}' }, 'or {{SessionName}} for what the login does'],
])('%s %j', (type, properties, message) => {
  expect(() => parseProperties(type, properties)).toThrow(message);
});

test('the value of a tag may hold what looks like a substitution', () => {
  const tags = [{ Key: 'cost', Value: '${Team}' }];
  expect(parseProperties(entries, { ...entry, Tags: tags }).tags).toEqual({ cost: '${Team}' });
});

test('the value of a property that is not known is not told', () => {
  const told = (): unknown => parseProperties(roles, { ...role, Password: SSM });
  expect(told).toThrow('unknown property "Password"');
  expect(told).not.toThrow(SSM);
});
