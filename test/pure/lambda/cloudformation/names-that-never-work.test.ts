import { type ResourceType } from '../../../../access/contract';
import { parseProperties, recallProperties } from '../../../../lambda/cloudformation/properties';

const token = { ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider' };
const role = { ...token, Cluster: 'my-cluster', RoleArn: 'arn:aws:iam::111122223333:role/foo' };
const user = { ...token, Cluster: 'my-cluster', UserArn: 'arn:aws:iam::111122223333:user/jane' };
const entry = { ...token, ClusterName: 'my-cluster', PrincipalArn: role.RoleArn };
const roles = 'Custom::EksMapRolesEntry';
const users = 'Custom::EksMapUsersEntry';
const entries = 'Custom::EksAccessEntry';

const refused: readonly (readonly [ResourceType, object, string])[] = [
  [
    roles,
    { ...role, Groups: ['team-a', ' team-b'] },
    'Groups[1] is " team-b", which has a blank at an end, and names are compared as they are: write "team-b"',
  ],
  [roles, { ...role, Groups: ['team-b '] }, 'Groups[0] is "team-b ", which has a blank at an end'],
  [roles, { ...role, Groups: ['team-b\u00a0'] }, 'which has a blank at an end'],
  [roles, { ...role, Groups: ['\u200bteam-b'] }, 'which has a blank at an end'],
  [roles, { ...role, UserName: ' ' }, 'UserName is " ", which has a blank at an end, and names are'],
  [roles, { ...role, UserName: 'jim ' }, 'write "jim"'],
  [users, { ...user, UserName: ' jim' }, 'UserName is " jim"'],
  [entries, { ...entry, Username: 'jim ' }, 'Username is "jim "'],
  [entries, { ...entry, KubernetesGroups: ['a', 'b '] }, 'KubernetesGroups[1] is "b "'],
  [
    roles,
    { ...role, UserName: 'dev:{{ SessionName }}' },
    'UserName is "dev:{{ SessionName }}": "{{ SessionName }}" is not filled in at login, which takes exact text: did you mean {{SessionName}}?',
  ],
  [roles, { ...role, Groups: ['{{Team}}'] }, 'Groups[0] is "{{Team}}": "{{Team}}" is not a template'],
  [users, { ...user, UserName: 'x-{{AccountId}}' }, 'did you mean {{AccountID}}?'],
  [entries, { ...entry, KubernetesGroups: ['{SessionName}'] }, 'did you mean {{SessionName}}?'],
  [
    roles,
    { ...role, Groups: ['team-a,team-b'] },
    'Groups[0] is "team-a,team-b", one group with a comma in its name: write "team-a", "team-b" as groups of their own',
  ],
  [entries, { ...entry, KubernetesGroups: ['a', 'b,'] }, 'write "b" as the group'],
];

test.each(refused)('%s %j', (type, properties, message) => {
  expect(() => parseProperties(type, properties)).toThrow(message);
});

test.each(refused)('what was accepted before is still read: %s %j', (type, properties) => {
  expect(recallProperties(type, properties)?.cluster).toBe('my-cluster');
});

test.each<[string, object]>([
  ['a blank inside', { UserName: 'Jim Doe', Groups: ['team a'] }],
  ['a distinguished name', { Groups: ['CN=dev,OU=eks'] }],
  ['a comma in a user name', { UserName: 'Doe,Jim' }],
  ['every template', { UserName: 'a:{{AccountID}}:{{SessionName}}', Groups: ['b-{{SessionNameRaw}}'] }],
])('%s is taken', (_, properties) => {
  expect(parseProperties(roles, { ...role, ...properties }).kind).toBe('role');
});
