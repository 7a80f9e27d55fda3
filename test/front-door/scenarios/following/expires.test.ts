/** `ExpiresAt`: the schedule ends a mapping, the resource stays, and a later date brings it back. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { deploy, failuresOf } from '../whole-stacks';
import { demonstrationAwsAuth } from '../../../../local/demo/session';
import { given, map, mapping, role, type Followed } from './followed';

let world: Followed;
afterEach(() => world.stop());

const LATER = '2999-01-01T00:00:00Z';
const PAST = '2001-01-01T00:00:00Z';
const ENDED = 'removed an expired mapping';
const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

/** The date of the mapping's record becomes one that is past: time itself cannot be moved under a real function. */
function letTimePass(name: string): void {
  const { cluster } = world.session;
  const entry = cluster.accessEntry(role(name));
  if (entry) {
    const tags = { ...entry.tags, 'cfn-eks-access:expires': PAST };
    const policies = entry.policies.map(({ policyArn }) => ({ policy: policyArn }));
    cluster.putAccessEntry({ ...entry, tags, policies });
  }
  if (!cluster.configMap()?.metadata.annotations) return;
  cluster.writeConfigMap(({ metadata, data = {} }) => {
    const owners = (metadata.annotations?.['cfn-eks-access/owners'] ?? '').replace(
      /"expires":"2999[^"]*"/,
      `"expires":"${PAST}"`,
    );
    return { metadata: { ...metadata, annotations: { 'cfn-eks-access/owners': owners } }, data };
  });
}

function expectNobody(): void {
  const { cluster } = world.session;
  expect(world.login('foo')).toBeUndefined();
  expect(cluster.accessEntry(role('foo'))).toBeUndefined();
  expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  expect(world.owners()).toBeUndefined();
}

describe.each(modes)('mode %s', (mode) => {
  test('ends at its time and not before; the Delete succeeds', async () => {
    world = await given(mode);
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
    expect(await world.run()).not.toContainEqual(expect.objectContaining({ message: ENDED }));
    expect(world.login('foo')).toMatchObject({ username: 'x' });
    letTimePass('foo');
    expect(await world.run()).toContainEqual(
      expect.objectContaining({ message: ENDED, cluster: 'my-cluster', logicalResourceId: 'A' }),
    );
    expectNobody();
    expect(await world.session.aws.cloudformation.deleteStack({ name: 'app' })).toMatchObject({
      status: 'DELETE_COMPLETE',
    });
    expectNobody();
  });

  test('a later date brings it back, and so does none', async () => {
    world = await given(mode);
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
    letTimePass('foo');
    await world.run();
    expectNobody();
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: '2999-06-01' }) });
    expect(world.login('foo')).toMatchObject({ username: 'x' });
    await map(world, 'app', { A: mapping('foo') });
    expect(await world.run()).not.toContainEqual(expect.objectContaining({ message: ENDED }));
    expect(world.login('foo')).toMatchObject({ username: 'x' });
    await world.session.aws.cloudformation.deleteStack({ name: 'app' });
    expectNobody();
  });

  test('an Update of a mapping whose date has come succeeds, and maps nobody', async () => {
    world = await given(mode);
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: PAST }) });
    expectNobody();
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: PAST, UserName: 'y' }) });
    expectNobody();
  });

  test('a rollback onto a mapping whose date has come succeeds', async () => {
    world = await given(mode);
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: PAST }) });
    const failed = await deploy(world.session, 'app', {
      A: mapping('foo', { ExpiresAt: LATER }),
      Bad: { ...mapping('x', { RoleArn: 'arn:aws:iam::111122223333:group/x' }), DependsOn: 'A' },
    });
    expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expectNobody();
  });

  test('what ADOPT has found comes back when the time has come', async () => {
    world = await given(mode);
    const { cluster } = world.session;
    const before = cluster.loginAs(role('payments-deployer'));
    await map(world, 'app', {
      A: mapping('payments-deployer', { ExpiresAt: LATER, ExistingEntry: 'ADOPT' }),
    });
    expect(world.login('payments-deployer')).toMatchObject({ username: 'x' });
    letTimePass('payments-deployer');
    await world.run();
    expect(world.login('payments-deployer')).toEqual(before);
    expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  });
});

test.each([
  ['a date in the past', { ExpiresAt: PAST }, /ExpiresAt is 2001-01-01T00:00:00.000Z, which is past/],
  ['no date at all', { ExpiresAt: 'tomorrow' }, /ExpiresAt is "tomorrow", which is no date/],
])('%s is refused at Create, and nothing is mapped', async (_, more, reason) => {
  world = await given();
  const stack = await deploy(world.session, 'app', { A: mapping('foo', more) });
  expect(failuresOf(stack)).toMatch(reason);
  expectNobody();
});

test('a provider without a schedule refuses it', async () => {
  world = await given('CONFIG_MAP', { followMode: 'false' });
  const stack = await deploy(world.session, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
  expect(failuresOf(stack)).toMatch(/ExpiresAt needs the schedule of the provider/);
  expectNobody();
});

test('with followMode report it ends as well: that is what the stack author has asked for', async () => {
  world = await given('CONFIG_MAP', { followMode: 'report' });
  await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
  letTimePass('foo');
  await world.run();
  expectNobody();
});

test('a node that is an access entry cannot end, and is refused; in aws-auth it can, and does not move', async () => {
  const node = {
    UserName: 'system:node:{{EC2PrivateDNSName}}',
    Groups: ['system:bootstrappers', 'system:nodes'],
  };
  world = await given('API');
  const refused = await deploy(world.session, 'app', { A: mapping('foo', { ...node, ExpiresAt: LATER }) });
  expect(failuresOf(refused)).toMatch(/access entries of type EC2_LINUX cannot be tagged/);
  await world.stop();
  world = await given();
  await map(world, 'app', { A: mapping('foo', { ...node, ExpiresAt: LATER }) });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 0, left: 1 }));
  letTimePass('foo');
  await world.run();
  expectNobody();
});

test('the date moves with the mapping', async () => {
  world = await given();
  await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await world.run();
  expect(world.session.cluster.accessEntry(role('foo'))?.tags['cfn-eks-access:expires']).toBe(
    '2999-01-01T00:00:00.000Z',
  );
  letTimePass('foo');
  await world.run();
  expectNobody();
});

test('a new date alone is written, though the entry stays as it is', async () => {
  for (const mode of modes) {
    world = await given(mode);
    await map(world, 'app', { A: mapping('foo') });
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
    letTimePass('foo');
    await world.run();
    expectNobody();
    if (mode !== 'API') await world.stop();
  }
});

test('an Update with a later date while the run is about to end the mapping wins', async () => {
  for (const mode of ['CONFIG_MAP', 'API'] as const) {
    world = await given(mode);
    await map(world, 'app', { A: mapping('foo', { ExpiresAt: LATER }) });
    letTimePass('foo');
    const { cluster, aws } = world.session;
    const later = async (): Promise<void> =>
      void (await map(world, 'app', { A: mapping('foo', { ExpiresAt: '2999-06-01' }) }));
    if (mode === 'API') {
      // The second look at the entry is the one before its removal.
      let looks = 0;
      aws.controlPlane.eks.injectFault({
        match: ({ method, path }) =>
          method === 'GET' && /\/access-entries\/.*role%2Ffoo$/i.test(path) && (looks += 1) === 2,
        before: later,
      });
    } else {
      cluster.kubernetes.injectFault({ match: ({ method }) => method === 'PUT', before: later });
    }
    await world.run();
    expect(world.login('foo')).toMatchObject({ username: 'x' });
    await world.run();
    expect(world.login('foo')).toMatchObject({ username: 'x' });
    if (mode === 'CONFIG_MAP') await world.stop();
  }
});

test('drift and orphans among access entries are told', async () => {
  world = await given('API');
  const { cluster, aws } = world.session;
  await map(world, 'app', { A: mapping('foo') });
  await map(world, 'gone', { B: { ...mapping('bar'), DeletionPolicy: 'Retain' } });
  await aws.cloudformation.deleteStack({ name: 'gone' });
  expect((await world.run()).filter(({ level }) => level === 'WARN')).toMatchObject([
    { message: expect.stringMatching(/^orphan/) as string, logicalResourceId: 'B' },
  ]);
  const entry = cluster.accessEntry(role('foo'));
  if (entry) cluster.putAccessEntry({ ...entry, policies: [], kubernetesGroups: ['team-a', 'ops'] });
  expect(await world.run()).toContainEqual(
    expect.objectContaining({
      message: 'drift: another tool has changed the mapping',
      place: 'API',
      logicalResourceId: 'A',
      gives: expect.stringContaining('ops') as string,
    }),
  );
});
