/** Ends mappings whose `ExpiresAt` has come, in either place, if no stack operation is changing them. */
import { type AccessEntryStore, type EntryAddress } from '../../access/access-entry/port';
import { readRecord } from '../../access/access-entry/owner-tags';
import { removeAccessEntry } from '../../access/access-entry/remove';
import { type Cluster } from '../../access/cluster/cluster';
import { ProviderError } from '../../access/errors';
import { type OwnedMapping } from '../../access/following/owned-mapping';
import { overtakenEvent } from '../../access/late-event';
import { type Owner } from '../../access/owner';
import { idKeyOf } from '../../access/recorded-set';
import { isGone } from '../../access/standing';
import { factsOf } from '../../access/record-facts';
import { isProvidersRole } from '../cluster/provider-identity';
import { livenessOf } from './liveness';
import { subjectOf } from './report';
import { type Run } from './run';
import { removeUnchanged } from './take-out';

interface Recorded {
  readonly key: string;
  readonly record: { readonly owner: Owner; readonly more?: Readonly<Record<string, unknown>> | undefined };
}

/** Whether the time of a record has come. */
export function isExpired({ deadline }: Run, record: Recorded['record']): boolean {
  return (factsOf(record).expires ?? Infinity) <= deadline.now();
}

export async function expireInAwsAuth(run: Run, cluster: Cluster, mapping: OwnedMapping): Promise<void> {
  await expire(run, cluster, mapping, () => removeUnchanged(run, cluster, mapping, undefined));
}

/** `record`: of the entry. */
export async function expireAccessEntry(
  run: Run,
  cluster: Cluster,
  { principalArn, ...recorded }: Recorded & Pick<EntryAddress, 'principalArn'>,
): Promise<void> {
  const { deadline, edges } = run;
  const { key, record } = recorded;
  const store = ifStillExpired(run, edges(deadline).accessEntries);
  const request = {
    cluster: cluster.name,
    principalArn,
    canonicalArn: key,
    owner: record.owner,
    set: factsOf(record).set,
    equalIsOwn: false,
    isProvidersRole: isProvidersRole(run, cluster.name, key),
    isGone: (owner: Owner) => isGone(owner, edges(deadline).stacks),
  };
  await expire(run, cluster, recorded, async () => void (await removeAccessEntry(store, request, deadline)));
}

async function expire(
  run: Run,
  cluster: Cluster,
  recorded: Recorded,
  remove: () => Promise<void>,
): Promise<void> {
  const { deadline, edges, log, counts } = run;
  const { record } = recorded;
  const subject = subjectOf(cluster, recorded);
  const liveness = await livenessOf(edges(deadline).stacks, record.owner, {
    cluster: cluster.name,
    key: idKeyOf(recorded),
  });
  // An Update may be giving it a later date. Where CloudFormation cannot be asked the access ends all the same.
  if (liveness === 'busy' || liveness === 'deleting')
    return log('INFO', 'an expired mapping is left to its stack operation', subject);
  try {
    await remove();
    counts.MappingsExpired += 1;
    log('INFO', 'removed an expired mapping', subject);
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    counts.MappingsOverdue += 1;
    log('WARN', 'an expired mapping was not removed: the next run tries again', {
      ...subject,
      reason: error.message,
    });
  }
}

/** `read` throws LateEvent for an entry that has got a later date since it was looked at. */
function ifStillExpired(run: Run, store: AccessEntryStore): AccessEntryStore {
  return {
    ...store,
    read: async (address) => {
      const current = await store.read(address);
      const record = current && readRecord(current.tags);
      if (record && !isExpired(run, record)) throw overtakenEvent();
      return current;
    },
  };
}
