/** What taking back a put does, by what is there by then and what had been written; and the mark of `unmark`. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { nothingWritten, type WriteState } from '../../../../access/access-entry/apply';
import { openAccessEntries } from '../../../../access/access-entry/back-end';
import { restore } from '../../../../access/access-entry/undo';
import { TAGS } from '../../../../access/contract';
import { ProviderError } from '../../../../access/errors';
import { simulatedTime } from '../../lambda/scheduled/simulated-time';
import { clusterNamed } from '../../lambda/scheduled/simulated-account';
import { address, entryOf, OTHER, owner, StoreInMemory } from './store-in-memory';

const OLD = entryOf({ groups: ['old'] });
const NEW = entryOf({ groups: ['new'] });
const NODE = entryOf({ type: 'EC2_LINUX', tags: {} });
const desired = { principalArn: address.principalArn, groups: [], policies: [], tags: {} };
const STANDARD = { ...desired, type: 'STANDARD' } as const;
const EC2 = { ...desired, type: 'EC2_LINUX' } as const;

interface Given {
  readonly before: CurrentAccessEntry | undefined;
  readonly now: CurrentAccessEntry | undefined;
  readonly state?: Partial<WriteState>;
  readonly asked?: typeof STANDARD | typeof EC2;
}

test.each<[string, Given, readonly string[], readonly string[] | undefined]>([
  ['nothing was written', { before: OLD, now: NEW, state: { mayHaveWritten: false } }, [], ['new']],
  ['the entry was changed', { before: OLD, now: NEW }, ['update'], ['old']],
  ['it is as it was', { before: OLD, now: OLD }, [], ['old']],
  ['there was none', { before: undefined, now: NEW }, ['delete'], undefined],
  ['there was none, and the new one is gone', { before: undefined, now: undefined }, [], undefined],
  ['another tool has deleted it', { before: OLD, now: undefined }, [], undefined],
  [
    'it was deleted to be made again',
    { before: OLD, now: undefined, state: { hasDeleted: true } },
    ['create'],
    ['old'],
  ],
  ['another owner has taken it over', { before: OLD, now: entryOf({ groups: ['new'] }, OTHER) }, [], ['new']],
  [
    'a later event has gone on from it',
    { before: OLD, now: entryOf({ groups: ['new'] }, owner, 9_000) },
    [],
    ['new'],
  ],
  ['it has lost its record', { before: OLD, now: entryOf({ groups: ['new'], tags: {} }) }, [], ['new']],
  ['a node was asked for', { before: undefined, now: NODE, asked: EC2 }, ['delete'], undefined],
  ['a node is there where none was asked for', { before: undefined, now: NODE }, [], ['a']],
])('%s', async (_, { before, now, state, asked = STANDARD }, did, groups) => {
  const store = new StoreInMemory(now);
  const request = { owner, requestedAt: 7, entry: asked };
  const deadline = simulatedTime(60_000);
  await restore(
    { store, address, request, entry: before, deadline },
    { ...nothingWritten(), mayHaveWritten: true, ...state },
  );
  expect(store.did).toEqual(did);
  expect(store.entry?.groups).toEqual(groups);
});

test('an entry that changes between the look and the call is looked at again', async () => {
  const store: StoreInMemory = new StoreInMemory(NEW, (action) => {
    if (action !== 'update' || store.reads > 1) return;
    store.entry = undefined;
    throw new ProviderError('NotFound', 'it is not there');
  });
  const request = { owner, requestedAt: 7, entry: STANDARD };
  const before = { store, address, request, entry: OLD, deadline: simulatedTime(60_000) };
  await restore(before, { ...nothingWritten(), mayHaveWritten: true });
  expect([store.reads, store.did, store.entry]).toEqual([2, [], undefined]);
});

describe('the mark that aws-auth holds nothing', () => {
  const marked = (of = owner): CurrentAccessEntry => {
    const entry = entryOf({}, of);
    return { ...entry, tags: { ...entry.tags, [TAGS.awsAuth]: 'none' } };
  };
  const cluster = clusterNamed('prod', 'API_AND_CONFIG_MAP');

  test.each<[string, CurrentAccessEntry | undefined, readonly string[]]>([
    ['goes', marked(), ['untag']],
    ['is not there', entryOf(), []],
    ['of another owner stays', marked(OTHER), []],
    ['of nobody stays', entryOf({ tags: { [TAGS.awsAuth]: 'none' } }), []],
    ['of an entry that is gone is gone', undefined, []],
  ])('%s', async (_, entry, did) => {
    const store = new StoreInMemory(entry);
    const backEnd = openAccessEntries(store);
    await backEnd.unmark?.(
      { cluster, principalArn: address.principalArn, owner } as never,
      simulatedTime(60_000),
    );
    expect(store.did).toEqual(did);
    if (did.length > 0) expect(store.entry?.tags).toEqual(entryOf().tags);
  });

  test('a whole account has none, and no access entry is asked for', async () => {
    const store = new StoreInMemory(marked());
    const backEnd = openAccessEntries(store);
    const request = { cluster, key: '111122223333', principalArn: undefined, owner };
    await backEnd.unmark?.(request, simulatedTime(60_000));
    expect(await backEnd.look(request as never, simulatedTime(60_000))).toEqual({
      place: 'API',
      owner: undefined,
      at: undefined,
      isAdopted: false,
      isMarked: false,
      entry: undefined,
    });
    expect([store.reads, store.did]).toEqual([0, []]);
  });
});
