/** Whose entry it is: adopting, replacing, handing back, renaming, healing. On both back ends. */
import { OWNERS_ANNOTATION, TAGS } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { givenWorld, NODES, PROVIDER, ROLE, roleEntry, type Answer, type Sent, type World } from './world';

const THEIRS = `# asked for by Zoe, do not touch
- groups: [ops]   # since 2023
  "rolearn": 'arn:aws:iam::111122223333:role/foo'
  username: theirs
  userid: kept
`;
const FUNCTION = 'arn:aws:sts::111122223333:assumed-role/foo/session';
const other = { logicalId: 'Renamed' };
const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API'];

let world: World;
afterEach(() => world.stop());

async function givenForeignEntry(mode: AuthenticationMode): Promise<() => unknown> {
  world = await givenWorld({ mode, awsAuth: { mapRoles: NODES + THEIRS + PROVIDER } });
  if (mode === 'API') {
    world.cluster.putAccessEntry({
      principalArn: ROLE,
      username: 'theirs',
      kubernetesGroups: ['ops'],
      tags: { team: 'zoe' },
      policies: [{ policy: 'AmazonEKSViewPolicy' }],
    });
  }
  return snapshot(mode);
}

function snapshot(mode: AuthenticationMode): () => unknown {
  return () => {
    if (mode === 'CONFIG_MAP')
      return [world.cluster.configMap()?.data, world.cluster.configMap()?.metadata.annotations ?? {}];
    const { accessEntryArn: _, ...entry } = world.cluster.accessEntry(ROLE) ?? { accessEntryArn: '' };
    return entry;
  };
}

/** As if a provider of the next format had written them. */
function makeRecordsNewer(mode: AuthenticationMode): void {
  if (mode === 'CONFIG_MAP') {
    world.cluster.writeConfigMap(({ metadata, ...rest }) => ({
      ...rest,
      metadata: { ...metadata, annotations: { [OWNERS_ANNOTATION]: '{"v":2,"owners":[]}' } },
    }));
    return;
  }
  const entry = world.cluster.accessEntry(ROLE);
  if (!entry) throw new Error('there is no entry');
  const policies = entry.policies.map(({ policyArn: policy, namespaces }) => ({ policy, namespaces }));
  const tags = { ...entry.tags, [TAGS.owner]: (entry.tags[TAGS.owner] ?? '').replace(/^v1/, 'v2') };
  world.cluster.putAccessEntry({ ...entry, policies, tags });
}

const create = (sent: Partial<Sent> = {}): Promise<Answer> =>
  world.send({ type: 'Create', properties: roleEntry, ...sent });
const remove = (id: string, sent: Partial<Sent> = {}): Promise<Answer> =>
  world.send({ type: 'Delete', properties: roleEntry, physicalId: id, ...sent });

describe.each(modes)('mode %s', (mode) => {
  test('FAIL names the remedy and touches nothing', async () => {
    const state = await givenForeignEntry(mode);
    const before = state();
    const answer = await create();
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/ExistingEntry/) as string,
    });
    await remove(answer.PhysicalResourceId);
    expect(state()).toEqual(before);
  });

  test('ADOPT takes over, and Delete puts back what was there, byte for byte', async () => {
    const state = await givenForeignEntry(mode);
    const before = state();
    const adopting = { properties: { ...roleEntry, ExistingEntry: 'ADOPT' } };
    const answer = await create(adopting);
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Adopted: 'true' } });
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo', groups: ['team-a'] });
    const changed = { ...adopting.properties, Groups: ['team-z'] };
    const updated = await world.send({
      type: 'Update',
      properties: changed,
      old: adopting.properties,
      physicalId: answer.PhysicalResourceId,
    });
    expect(updated).toMatchObject({ Status: 'SUCCESS', Data: { Adopted: 'true', Groups: 'team-z' } });
    await remove(answer.PhysicalResourceId, { properties: changed });
    expect(state()).toEqual(before);
  });

  test('ADOPT of an equal entry: a Delete that comes twice leaves what it has put back', async () => {
    world = await givenWorld({
      mode,
      awsAuth: {
        mapRoles: `${NODES + PROVIDER}- {rolearn: "arn:aws:iam::111122223333:role/foo", username: lambdafoo, groups: [team-a]}\n`,
      },
    });
    if (mode === 'API') {
      world.cluster.putAccessEntry({
        principalArn: ROLE,
        username: 'lambdafoo',
        kubernetesGroups: ['team-a'],
      });
    }
    const adopting = { properties: { ...roleEntry, ExistingEntry: 'ADOPT' } };
    const answer = await create(adopting);
    await remove(answer.PhysicalResourceId, adopting);
    await remove(answer.PhysicalResourceId, adopting);
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo', groups: ['team-a'] });
  });

  test('REPLACE takes over, and Delete removes', async () => {
    await givenForeignEntry(mode);
    const replacing = { properties: { ...roleEntry, ExistingEntry: 'REPLACE' } };
    const answer = await create(replacing);
    expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { Adopted: 'false' } });
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo', groups: ['team-a'] });
    await remove(answer.PhysicalResourceId, replacing);
    expect(world.cluster.loginAs(FUNCTION)).toBeUndefined();
  });

  test('a rename within the stack: Create takes over, the late Delete of the old name does nothing', async () => {
    world = await givenWorld({ mode });
    const first = await create();
    const second = await create(other);
    expect(second).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: first.PhysicalResourceId });
    await remove(first.PhysicalResourceId);
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo' });
    await remove(second.PhysicalResourceId, other);
    expect(world.cluster.loginAs(FUNCTION)).toBeUndefined();
  });

  test('another stack may not take it, nor remove it', async () => {
    world = await givenWorld({ mode });
    const first = await create();
    const refused = await create({ stack: 'intruder' });
    expect(refused).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/LambdaKubeUser.*app/) as string,
    });
    await remove(first.PhysicalResourceId, { stack: 'intruder' });
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo' });
  });

  test('ADOPT of what another stack has adopted is refused; after that stack’s Delete it is not', async () => {
    const state = await givenForeignEntry(mode);
    const before = state();
    const adopting = { properties: { ...roleEntry, ExistingEntry: 'ADOPT' } };
    const first = await create(adopting);
    const adopted = state();
    const refused = await create({ ...adopting, stack: 'third' });
    expect(refused).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(
        /LambdaKubeUser of stack app, which took it over itself .*: delete that mapping first, or set ExistingEntry to REPLACE/,
      ) as string,
    });
    await remove(refused.PhysicalResourceId, { ...adopting, stack: 'third' });
    expect(state()).toEqual(adopted);
    await remove(first.PhysicalResourceId, adopting);
    const second = await create({ ...adopting, stack: 'third' });
    expect(second).toMatchObject({ Status: 'SUCCESS', Data: { Adopted: 'true' } });
    await remove(second.PhysicalResourceId, { ...adopting, stack: 'third' });
    expect(state()).toEqual(before);
  });

  test('a rename of what was adopted, rolled back: the old name has it again, and what it found', async () => {
    const state = await givenForeignEntry(mode);
    const before = state();
    const adopting = { properties: { ...roleEntry, ExistingEntry: 'ADOPT' } };
    const first = await create(adopting);
    const adopted = state();
    const changed = { properties: { ...adopting.properties, Groups: ['team-z'] } };
    const renamed = await create({ ...changed, ...other });
    expect(renamed).toMatchObject({ Status: 'SUCCESS', Data: { Adopted: 'true' } });
    await remove(renamed.PhysicalResourceId, { ...changed, ...other });
    expect(state()).toEqual(adopted);
    await remove(first.PhysicalResourceId, adopting);
    expect(state()).toEqual(before);
  });

  test('a record of a newer provider is not touched, and the error says so', async () => {
    const state = await givenForeignEntry(mode);
    const { PhysicalResourceId: id } = await create({
      properties: { ...roleEntry, ExistingEntry: 'REPLACE' },
    });
    makeRecordsNewer(mode);
    const before = state();
    const reason = /has version 2, written by a newer provider/;
    const update = { type: 'Update' as const, old: roleEntry, physicalId: id };
    for (const answer of [
      await create({ properties: { ...roleEntry, ExistingEntry: 'REPLACE' }, stack: 'third' }),
      await world.send({ ...update, properties: { ...roleEntry, Groups: ['team-z'] } }),
      await remove(id),
    ]) {
      expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) as string });
      expect(state()).toEqual(before);
    }
  });

  test('the same event twice comes to the same', async () => {
    world = await givenWorld({ mode });
    const requestId = '11111111-2222-3333-4444-555555555555';
    const event = { type: 'Create' as const, properties: roleEntry, requestId };
    await world.invoke(event);
    await world.invoke(event);
    const documents = world.aws.answerBucket.accepted.map(({ document }) => document);
    expect(documents).toHaveLength(2);
    expect(documents[0]).toEqual(documents[1]);
    expect(documents[0]).toMatchObject({ Status: 'SUCCESS' });
  });
});

test('a record that another tool wiped is healed by Update and by Delete', async () => {
  world = await givenWorld();
  const created = await create();
  const wipe = (): void =>
    void world.cluster.writeConfigMap(({ metadata: { annotations: _, ...metadata }, ...rest }) => ({
      ...rest,
      metadata,
    }));
  wipe();
  const changed = { ...roleEntry, Groups: ['team-b'] };
  await world.send({
    type: 'Update',
    properties: changed,
    old: roleEntry,
    physicalId: created.PhysicalResourceId,
  });
  expect(world.owners()).toBeDefined();
  wipe();
  await remove(created.PhysicalResourceId, { properties: changed });
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
});

test('the rollback of a rename gives the entry back to the resource that is still there', async () => {
  world = await givenWorld();
  await create();
  const second = await create(other);
  await remove(second.PhysicalResourceId, other);
  expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo' });
  await remove(second.PhysicalResourceId);
  expect(world.cluster.loginAs(FUNCTION)).toBeUndefined();
});

test('of two entries for one principal the last decides, and Delete lets no shadowed entry become active', async () => {
  const duplicate = (username: string): string =>
    `- rolearn: arn:aws:iam::111122223333:role/foo\n  username: ${username}\n`;
  world = await givenWorld({
    awsAuth: { mapRoles: NODES + duplicate('first') + PROVIDER + duplicate('second') },
  });
  const replacing = { properties: { ...roleEntry, ExistingEntry: 'REPLACE' } };
  const answer = await create(replacing);
  expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo' });
  await remove(answer.PhysicalResourceId, replacing);
  expect(world.cluster.loginAs(FUNCTION)).toBeUndefined();
});

test.each([
  ['a node mapping', 'arn:aws:iam::111122223333:role/nodes', /nodes/],
  ['the provider’s own mapping', 'arn:aws:iam::111122223333:role/eks-access-provider', /provider itself/],
])('no stack takes over %s, whatever ExistingEntry says', async (_, RoleArn, reason) => {
  world = await givenWorld();
  const before = world.cluster.configMap();
  for (const ExistingEntry of ['ADOPT', 'REPLACE']) {
    const answer = await create({ properties: { ...roleEntry, RoleArn, ExistingEntry } });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) as string });
  }
  expect(world.cluster.configMap()).toEqual(before);
});
