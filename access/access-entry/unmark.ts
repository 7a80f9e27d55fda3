/** Takes back that aws-auth holds nothing of an entry's owner, before something of theirs is written there. */
import { TAGS } from '../contract';
import { type Deadline, retry } from '../retry';
import { isSameOwner, type Owner } from '../owner';
import { apply, nothingWritten } from './apply';
import { retryPolicy } from './retry-policy';
import { readRecord, saysNeverInAwsAuth } from './owner-tags';
import { type AccessEntryStore, type EntryAddress } from './port';

/** Repeatable; an entry of another owner stays as it is. Throws ProviderError for what EKS refused. */
export async function unmark(
  store: AccessEntryStore,
  address: EntryAddress,
  owner: Owner,
  deadline: Deadline,
): Promise<void> {
  const pauseAfter = retryPolicy(deadline, false);
  const current = await retry(deadline, () => store.read(address), pauseAfter);
  const recorded = current && readRecord(current.tags)?.owner;
  if (!recorded || !isSameOwner(recorded, owner) || !saysNeverInAwsAuth(current.tags)) return;
  const { accessEntryArn } = current;
  const untag = { do: 'untag', accessEntryArn, keys: [TAGS.awsAuth] } as const;
  // One that is gone has no mark either.
  await apply([untag], { store, address, deadline, pauseAfter, state: nothingWritten() });
}
