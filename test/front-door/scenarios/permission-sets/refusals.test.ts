/** What is told of a permission set that cannot be mapped; nothing is changed then. */
import { demonstrationAwsAuth } from '../../../../local/demo/session';
import { deploy, failuresOf } from '../whole-stacks';
import { entryOfSet, givenSets, ofSet, setRole, type SetWorld } from './sets';

let world: SetWorld;
afterEach(() => world.stop());

const told = async (resource: object): Promise<string> => {
  const stack = await deploy(world.session, 'app', { A: resource });
  expect(stack.status).toBe('ROLLBACK_COMPLETE');
  expect(world.session.cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  expect(world.entries()).toEqual([]);
  return failuresOf(stack);
};
const asked = (): readonly (string | null)[] =>
  world.session.aws.controlPlane.iamServer.requests.map(({ body }) =>
    new URLSearchParams(body.toString()).get('PathPrefix'),
  );

test('no role: the sets that have one are named', async () => {
  world = await givenSets('CONFIG_MAP');
  world.provision('Admin_x', 'a1');
  world.provision('ReadOnly', 'b2');
  expect(await told(ofSet('Admin'))).toContain(
    'InvalidRequest: PermissionSet is "Admin", and account 111122223333 has no role AWSReservedSSO_Admin_… (it has roles of Admin_x, ReadOnly): write the name as IAM Identity Center has it',
  );
  expect(asked()).toEqual(['/aws-reserved/sso.amazonaws.com/']);
});

test('several roles: all of them are named, and the property that takes one', async () => {
  world = await givenSets('API');
  world.provision('Admin', 'a1');
  world.provisionAnother('Admin', 'a2');
  const reason = await told(entryOfSet('Admin'));
  expect(reason).toContain('has several roles of it');
  expect(reason).toContain(`${setRole('Admin', 'a1')}, ${setRole('Admin', 'a2')}`);
  expect(reason).toContain('in PrincipalArn instead');
});

test('a right that is missing: the action, and who can allow it', async () => {
  world = await givenSets('CONFIG_MAP');
  world.provision('Admin', 'a1');
  world.denyIam();
  const reason = await told(ofSet('Admin'));
  expect(reason).toMatch(
    /AccessDenied: the provider's role may not do iam:ListRoles: allow it in the role’s policy/,
  );
  expect(reason).toMatch(
    /IAM said: User: arn:aws:sts::111122223333:assumed-role\/eks-access-provider\/\S+ is not/,
  );
});

test.each([
  [
    'a provider that was not deployed for it',
    { permissionSets: false },
    ofSet('Admin'),
    /AccessDenied: PermissionSet is "Admin", and this provider does not look for permission sets; its owner can allow it with permissionSets: true \(in the plain template PermissionSets=true\)\. Without that, write the ARN of the role in RoleArn/,
  ],
  [
    'another account',
    {},
    entryOfSet('Admin', { AccountId: '999999999999' }),
    /AccountId is "999999999999", and the provider can look for roles in its own account 111122223333 alone: write the ARN of the role in PrincipalArn/,
  ],
  [
    'both a role and a set',
    {},
    ofSet('Admin', { RoleArn: 'arn:aws:iam::111122223333:role/x' }),
    /RoleArn and PermissionSet are both given: give exactly one of them/,
  ],
  [
    'neither',
    {},
    entryOfSet('Admin', { PermissionSet: undefined }),
    /PrincipalArn or PermissionSet is missing: Custom::EksAccessEntry needs exactly one of them/,
  ],
  [
    'accounts that the guardrails leave out',
    { guardrails: { principalAccounts: ['999999999999'] } },
    ofSet('Admin'),
    /AccessDenied: PermissionSet is of account 111122223333, which this provider does not allow/,
  ],
] as const)('%s: refused before the first call', async (_, options, resource, message) => {
  world = await givenSets('API', options);
  world.provision('Admin', 'a1');
  const { eks } = world.session.aws.controlPlane;
  const before = eks.requests.length;
  expect(await told(resource)).toMatch(message);
  expect(asked()).toEqual([]);
  expect(eks.requests).toHaveLength(before);
});

test('guardrails are asked about what the set’s role would get', async () => {
  world = await givenSets('API', { guardrails: { groups: ['team-*'] } });
  world.provision('Admin', 'a1');
  expect(await told(ofSet('Admin', { Groups: ['ops'] }))).toMatch(
    /AccessDenied: .*"ops".*groups in EKS_ACCESS/,
  );
});

test('IAM that throttles is asked again', async () => {
  world = await givenSets('CONFIG_MAP');
  const arn = world.provision('Admin', 'a1');
  world.session.aws.controlPlane.iamServer.injectFault({
    match: () => true,
    respond: {
      status: 400,
      body: '<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>',
    },
  });
  const stack = await deploy(world.session, 'app', { A: ofSet('Admin', { AccountId: '111122223333' }) });
  expect(failuresOf(stack)).toBe('');
  expect(world.gives(arn)).toBe('x by aws-auth');
  expect(asked()).toHaveLength(2);
});
