/** The provider's own way into a cluster is no stack's: taken away, no event of any stack could be served any more. */
import { ACCOUNT, failedWith, FOO, mapped, PROVIDER_ROLE, stateOf } from './cast';
import { givenWorld, NODES, type Sent, type World } from '../world';

const native: Partial<Sent> & Pick<Sent, 'properties'> = {
  resourceType: 'Custom::EksAccessEntry',
  properties: {
    ClusterName: 'my-cluster',
    PrincipalArn: PROVIDER_ROLE,
    Username: 'nobody',
    KubernetesGroups: [],
  },
};
const translated: Pick<Sent, 'properties'> = {
  properties: { Cluster: 'my-cluster', RoleArn: PROVIDER_ROLE, UserName: 'nobody', Groups: [] },
};

let world: World;
afterEach(() => world.stop());

async function expectUntouched(sent: Pick<Sent, 'properties'>, existingEntries: string[]): Promise<void> {
  const before = stateOf(world.cluster);
  for (const ExistingEntry of existingEntries) {
    const properties = { ...sent.properties, ExistingEntry };
    const answer = await world.send({ type: 'Create', ...sent, properties });
    expect(answer).toMatchObject(failedWith(/^AccessDenied.*provider/));
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    expect(stateOf(world.cluster)).toEqual(before);
  }
}

describe.each(['API', 'API_AND_CONFIG_MAP'] as const)('mode %s', (mode) => {
  describe.each([
    ['Custom::EksAccessEntry', native],
    ['Custom::EksMapRolesEntry', translated],
  ])('%s', (_, sent) => {
    test('does not take the provider’s access entry over', async () => {
      world = await givenWorld({ mode });
      await expectUntouched(sent, ['REPLACE', 'ADOPT', 'FAIL']);
    });

    test('does not remove it, named by its id and its properties', async () => {
      world = await givenWorld({ mode });
      const before = stateOf(world.cluster);
      const kind = sent === native ? 'access-entry' : 'role';
      const physicalId = `${kind}|my-cluster|${PROVIDER_ROLE}`;
      expect(await world.send({ type: 'Delete', ...sent, physicalId })).toMatchObject({ Status: 'SUCCESS' });
      expect(stateOf(world.cluster)).toEqual(before);
    });
  });
});

test('a provider that aws-auth makes cluster admin is not taken over in aws-auth', async () => {
  const awsAuth = { mapRoles: NODES + mapped(PROVIDER_ROLE, 'provider', ['system:masters']) };
  world = await givenWorld({ awsAuth });
  await expectUntouched(translated, ['REPLACE', 'ADOPT', 'FAIL']);
});

test('whatever was tried, another stack is served as before', async () => {
  world = await givenWorld();
  await expectUntouched(translated, ['REPLACE', 'ADOPT', 'FAIL']);
  const properties = { Cluster: 'my-cluster', RoleArn: `${ACCOUNT}:role/foo`, UserName: 'x', Groups: ['a'] };
  const answer = await world.send({ type: 'Create', stack: 'other', properties });
  expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: `role|my-cluster|${FOO}` });
});
