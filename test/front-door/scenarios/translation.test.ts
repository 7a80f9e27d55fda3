/** What an access entry can say, cannot say, and cannot be asked without a word more from the author. */
import { type AuthenticationMode } from '../../../access/desired-access';
import { givenWorld, ROLE, roleEntry, type World } from './world';

let world: World | undefined;
afterEach(() => world?.stop());

const batch = {
  Cluster: 'my-cluster',
  RoleArn: 'arn:aws:iam::111122223333:role/AWSServiceRoleForBatch',
  UserName: 'aws-batch',
};
const node = {
  Cluster: 'my-cluster',
  RoleArn: ROLE,
  UserName: 'system:node:{{SessionName}}',
  Groups: ['system:bootstrappers', 'system:nodes'],
};

test.each([
  ['a service-linked role without its path', batch, 'role/AWSServiceRoleForBatch'],
  ['the user name that three kinds of nodes share', node, 'system:node:{{SessionName}}'],
])('%s goes to aws-auth while the cluster reads it', async (_, properties, text) => {
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP' });
  const entries = world.cluster.accessEntries();
  const answer = await world.send({ type: 'Create', properties });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
  expect(world.section('mapRoles')).toContain(text);
  expect(world.cluster.accessEntries()).toEqual(entries);

  const physicalId = answer.PhysicalResourceId;
  expect(await world.send({ type: 'Delete', properties, physicalId })).toMatchObject({ Status: 'SUCCESS' });
  expect(world.section('mapRoles')).not.toContain(text);
});

test.each<[string, AuthenticationMode, object, RegExp]>([
  ['a service-linked role without its path', 'API', batch, /RoleArn is .*a service-linked role/],
  ['the user name that three kinds of nodes share', 'API', node, /UserName is .*write Type: HYBRID_LINUX/],
  ['the same with one group', 'API', { ...node, Groups: ['system:bootstrappers'] }, /FARGATE_LINUX or EC2_/],
])('%s is refused in mode %s', async (_, mode, properties, reason) => {
  world = await givenWorld({ mode });
  const entries = world.cluster.accessEntries();
  expect(await world.send({ type: 'Create', properties: { ...properties } })).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringMatching(reason) as string,
  });
  expect(world.cluster.accessEntries()).toEqual(entries);
});

test('Type is the answer for the user name that they share', async () => {
  world = await givenWorld({ mode: 'API' });
  const properties = { ...node, Type: 'HYBRID_LINUX' };
  expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
  expect(world.cluster.accessEntry(ROLE)).toMatchObject({ type: 'HYBRID_LINUX' });
});

test.each(['my-username:{{AccountID}}:{{SessionName}}', 'key:{{AccessKeyID}}'])(
  'an access entry takes the user name %s',
  async (userName) => {
    world = await givenWorld({ mode: 'API' });
    const properties = { ...roleEntry, UserName: userName };
    expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
    expect(world.cluster.accessEntry(ROLE)).toMatchObject({ username: userName });
  },
);
