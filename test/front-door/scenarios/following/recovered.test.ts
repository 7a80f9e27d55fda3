/** What `eks-access recover` has made ends by the schedule of the provider, under the rights that its role has. */
import { environmentOf, runWith } from '../../cli/live/cluster';
import { given, map, mapping, role, type Followed } from './followed';

let world: Followed;
afterEach(() => world.stop());

const ADMIN = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const PAST = '2001-01-01T00:00:00.000Z';

function recovered(name: string, expires: string, tags: Readonly<Record<string, string>> = {}): void {
  world.session.cluster.putAccessEntry({
    principalArn: role(name),
    username: name,
    policies: [{ policy: ADMIN }],
    tags: { 'cfn-eks-access:owner': 'v1/cli/recover', 'cfn-eks-access:expires': expires, ...tags },
  });
}

const isThere = (name: string): boolean => world.session.cluster.accessEntry(role(name)) !== undefined;

test.each(['API', 'API_AND_CONFIG_MAP'] as const)(
  'mode %s: at its end it goes, and nothing else',
  async (mode) => {
    world = await given(mode);
    recovered('over', PAST);
    recovered('rescue', '2999-01-01T00:00:00.000Z');
    world.session.cluster.putAccessEntry({
      principalArn: role('foreign'),
      username: 'x',
      tags: { kind: 'cli' },
    });
    const lines = await world.run();
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'removed an expired mapping',
        stackId: 'cli',
        logicalResourceId: 'recover',
      }),
    );
    expect(['over', 'rescue', 'foreign'].map(isThere)).toEqual([false, true, true]);
  },
);

test('from the command line to the schedule: an administrator for a time', async () => {
  world = await given('API');
  const { aws, cluster } = world.session;
  const line = `recover --cluster ${cluster.name} --admin role/rescue --for 15m --approve`;
  const { code, stderr } = await runWith(environmentOf(aws.controlPlane, role('rescuer')), line);
  expect([code, stderr]).toEqual([0, expect.stringContaining('until')]);
  await world.run();
  expect(world.login('rescue')).toBeDefined();
  const entry = cluster.accessEntry(role('rescue'));
  // Time itself cannot be moved under a real function.
  recovered('rescue', PAST, { ...entry?.tags, 'cfn-eks-access:expires': PAST });
  await world.run();
  expect(world.login('rescue')).toBeUndefined();
});

test('a stack that adopts it owns it while the stack is there; then it ends as it would have', async () => {
  world = await given('API');
  recovered('foo', PAST);
  await expect(map(world, 'app', { A: mapping('foo') })).rejects.toThrow('owned by eks-access recover: ');
  await world.session.aws.cloudformation.deleteStack({ name: 'app' });
  await map(world, 'app', { A: mapping('foo', { ExistingEntry: 'ADOPT' }) });
  await world.run();
  expect(world.login('foo')).toMatchObject({ username: 'x' });
  await world.session.aws.cloudformation.deleteStack({ name: 'app' });
  expect(world.login('foo')).toMatchObject({ username: 'foo' });
  await world.run();
  expect(isThere('foo')).toBe(false);
});
