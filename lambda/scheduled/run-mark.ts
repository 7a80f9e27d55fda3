/**
 * The mark of a run on the access entry of a mapping that it moves. An event that goes on from the entry takes it off, and
 * another run puts its own there. So the run that finds the mapping gone from aws-auth knows whether an event has moved it,
 * or has ended it before there was an entry to see.
 */
import { type EntryAddress } from '../../access/access-entry/port';
import { type Cluster } from '../../access/cluster/cluster';
import { TAGS } from '../../access/contract';
import { ProviderError } from '../../access/errors';
import { type Put, type Run } from './run';

/** Whether the run has made the entry, and neither an event nor another run has gone on from it. Throws ProviderError. */
export async function isAsMade(run: Run, cluster: Cluster, put: Put): Promise<boolean> {
  const { deadline, edges, requestId } = run;
  const address = addressOf(cluster, put);
  if (!put.outcome?.hasCreated || !address) return false;
  const tags = await edges(deadline).accessEntries.readTags(address);
  return tags?.[TAGS.run] === requestId;
}

/** Takes the mark off once the mapping has moved. Where it stays, the next event takes it off. */
export async function unmarkMoved(run: Run, cluster: Cluster, put: Put): Promise<void> {
  const { deadline, edges, log } = run;
  const address = addressOf(cluster, put);
  // The entries of nodes have no tags.
  if (!put.outcome || !address || put.move.translation.effective.type !== 'STANDARD') return;
  const { accessEntryArn } = put.outcome;
  try {
    await edges(deadline).accessEntries.apply(address, { do: 'untag', accessEntryArn, keys: [TAGS.run] });
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('INFO', 'the mark of the run stays on the access entry', { ...address, reason: error.message });
  }
}

function addressOf({ name }: Cluster, { move }: Put): EntryAddress | undefined {
  const { principal } = move.desired;
  return principal.type === 'account' ? undefined : { cluster: name, principalArn: principal.arn };
}
