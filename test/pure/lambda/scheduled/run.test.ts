/** A run over many clusters: how fast it calls, what it leaves for the next run. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { ProviderError } from '../../../../access/errors';
import { identityOf } from '../../../../access/login-identity';
import { digestOf } from '../../../../access/record-facts';
import { type RunCounts } from '../../../../lambda/scheduled/counts';
import { last, type Line, named, runOver } from './simulated-account';

test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const)(
  '200 clusters of mode %s with nothing to do: at most 5 calls a second, within the time, the rest in the next run',
  async (mode) => {
    const seen = await runOver({ modes: named(200, mode) });
    for (const { at } of seen.eks)
      expect(seen.eks.filter((other) => other.at >= at && other.at < at + 1_000).length).toBeLessThanOrEqual(
        5,
      );
    expect(seen.eks.at(-1)?.at).toBeLessThan(58_000);
    const { ClustersLookedAt, ClustersInNextRun } = last(seen) as Line & RunCounts;
    expect(ClustersLookedAt + ClustersInNextRun).toBe(200);
    expect(ClustersLookedAt).toBeGreaterThan(150);
    // One DescribeCluster and one look at aws-auth a cluster, and the list.
    expect(seen.eks.filter(({ call }) => call === 'DescribeCluster')).toHaveLength(ClustersLookedAt);
    expect(seen.looks).toHaveLength(ClustersLookedAt);
  },
);

test('a short run leaves most for the next one, and says how many', async () => {
  const seen = await runOver({ modes: named(100, 'CONFIG_MAP'), seconds: 10 });
  const { ClustersLookedAt, ClustersInNextRun } = last(seen) as Line & RunCounts;
  expect(ClustersLookedAt).toBeLessThan(30);
  expect(ClustersInNextRun).toBe(100 - ClustersLookedAt);
});

test('each run takes the clusters in another order', async () => {
  const { looks } = await runOver({ modes: named(50, 'CONFIG_MAP') });
  expect([...looks].sort()).toEqual(Object.keys(named(50, 'CONFIG_MAP')).sort());
  expect(looks).not.toEqual(Object.keys(named(50, 'CONFIG_MAP')));
});

test('names without wildcards are taken as they are, and the list is not asked for', async () => {
  const seen = await runOver({
    modes: { prod: 'CONFIG_MAP', dev: 'CONFIG_MAP' },
    guardrails: { clusters: ['prod', 'gone'] },
  });
  expect(seen.eks.map(({ call }) => call)).toEqual(['DescribeCluster', 'DescribeCluster']);
  expect(seen.looks).toEqual(['prod']);
  expect(seen.lines).toContainEqual(
    expect.objectContaining({ message: 'the cluster was not looked at', cluster: 'gone' }),
  );
});

test('of those that a wildcard could mean only the ones that match are looked at, each once', async () => {
  const seen = await runOver({
    modes: { prod: 'CONFIG_MAP', 'dev-1': 'CONFIG_MAP', 'dev-2': 'CONFIG_MAP' },
    guardrails: { clusters: ['dev-?', 'dev-1'] },
  });
  expect([...seen.looks].sort()).toEqual(['dev-1', 'dev-2']);
});

test('aws-auth is looked at where the cluster reads it, and on a cluster of mode API in its turn', async () => {
  const modes = { a: 'API', b: 'API', c: 'API_AND_CONFIG_MAP' } as const;
  expect((await runOver({ modes })).looks).toEqual(['c']);
  expect([...(await runOver({ modes, isTurn: (name) => name === 'b' })).looks].sort()).toEqual(['b', 'c']);
});

test('a cluster that has just come to mode API is looked at once more', async () => {
  const seen = new Map<string, AuthenticationMode>();
  const looks = async (mode: AuthenticationMode): Promise<readonly string[]> =>
    (await runOver({ modes: { a: mode }, seen })).looks;
  expect(await looks('API_AND_CONFIG_MAP')).toEqual(['a']);
  expect(await looks('API')).toEqual(['a']);
  expect(await looks('API')).toEqual([]);
});

test('a cluster that is being made or deleted is left alone, and one that is being updated is not', async () => {
  const seen = await runOver({
    modes: named(4, 'API_AND_CONFIG_MAP'),
    statuses: { c0: 'CREATING', c1: 'UPDATING', c2: 'DELETING', c3: 'FAILED' },
  });
  expect(seen.looks).toEqual(['c1']);
  expect(last(seen)).toMatchObject({ ClustersLookedAt: 4, ClustersNotLookedAt: 0 });
});

test('what another tool has changed or removed in aws-auth is told, with what it gives now', async () => {
  const arn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
  const lines = ['kept', 'changed'].map((name) => `- rolearn: ${arn(name)}\n  username: ${name}\n`);
  const wrote = digestOf(identityOf({ userName: 'kept', groups: [], policies: [], type: undefined }));
  const records = ['kept', 'changed', 'removed'].map((name) => [arn(name), { id: name, wrote }] as const);
  const stack = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1';
  const owners = JSON.stringify({ v: 1, stacks: { [stack]: Object.fromEntries(records) } });
  const seen = await runOver({
    modes: { prod: 'CONFIG_MAP' },
    awsAuth: () => ({
      data: { mapRoles: lines.join('') },
      annotations: { 'cfn-eks-access/owners': owners },
    }),
  });
  const drift = 'drift: another tool has changed the mapping';
  const told = seen.lines.filter(({ message }) => message === drift);
  expect(told.map(({ logicalResourceId, gives }) => [logicalResourceId, gives])).toEqual([
    ['changed', 'user name "changed"'],
    ['removed', 'nothing: the entry is gone'],
  ]);
  expect(last(seen)).toMatchObject({ MappingsDrifted: 2 });
});

test('one cluster whose aws-auth cannot be read does not keep the run from the others', async () => {
  const seen = await runOver({
    modes: named(3, 'API_AND_CONFIG_MAP'),
    awsAuth: (name) => {
      if (name === 'c1') throw new ProviderError('ServiceUnavailable', 'no answer');
      return { data: {}, annotations: name === 'c2' ? { 'cfn-eks-access/owners': '{' } : {} };
    },
  });
  expect(last(seen)).toMatchObject({ clusters: 3, ClustersLookedAt: 3, AwsAuthNotLookedAt: 1 });
  expect(seen.lines).toContainEqual(
    expect.objectContaining({ level: 'WARN', message: 'aws-auth was not looked at', cluster: 'c1' }),
  );
  expect(seen.lines).toContainEqual(
    expect.objectContaining({ message: 'the mappings of the cluster were not all looked at', cluster: 'c2' }),
  );
});
