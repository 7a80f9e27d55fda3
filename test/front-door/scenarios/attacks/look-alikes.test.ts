/**
 * Spellings that look like more than they are. What passes the default guardrails is another name to Kubernetes, byte
 * for byte, which the login proves; what would be the same is refused.
 */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { done, FOO, stateOf } from './cast';
import { givenWorld, type Sent, type World } from '../world';

const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];
const base = { Cluster: 'my-cluster', RoleArn: FOO };

let world: World;
afterEach(() => world.stop());

const groups = [
  ' system:masters',
  '\u200bsystem:masters',
  'system\uff1amasters',
  's\u0443stem:masters',
  'system\u200b:masters',
  'a,system:masters',
  '"system:masters"',
  "'system:masters'",
  'system-masters#x',
  'system',
  '* ',
  '- system:masters',
  '{a: system:masters}',
  '[system:masters]',
  '!!str system:masters',
  '&a system:masters',
  '*a',
  'null',
  '~',
  'yes',
  '0x10',
];
const names = [
  ' system:admin',
  'system\u200b:admin',
  'system\uff1aadmin',
  'a"b\\c',
  "it's: so",
  'alice',
  'kubernetes-admin',
  'null',
  '1e3',
];

describe.each(modes)('mode %s', (mode) => {
  test('a group that passes is the group of exactly that name', async () => {
    world = await givenWorld({ mode, guardrails: {} });
    const before = stateOf(world.cluster);
    for (const group of groups) await expectLogin({ Groups: [group], UserName: 'x' }, { groups: [group] });
    expect(stateOf(world.cluster)).toEqual(before);
  });

  test('a user name that passes is the user of exactly that name', async () => {
    world = await givenWorld({ mode, guardrails: {} });
    const before = stateOf(world.cluster);
    for (const name of names) await expectLogin({ UserName: name, Groups: [] }, { username: name });
    expect(stateOf(world.cluster)).toEqual(before);
  });

  test('no spelling of an ARN maps a principal of another account, or something that is no principal', async () => {
    world = await givenWorld({ mode, guardrails: {} });
    const before = stateOf(world.cluster);
    for (const sent of [...foreignPrincipals, ...foreignAccounts]) {
      const answer = await world.send({ type: 'Create', ...sent });
      expect({ ...sent, Status: answer.Status }).toEqual({ ...sent, Status: 'FAILED' });
      expect(answer.Reason).toMatch(/^(InvalidRequest|AccessDenied): /);
      expect(stateOf(world.cluster)).toEqual(before);
    }
  });

  test('an ARN inside the path of a role is a path: the role is of the own account', async () => {
    world = await givenWorld({ mode, guardrails: {} });
    const RoleArn = 'arn:aws:iam::111122223333:role/x:arn:aws:iam::999999999999:role/y';
    done(await world.send({ type: 'Create', properties: { ...base, RoleArn, UserName: 'x' } }));
    expect(world.cluster.loginAs('arn:aws:iam::999999999999:role/y')).toBeUndefined();
    expect(world.section('mapRoles') ?? '').not.toContain('999999999999:role/y"');
  });

  test('no spelling of the cluster-admin policy gets through', async () => {
    world = await givenWorld({ mode, guardrails: {} });
    const before = stateOf(world.cluster);
    for (const PolicyArn of adminPolicies) {
      const AccessPolicies = [{ PolicyArn, AccessScope: { Type: 'cluster' } }];
      const answer = await world.send({ type: 'Create', properties: { ...base, AccessPolicies } });
      expect({ PolicyArn, Status: answer.Status }).toEqual({ PolicyArn, Status: 'FAILED' });
      expect(answer.Reason).not.toContain('InternalFailure');
      expect(stateOf(world.cluster)).toEqual(before);
    }
  });
});

/** Refused where the place has no form for it; otherwise the login is exactly what was asked for. */
async function expectLogin(wish: object, expected: object): Promise<void> {
  const properties = { ...base, ...wish };
  const answer = await world.send({ type: 'Create', properties });
  if (answer.Status === 'FAILED') {
    expect(answer.Reason).toMatch(/^InvalidRequest: /);
    return;
  }
  const { username, groups } = world.cluster.loginAs(FOO) ?? {};
  const own = groups?.filter((group) => group !== 'system:authenticated');
  expect({ username, groups: own }).toMatchObject(expected);
  const physicalId = answer.PhysicalResourceId;
  done(await world.send({ type: 'Delete', properties, physicalId }));
}

const foreignArns = [
  'arn:aws:iam::999999999999:role/x',
  'arn:aws:sts::999999999999:assumed-role/x/y',
  'arn:aws:iam::999999999999:role/role/111122223333/x',
  'arn:aws:iam::111122223333:role/*',
  'arn:aws:sts::111122223333:federated-user/x',
  'arn:aws:iam::111122223333:group/x',
  'arn:aws:iam::111122223333:role/\u212aelvin',
  'arn:aws:iam::111122223333:role/x\u0000',
  'arn:aws:iam::\uff11\uff11\uff11\uff11\uff12\uff12\uff12\uff12\uff13\uff13\uff13\uff13:role/x',
  'arn:aws:iam:us-east-1:111122223333:role/x',
  'ARN:aws:iam::111122223333:role/x',
  'arn:aws:iam::111122223333:role/x|y',
];
const foreignPrincipals: readonly Pick<Sent, 'resourceType' | 'properties'>[] = [
  ...foreignArns.map((RoleArn) => ({ properties: { ...base, RoleArn } })),
  {
    resourceType: 'Custom::EksMapUsersEntry',
    properties: { Cluster: 'my-cluster', UserArn: 'arn:aws:iam::999999999999:root' },
  },
];

const foreignAccounts: readonly Pick<Sent, 'resourceType' | 'properties'>[] = [
  '999999999999',
  '*',
  ' 111122223333',
].map((AccountId) => ({
  resourceType: 'Custom::EksMapAccountsEntry',
  properties: { Cluster: 'my-cluster', AccountId },
}));

const ADMIN_POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const adminPolicies: readonly string[] = [
  'AmazonEKSClusterAdminPolicy',
  'amazoneksclusteradminpolicy',
  ADMIN_POLICY,
  ADMIN_POLICY.replace('arn:aws:', 'arn:aws-cn:'),
  ADMIN_POLICY.replace('eks::aws', 'eks:us-east-1:aws'),
  ADMIN_POLICY.replace('arn', 'ARN'),
  ADMIN_POLICY.replace('eks::aws', 'eks::111122223333'),
  ADMIN_POLICY.replace('policy/', 'policy/x/'),
  ADMIN_POLICY.replace('policy/', 'policy//'),
  ADMIN_POLICY.replace('policy/A', 'policy/%41'),
  'arn:aws:iam::aws:policy/AdministratorAccess',
  ' AmazonEKSClusterAdminPolicy',
  'AmazonEKSClusterAdminPolicy ',
  '../cluster-access-policy/AmazonEKSClusterAdminPolicy',
];
