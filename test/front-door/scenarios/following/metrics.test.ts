/** What a run has counted is in its last line, in the form from which CloudWatch makes metrics. */
import { RUN_METRICS } from '../../../../access/contract';
import { deploy } from '../whole-stacks';
import { given, type Line, map, mapping, PROVIDER, role, type Followed } from './followed';

let world: Followed;
afterEach(() => world.stop());

/** The fields that CloudWatch makes metrics of in these lines: each must be in one line and no other. */
function metricsOf(lines: readonly Line[]): Readonly<Record<string, unknown>> {
  const embedded = lines.filter((line) => '_aws' in line && 'ClustersLookedAt' in line);
  expect(embedded).toHaveLength(1);
  const [line] = embedded as [Line & { _aws: { CloudWatchMetrics: { Metrics: { Name: string }[] }[] } }];
  expect(line).toMatchObject({
    Service: PROVIDER,
    _aws: { CloudWatchMetrics: [{ Namespace: 'cfn-eks-access', Dimensions: [['Service']] }] },
  });
  const names = line._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
  return Object.fromEntries(names.map((name) => [name, line[name]]));
}

test('what has moved, what is left, what has drifted, and whose resource is gone', async () => {
  world = await given();
  const { aws, cluster } = world.session;
  const kept = { ...mapping('kept'), DeletionPolicy: 'Retain' };
  await map(world, 'app', {
    A: mapping('foo'),
    Forced: mapping('bar', { AuthenticationMode: 'CONFIG_MAP' }),
  });
  await map(world, 'gone', { Kept: kept });
  await aws.cloudformation.deleteStack({ name: 'gone' });
  expect(metricsOf(await world.run())).toEqual({ ClustersLookedAt: 1, MappingsLeft: 0, MappingsOrphaned: 1 });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  // Of the entries among those that have moved, the one of the retained mapping is an orphan in its turn as well.
  expect(metricsOf(await world.run())).toEqual({
    ClustersLookedAt: 1,
    MappingsMoved: 2,
    MappingsLeft: 1,
    MappingsOrphaned: 2,
  });
  const entry = cluster.accessEntry(role('foo'));
  if (entry) cluster.putAccessEntry({ ...entry, policies: [], kubernetesGroups: ['ops'] });
  expect(metricsOf(await world.run())).toEqual({
    ClustersLookedAt: 1,
    MappingsLeft: 1,
    MappingsDrifted: 1,
    MappingsOrphaned: 1,
  });
});

test('what has ended, and what should have', async () => {
  world = await given('API');
  const { aws, cluster } = world.session;
  await map(world, 'app', { A: mapping('foo', { ExpiresAt: '2999-01-01T00:00:00Z' }) });
  const entry = cluster.accessEntry(role('foo'));
  if (!entry) throw new Error('not mapped');
  const tags = { ...entry.tags, 'cfn-eks-access:expires': '2001-01-01T00:00:00Z' };
  cluster.putAccessEntry({ ...entry, policies: [], tags });
  aws.controlPlane.setAuthorize((_, action) => action !== 'eks:DeleteAccessEntry');
  expect(metricsOf(await world.run())).toEqual({ ClustersLookedAt: 1, MappingsLeft: 0, MappingsOverdue: 1 });
  aws.controlPlane.setAuthorize(() => true);
  expect(metricsOf(await world.run())).toEqual({ ClustersLookedAt: 1, MappingsLeft: 0, MappingsExpired: 1 });
});

test('what could not be looked at, and a run that failed', async () => {
  world = await given('CONFIG_MAP');
  const { aws } = world.session;
  await aws.controlPlane.createCluster({ name: 'strange', authenticationMode: 'CONFIG_MAP', awsAuth: null });
  aws.controlPlane.eks.injectFault({
    match: ({ path }) => path === '/clusters/my-cluster',
    times: 100,
    action: 'stall',
  });
  expect(metricsOf(await world.run())).toEqual({
    ClustersLookedAt: 1,
    ClustersNotLookedAt: 1,
    AwsAuthNotLookedAt: 1,
    MappingsLeft: 0,
  });
  aws.controlPlane.setAuthorize(() => false);
  expect(metricsOf(await world.run())).toEqual({ ClustersLookedAt: 0, MappingsLeft: 0, RunsFailed: 1 });
});

test('a stack event has none, and nothing that is counted is left out of the list', async () => {
  world = await given();
  const before = world.session.aws.lambda.logs().length;
  await deploy(world.session, 'app', { A: mapping('foo') });
  const texts = world.session.aws.lambda.logs().slice(before);
  expect(texts.map(({ text }) => text).join('')).not.toContain('_aws');
  const [last] = (await world.run()).filter((line) => 'ClustersLookedAt' in line);
  expect(Object.keys(last ?? {}).filter((name) => /^[A-Z]/.test(name))).toEqual([...RUN_METRICS, 'Service']);
});
