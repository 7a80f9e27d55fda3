/** The rights that the construct gives the function's role are what a run needs, and no more than the guardrails say. */
import { deployProvider } from '../../../../local/demo/provider';
import { enforceIam } from '../attacks/iam';
import { given, map, mapping, PROVIDER, role, type Followed } from './followed';

let world: Followed;
afterEach(() => world.stop());

const LATER = '2999-01-01T00:00:00Z';

test('under the IAM policy of its guardrails a run moves, looks at and ends mappings', async () => {
  world = await given();
  const { aws, cluster } = world.session;
  const guardrails = { clusters: ['my-cluster'], groups: ['team-*'] };
  await deployProvider(aws, { functionName: PROVIDER, guardrails, permissionSets: false });
  await map(world, 'app', { A: mapping('foo'), B: mapping('bar', { ExpiresAt: LATER }) });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  enforceIam(aws, guardrails);
  expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 2, left: 0 }));
  const entry = cluster.accessEntry(role('bar'));
  if (!entry) throw new Error('not moved');
  cluster.putAccessEntry({
    ...entry,
    policies: [],
    tags: { ...entry.tags, 'cfn-eks-access:expires': '2001-01-01T00:00:00Z' },
  });
  const lines = await world.run();
  expect(lines.filter(({ level }) => level !== 'INFO')).toEqual([]);
  expect(cluster.accessEntry(role('bar'))).toBeUndefined();
  expect(world.login('foo')).toMatchObject({ username: 'x', source: 'access-entry' });
});

test('what IAM refuses stays in aws-auth, and the run goes on', async () => {
  world = await given();
  const { aws, cluster } = world.session;
  const guardrails = { clusters: ['my-cluster'] };
  await deployProvider(aws, { functionName: PROVIDER, guardrails, permissionSets: false });
  await map(world, 'app', { A: mapping('foo', { Groups: ['ops'] }), B: mapping('bar') });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  // Narrower than the function has been told.
  enforceIam(aws, { clusters: ['my-cluster'], groups: ['team-*'] });
  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'left in aws-auth',
      logicalResourceId: 'A',
      reason: expect.stringContaining('eks:CreateAccessEntry') as string,
    }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ moved: 1, left: 1 }));
  expect(world.login('foo')).toMatchObject({ username: 'x', source: 'aws-auth' });
});
