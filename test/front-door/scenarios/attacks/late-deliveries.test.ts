/**
 * Lambda delivers an event at least once, and sometimes late: what was answered long ago, and what nobody waits for any
 * more, changes nothing (CR-27, CR-28).
 */
import { randomUUID } from 'node:crypto';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { done, FOO, stateOf } from './cast';
import { NODES, PROVIDER } from '../world';
import { givenPlayedStacks, type Played, type PlayedStacks } from './played-stacks';

const MINUTE = 60;
const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];
const ID = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
/** Asked for `age` seconds ago, while CloudFormation waits an hour. */
const asking = (group: string, age: number) => ({
  age,
  properties: {
    Cluster: 'my-cluster',
    RoleArn: FOO,
    UserName: 'x',
    Groups: [group],
    ServiceTimeout: '3600',
  },
});
const { properties } = asking('a', 0);

let world: PlayedStacks;
afterEach(() => world.stop());

const served = async (step: Promise<Played>): Promise<Played['event']> => {
  const { answer, event } = await step;
  done(answer);
  return event;
};
const groups = (): readonly string[] | undefined => world.cluster.loginAs(FOO)?.groups;

async function expectNoEffect(event: Played['event']): Promise<void> {
  const before = stateOf(world.cluster);
  const answer = await world.again(event);
  expect(stateOf(world.cluster)).toEqual(before);
  expect(answer).toMatchObject({ Status: 'FAILED' });
}

describe.each(modes)('mode %s', (mode) => {
  beforeEach(async () => {
    world = await givenPlayedStacks({ mode });
  });
  const update = (from: string, to: string, age: number): Promise<Played> =>
    world.update({ ...asking(to, age), old: asking(from, 0).properties, physicalId: ID });

  test('a Create that comes again after an Update does not bring its groups back', async () => {
    const created = await served(world.create(asking('admins', 20 * MINUTE)));
    await served(update('admins', 'viewers', 10 * MINUTE));
    await expectNoEffect(created);
  });

  test('an Update that comes again after the next one changes nothing', async () => {
    await served(world.create(asking('a', 20 * MINUTE)));
    const second = await served(update('a', 'b', 10 * MINUTE));
    await served(update('b', 'c', 5 * MINUTE));
    await expectNoEffect(second);
  });

  test('a Create that comes again, younger than 45 s but older than the Update', async () => {
    const created = await served(world.create(asking('admins', 40)));
    await served(update('admins', 'viewers', 10));
    await expectNoEffect(created);
  });

  test('a Delete that comes again does not remove what was made since', async () => {
    await served(world.create(asking('a', 30 * MINUTE)));
    const removed = await served(world.remove({ age: 20 * MINUTE, properties, physicalId: ID }));
    await served(world.create(asking('a', 10 * MINUTE)));
    await expectNoEffect(removed);
    expect(groups()).toContain('a');
  });

  test('a Delete of five hours ago removes nothing, answered or not', async () => {
    await served(world.create(asking('a', 0)));
    const before = stateOf(world.cluster);
    await world.invoke({ type: 'Delete', age: 300 * MINUTE, properties, physicalId: ID });
    expect(stateOf(world.cluster)).toEqual(before);
  });

  test('a Delete whose URL does not tell its age removes nothing that is live', async () => {
    await served(world.create(asking('a', 0)));
    const before = stateOf(world.cluster);
    await world.invoke({
      type: 'Delete',
      properties,
      physicalId: ID,
      tamper: (event) => void (event['ResponseURL'] = String(event['ResponseURL']).replace(/\?.*/, '')),
    });
    expect(stateOf(world.cluster)).toEqual(before);
  });

  if (mode === 'API_AND_CONFIG_MAP') return;

  test('late events that CloudFormation still waits for are served', async () => {
    done((await world.create(asking('a', 10 * MINUTE))).answer);
    expect(groups()).toContain('a');
    done((await update('a', 'b', 8 * MINUTE)).answer);
    expect(groups()).toContain('b');
    const { answer } = await world.remove({ age: 5 * MINUTE, properties, physicalId: ID });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
    expect(world.cluster.loginAs(FOO)).toBeUndefined();
  });

  test('a late clean-up of a replaced mapping is served', async () => {
    await served(world.create(asking('a', 20 * MINUTE)));
    const moved = { ...properties, RoleArn: `${FOO}-2` };
    const { answer } = await world.update({
      age: 10 * MINUTE,
      properties: moved,
      old: properties,
      physicalId: ID,
    });
    done(answer);
    done((await world.remove({ age: 9 * MINUTE, properties, physicalId: ID })).answer);
    expect(world.cluster.loginAs(FOO)).toBeUndefined();
    expect(world.cluster.loginAs(`${FOO}-2`)).toBeDefined();
  });

  test('late events are served where CloudFormation cannot be asked', async () => {
    world.cloudFormation.reachable = false;
    done((await world.create(asking('a', 10 * MINUTE))).answer);
    done((await world.remove({ age: 5 * MINUTE, properties, physicalId: ID })).answer);
    expect(world.cluster.loginAs(FOO)).toBeUndefined();
  });

  test('three deliveries of one Create at once come to one mapping and one answer, thrice', async () => {
    world.resources.set('app/LambdaKubeUser', { status: 'CREATE_IN_PROGRESS' });
    const event = { type: 'Create', requestId: randomUUID(), properties } as const;
    await Promise.all([1, 2, 3].map(() => world.invoke(event)));
    const answers = world.aws.answerBucket.accepted.map(({ document }) => document);
    expect(answers).toHaveLength(3);
    expect(answers[0]).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: ID });
    for (const other of answers) expect(other).toEqual(answers[0]);
    expect(groups()).toContain('a');
  });
});

test.each([
  ['nodes', { Type: 'EC2_LINUX' }, { type: 'EC2_LINUX' }],
  ['a person', { UserName: 'x', Groups: ['a'] }, { username: 'x', kubernetesGroups: ['a'] }],
])(
  'two deliveries of one Delete at once leave an access entry that gives %s the same',
  async (_, asked, given) => {
    world = await givenPlayedStacks({ mode: 'CONFIG_MAP', guardrails: { allowNodes: true } });
    const mapping = { Cluster: 'my-cluster', RoleArn: FOO, ...asked };
    done((await world.create({ properties: mapping })).answer);
    world.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
    // As EKS does at this change for nodes that it manages, and for the creator of the cluster (GT-106).
    const made = world.cluster.putAccessEntry({ principalArn: FOO, ...given });
    world.resources.set('app/LambdaKubeUser', { status: 'DELETE_IN_PROGRESS', physicalId: ID });
    const event = { type: 'Delete', requestId: randomUUID(), properties: mapping, physicalId: ID } as const;
    await Promise.all([1, 2].map(() => world.invoke(event)));
    expect(world.cluster.accessEntry(FOO)).toEqual(made);
    expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
    expect(world.aws.answerBucket.accepted.slice(1).map(({ document }) => document)).toEqual([
      expect.objectContaining({ Status: 'SUCCESS' }),
      expect.objectContaining({ Status: 'SUCCESS' }),
    ]);
  },
);
