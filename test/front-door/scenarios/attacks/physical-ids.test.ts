/** An id, or properties, that name another resource’s mapping: no event of an attacker changes it, whatever they say. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { ACCOUNT, done, FOO, stateOf } from './cast';
import { givenPlayedStacks, type PlayedStacks } from './played-stacks';
import { givenWorld, stackIdOf, type Sent, type World } from '../world';

const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];
const victim = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'x', Groups: ['a'] };
const ID = `role|my-cluster|${FOO}`;
const EVIL = `${ACCOUNT}:role/evil`;
const EVIL_ID = `role|my-cluster|${EVIL}`;
const native = { ClusterName: 'my-cluster', PrincipalArn: FOO, Username: 'x', KubernetesGroups: ['a'] };

/** The event comes from another stack, and its URL with it. */
const from = (stackId: string) => (event: Record<string, unknown>) => {
  const [logicalResourceId, requestId] = [String(event['LogicalResourceId']), String(event['RequestId'])];
  event['ResponseURL'] = world.aws.answerBucket.presign({ stackId, logicalResourceId, requestId });
  event['StackId'] = stackId;
};
const APP = stackIdOf('app');
const evil = { stack: 'evil', properties: victim } as const;

const attempts: readonly (Sent & { readonly about: string })[] = [
  { about: 'Delete by another stack', type: 'Delete', ...evil, physicalId: ID },
  {
    about: 'Delete by a stack of the same name and another guid',
    type: 'Delete',
    properties: victim,
    physicalId: ID,
    tamper: from(APP.replace(/5$/, '6')),
  },
  {
    about: 'Delete by another logical id',
    type: 'Delete',
    logicalId: 'Other',
    properties: victim,
    physicalId: ID,
  },
  {
    about: 'Delete by the stack id with something after it',
    type: 'Delete',
    properties: victim,
    physicalId: ID,
    tamper: from(`${APP}/`),
  },
  {
    about: 'Delete by the stack name in upper case',
    type: 'Delete',
    properties: victim,
    physicalId: ID,
    tamper: from(stackIdOf('APP')),
  },
  { about: 'Delete of the id in upper case', type: 'Delete', ...evil, physicalId: ID.toUpperCase() },
  { about: 'Delete of an id that names nothing', type: 'Delete', ...evil, physicalId: 'whatever' },
  {
    about: 'Delete of an id of another kind',
    type: 'Delete',
    ...evil,
    physicalId: ID.replace('role|', 'user|'),
  },
  {
    about: 'Delete of an access entry, equal to it',
    type: 'Delete',
    stack: 'evil',
    resourceType: 'Custom::EksAccessEntry',
    properties: native,
    physicalId: ID.replace('role|', 'access-entry|'),
  },
  { about: 'Delete of an own id, by its properties', type: 'Delete', ...evil, physicalId: EVIL_ID },
  { about: 'Update in place, equal', type: 'Update', ...evil, old: victim, physicalId: ID },
  {
    about: 'Update in place, other groups',
    type: 'Update',
    stack: 'evil',
    properties: { ...victim, Groups: ['z'] },
    old: victim,
    physicalId: ID,
  },
  {
    about: 'Create with the role in another case',
    type: 'Create',
    stack: 'evil',
    properties: { ...victim, RoleArn: FOO.replace('foo', 'FOO') },
  },
  {
    about: 'Create with a path before the role',
    type: 'Create',
    stack: 'evil',
    properties: { ...victim, RoleArn: FOO.replace('role/', 'role/x/y/') },
  },
  {
    about: 'Create with a session of the role',
    type: 'Create',
    stack: 'evil',
    properties: { ...victim, RoleArn: 'arn:aws:sts::111122223333:assumed-role/foo/s' },
  },
  {
    about: 'Delete in a cluster named by a path',
    type: 'Delete',
    ...evil,
    physicalId: `role|../clusters/my-cluster|${FOO}`,
  },
  { about: 'Delete in a cluster named ..', type: 'Delete', ...evil, physicalId: `role|..|${FOO}` },
];

let world: World;
afterEach(() => world.stop());

describe.each(modes)('mode %s', (mode) => {
  test('no attempt changes the victim, and none leaves anything (CR-15)', async () => {
    world = await givenWorld({ mode, guardrails: {}, timeoutSeconds: 2 });
    done(await world.send({ type: 'Create', properties: victim }));
    const before = { state: stateOf(world.cluster), login: world.cluster.loginAs(FOO) };
    for (const { about, ...sent } of attempts) {
      // EKS refuses a spelling of a principal that IAM does not know (GT-75), the local one knows no principals.
      const answer = await world.send(sent);
      if (sent.type === 'Create' && answer.Status === 'SUCCESS')
        await world.send({ ...sent, type: 'Delete', physicalId: answer.PhysicalResourceId });
      const now = { state: stateOf(world.cluster), login: world.cluster.loginAs(FOO) };
      expect({ about, ...now }).toEqual({ about, ...before });
    }
  });

  test('an Update of an own id, whose old properties name the victim, gives the attacker its own alone', async () => {
    world = await givenWorld({ mode, guardrails: {} });
    done(await world.send({ type: 'Create', properties: victim }));
    const before = stateOf(world.cluster);
    const properties = { ...victim, RoleArn: EVIL };
    const update = { type: 'Update', stack: 'evil', properties, old: victim, physicalId: EVIL_ID } as const;
    done(await world.send(update));
    done(await world.send({ type: 'Delete', stack: 'evil', properties, physicalId: EVIL_ID }));
    expect(stateOf(world.cluster)).toEqual(before);
  });
});

describe.each(modes)('a resource that another provider has made before, mode %s', (mode) => {
  const LOG_STREAM = '2024/01/01/[$LATEST]0123456789abcdef';
  test('the clean-up of its old id leaves the mapping that replaced it', async () => {
    const played: PlayedStacks = await givenPlayedStacks({ mode });
    world = played;
    played.resources.set('app/LambdaKubeUser', { status: 'UPDATE_COMPLETE', physicalId: LOG_STREAM });
    const now = { ...victim, Groups: ['b'], ExistingEntry: 'REPLACE' };
    const { answer } = await played.update({ properties: now, old: victim, physicalId: LOG_STREAM });
    expect(done(answer).PhysicalResourceId).toBe(ID);
    const before = stateOf(world.cluster);
    const cleaned = await played.remove({ properties: victim, physicalId: LOG_STREAM });
    expect(stateOf(world.cluster)).toEqual(before);
    expect(cleaned.answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: LOG_STREAM });
  });
});

test('a Delete whose id names no name of a cluster asks nothing of EKS', async () => {
  world = await givenWorld({ timeoutSeconds: 2 });
  const before = world.aws.controlPlane.eks.requests.length;
  for (const physicalId of [`role|..|${FOO}`, `role|.|${FOO}`, `role|a/b|${FOO}`, `role|a b|${FOO}`]) {
    const properties = { ...victim, Cluster: physicalId.split('|')[1] };
    expect(await world.send({ type: 'Delete', properties, physicalId })).toMatchObject({ Status: 'SUCCESS' });
  }
  expect(world.aws.controlPlane.eks.requests.slice(before).map(({ path }) => path)).toEqual([]);
});

test('users of one name in two paths are one user of IAM, and one owner', async () => {
  world = await givenWorld({ guardrails: {} });
  const resourceType = 'Custom::EksMapUsersEntry';
  const bob = { Cluster: 'my-cluster', UserArn: `${ACCOUNT}:user/team/bob`, UserName: 'bob', Groups: ['a'] };
  done(await world.send({ type: 'Create', resourceType, properties: bob }));
  const before = stateOf(world.cluster);
  for (const UserArn of [`${ACCOUNT}:user/bob`, `${ACCOUNT}:user/team/BOB`]) {
    const properties = { ...bob, UserArn };
    const answer = await world.send({ type: 'Create', stack: 'evil', resourceType, properties });
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/^AlreadyExists.*stack app/) as string,
    });
    expect(stateOf(world.cluster)).toEqual(before);
  }
});
