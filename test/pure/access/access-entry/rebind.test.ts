/** An access entry that is deleted and made again: what is left of it, whatever EKS answers to each of the calls (GT-79). */
import { rebindAccessEntry } from '../../../../access/access-entry/rebind';
import { ProviderError } from '../../../../access/errors';
import { simulatedTime } from '../../lambda/scheduled/simulated-time';
import { entryOf, OTHER, owner, StoreInMemory } from './store-in-memory';

const ENTRY = entryOf({ tags: { ...entryOf().tags, team: 'x', 'aws:service': 'y' } });
const request = { cluster: 'prod', current: ENTRY, owner, requestedAt: 7, requestToken: 'r' };
const refused = new ProviderError('InvalidRequest', 'EKS refuses it');
const bind = (store: StoreInMemory): Promise<unknown> =>
  rebindAccessEntry(store, request, simulatedTime(60_000)).catch((error: unknown) => error);

test('it is the same but for the tags of AWS, which nobody else can write', async () => {
  const store = new StoreInMemory(ENTRY);
  expect(await bind(store)).toBe(true);
  expect(store.did).toEqual(['delete', 'create']);
  expect(store.entry).toMatchObject({ username: 'dev', groups: ['a'] });
  expect(store.entry?.tags).toEqual({ ...entryOf().tags, team: 'x' });
});

test('an entry that has gone by itself is made', async () => {
  const store = new StoreInMemory(undefined);
  expect(await bind(store)).toBe(true);
  expect(store.did).toEqual(['create']);
});

test('what EKS refuses is refused before anything is deleted', async () => {
  const store = new StoreInMemory(ENTRY, () => {
    throw refused;
  });
  expect(await bind(store)).toBe(refused);
  expect([store.did, store.entry]).toEqual([[], ENTRY]);
});

test('what EKS refuses afterwards is put back, and nothing counts as written', async () => {
  let refusals = 0;
  const store = new StoreInMemory(ENTRY, (action, calls) => {
    if (action === 'create' && calls === 1 && (refusals += 1) === 1) throw refused;
  });
  expect(await bind(store)).toMatchObject({ message: refused.message, mayHaveActed: false });
  expect(store.did).toEqual(['delete', 'create']);
  expect(store.entry).toMatchObject({ username: 'dev', groups: ['a'] });
});

test('what cannot be put back either says so', async () => {
  const store = new StoreInMemory(ENTRY, (action, calls) => {
    if (action === 'create' && calls === 1) throw refused;
  });
  expect(await bind(store)).toMatchObject({
    message: 'EKS refuses it; what had been written could not be taken back: EKS refuses it',
    mayHaveActed: true,
  });
  expect(store.entry).toBeUndefined();
});

test('an entry that another caller has made meanwhile is theirs', async () => {
  const theirs = entryOf({ username: 'other' }, OTHER);
  const store: StoreInMemory = new StoreInMemory(ENTRY, (action, calls) => {
    if (action === 'create' && calls === 1) store.entry = theirs;
  });
  expect(await bind(store)).toBe(false);
  expect(store.entry).toBe(theirs);
});
