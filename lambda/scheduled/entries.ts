/**
 * The access entries of one cluster: those that have expired end; in the cluster's turn, drift and orphans are told. EKS lists
 * no tags, so each entry is a call: they are looked at in random order, with the time that the run has left.
 */
import { readRecord } from '../../access/access-entry/owner-tags';
import { sightingOf } from '../../access/access-entry/sighting';
import { type Cluster } from '../../access/cluster/cluster';
import { ProviderError, undefinedIfRefused } from '../../access/errors';
import { canonicalArn, parsePrincipalArn } from '../../access/principal';
import { digestOf, factsOf } from '../../access/record-facts';
import { shuffled } from './clusters';
import { expireAccessEntry, isExpired } from './expire';
import { reportOrphans } from './orphans';
import { subjectOf } from './report';
import { type Run } from './run';

/** What looking at one more entry, and ending it, may take. */
const ENTRY_MS = 6_000;

export async function lookAtEntries(run: Run, cluster: Cluster): Promise<void> {
  const { deadline, edges, log, counts } = run;
  try {
    const principals = await edges(deadline).accessEntries.listPrincipals(cluster.name);
    for (const principalArn of shuffled(principals, () => deadline.random())) {
      if (deadline.remainingMs() < ENTRY_MS) return void (counts.RunsCutShort = 1);
      await lookAtEntry(run, cluster, principalArn);
    }
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'the access entries of the cluster were not all looked at', {
      cluster: cluster.name,
      reason: error.message,
    });
  }
}

async function lookAtEntry(run: Run, cluster: Cluster, principalArn: string): Promise<void> {
  const { deadline, edges, isTurn } = run;
  const { accessEntries } = edges(deadline);
  const tags = await accessEntries.readTags({ cluster: cluster.name, principalArn });
  const record = tags && undefinedIfRefused(() => readRecord(tags));
  const principal = undefinedIfRefused(() => parsePrincipalArn(principalArn, 'principalArn'));
  if (!record || !principal) return;
  const recorded = { key: canonicalArn(principal), record, principalArn };
  if (isExpired(run, record)) return expireAccessEntry(run, cluster, recorded);
  if (!isTurn(cluster.name)) return;
  await reportDrift(run, cluster, recorded);
  await reportOrphans(run, cluster, [recorded]);
}

async function reportDrift(
  { deadline, edges, log, counts }: Run,
  cluster: Cluster,
  { principalArn, ...recorded }: Parameters<typeof expireAccessEntry>[2],
): Promise<void> {
  const { wrote } = factsOf(recorded.record);
  if (wrote === undefined) return;
  const current = await edges(deadline).accessEntries.read({ cluster: cluster.name, principalArn });
  const { entry } = sightingOf(current);
  if (!entry || digestOf(entry.identity) === wrote) return;
  counts.MappingsDrifted += 1;
  log('WARN', 'drift: another tool has changed the mapping', {
    ...subjectOf(cluster, recorded),
    place: 'API',
    gives: entry.gives,
  });
}
