/** A user name is a bearer of rights: RBAC asks for nothing else, so no template may take another principal's. */
import { FOO, stateOf } from './cast';
import { givenWorld, type World } from '../world';

const ALICE = 'arn:aws:sts::111122223333:assumed-role/Boss/alice';
const spellings: readonly string[] = [
  ALICE,
  ALICE.replace('alice', '{{SessionName}}'),
  ALICE.replace('111122223333', '{{AccountID}}'),
  ALICE.toUpperCase(),
  '{{SessionName}}:alice',
  'system:admin',
  'system:node:ip-10-0-0-1',
  'eks:addon-manager',
  'cfn-eks-access',
];

let world: World;
afterEach(() => world.stop());

const places = [
  ['CONFIG_MAP', 'AUTO'],
  ['API_AND_CONFIG_MAP', 'AUTO'],
  ['API_AND_CONFIG_MAP', 'CONFIG_MAP'],
  ['API', 'AUTO'],
] as const;

test.each(places)('mode %s, mapped by %s: no spelling is given', async (mode, AuthenticationMode) => {
  world = await givenWorld({ mode, guardrails: { groups: ['team-*'] } });
  const before = stateOf(world.cluster);
  for (const UserName of spellings) {
    const properties = { Cluster: 'my-cluster', RoleArn: FOO, UserName, Groups: [], AuthenticationMode };
    const answer = await world.send({ type: 'Create', properties });
    expect({ UserName, Status: answer.Status }).toEqual({ UserName, Status: 'FAILED' });
    expect(answer.Reason).toMatch(/^(AccessDenied|InvalidRequest): .*UserName/);
    expect(world.cluster.loginAs(FOO)).toBeUndefined();
    expect(stateOf(world.cluster)).toEqual(before);
  }
});

test.each(places)('mode %s, mapped by %s: nor by an Update', async (mode, AuthenticationMode) => {
  world = await givenWorld({ mode, guardrails: { groups: ['team-*'] } });
  const old = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'own', Groups: [], AuthenticationMode };
  const { PhysicalResourceId: physicalId } = await world.send({ type: 'Create', properties: old });
  const before = stateOf(world.cluster);
  for (const UserName of spellings) {
    const answer = await world.send({ type: 'Update', properties: { ...old, UserName }, old, physicalId });
    expect({ UserName, Status: answer.Status }).toEqual({ UserName, Status: 'FAILED' });
    expect(stateOf(world.cluster)).toEqual(before);
  }
  expect(world.cluster.loginAs(FOO)?.username).toBe('own');
});
