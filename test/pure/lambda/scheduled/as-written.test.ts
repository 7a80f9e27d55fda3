/** A run goes on from an entry that is as the event left which wrote the mapping, and from no other. */
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { type AccessEntryStore, type EntryTags } from '../../../../access/access-entry/port';
import { type OwnedMapping } from '../../../../access/following/owned-mapping';
import { newRecord } from '../../../../access/ownership-record';
import { withFacts } from '../../../../access/record-facts';
import { asWritten, OtherEvent } from '../../../../lambda/scheduled/as-written';

const owner = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1', logicalId: 'A' };
const address = { cluster: 'prod', principalArn: 'arn:aws:iam::111122223333:role/dev' };

interface Written {
  readonly at?: number;
  readonly wrote?: string;
  readonly logicalId?: string;
  readonly isRecorded?: false;
}

/** An entry without record: another tool's, or of nodes. */
const NO_RECORD = { isRecorded: false } as const;

interface Found {
  readonly entry: unknown;
  readonly writes: readonly string[];
  readonly store: AccessEntryStore;
}

/** `found`: of the access entry; undefined: there is none. */
function storeOf(mapping: Written, found: Written | undefined, hasRecord = true): Found {
  const tagsOf = ({ at, wrote, logicalId = 'A' }: Written) =>
    recordTags(withFacts({ ...newRecord({ ...owner, logicalId }), at }, { wrote }));
  const entry = found && { ...address, tags: found.isRecorded === false ? {} : tagsOf(found) };
  const writes: string[] = [];
  const store = {
    read: async () => entry,
    readTags: async () => entry?.tags,
    apply: async (_: unknown, action: { readonly do: string }) => void writes.push(action.do),
  };
  const owned = { record: { owner, at: mapping.at }, facts: { wrote: mapping.wrote } };
  const guarded = asWritten(
    store as unknown as AccessEntryStore & EntryTags,
    owned as unknown as OwnedMapping,
    hasRecord,
  );
  return { entry, writes, store: guarded };
}

async function readAs(mapping: Written, found: Written | undefined): Promise<unknown> {
  const { entry, store } = storeOf(mapping, found);
  return (await store.read(address)) === entry;
}

test.each<[string, Written, Written | undefined]>([
  ['that is not there', { at: 7 }, undefined],
  ['of the same event', { at: 7, wrote: 'w' }, { at: 7, wrote: 'w' }],
  ['of the same event, from before there were digests', { at: 7, wrote: 'w' }, { at: 7 }],
  ['beside a mapping from before there were digests', { at: 7 }, { at: 7, wrote: 'w' }],
  ['without dates', {}, {}],
  ['of another owner', { at: 7 }, { at: 9, logicalId: 'B' }],
])('an entry %s is read', async (_, mapping, found) => {
  await expect(readAs(mapping, found)).resolves.toBe(true);
});

test.each<[string, Written, Written, boolean]>([
  ['of a later event', { at: 7 }, { at: 8 }, true],
  ['of an earlier event', { at: 7 }, { at: 6 }, false],
  ['without a date', { at: 7 }, {}, false],
  ['beside a mapping without a date', {}, { at: 8 }, false],
  ['that says something else', { at: 7, wrote: 'w' }, { at: 7, wrote: 'x' }, false],
])('an entry %s is of another event', async (_, mapping, found, isNewer) => {
  const error: unknown = await readAs(mapping, found).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OtherEvent);
  expect(error).toMatchObject({ isNewer });
});

const UPDATE = { do: 'update', username: 'u', groups: [] } as const;
const CREATE = { do: 'create', type: 'STANDARD', groups: [], tags: {} } as const;

test('an entry of the same event is written, and one that is not there is made or not found', async () => {
  const same = storeOf({ at: 7, wrote: 'w' }, { at: 7, wrote: 'w' });
  await same.store.apply(address, UPDATE);
  const none = storeOf({ at: 7 }, undefined);
  await none.store.apply(address, CREATE);
  await none.store.apply(address, UPDATE);
  expect([same.writes, none.writes]).toEqual([['update'], ['create', 'update']]);
});

test.each<[string, Written, boolean]>([
  ['a later event has gone on from', { at: 8 }, true],
  ['another owner has taken', { at: 9, logicalId: 'B' }, false],
  ['has no record', NO_RECORD, false],
])('an entry that %s since it was read is not written any more', async (_, found, isNewer) => {
  const { store, writes } = storeOf({ at: 7 }, found);
  const error: unknown = await store.apply(address, UPDATE).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OtherEvent);
  expect(error).toMatchObject({ isNewer });
  expect(writes).toEqual([]);
});

test('an entry of nodes, which never has a record, is written', async () => {
  const { store, writes } = storeOf({ at: 7 }, NO_RECORD, false);
  await store.apply(address, { do: 'delete' });
  expect(writes).toEqual(['delete']);
});
