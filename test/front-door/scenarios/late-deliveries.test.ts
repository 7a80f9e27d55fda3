/** Copies of events that come after later ones change nothing; those that CloudFormation waits for are served. */
import { givenWorld, NODES, PROVIDER, ROLE, roleEntry, type World } from './world';

const ID = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
const BAR = { ...roleEntry, RoleArn: 'arn:aws:iam::111122223333:role/bar' };
const BAR_ID = 'role|my-cluster|arn:aws:iam::111122223333:role/bar';
const teamB = { ...roleEntry, Groups: ['team-b'] };
const create = { type: 'Create' as const, properties: roleEntry };
const noLongerWaited = {
  Status: 'FAILED',
  Reason: expect.stringContaining('no longer waits for this request: nothing was changed') as string,
};

let world: World;
afterEach(() => world.stop());

/** The state that must not change: aws-auth with its records, and the access entries. */
const state = (): unknown => [world.cluster.configMap(), world.cluster.accessEntries()];
const questions = (): number => world.stackApi.requests.length;

describe.each(['CONFIG_MAP', 'API'] as const)('mode %s', (mode) => {
  beforeEach(async () => {
    world = await givenWorld({ mode });
    expect(await world.send({ ...create, age: 300 })).toMatchObject({ Status: 'SUCCESS' });
    world.liveId = ID;
  });

  test('a Create that comes again after an Update', async () => {
    await world.send({ type: 'Update', properties: teamB, old: roleEntry, physicalId: ID });
    world.resourceStatus = 'UPDATE_COMPLETE';
    const before = state();
    const answer = await world.send({ ...create, age: 60 });
    expect(answer).toMatchObject(noLongerWaited);
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    expect(state()).toEqual(before);
  });

  test('a Create that comes again while an Update runs', async () => {
    world.resourceStatus = 'UPDATE_IN_PROGRESS';
    const before = state();
    expect(await world.send({ ...create, age: 60 })).toMatchObject(noLongerWaited);
    expect(state()).toEqual(before);
  });

  test('an Update that comes again after the next one', async () => {
    await world.send({ type: 'Update', properties: teamB, old: roleEntry, physicalId: ID });
    world.resourceStatus = 'UPDATE_COMPLETE';
    const before = state();
    const late = { type: 'Update' as const, properties: roleEntry, old: teamB, physicalId: ID, age: 50 };
    expect(await world.send(late)).toMatchObject({ ...noLongerWaited, PhysicalResourceId: ID });
    expect(state()).toEqual(before);
  });

  test('a Delete that comes again after the resource was made again', async () => {
    world.resourceStatus = 'CREATE_COMPLETE';
    const before = state();
    const late = { type: 'Delete' as const, properties: roleEntry, physicalId: ID, age: 500 };
    expect(await world.send(late)).toMatchObject({ ...noLongerWaited, PhysicalResourceId: ID });
    expect(state()).toEqual(before);
  });

  test('a forged Delete with a URL that nobody signed', async () => {
    world.resourceStatus = 'CREATE_COMPLETE';
    const before = state();
    const result = await world.invoke({
      type: 'Delete',
      properties: roleEntry,
      physicalId: ID,
      tamper: (event) => void (event['ResponseURL'] = String(event['ResponseURL']).replace(/\?.*/, '')),
    });
    expect(result).toMatchObject({ status: 'error' });
    expect(world.log()).toContain('no longer waits for this request');
    expect(state()).toEqual(before);
  });

  test('the Delete of a foreign id after the mapping was taken over from another provider', async () => {
    world.resourceStatus = 'UPDATE_COMPLETE';
    const before = state();
    const physicalId = '2024/01/01/[$LATEST]0123456789abcdef';
    const cleanUp = { type: 'Delete' as const, properties: roleEntry, physicalId };
    expect(await world.send(cleanUp)).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(state()).toEqual(before);
  });

  test('a Delete that CloudFormation repeats is served', async () => {
    world.resourceStatus = 'DELETE_IN_PROGRESS';
    const repeated = { type: 'Delete' as const, properties: roleEntry, physicalId: ID, age: 120 };
    expect(await world.send(repeated)).toMatchObject({ Status: 'SUCCESS' });
    expect(world.cluster.loginAs(ROLE)).toBeUndefined();
  });

  test('a Delete in a stack that is being deleted is served', async () => {
    world.resourceStatus = 'CREATE_COMPLETE';
    world.stackStatus = 'DELETE_IN_PROGRESS';
    const late = { type: 'Delete' as const, properties: roleEntry, physicalId: ID, age: 120 };
    expect(await world.send(late)).toMatchObject({ Status: 'SUCCESS' });
    expect(world.cluster.loginAs(ROLE)).toBeUndefined();
  });

  test('a clean-up Delete after a replacement is served, repeated too', async () => {
    await world.send({ type: 'Update', properties: BAR, old: roleEntry, physicalId: ID });
    world.resourceStatus = 'UPDATE_COMPLETE';
    world.liveId = BAR_ID;
    for (const age of [60, 65]) {
      const cleanUp = { type: 'Delete' as const, properties: roleEntry, physicalId: ID, age };
      expect(await world.send(cleanUp)).toMatchObject({ Status: 'SUCCESS' });
    }
    expect(world.cluster.loginAs(ROLE)).toBeUndefined();
    expect(world.cluster.loginAs(BAR.RoleArn)).toMatchObject({ groups: ['team-a'] });
  });
});

test('a Create that Lambda delivers again while CloudFormation waits is served', async () => {
  world = await givenWorld();
  expect(await world.send({ ...create, age: 50 })).toMatchObject({ Status: 'SUCCESS' });
  expect(world.section('mapRoles')).toContain('lambdafoo');
});

test('an Update that Lambda delivers again while CloudFormation waits is served', async () => {
  world = await givenWorld();
  await world.send({ ...create, age: 300 });
  world.resourceStatus = 'UPDATE_IN_PROGRESS';
  world.liveId = ID;
  const repeated = { type: 'Update' as const, properties: teamB, old: roleEntry, physicalId: ID, age: 61 };
  expect(await world.send(repeated)).toMatchObject({ Status: 'SUCCESS' });
  expect(world.section('mapRoles')).toContain('team-b');
});

test('where CloudFormation cannot be asked the event is served, and the log says so', async () => {
  world = await givenWorld();
  world.stackApi.injectFault({ match: () => true, times: 9, respond: { status: 403, body: 'no' } });
  expect(await world.send({ ...create, age: 50 })).toMatchObject({ Status: 'SUCCESS' });
  expect(world.log()).toMatch(/"WARN".*asked CloudFormation whether it waits.*"state":"unknown"/);
});

test('a late event of a stack that is gone changes nothing', async () => {
  world = await givenWorld();
  world.resourceStatus = undefined;
  const before = state();
  expect(await world.send({ ...create, age: 50 })).toMatchObject(noLongerWaited);
  expect(state()).toEqual(before);
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
});

describe('the mark of a Delete that found nothing', () => {
  const mark = (): string | undefined =>
    world.cluster.configMap()?.metadata.annotations?.['cfn-eks-access/last-delete'];
  const remove = { type: 'Delete' as const, properties: roleEntry, physicalId: ID };
  const puts = (): number =>
    world.cluster.kubernetes.requests.filter(({ method }) => method === 'PUT').length;

  test('a PUT that commits after it meets a conflict: no access without a resource', async () => {
    world = await givenWorld({ timeoutSeconds: 2 });
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    world.cluster.kubernetes.injectFault({ match: ({ method }) => method === 'PUT', before: () => held });
    const created = await world.send(create);
    expect(created).toMatchObject({ Status: 'FAILED', PhysicalResourceId: ID });
    world.resourceStatus = 'DELETE_IN_PROGRESS';
    expect(await world.send({ ...remove, requestId: 'the-delete' })).toMatchObject({ Status: 'SUCCESS' });
    expect(JSON.parse(mark() ?? '')).toEqual({
      at: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      requestId: 'the-delete',
    });
    commit();
    // Whatever was under way is through once a write that came later is.
    world.resourceStatus = 'CREATE_IN_PROGRESS';
    const other = await world.send({ ...create, logicalId: 'Other', properties: BAR });
    expect(other).toMatchObject({ Status: 'SUCCESS' });
    await world.send({ type: 'Delete', logicalId: 'Other', properties: BAR, physicalId: BAR_ID });
    expect(world.cluster.loginAs(ROLE)).toBeUndefined();
    expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
    expect(world.owners()).toBeUndefined();
  });

  test('a PUT of an Update whose way back failed too, after the Delete has removed the access entry', async () => {
    world = await givenWorld({ mode: 'API_AND_CONFIG_MAP', timeoutSeconds: 2 });
    await world.send(create);
    let commit = (): void => undefined;
    const held = new Promise<void>((resolve) => (commit = resolve));
    world.cluster.kubernetes.injectFault({ match: ({ method }) => method === 'PUT', before: () => held });
    const forced = { ...teamB, AuthenticationMode: 'CONFIG_MAP' };
    const update = { type: 'Update' as const, properties: forced, old: roleEntry, physicalId: ID };
    expect(await world.send(update)).toMatchObject({ Status: 'FAILED' });
    expect(await world.send({ ...remove, requestId: 'the-delete' })).toMatchObject({ Status: 'SUCCESS' });
    expect(mark()).toContain('"requestId":"the-delete"');
    commit();
    // Whatever was under way is through once a write that came later is.
    const other = { ...BAR, AuthenticationMode: 'CONFIG_MAP' };
    await world.send({ ...create, logicalId: 'Other', properties: other });
    await world.send({ type: 'Delete', logicalId: 'Other', properties: other, physicalId: BAR_ID });
    expect(world.cluster.loginAs(ROLE)).toBeUndefined();
    expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
    expect(world.owners()).toBeUndefined();
  });

  test('is one PUT, overwritten by the next, and the data stay', async () => {
    world = await givenWorld();
    const before = world.cluster.configMap()?.data;
    await world.send({ ...remove, requestId: 'first' });
    await world.send({ ...remove, requestId: 'second' });
    expect(puts()).toBe(2);
    expect(mark()).toContain('"requestId":"second"');
    expect(world.cluster.configMap()?.data).toEqual(before);
  });

  test.each([
    ['under the id of a Create that made nothing', 'CONFIG_MAP', 'create-failed|r'],
    ['under a foreign id', 'CONFIG_MAP', '2024/01/01/[$LATEST]0123456789abcdef'],
    ['in mode API', 'API', ID],
  ] as const)('is not left %s', async (_, mode, physicalId) => {
    world = await givenWorld({ mode });
    expect(await world.send({ ...remove, physicalId })).toMatchObject({ Status: 'SUCCESS' });
    expect(puts()).toBe(0);
    expect(mark()).toBeUndefined();
  });

  test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const)(
    'is not left where the mapping was found, in mode %s',
    async (mode) => {
      world = await givenWorld({ mode });
      await world.send(create);
      expect(await world.send(remove)).toMatchObject({ Status: 'SUCCESS' });
      expect(world.cluster.loginAs(ROLE)).toBeUndefined();
      expect(mark()).toBeUndefined();
    },
  );
});

test('punctual events ask nothing more than they did', async () => {
  world = await givenWorld();
  await world.send(create);
  // After its write a Create asks whether it is still wanted (CR-28).
  expect(questions()).toBe(1);
  await world.send({ type: 'Update', properties: teamB, old: roleEntry, physicalId: ID, age: 40 });
  await world.send({ type: 'Delete', properties: teamB, physicalId: ID, age: 40 });
  await world.send({ type: 'Delete', properties: teamB, physicalId: 'create-failed|r', age: 400 });
  expect(questions()).toBe(1);
});
