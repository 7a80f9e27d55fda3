/**
 * Every member of an answer of EKS is optional in the SDK's model: what each store makes of one that is left out, of a list in
 * pages, and of an error that no service gave.
 */
import { openAccessEntryStore } from '../../../../access/access-entry/store';
import { type Write } from '../../../../access/access-entry/plan';
import { openModeStore } from '../../../../access/authentication-mode/store';
import { type EksApi } from '../../../../access/aws/eks-api';
import { describeCluster, listClusters } from '../../../../access/cluster/cluster';

const { signal } = new AbortController();
const address = { cluster: 'prod', principalArn: 'arn:aws:iam::111122223333:role/foo' };
const create: Write = { do: 'create', type: 'STANDARD', username: 'ann', groups: [], tags: {} };

/** Answers of each operation, one a call, the last one for all that follow. */
type Answers = Readonly<Record<string, readonly unknown[]>>;
function eks(answers: Answers): EksApi {
  const calls: Record<string, number> = {};
  const call = async (operation: string): Promise<unknown> => {
    const all = answers[operation] ?? [{}];
    const at = (calls[operation] = (calls[operation] ?? 0) + 1);
    return all[Math.min(at, all.length) - 1];
  };
  return { call } as EksApi;
}
const entries = (answers: Answers = {}) => openAccessEntryStore(eks(answers), signal);
const modes = (answers: Answers = {}) => openModeStore(eks(answers), signal);
const deadline = {
  signal,
  now: () => 0,
  random: () => 0,
  remainingMs: () => 0,
  pause: async () => undefined,
};

const NOTHING_SAID = {
  accessEntryArn: '',
  username: '',
  groups: [],
  createdAt: new Date(0),
};

describe('an access entry', () => {
  test('of which nothing is said is a STANDARD one of the principal that was asked for', async () => {
    const store = entries({ DescribeAccessEntry: [{ accessEntry: {} }] });
    expect(await store.read(address)).toEqual({
      ...NOTHING_SAID,
      principalArn: address.principalArn,
      type: 'STANDARD',
      policies: [],
      tags: {},
    });
    expect(await store.readTags(address)).toEqual({});
  });

  test('without an answer about it is none', async () => {
    expect(await entries().read(address)).toBeUndefined();
    expect(await entries().readTags(address)).toBeUndefined();
  });

  test('that has just been made has what EKS says of it', async () => {
    expect(await entries().apply(address, create)).toEqual(NOTHING_SAID);
  });

  test('has the policies of all pages, for the whole cluster where no scope is said', async () => {
    const [first, second] = [{ policyArn: 'p' }, { accessScope: { type: 'namespace' } }];
    const store = entries({
      ListAssociatedAccessPolicies: [
        { associatedAccessPolicies: [first], nextToken: 'more' },
        { associatedAccessPolicies: [second] },
      ],
    });
    expect(await store.readPolicies(address)).toEqual([
      { policyArn: 'p', scope: 'cluster', namespaces: [] },
      { policyArn: '', scope: 'namespace', namespaces: [] },
    ]);
    expect(await entries().readPolicies(address)).toEqual([]);
  });

  test('is in the list of all pages', async () => {
    const pages = [
      { accessEntries: ['a'], nextToken: 'more' },
      { nextToken: 'more' },
      { accessEntries: ['b'] },
    ];
    expect(await entries({ ListAccessEntries: pages }).listPrincipals('prod')).toEqual(['a', 'b']);
  });
});

describe('a change of the authentication mode', () => {
  const running = { id: 'u', type: 'VersionUpdate', status: 'InProgress' };

  test('of which nothing is said is under way', async () => {
    const update = { id: '', type: '', status: 'InProgress', why: '' };
    expect(await modes().begin('prod', 'API', 'token')).toEqual(update);
    expect(await modes().update('prod', 'u')).toEqual(update);
  });

  test('says why it failed in one line', async () => {
    const errors = [{ errorCode: 'Unknown', errorMessage: 'a\n b' }, {}];
    const store = modes({ DescribeUpdate: [{ update: { ...running, status: 'Failed', errors } }] });
    expect(await store.update('prod', 'u')).toMatchObject({ status: 'Failed', why: 'Unknown: a b; : ' });
  });

  test('that runs is the one that EKS has named, or one of the list of all pages', async () => {
    const hint = 'currently has update 7f1c0a1b-0000-4000-8000-0a1b2c3d4e5f in progress';
    expect(await modes({ DescribeUpdate: [{ update: running }] }).running('prod', hint)).toMatchObject({
      id: 'u',
    });
    const over = { update: { ...running, status: 'Successful' } };
    const store = modes({
      DescribeUpdate: [over, over, { update: running }],
      ListUpdates: [{ updateIds: ['a'], nextToken: 'more' }, { nextToken: 'more' }, { updateIds: ['b'] }],
    });
    expect(await store.running('prod', hint)).toMatchObject({ id: 'u', status: 'InProgress' });
    expect(await modes().running('prod')).toBeUndefined();
  });

  test('asks for the platform, of which EKS may say nothing', async () => {
    const nothing = { version: '', platformVersion: '', isOnOutpost: false };
    expect(await modes().platform('prod')).toEqual(nothing);
    const cluster = { version: '1.34', platformVersion: 'eks.1', outpostConfig: {} };
    expect(await modes({ DescribeCluster: [{ cluster }] }).platform('prod')).toEqual({
      version: '1.34',
      platformVersion: 'eks.1',
      isOnOutpost: true,
    });
  });
});

describe('a cluster', () => {
  test('of which nothing is said is in no state that is served, and in mode CONFIG_MAP (GT-107)', async () => {
    const asked = { api: eks({}), deadline, accountId: '111122223333', region: 'us-east-1' };
    expect(await describeCluster('prod', asked)).toEqual({
      name: 'prod',
      arn: '',
      partition: '',
      region: '',
      accountId: '',
      status: 'UNKNOWN',
      authenticationMode: 'CONFIG_MAP',
      endpoint: '',
      certificateAuthority: '',
    });
  });

  test('is in the list of all pages', async () => {
    const pages = [{ clusters: ['a'], nextToken: 'more' }, { nextToken: 'more' }, { clusters: ['b'] }];
    expect(await listClusters(eks({ ListClusters: pages }), signal)).toEqual(['a', 'b']);
  });
});

test('an error that no service gave is let through as it is', async () => {
  const odd = new TypeError('a fault of the program');
  const broken = { call: () => Promise.reject(odd) } as EksApi;
  const store = openAccessEntryStore(broken, signal);
  const asked = { api: broken, deadline, accountId: '111122223333', region: 'us-east-1' };
  for (const asking of [
    () => store.read(address),
    () => store.apply(address, create),
    () => openModeStore(broken, signal).platform('prod'),
    () => describeCluster('prod', asked),
    () => listClusters(broken, signal),
  ])
    await expect(asking()).rejects.toBe(odd);
});
