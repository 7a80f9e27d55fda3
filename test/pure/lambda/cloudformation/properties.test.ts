/** The properties of a resource, as CloudFormation sends them: every primitive a string (CR-33). */
import { parseProperties, recallProperties } from '../../../../lambda/cloudformation/properties';
import { type ResourceType } from '../../../../access/contract';
import { ProviderError } from '../../../../access/errors';

const token = { ServiceToken: 'arn:aws:lambda:us-east-1:111122223333:function:provider' };
const role = { ...token, Cluster: 'my-cluster', RoleArn: 'arn:aws:iam::111122223333:role/foo' };
const set = { ...token, Cluster: 'my-cluster', PermissionSet: 'Admin' };
const user = { ...token, Cluster: 'my-cluster', UserArn: 'arn:aws:iam::111122223333:user/dev/jane' };
const entry = { ...token, ClusterName: 'my-cluster', PrincipalArn: 'arn:aws:iam::111122223333:role/foo' };
const account = { ...token, Cluster: 'my-cluster', AccountId: '012345678901' };
const view = { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } };

describe('good properties', () => {
  test('a role with everything', () => {
    const desired = parseProperties('Custom::EksMapRolesEntry', {
      ...role,
      ServiceTimeout: '600',
      UserName: 'ops:{{SessionName}}',
      Groups: ['a', 'b', 'a'],
      AccessPolicies: [{ ...view, AccessScope: { Type: 'namespace', Namespaces: ['x', 'dev-*'] } }],
      AuthenticationMode: 'API',
      ExistingEntry: 'ADOPT',
    });
    expect(desired).toMatchObject({
      kind: 'role',
      cluster: 'my-cluster',
      principal: { type: 'role', name: 'foo', accountId: '111122223333' },
      userName: 'ops:{{SessionName}}',
      groups: ['a', 'b'],
      accessPolicies: [{ policy: 'AmazonEKSViewPolicy', scope: 'namespace', namespaces: ['x', 'dev-*'] }],
      authenticationMode: 'API',
      existingEntry: 'ADOPT',
    });
  });

  test.each<[ResourceType, object]>([
    ['Custom::EksMapRolesEntry', role],
    ['Custom::EksMapUsersEntry', user],
    ['Custom::EksMapAccountsEntry', account],
    ['Custom::EksAccessEntry', entry],
  ])('%s takes WaitForEffect, as a number and as CloudFormation sends it', (type, properties) => {
    for (const [given, read] of [
      ['20', 20],
      [20, 20],
      ['0', 0],
      [40, 40],
    ] as const)
      expect(parseProperties(type, { ...properties, WaitForEffect: given }).waitSeconds).toBe(read);
    expect(parseProperties(type, properties).waitSeconds).toBeUndefined();
  });

  test.each<[ResourceType, object, object]>([
    [
      'Custom::EksMapUsersEntry',
      user,
      { kind: 'user', principal: { type: 'user', path: '/dev/' }, groups: [] },
    ],
    [
      'Custom::EksMapUsersEntry',
      { ...user, UserArn: 'arn:aws:iam::111122223333:root' },
      { principal: { type: 'root' } },
    ],
    ['Custom::EksMapAccountsEntry', account, { kind: 'account', principal: { accountId: '012345678901' } }],
    ['Custom::EksAccessEntry', entry, { kind: 'access-entry', type: 'STANDARD', authenticationMode: 'API' }],
    ['Custom::EksAccessEntry', { ...entry, Tags: [{ Key: 'team', Value: '' }] }, { tags: { team: '' } }],
  ])('%s', (type, properties, expected) => {
    expect(parseProperties(type, properties)).toMatchObject(expected);
  });

  test.each<[ResourceType, object]>([
    ['Custom::EksMapRolesEntry', role],
    ['Custom::EksMapUsersEntry', user],
    ['Custom::EksMapAccountsEntry', account],
    ['Custom::EksAccessEntry', entry],
  ])('%s: Revision is any text, and asks for nothing', (type, properties) => {
    const revised = parseProperties(type, { ...properties, Revision: '2: back to what the template says' });
    expect(revised).toEqual(parseProperties(type, properties));
  });

  test('the properties that came in are not changed', () => {
    const properties = Object.freeze({ ...role, ServiceTimeout: '600', Groups: Object.freeze(['b', 'a']) });
    parseProperties('Custom::EksMapRolesEntry', properties);
    expect(properties.ServiceTimeout).toBe('600');
  });
});

describe('bad properties get a sentence with the property, its value and the remedy', () => {
  const roles = 'Custom::EksMapRolesEntry';
  test.each<[ResourceType, object, RegExp]>([
    [
      roles,
      { ...role, Grops: ['x'] },
      /^unknown property "Grops" of Custom::EksMapRolesEntry: did you mean Groups\?$/,
    ],
    [roles, { ...role, Colour: 'red' }, /^unknown property "Colour" .*docs\/reference/],
    [
      roles,
      { ...token, Cluster: 'c' },
      /^RoleArn or PermissionSet is missing: .* needs exactly one of them$/,
    ],
    [
      roles,
      { ...role, Groups: 'system:masters' },
      /^Groups is "system:masters" and must be a list: write Groups: \["system:masters"\]/,
    ],
    [
      roles,
      { ...role, Groups: 'team-a, team-b,' },
      /: write Groups: \["team-a","team-b"\], or !Split \[",", …\] where a parameter holds it, or .* CommaDelimitedList$/,
    ],
    [roles, { ...role, Groups: '["a","b"]' }, /must be a list: write Groups: \["a","b"\]$/],
    [roles, { ...role, Groups: '[a, b]' }, /must be a list: write Groups: \["a","b"\]$/],
    [roles, { ...role, Groups: true }, /^Groups is true and must be a list: write Groups: \[true\]$/],
    [
      roles,
      {
        ...role,
        AccessPolicies: [{ ...view, AccessScope: { Type: 'namespace', Namespaces: 'team-a,team-b' } }],
      },
      /^AccessPolicies\[0\].AccessScope.Namespaces is .*: write AccessPolicies\[0\].AccessScope.Namespaces: \["team-a","team-b"\]/,
    ],
    [roles, { ...role, Groups: [''] }, /^Groups\[0\] is empty/],
    [roles, { ...role, UserName: '' }, /^UserName is empty/],
    [roles, { ...role, UserName: 'a\u0007' }, /^UserName is "a\\u0007", which holds a control character/],
    [roles, { ...role, UserName: 'a\u2028b' }, /^UserName is .* holds a control character/],
    [roles, { ...role, UserName: 'a\ud800' }, /^UserName is .* half a surrogate pair/],
    [
      roles,
      { ...role, UserName: { Ref: 'x' } },
      /^UserName is \{"Ref":"…"\} and must be a string: write one value$/,
    ],
    [roles, { ...role, UserName: ['x'] }, /^UserName is \["x"\] and must be a string: write one value$/],
    [roles, { ...role, UserName: 7 }, /^UserName is 7 and must be a string: put it in quotes$/],
    [
      roles,
      { ...role, WaitForEffect: '9'.repeat(400) },
      /^WaitForEffect is "9+…? and must be a whole number$/,
    ],
    [
      'Custom::EksAccessEntry',
      { ...entry, Tags: { team: 'a' } },
      /^Tags is \{"team":"…"\} and must be a list: write Tags: \[\{"Key":"…","Value":"…"\}\]$/,
    ],
    [
      'Custom::EksAccessEntry',
      { ...entry, Tags: { Key: 'team', Value: 'a' } },
      /: write Tags: \[\{"Key":"team","Value":"a"\}\]$/,
    ],
    [roles, { ...role, AccessPolicies: null }, /^AccessPolicies is null and must be a list/],
    [roles, { ...role, Cluster: '' }, /^Cluster is empty/],
    [roles, { ...role, Cluster: 'my cluster' }, /^Cluster is "my cluster": a cluster name has/],
    ...(
      [
        [
          'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster',
          /the ARN of the cluster.*: write my-cluster$/,
        ],
        ['arn:aws-cn:eks:cn-north-1:111122223333:nodegroup/c/ng/0123', /\(nodegroup\).*: write c$/],
        [`arn:aws:eks:us-east-1:111122223333:cluster/${'c'.repeat(90)}`, /: write c{90}$/],
        ['arn:aws:ec2:us-east-1:111122223333:vpc/v', /this is an ARN: write the name of the cluster$/],
        ['https://0123.gr7.us-east-1.eks.amazonaws.com', /this is a URL/],
        ['my-cluster ', /has a blank at an end: write my-cluster$/],
        ['c'.repeat(101), /100 characters at most$/],
      ] as const
    ).map(([Cluster, message]): [ResourceType, object, RegExp] => [roles, { ...role, Cluster }, message]),
    [
      'Custom::EksAccessEntry',
      { ...entry, ClusterName: 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster' },
      /^ClusterName is .*: write my-cluster$/,
    ],
    [
      roles,
      { ...token, ClusterName: 'c', RoleArn: role.RoleArn },
      /^Cluster is missing, and there is an unknown property "ClusterName": did you mean Cluster\?$/,
    ],
    [
      roles,
      { ...token, Cluster: 'c', rolearn: role.RoleArn },
      /^unknown property "rolearn" of Custom::EksMapRolesEntry: did you mean RoleArn\?$/,
    ],
    [
      roles,
      { ...role, PermissionSet: 'Admin' },
      /^RoleArn and PermissionSet are both given: give exactly one of them$/,
    ],
    [
      'Custom::EksAccessEntry',
      { ...entry, PermissionSet: 'Admin' },
      /^PrincipalArn and PermissionSet are both given/,
    ],
    [roles, { ...set, PermissionSet: 'x'.repeat(33) }, /^PermissionSet is "x+": write its name as/],
    [roles, { ...set, PermissionSet: '' }, /^PermissionSet is "": write its name/],
    [roles, { ...set, PermissionSet: 'AWS*' }, /^PermissionSet is "AWS\*": write its name/],
    [roles, { ...set, AccountId: '1' }, /^AccountId is "1": it must be the 12 digits/],
    [
      roles,
      { ...role, AccountId: '111122223333' },
      /^AccountId is "111122223333", and it goes with PermissionSet alone: remove it$/,
    ],
    [
      roles,
      { ...set, Type: 'EC2_LINUX' },
      /^Type is EC2_LINUX, and the role of a permission set is no node's/,
    ],
    [
      roles,
      { ...set, UserName: 'system:node:{{EC2PrivateDNSName}}', Groups: ['system:nodes'] },
      /^Type is EC2_LINUX, and the role of a permission set/,
    ],
    [
      roles,
      { ...role, AccessPolicies: [{ ...view, AccessScope: { type: 'namespace', namespaces: ['a'] } }] },
      /^AccessPolicies\[0\].AccessScope.Type is missing, and .* "type": did you mean Type\?$/,
    ],
    [roles, { ...role, Type: 'EC2_Linux' }, /^Type is "EC2_Linux": write one of STANDARD, EC2_LINUX/],
    [
      roles,
      { ...role, AuthenticationMode: 'API_AND_CONFIG_MAP' },
      /^AuthenticationMode is .*: write one of AUTO, CONFIG_MAP, API$/,
    ],
    [roles, { ...role, WaitForEffect: 41 }, /^WaitForEffect is 41: it must be <= 40$/],
    [roles, { ...role, WaitForEffect: '-1' }, /^WaitForEffect is "-1" and must be a whole number/],
    [
      roles,
      { ...role, Rights: 'edit' },
      /^Rights is "edit" and must be a list: write Rights: \[{"Name":"edit"}\]$/,
    ],
    [
      roles,
      { ...role, Rights: ['edit'] },
      /^Rights\[0\] is "edit" and must have properties: Name, Namespaces$/,
    ],
    [
      roles,
      { ...role, AccessPolicies: ['AmazonEKSViewPolicy'] },
      /^AccessPolicies\[0\] is "AmazonEKSViewPolicy" and must have properties: PolicyArn, AccessScope$/,
    ],
    [roles, { ...role, ServiceTimeout: '0' }, /^ServiceTimeout is 0: it must be >= 1$/],
    [roles, { ...role, ServiceTimeout: 'soon' }, /^ServiceTimeout is "soon" and must be a whole number/],
    [
      roles,
      { ...role, AccessPolicies: Array<unknown>(101).fill(view) },
      /^AccessPolicies has 101 items and may have 20/,
    ],
    [
      roles,
      { ...role, AccessPolicies: [{ ...view, AccessScope: { Typ: 'x' } }] },
      /^AccessPolicies\[0\].AccessScope.Type is missing/,
    ],
    [
      roles,
      { ...role, AccessPolicies: [{ ...view, AccessScope: { Type: 'namespace' } }] },
      /^AccessPolicies\[0\].AccessScope .* give at least one in Namespaces/,
    ],
    [
      roles,
      { ...role, AccessPolicies: [{ ...view, AccessScope: { Type: 'cluster', Namespaces: ['a'] } }] },
      /remove Namespaces/,
    ],
    [
      roles,
      { ...role, AccessPolicies: [{ ...view, Policy: 'x' }] },
      /^AccessPolicies\[0\] has unknown property "Policy": did you mean PolicyArn\?/,
    ],
    [
      roles,
      { ...role, AccessPolicies: [...Array<unknown>(10).fill(view), { ...view, Policy: 'x' }] },
      /^AccessPolicies\[10\] has unknown property "Policy": did you mean PolicyArn\?/,
    ],
    [roles, { ...role, RoleArn: user.UserArn }, /^RoleArn is .*not a role: use Custom::EksMapUsersEntry/],
    [
      roles,
      { ...role, RoleArn: 'arn:aws:iam::111122223333:group/admins' },
      /^RoleArn .*IAM groups cannot log in/,
    ],
    [
      roles,
      { ...role, RoleArn: 'arn:aws:iam::111122223333:instance-profile/x' },
      /^RoleArn .*role inside the instance profile/,
    ],
    [roles, { ...role, RoleArn: 'arn:aws:sts::111122223333:federated-user/x' }, /^RoleArn .*federated/],
    [roles, { ...role, RoleArn: 'arn:aws:iam::111122223333:role/*' }, /^RoleArn .*wildcards never match/],
    [roles, { ...role, RoleArn: 'arn:aws:iam::1111:role/x' }, /^RoleArn .*not a 12-digit account id/],
    [
      'Custom::EksMapUsersEntry',
      { ...user, UserArn: role.RoleArn },
      /^UserArn is .*which is a role: use Custom::EksMapRolesEntry/,
    ],
    [
      'Custom::EksMapAccountsEntry',
      { ...account, AccountId: '12345678901' },
      /^AccountId is "12345678901": it must be the 12 digits/,
    ],
    [
      'Custom::EksAccessEntry',
      { ...entry, Tags: [{ Key: 'AWS:x', Value: '1' }] },
      /^Tags has the key "AWS:x", which is reserved/,
    ],
    ['Custom::EksAccessEntry', { ...entry, Tags: [{ Key: 'cfn-eks-access:owner', Value: '1' }] }, /reserved/],
    ['Custom::EksAccessEntry', { ...entry, Tags: [{ Key: 'CFN-eks-access:x', Value: '1' }] }, /reserved/],
    [
      'Custom::EksAccessEntry',
      {
        ...entry,
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'a', Value: '2' },
        ],
      },
      /twice/,
    ],
  ])('%s %j', (type, properties, message) => {
    expect(() => parseProperties(type, properties)).toThrow(message);
  });

  test.each([[null], ['text'], [[]], [JSON.parse('{"__proto__":{"Cluster":"c"}}')]])(
    'hostile properties %j are refused',
    (properties) => {
      expect(() => parseProperties(roles, properties)).toThrow(ProviderError);
    },
  );

  test('old properties that are no longer valid are recalled as nothing (CR-23)', () => {
    expect(recallProperties(roles, { ...role, Grops: [] })).toBeUndefined();
    expect(recallProperties(roles, role)?.cluster).toBe('my-cluster');
  });
});
