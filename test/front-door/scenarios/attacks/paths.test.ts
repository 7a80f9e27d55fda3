/**
 * A principal that IAM has under another path: the same resource and the same id, but another access entry to EKS, which
 * knows entries by the whole ARN (GT-75).
 */
import { ACCOUNT, failedWith, stateOf } from './cast';
import { givenWorld, type World } from '../world';

let world: World;
afterEach(() => world.stop());

const kinds = [
  ['role', 'Custom::EksMapRolesEntry', 'RoleArn'],
  ['user', 'Custom::EksMapUsersEntry', 'UserArn'],
] as const;

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)('mode %s', (mode) => {
  test.each(kinds)('the entry of the former path of a %s goes', async (kind, resourceType, property) => {
    world = await givenWorld({ mode, guardrails: {} });
    const before = stateOf(world.cluster);
    const of = (path: string): Record<string, unknown> => ({
      Cluster: 'my-cluster',
      UserName: 'x',
      [property]: `${ACCOUNT}:${kind}/${path}/foo`,
    });
    const { PhysicalResourceId: physicalId } = await world.send({
      type: 'Create',
      resourceType,
      properties: of('old'),
    });
    const first = stateOf(world.cluster);
    world.resourceStatus = 'UPDATE_IN_PROGRESS';
    const there = {
      type: 'Update',
      resourceType,
      physicalId,
      properties: of('new'),
      old: of('old'),
    } as const;
    expect(await world.send(there)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    const entries = world.cluster.accessEntries().map(({ principalArn }) => principalArn);
    expect(entries).not.toContain(`${ACCOUNT}:${kind}/old/foo`);
    await world.send({ ...there, properties: of('old'), old: of('new') });
    if (mode === 'CONFIG_MAP') expect(stateOf(world.cluster)).toEqual(first);
    world.resourceStatus = 'DELETE_IN_PROGRESS';
    await world.send({ type: 'Delete', resourceType, physicalId, properties: of('old') });
    expect(stateOf(world.cluster)).toEqual(before);
  });
});

test('another owner’s entry of the former path stays', async () => {
  world = await givenWorld({ mode: 'API', guardrails: {} });
  const of = (path: string): Record<string, unknown> => ({
    ClusterName: 'my-cluster',
    PrincipalArn: `${ACCOUNT}:role/${path}/foo`,
  });
  const resourceType = 'Custom::EksAccessEntry';
  const { PhysicalResourceId: physicalId } = await world.send({
    type: 'Create',
    resourceType,
    properties: of('new'),
  });
  world.cluster.putAccessEntry({ principalArn: `${ACCOUNT}:role/old/foo`, username: 'x' });
  const before = stateOf(world.cluster);
  world.resourceStatus = 'UPDATE_IN_PROGRESS';
  const onto = { type: 'Update', resourceType, physicalId, properties: of('old'), old: of('new') } as const;
  expect(await world.send(onto)).toMatchObject(failedWith(/AlreadyExists/));
  await world.send({ ...onto, properties: of('new'), old: of('old') });
  expect(stateOf(world.cluster)).toEqual(before);
});
