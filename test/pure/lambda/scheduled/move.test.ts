/** A cluster with more mappings than one run can move: every run moves some, whatever the runs before have put. */
import { openAwsAuth } from '../../../../access/aws-auth/back-end';
import { type ConfigMap, type ConfigMapStore } from '../../../../access/aws-auth/port';
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { type AccessEntryStore } from '../../../../access/access-entry/port';
import { ownedMappings } from '../../../../access/following/owned-mapping';
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

async function map(store: ConfigMapStore, index: number): Promise<void> {
  const arn = `arn:aws:iam::${ACCOUNT}:role/r${index}`;
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
      owner: {
        stackId: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/app/1`,
        logicalId: `A${index}`,
      },
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

/** One run of a minute over the cluster. */
async function run(store: ReturnType<typeof configMapInMemory>, entries: Entries): Promise<number> {
  const time = simulatedTime(58_000);
  const spend = (): void => time.spend(250);
  const edges = {
    accessEntries: entriesInMemory(entries, spend),
    configMap: () => store,
    stacks: { resource: async () => ({ state: 'gone', detail: 'no such stack' }) },
  };
  const around = {
    deadline: time,
    log: () => undefined,
    counts: noCounts(),
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
  const { moved } = await moveMappings(around, cluster, moves);
  expect(time.remainingMs()).toBeGreaterThanOrEqual(0);
  return moved;
}

test(`${MAPPINGS} mappings have left aws-auth after a few runs, some of them in each`, async () => {
  const store = configMapInMemory();
  for (let index = 0; index < MAPPINGS; index += 1) await map(store, index);
  const entries: Entries = new Map();
  const moved: number[] = [];
  while (ownedMappings(store.now()).length > 0 && moved.length < 12) moved.push(await run(store, entries));
  expect(moved.every((count) => count > 0)).toBe(true);
  expect(ownedMappings(store.now())).toEqual([]);
  expect(entries.size).toBe(MAPPINGS);
});
