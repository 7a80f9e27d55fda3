/** A cluster with more mappings than one run can move: every run moves some, whatever the runs before have put. */
import { openAwsAuth } from '../../../../access/aws-auth/back-end';
import { type ConfigMap, type ConfigMapStore } from '../../../../access/aws-auth/port';
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { type AccessEntryStore } from '../../../../access/access-entry/port';
import { ownedMappings } from '../../../../access/following/owned-mapping';
import { newRecord } from '../../../../access/ownership-record';
import { canonicalArn, parsePrincipalArn } from '../../../../access/principal';
import { moveMappings } from '../../../../lambda/scheduled/move';
import { noCounts } from '../../../../lambda/scheduled/counts';
import { type Move, type Run } from '../../../../lambda/scheduled/run';
import { followVerdict } from '../../../../access/following/verdict';
import { accessEntryTranslator } from '../../../../access/access-entry/translator';
import { ACCOUNT, at, role } from '../../access/desired';
import { clusterNamed, provider } from './simulated-account';
import { simulatedTime } from './simulated-time';

const MAPPINGS = 200;
const cluster = clusterNamed('prod', 'API_AND_CONFIG_MAP');

/** aws-auth in memory. */
function configMapInMemory(): ConfigMapStore & { readonly now: () => ConfigMap } {
  let now: ConfigMap = { data: {}, annotations: {}, object: { metadata: {} } };
  return {
    now: () => now,
    read: async () => now,
    replace: async ({ object }) => {
      const { data = {}, metadata } = object;
      now = { data, annotations: metadata.annotations ?? {}, object };
    },
    make: async () => now,
  };
}

type Entries = Map<string, CurrentAccessEntry>;

/** Access entries in memory; each call takes a quarter of a second: the pace of a run, and the way there and back. */
function entriesInMemory(entries: Entries, spend: () => void): ReturnType<Run['edges']>['accessEntries'] {
  const store: AccessEntryStore = {
    read: async ({ principalArn }) => (spend(), entries.get(principalArn)),
    readPolicies: async ({ principalArn }) => (spend(), entries.get(principalArn)?.policies),
    listPrincipals: async () => [...entries.keys()],
    apply: async ({ principalArn }, action) => {
      spend();
      if (action.do !== 'create') return undefined;
      const { type, username = '', groups, tags } = action;
      const made = { accessEntryArn: 'arn', username, groups, createdAt: new Date(8.64e15) };
      entries.set(principalArn, { ...made, principalArn, type, tags, policies: [] });
      return made;
    },
  };
  return { ...store, readTags: async ({ principalArn }) => entries.get(principalArn)?.tags };
}

const arnOf = (index: number): string => `arn:aws:iam::${ACCOUNT}:role/r${index}`;
const ownerOf = (index: number) => ({
  stackId: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/app/1`,
  logicalId: `A${index}`,
});

async function map(store: ConfigMapStore, index: number): Promise<void> {
  const arn = arnOf(index);
  const desired = role({ arn, groups: ['a'], userName: 'joe' });
  const backEnd = openAwsAuth(() => store);
  const translation = backEnd.translate(desired, at('CONFIG_MAP'));
  if ('unsupported' in translation) throw new Error(translation.unsupported);
  await backEnd.put(
    {
      ...translation,
      cluster: at('CONFIG_MAP'),
      key: canonicalArn(parsePrincipalArn(arn, 'RoleArn')),
      kind: 'role',
      owner: ownerOf(index),
      requestedAt: 1_000,
      existingEntry: 'FAIL',
      isNew: true,
      previous: undefined,
      ownership: {
        standingOf: async () => 'foreign',
        elsewhere: async () => ({ state: 'nothing' }),
        refuseIfLate: async () => undefined,
        isRollback: async () => false,
        mayTakeOver: () => false,
        isProvidersRole: false,
      },
      facts: { arn },
      requestId: `r${index}`,
    },
    simulatedTime(60_000),
  );
}

/** One run of a minute over the cluster; `callMs`: what a call of the EKS API takes. */
async function run(store: ReturnType<typeof configMapInMemory>, entries: Entries, callMs = 250) {
  const time = simulatedTime(58_000);
  const spend = (): void => time.spend(callMs);
  const counts = noCounts();
  const logged: string[] = [];
  const edges = {
    accessEntries: entriesInMemory(entries, spend),
    configMap: () => store,
    stacks: { resource: async () => ({ state: 'gone', detail: 'no such stack' }) },
  };
  const around = {
    deadline: time,
    log: (level: string, message: string, { reason }: { reason?: string }) =>
      void logged.push(`${level} ${message}${reason === undefined ? '' : `: ${reason}`}`),
    counts,
    guardrails: {},
    provider,
    requestId: 'run',
    settleMs: 10_000,
    entries: new Map(),
    edges: () => edges as unknown as ReturnType<Run['edges']>,
  } as unknown as Run;
  const moves = ownedMappings(store.now()).map((mapping): Move => {
    const verdict = followVerdict(mapping, {
      cluster,
      accessEntries: accessEntryTranslator,
      guardrails: {},
      provider,
      isProvidersRole: () => false,
    });
    if (verdict.kind !== 'move') throw new Error(verdict.why);
    return { ...verdict, mapping };
  });
  const { moved, left } = await moveMappings(around, cluster, moves);
  expect(time.remainingMs()).toBeGreaterThanOrEqual(0);
  return { moved, left, logged, isCutShort: counts.RunsCutShort === 1 };
}

test(`${MAPPINGS} mappings have left aws-auth after a few runs, some of them in each`, async () => {
  const store = configMapInMemory();
  for (let index = 0; index < MAPPINGS; index += 1) await map(store, index);
  const entries: Entries = new Map();
  const moved: number[] = [];
  while (ownedMappings(store.now()).length > 0 && moved.length < 12)
    moved.push((await run(store, entries)).moved);
  expect(moved.every((count) => count > 0)).toBe(true);
  expect(ownedMappings(store.now())).toEqual([]);
  expect(entries.size).toBe(MAPPINGS);
});

describe('one mapping, and the access entry that is there already', () => {
  const entry = (tags: Readonly<Record<string, string>>, groups = ['a']): CurrentAccessEntry => ({
    principalArn: arnOf(0),
    accessEntryArn: 'arn',
    type: 'STANDARD',
    username: 'joe',
    groups,
    policies: [],
    tags,
    createdAt: new Date(0),
  });
  const ofEvent = (at: number) => recordTags({ ...newRecord(ownerOf(0)), at });
  const ofOther = recordTags(newRecord(ownerOf(1)));
  const moved = 'INFO moved from aws-auth into an access entry';

  test.each<[string, CurrentAccessEntry, object]>([
    [
      'an earlier event has written it',
      entry(ofEvent(500)),
      {
        moved: 0,
        left: 1,
        logged: ['INFO not moved now: a stack operation is changing it: the next run looks again'],
      },
    ],
    ['a later event has written it', entry(ofEvent(2_000), ['b']), { moved: 1, left: 0, logged: [moved] }],
    [
      'the event of the mapping has written it',
      entry(ofEvent(1_000)),
      { moved: 1, left: 0, logged: [moved] },
    ],
    [
      'another resource owns it, and it gives the same',
      entry(ofOther),
      { moved: 0, left: 0, logged: ['INFO an access entry of another owner gives the same already'] },
    ],
    [
      'another resource owns it, and it gives something else',
      entry(ofOther, ['b']),
      {
        moved: 0,
        left: 1,
        logged: [
          expect.stringMatching(
            /^WARN left in aws-auth: .*now has an access entry on cluster prod, owned by A1 of stack app: /,
          ) as string,
        ],
      },
    ],
  ])('%s', async (_, found, expected) => {
    const store = configMapInMemory();
    await map(store, 0);
    const entries: Entries = new Map([[arnOf(0), found]]);
    const { isCutShort, ...told } = await run(store, entries);
    expect([told, isCutShort]).toEqual([expected, false]);
    expect(ownedMappings(store.now())).toHaveLength(told.moved === 1 ? 0 : 1);
    expect(entries.get(arnOf(0))?.groups).toEqual(found.groups);
  });

  test('a run that has no time to wait for its entry leaves aws-auth to the next one', async () => {
    const store = configMapInMemory();
    await map(store, 0);
    const entries: Entries = new Map();
    expect(await run(store, entries, 20_000)).toEqual({ moved: 0, left: 1, logged: [], isCutShort: true });
    expect(ownedMappings(store.now())).toHaveLength(1);
    expect(entries.size).toBe(1);
    expect(await run(store, entries)).toMatchObject({ moved: 1, left: 0, isCutShort: false });
    expect(ownedMappings(store.now())).toEqual([]);
  });
});
