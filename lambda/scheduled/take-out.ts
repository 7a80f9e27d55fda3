/** The second half of a move: the mapping goes from aws-auth, if it is there as it was when its access entry was made. */
import { openAwsAuth } from '../../access/aws-auth/back-end';
import { type ConfigMapStore } from '../../access/aws-auth/port';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { mayHaveActed, ProviderError } from '../../access/errors';
import { type OwnedMapping, ownedMappings, stateOf } from '../../access/following/owned-mapping';
import { LateEvent } from '../../access/late-event';
import { isSameOwner } from '../../access/owner';
import { idKeyOf } from '../../access/recorded-set';
import { isGone } from '../../access/standing';
import { isProvidersRole } from '../cluster/provider-identity';
import { type Liveness, livenessOf } from './liveness';
import { type Subject, subjectOf } from './report';
import { type Put, type Run } from './run';
import { isAsMade, unmarkMoved } from './run-mark';

/** A stack event or another tool has changed the mapping in aws-auth since it was read. */
class Overtaken extends LateEvent {
  constructor(readonly isGone: boolean) {
    super('the mapping in aws-auth is no longer as it was read');
  }
}

/** Whether the mapping has moved. Where it should not have been, its access entry is taken back; the log says either. */
export async function takeOutOfAwsAuth(run: Run, cluster: Cluster, put: Put): Promise<boolean> {
  const { deadline, edges, log, counts } = run;
  const { mapping } = put.move;
  const { record } = mapping;
  const subject = subjectOf(cluster, mapping);
  let mayHaveTakenOut = true;
  try {
    await removeUnchanged(run, cluster, mapping, put.move.desired);
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    // Where an answer was lost, the error says so and has ours as its cause.
    const overtaken = [error, error.cause].find((one) => one instanceof Overtaken);
    if (!overtaken) {
      log('WARN', 'the access entry is in place; aws-auth still has the mapping, until the next run', {
        ...subject,
        reason: error.message,
      });
      return false;
    }
    if (!overtaken.isGone) return takeBack(run, put, subject, 'it was changed in aws-auth meanwhile');
    // By this run itself, as far as is known: the answer to its write was lost.
    mayHaveTakenOut = mayHaveActed(error);
  }
  // A Delete that looked at the access entries before this one was made, and at aws-auth after, has found nothing.
  const now = await livenessOf(edges(deadline).stacks, record.owner, {
    cluster: cluster.name,
    key: idKeyOf(mapping),
  });
  if (!mayHaveTakenOut && (await isAsMade(run, cluster, put)))
    return takeBack(run, put, subject, 'its mapping was taken out of aws-auth meanwhile');
  if (isWanted(put.liveness, now, mayHaveTakenOut)) {
    await unmarkMoved(run, cluster, put);
    if (now === 'unknown')
      log('WARN', 'CloudFormation could not be asked whether the moved mapping is wanted', subject);
    counts.MappingsMoved += 1;
    log('INFO', 'moved from aws-auth into an access entry', subject);
    return true;
  }
  return takeBack(run, put, subject, 'CloudFormation no longer has its resource');
}

/**
 * A mapping whose resource was gone before is one that its stack has let go of (DeletionPolicy: Retain): it stays, unless
 * another tool or a stack event has taken it out of aws-auth.
 */
function isWanted(before: Liveness, now: Liveness, mayHaveTakenOut: boolean): boolean {
  if (now === 'deleting') return false;
  return now !== 'gone' || (before === 'gone' && mayHaveTakenOut);
}

async function takeBack({ log }: Run, { outcome }: Put, subject: Subject, reason: string): Promise<false> {
  try {
    await outcome?.undo();
    log('INFO', 'took back the access entry of a mapping', { ...subject, reason });
  } catch (error) {
    if (!(error instanceof LateEvent)) throw error;
    log('INFO', 'the access entry of a mapping is a later event’s by now', subject);
  }
  return false;
}

/** Removes the mapping from aws-auth, or puts back what it had replaced. Throws Overtaken for one that is not as it was read. */
export async function removeUnchanged(
  run: Run,
  cluster: Cluster,
  mapping: OwnedMapping,
  lastKnown: DesiredAccess | undefined,
): Promise<void> {
  const { deadline, edges } = run;
  const store = ifUnchanged(edges(deadline).configMap(cluster), mapping);
  await openAwsAuth(() => store).remove(
    {
      cluster,
      key: mapping.key,
      owner: mapping.record.owner,
      set: mapping.facts.set,
      requestedAt: mapping.record.at,
      lastKnown,
      equalIsOwn: false,
      isProvidersRole: isProvidersRole(run, cluster.name, mapping.key),
      isGone: (owner) => isGone(owner, edges(deadline).stacks),
    },
    deadline,
  );
}

/** The ConfigMap while it has the mapping as it was read; the write that follows carries that version. Throws Overtaken. */
function ifUnchanged(store: ConfigMapStore, mapping: OwnedMapping): ConfigMapStore {
  return {
    ...store,
    read: async () => {
      const configMap = await store.read();
      const now = configMap && ownedMappings(configMap).find(({ key }) => key === mapping.key);
      // What it had replaced may be back, with the record that it had.
      if (!now || !isSameOwner(now.record.owner, mapping.record.owner)) throw new Overtaken(true);
      if (stateOf(now) !== stateOf(mapping)) throw new Overtaken(false);
      return configMap;
    },
  };
}
