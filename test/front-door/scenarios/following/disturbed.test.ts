/** The schedule beside everything else: stack events at the same time, ends half-way, clusters that do not answer. */
import { given, letProviderIn, map, mapping, PROVIDER, role, type Followed } from './followed';
import { scheduleName } from '../../../../local/demo/provider-template';
import { type LocalRequest } from '../../../../local/aws/server/loopback-server';
import { demonstrationAwsAuth } from '../../../../local/demo/session';
import { deploy } from '../whole-stacks';

let world: Followed;
afterEach(() => world.stop());

const isPutOfAwsAuth = ({ method, path }: LocalRequest): boolean =>
  method === 'PUT' && path.endsWith('/configmaps/aws-auth');
const isCreateEntry = ({ method, path }: LocalRequest): boolean =>
  method === 'POST' && path.endsWith('/access-entries');
const DENIED = {
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  reason: 'Forbidden',
  code: 403,
  message: 'no',
};
const deleteApp = () => world.session.aws.cloudformation.deleteStack({ name: 'app' });
const MOVED = 'moved from aws-auth into an access entry';

/** A cluster that has just begun to read access entries, with the mapping `A` of the role `foo` in aws-auth. */
async function givenMapping(): Promise<void> {
  world = await given();
  await map(world, 'app', { A: mapping('foo') });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
}

/** Nothing of ours is left, and nothing of anybody else's was touched. */
function expectNothingLeft(): void {
  const { cluster } = world.session;
  expect(world.login('foo')).toBeUndefined();
  expect(cluster.accessEntry(role('foo'))).toBeUndefined();
  expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  expect(world.owners()).toBeUndefined();
}

describe('a run that ends half-way', () => {
  test('between the access entry and aws-auth: nobody loses access, and the next run completes it', async () => {
    await givenMapping();
    const { cluster } = world.session;
    cluster.kubernetes.injectFault({
      match: isPutOfAwsAuth,
      respond: { status: 403, body: JSON.stringify(DENIED) },
    });
    const lines = await world.run();
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        message: 'the access entry is in place; aws-auth still has the mapping, until the next run',
      }),
    );
    expect(lines).toContainEqual(expect.objectContaining({ moved: 0, left: 1 }));
    expect(world.mapRoles()).toContain('role/foo');
    expect(world.login('foo')).toMatchObject({ username: 'x', source: 'access-entry' });
    const entry = cluster.accessEntry(role('foo'));

    expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 1, left: 0 }));
    // Without the mark of the first run.
    const { 'cfn-eks-access:run': mark, ...tags } = entry?.tags ?? {};
    expect(mark).toBeDefined();
    expect(cluster.accessEntry(role('foo'))).toEqual({ ...entry, tags });
    expect(world.mapRoles()).not.toContain('role/foo');
    await deleteApp();
    expectNothingLeft();
  });

  test('what a stack event could not take out of aws-auth, after it had made the access entry, a run takes out', async () => {
    await givenMapping();
    const { cluster } = world.session;
    // The mapping is of an older event.
    cluster.writeConfigMap(({ metadata, data = {} }) => {
      const { annotations = {} } = metadata;
      const owners = (annotations['cfn-eks-access/owners'] ?? '').replace(/"at":\d+/, '"at":1000');
      return { metadata: { ...metadata, annotations: { 'cfn-eks-access/owners': owners } }, data };
    });
    cluster.kubernetes.injectFault({
      match: isPutOfAwsAuth,
      respond: { status: 403, body: JSON.stringify(DENIED) },
    });
    await map(world, 'app', { A: mapping('foo', { UserName: 'y' }) });
    expect(world.mapRoles()).toContain('role/foo');
    expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 1, left: 0 }));
    expect(world.login('foo')).toMatchObject({ username: 'y', source: 'access-entry' });
    await deleteApp();
    expectNothingLeft();
  });

  test('a lost answer to the write of aws-auth is no loss', async () => {
    await givenMapping();
    world.session.cluster.kubernetes.injectFault({ match: isPutOfAwsAuth, action: 'reset-after' });
    expect(await world.run()).toContainEqual(expect.objectContaining({ message: MOVED }));
    expect(world.login('foo')).toMatchObject({ username: 'x' });
    expect(world.owners()).toBeUndefined();
  });

  test('an entry whose policy is refused is taken back: aws-auth still gives the access', async () => {
    world = await given();
    await map(world, 'app', { A: mapping('foo', { Groups: ['system:masters'] }) });
    const { cluster, aws } = world.session;
    cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
    aws.controlPlane.setAuthorize((_, action) => action !== 'eks:AssociateAccessPolicy');
    expect(await world.run()).toContainEqual(
      expect.objectContaining({
        message: 'left in aws-auth',
        reason: expect.stringContaining('eks:AssociateAccessPolicy') as string,
      }),
    );
    expect(cluster.accessEntry(role('foo'))).toBeUndefined();
    expect(world.login('foo')).toMatchObject({ username: 'x', source: 'aws-auth' });
  });
});

describe('beside stack events', () => {
  test('a Delete between the look and the new entry: nothing comes back to life', async () => {
    await givenMapping();
    world.session.aws.controlPlane.eks.injectFault({
      match: isCreateEntry,
      before: async () => void (await deleteApp()),
    });
    const lines = await world.run();
    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'took back the access entry of a mapping', logicalResourceId: 'A' }),
    );
    expectNothingLeft();
  });

  test('a Delete that looks at the access entries before and at aws-auth after the move finds nothing, and nothing is left', async () => {
    await givenMapping();
    const { aws, cluster } = world.session;
    let deleting: Promise<unknown> = Promise.resolve();
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    aws.controlPlane.eks.injectFault({
      match: isCreateEntry,
      before: async () => {
        const isAtAwsAuth = new Promise<void>((resolve) =>
          cluster.kubernetes.injectFault({
            match: ({ method, path }) => method === 'GET' && path.endsWith('/configmaps/aws-auth'),
            before: async () => {
              resolve();
              await released;
            },
          }),
        );
        deleting = deleteApp();
        await isAtAwsAuth;
      },
    });
    expect(await world.run()).toContainEqual(
      expect.objectContaining({ message: 'took back the access entry of a mapping' }),
    );
    release();
    expect(await deleting).toMatchObject({ status: 'DELETE_COMPLETE' });
    expectNothingLeft();
  });

  test('a Delete between the new entry and aws-auth', async () => {
    await givenMapping();
    world.session.cluster.kubernetes.injectFault({
      match: isPutOfAwsAuth,
      before: async () => void (await deleteApp()),
    });
    await world.run();
    expectNothingLeft();
  });

  test.each([
    ['the look and the new entry', () => world.session.aws.controlPlane.eks, isCreateEntry],
    ['the new entry and aws-auth', () => world.session.cluster.kubernetes, isPutOfAwsAuth],
  ] as const)('an Update between %s: what it asks for is in force', async (_, serverOf, match) => {
    await givenMapping();
    serverOf().injectFault({
      match,
      before: async () => void (await map(world, 'app', { A: mapping('foo', { UserName: 'y' }) })),
    });
    await world.run();
    expect(world.login('foo')).toMatchObject({ username: 'y', source: 'access-entry' });
    expect(world.owners()).toBeUndefined();
    await deleteApp();
    expectNothingLeft();
  });

  test('an Update that forces aws-auth at that moment keeps the mapping there', async () => {
    await givenMapping();
    const forced = { A: mapping('foo', { UserName: 'y', AuthenticationMode: 'CONFIG_MAP' }) };
    world.session.cluster.kubernetes.injectFault({
      match: isPutOfAwsAuth,
      before: async () => void (await map(world, 'app', forced)),
    });
    await world.run();
    expect(world.login('foo')).toMatchObject({ username: 'y', source: 'aws-auth' });
    await deleteApp();
    expectNothingLeft();
  });

  test('while a stack operation is changing the mapping, it is left to it', async () => {
    await givenMapping();
    let lines: Awaited<ReturnType<Followed['run']>> = [];
    // The Update is at its own look when the run comes by.
    world.session.aws.controlPlane.eks.injectFault({
      match: ({ method, path }) => method === 'GET' && path.includes('/access-entries/'),
      before: async () => {
        lines = await world.run();
      },
    });
    await map(world, 'app', { A: mapping('foo', { UserName: 'y' }) });
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'not moved now',
        reason: expect.stringContaining('a stack operation is changing it') as string,
      }),
    );
    expect(world.login('foo')).toMatchObject({ username: 'y', source: 'access-entry' });
    expect(world.owners()).toBeUndefined();
  });

  test('other writers of aws-auth at the same time lose nothing', async () => {
    await givenMapping();
    const { cluster } = world.session;
    cluster.kubernetes.injectFault({
      match: isPutOfAwsAuth,
      times: 3,
      before: () => {
        cluster.writeConfigMap(({ metadata, data = {} }) => ({
          metadata,
          data: { ...data, mapRoles: `${data['mapRoles'] ?? ''}# one more\n` },
        }));
      },
    });
    expect(await world.run()).toContainEqual(expect.objectContaining({ message: MOVED }));
    expect(world.mapRoles().match(/# one more/g)).toHaveLength(3);
    expect(world.mapRoles()).not.toContain('role/foo');
  });
});

test('two runs at once, as a schedule may send its event twice, come to the same as one', async () => {
  await givenMapping();
  const { aws, cluster } = world.session;
  await Promise.all([1, 2].map(() => aws.scheduler.fire(scheduleName(PROVIDER))));
  await world.run();
  expect(world.login('foo')).toMatchObject({ username: 'x', source: 'access-entry' });
  expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  await deleteApp();
  expectNothingLeft();
});

test('a cluster that does not answer costs five seconds, and the others are followed', async () => {
  await givenMapping();
  const { aws } = world.session;
  const silent = await aws.controlPlane.createCluster({
    name: 'silent',
    authenticationMode: 'API_AND_CONFIG_MAP',
    awsAuth: null,
  });
  silent.kubernetes.injectFault({ match: () => true, action: 'stall', times: 100 });
  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'WARN',
      cluster: 'silent',
      reason: expect.stringContaining('no answer within 5 s') as string,
    }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ message: MOVED, cluster: 'my-cluster' }));
  expect(lines).toContainEqual(
    expect.objectContaining({
      clusters: 2,
      ClustersLookedAt: 2,
      AwsAuthNotLookedAt: 1,
      ClustersInNextRun: 0,
    }),
  );
});

test('when EKS refuses everything, the run says so and does not fail', async () => {
  await givenMapping();
  const { aws } = world.session;
  aws.controlPlane.setAuthorize(() => false);
  expect(await world.run()).toContainEqual(
    expect.objectContaining({
      level: 'ERROR',
      message: 'the scheduled run failed',
      RunsFailed: 1,
      reason: expect.stringContaining('eks:ListClusters') as string,
    }),
  );
  expect(world.login('foo')).toMatchObject({ username: 'x' });
});

test('a failed stack that rolls back after the move keeps its mapping', async () => {
  await givenMapping();
  await world.run();
  const failed = await deploy(world.session, 'app', {
    A: mapping('foo', { UserName: 'y' }),
    Bad: { ...mapping('x', { RoleArn: 'arn:aws:iam::111122223333:group/x' }), DependsOn: 'A' },
  });
  expect(failed.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.login('foo')).toMatchObject({ username: 'x', source: 'access-entry' });
  world.session.cluster.setAuthenticationMode('API');
  letProviderIn(world);
  expect(world.login('foo')).toMatchObject({ username: 'x' });
  await deleteApp();
  expectNothingLeft();
});
