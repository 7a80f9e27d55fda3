/** A run over many clusters, under a clock of its own: how fast it calls, what it leaves for the next run. */
import { type AwsAuth } from '../../../../access/aws-auth/intent';
import { type Cluster } from '../../../../access/cluster/cluster';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { ProviderError } from '../../../../access/errors';
import { type Guardrails } from '../../../../access/guardrails/guardrails';
import { paceOf } from '../../../../lambda/scheduled/time';
import { noCounts, type RunCounts } from '../../../../lambda/scheduled/counts';
import { type Run } from '../../../../lambda/scheduled/run';
import { followAll } from '../../../../lambda/scheduled/schedule';
import { ACCOUNT, at } from '../../access/desired';
import { simulatedTime } from './simulated-time';

interface Line {
  readonly level: string;
  readonly message: string;
  readonly [field: string]: unknown;
}

interface Account {
  readonly modes: Readonly<Record<string, AuthenticationMode>>;
  readonly guardrails?: Guardrails;
  /** What a look at the aws-auth of a cluster comes to; default: there is none. */
  readonly awsAuth?: (cluster: string) => AwsAuth | undefined;
  readonly isTurn?: (cluster: string) => boolean;
  /** What earlier runs of the container have seen. */
  readonly seen?: Map<string, AuthenticationMode>;
  readonly seconds?: number;
}

interface Seen {
  readonly lines: readonly Line[];
  /** Each call of the EKS API and when it was made. */
  readonly eks: readonly { readonly call: string; readonly at: number }[];
  readonly looks: readonly string[];
}

async function runOver({
  modes,
  guardrails = {},
  awsAuth,
  isTurn,
  seen = new Map(),
  seconds = 58,
}: Account): Promise<Seen> {
  const time = simulatedTime(seconds * 1_000);
  const pace = paceOf(time, 5);
  const lines: Line[] = [];
  const eks: { call: string; at: number }[] = [];
  const looks: string[] = [];
  const called = async (call: string): Promise<void> => {
    await pace();
    eks.push({ call, at: time.now() });
    time.spend(40);
  };
  const never = async (): Promise<never> => Promise.reject(new TypeError('not asked for in this test'));
  const run: Run = {
    deadline: time,
    log: (level, message, fields) => void lines.push({ level, message, ...fields }),
    counts: noCounts(),
    guardrails,
    provider: {
      accountId: ACCOUNT,
      region: 'us-east-1',
      functionName: 'provider',
      roleArn: undefined,
      roleKey: undefined,
      clusterRoles: { roles: new Map(), fault: undefined },
      findsPermissionSets: false,
    },
    requestId: 'r',
    moves: true,
    settleMs: 10_000,
    isTurn: isTurn ?? (() => false),
    modes: seen,
    edges: () => ({
      listClusters: async () => {
        await called('ListClusters');
        return Object.keys(modes);
      },
      describeCluster: async (name) => {
        await called('DescribeCluster');
        const authenticationMode = modes[name];
        if (!authenticationMode) throw new ProviderError('NotFound', `there is no cluster "${name}"`);
        return clusterNamed(name, authenticationMode);
      },
      configMap: ({ name }) => ({
        read: async () => {
          looks.push(name);
          time.spend(30);
          const found = awsAuth?.(name);
          return found && { ...found, object: { metadata: {} } };
        },
        replace: never,
        make: never,
      }),
      accessEntries: {
        read: never,
        readTags: never,
        apply: never,
        readPolicies: never,
        listPrincipals: async () => {
          await called('ListAccessEntries');
          return [];
        },
      },
      stacks: { resource: never, stack: never },
      iam: { listRoles: never },
    }),
  };
  await followAll(run);
  return { lines, eks, looks };
}

function clusterNamed(name: string, authenticationMode: AuthenticationMode): Cluster {
  return {
    ...at(authenticationMode),
    name,
    arn: `arn:aws:eks:us-east-1:${ACCOUNT}:cluster/${name}`,
    status: 'ACTIVE',
    endpoint: 'https://example',
    certificateAuthority: 'pem',
  };
}

const named = (count: number, mode: AuthenticationMode): Account['modes'] =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, mode]));
const last = ({ lines }: Seen): Line | undefined => lines.at(-1);

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
