/** Which access entries the runs of one container look at, and what that costs. */
import fc from 'fast-check';
import { clusterWithNewDate, type KnownEntries } from '../../../../lambda/scheduled/known-entries';
import { type Account, last, named, ownEntries, runOver, type Seen } from './simulated-account';

const MINUTE = 60_000;
const START = Date.parse('2026-11-26T10:00:00Z');
const calls = ({ eks }: Seen): Readonly<Record<string, number>> =>
  eks.reduce<Record<string, number>>((all, { call }) => ({ ...all, [call]: (all[call] ?? 0) + 1 }), {});
/** Runs of one container, 15 minutes apart. */
function runsOf(account: Account): (minutesLater?: number) => Promise<Seen> {
  const known = new Map<string, KnownEntries>();
  let start = START - 15 * MINUTE;
  return (minutesLater = 15) => {
    start += minutesLater * MINUTE;
    return runOver({ known, start, ...account });
  };
}
const one = (mode: 'API' | 'API_AND_CONFIG_MAP', more: object = {}): Account => ({
  modes: { prod: mode },
  guardrails: { clusters: ['prod'] },
  tags: ownEntries(['prod'], 3),
  ...more,
});

test.each(['API', 'API_AND_CONFIG_MAP'] as const)(
  'mode %s: the first run of a container looks at every entry, the next ones at none, and after an hour again',
  async (mode) => {
    const run = runsOf(one(mode));
    const whole = { DescribeCluster: 1, ListAccessEntries: 1, DescribeAccessEntry: 3 };
    expect(calls(await run())).toEqual(whole);
    for (let quiet = 0; quiet < 3; quiet += 1) expect(calls(await run())).toEqual({ DescribeCluster: 1 });
    expect(calls(await run())).toEqual(whole);
  },
);

test('an entry whose date has come ends in the first run after it, and no other is looked at', async () => {
  const tags = ownEntries(['prod'], 3, { 'prod/1': '2026-11-26T10:20:00Z' });
  const run = runsOf(one('API', { tags }));
  await run();
  expect(calls(await run())).toEqual({ DescribeCluster: 1 });
  const third = await run();
  expect(last(third)).toMatchObject({ MappingsExpired: 1 });
  expect(Object.keys(tags['prod'] ?? {})).toHaveLength(2);
  // To see the date, and to remove the entry as it is then.
  expect(calls(third)).toEqual({ DescribeCluster: 1, DescribeAccessEntry: 2, delete: 1 });
  // Once more, to see that it is gone.
  expect(calls(await run(1))).toEqual({ DescribeCluster: 1, DescribeAccessEntry: 1 });
  expect(calls(await run(1))).toEqual({ DescribeCluster: 1 });
});

test('a later date that was given meanwhile is taken, and so is an entry that is gone', async () => {
  const tags = ownEntries(['prod'], 2, {
    'prod/0': '2026-11-26T10:20:00Z',
    'prod/1': '2026-11-26T10:20:00Z',
  });
  const run = runsOf(one('API', { tags }));
  await run();
  const [kept = '', gone = ''] = Object.keys(tags['prod'] ?? {});
  Object.assign(tags['prod']?.[kept] ?? {}, { 'cfn-eks-access:expires': '2026-11-26T10:40:00Z' });
  delete tags['prod']?.[gone];
  await run();
  expect(last(await run())).toMatchObject({ MappingsExpired: 0 });
  expect(last(await run())).toMatchObject({ MappingsExpired: 1 });
  expect(tags['prod']).toEqual({});
});

test('more entries than one run has time for: the next one goes on, and each is looked at once an hour', async () => {
  const run = runsOf(one('API', { tags: ownEntries(['prod'], 400) }));
  const looks: number[] = [];
  for (let nth = 0; nth < 3; nth += 1) {
    const seen = await run();
    looks.push(calls(seen)['DescribeAccessEntry'] ?? 0);
    expect(last(seen)).toMatchObject({ RunsCutShort: nth === 0 ? 1 : 0 });
    expect(seen.end - seen.eks[0]!.at).toBeLessThan(58_000);
  }
  expect(looks[0]).toBeGreaterThan(200);
  expect(looks).toEqual([looks[0], 400 - (looks[0] ?? 0), 0]);
});

test('in its turn every entry is looked at more closely', async () => {
  const run = runsOf(one('API', { isTurn: () => true }));
  for (const _ of [1, 2]) expect(last(await run())).toMatchObject({ MappingsOrphaned: 3 });
});

test.each(['API', 'API_AND_CONFIG_MAP'] as const)(
  '200 clusters of mode %s with entries: at most 5 calls a second, within the time; no cluster and no entry is left out for ever',
  async (mode) => {
    const modes = named(200, mode);
    const tags = ownEntries(Object.keys(modes), 3);
    const run = runsOf({ modes, tags });
    const looks = new Set<string>();
    for (let runs = 1; looks.size < 800; runs += 1) {
      expect(runs).toBeLessThan(25);
      const seen = await run();
      for (const { at } of seen.eks)
        expect(
          seen.eks.filter((other) => other.at >= at && other.at < at + 1_000).length,
        ).toBeLessThanOrEqual(5);
      expect(seen.end - (seen.eks[0]?.at ?? 0)).toBeLessThan(58_000);
      expect(last(seen)).toMatchObject({ ClustersNotLookedAt: 0 });
      // Each cluster and each of its entries.
      for (const { call, about } of seen.eks) if (/^Desc/.test(call)) looks.add(about);
    }
  },
);

test.each([200, 400])(
  'of %d clusters those with a date that has come are served first, by one run',
  async (count) => {
    const modes = named(count, 'API');
    const names = Object.keys(modes);
    const due = names.slice(0, 5);
    const dates = Object.fromEntries(due.map((name) => [`${name}/0`, '2026-11-26T09:00:00Z']));
    const tags = ownEntries(names, 2, dates);
    const known = new Map<string, KnownEntries>(
      due.map((name) => [
        name,
        {
          lookedAt: START - 10 * MINUTE,
          isCloser: false,
          rest: new Set(),
          expiries: new Map([[Object.keys(tags[name] ?? {})[0] ?? '', START]]),
        },
      ]),
    );
    const seen = await runOver({ modes, tags, known, start: START });
    expect(last(seen)).toMatchObject({ MappingsExpired: 5 });
    expect(seen.end - START).toBeLessThan(58_000);
  },
);

test('which events bring a date', () => {
  const event = (properties: unknown): unknown => ({ RequestType: 'Update', ResourceProperties: properties });
  expect(clusterWithNewDate(event({ Cluster: 'prod', ExpiresAt: '2999-01-01' }))).toBe('prod');
  expect(clusterWithNewDate(event({ ClusterName: 'prod', ExpiresAt: '2999-01-01' }))).toBe('prod');
  expect(clusterWithNewDate(event({ Cluster: 'prod' }))).toBeUndefined();
  expect(clusterWithNewDate(event({ Cluster: ['prod'], ExpiresAt: 'x' }))).toBeUndefined();
  fc.assert(
    fc.property(fc.anything(), (any) => void [clusterWithNewDate(any), clusterWithNewDate(event(any))]),
  );
});
