/**
 * An entry without record that equals the properties is the resource's own only where the resource is known to have
 * lived: another tool's entry in the other place stays that tool's, whatever an Update asks for (CR-20).
 */
import { done, failedWith, FOO, mapped, PROVIDER_ROLE, stateOf } from './cast';
import { givenWorld, NODES, PROVIDER, type Answer, type Sent, type World } from '../world';

const inAccessEntries = {
  Cluster: 'my-cluster',
  RoleArn: FOO,
  UserName: 'mine',
  Groups: ['dev'],
  AuthenticationMode: 'API',
};
const inAwsAuth = { ...inAccessEntries, AuthenticationMode: 'CONFIG_MAP' };
const theirs = { UserName: 'theirs', Groups: ['ops'] };

let world: World;
afterEach(() => world.stop());

type Properties = Sent['properties'];
const create = async (properties: Properties): Promise<string> =>
  done(await world.send({ type: 'Create', properties })).PhysicalResourceId;
const update = (old: Properties, properties: Properties, physicalId: string): Promise<Answer> =>
  world.send({ type: 'Update', old, properties, physicalId });
const remove = async (properties: Properties, physicalId: string): Promise<void> => {
  done(await world.send({ type: 'Delete', properties, physicalId }));
};
const putTheirs = (): unknown =>
  world.cluster.putAccessEntry({ principalArn: FOO, username: 'theirs', kubernetesGroups: ['ops'] });

test('from access entries onto an equal entry of aws-auth: refused, and Delete leaves it', async () => {
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP' });
  const id = await create(inAccessEntries);
  const byHand = NODES + mapped(FOO, 'theirs', ['ops']) + PROVIDER;
  world.cluster.writeConfigMap((current) => ({ ...current, data: { mapRoles: byHand } }));
  const wanted = { ...inAwsAuth, ...theirs };
  const updated = await update(inAccessEntries, wanted, id);
  expect(world.section('mapRoles')).toBe(byHand);
  expect(updated).toMatchObject(failedWith(/^AlreadyExists/));
  expect(await update(wanted, inAccessEntries, id)).toMatchObject({ Status: 'SUCCESS' });
  await remove(inAccessEntries, id);
  expect(world.section('mapRoles')).toBe(byHand);
  expect(world.cluster.accessEntry(FOO)).toBeUndefined();
});

test('an Update that asks for what is in force already leaves the move undone', async () => {
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP' });
  const wanted = { ...inAwsAuth, ...theirs };
  const id = await create(wanted);
  putTheirs();
  const before = stateOf(world.cluster);
  const follows = { ...wanted, AuthenticationMode: 'AUTO' };
  const updated = await update(wanted, follows, id);
  expect(stateOf(world.cluster)).toEqual(before);
  expect(updated).toMatchObject({ Status: 'SUCCESS', Data: { AuthenticationMode: 'CONFIG_MAP' } });
  await remove(follows, id);
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
  expect(world.cluster.accessEntry(FOO)).toMatchObject({ username: 'theirs', tags: {} });
});

test('a refused Update and its rollback leave the entry that was in its way', async () => {
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP' });
  const id = await create(inAwsAuth);
  putTheirs();
  const before = stateOf(world.cluster);
  const wanted = { ...inAwsAuth, ...theirs, AuthenticationMode: 'AUTO' };
  expect(await update(inAwsAuth, wanted, id)).toMatchObject(failedWith(/^AlreadyExists/));
  expect(await update(wanted, inAwsAuth, id)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  expect(stateOf(world.cluster)).toEqual(before);
});

test('after a change of mode, an admin entry made meanwhile survives a refused Update', async () => {
  world = await givenWorld({ guardrails: {} });
  const { AuthenticationMode: _, ...original } = inAwsAuth;
  const id = await create(original);
  world.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  world.cluster.putAccessEntry({ principalArn: PROVIDER_ROLE, kubernetesGroups: ['cfn-eks-access'] });
  world.cluster.putAccessEntry({
    principalArn: FOO,
    username: 'admin',
    kubernetesGroups: [],
    policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }],
  });
  const before = stateOf(world.cluster);
  const wanted = { ...original, UserName: 'admin', Groups: ['system:masters'] };
  expect(await update(original, wanted, id)).toMatchObject(failedWith(/allowClusterAdmin/));
  expect(await update(wanted, original, id)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
  expect(stateOf(world.cluster)).toEqual(before);
  const theirEntry = world.cluster.accessEntry(FOO);
  await remove(original, id);
  expect(world.cluster.accessEntry(FOO)).toEqual(theirEntry);
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
});
