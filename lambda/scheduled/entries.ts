/**
 * The access entries of one cluster: those that have expired end; in the cluster's turn, drift, orphans and roles that were
 * made again are told. Which of them a run looks at, `known-entries.ts` says; with the time that the run has left once all
 * clusters have been followed.
 */
import { readRecord } from '../../access/access-entry/owner-tags';
import { sightingOf } from '../../access/access-entry/sighting';
import { type Cluster } from '../../access/cluster/cluster';
import { ProviderError, undefinedIfRefused } from '../../access/errors';
import { isOfCli } from '../../access/owner';
import { canonicalArn, parsePrincipalArn } from '../../access/principal';
import { digestOf, factsOf } from '../../access/record-facts';
import { expireAccessEntry, isExpired } from './expire';
import { beginsLook, dueOf, type KnownEntries, newLook, nothingKnown } from './known-entries';
import { reportOrphans } from './orphans';
import { seeToRecreatedRole } from './recreated-roles';
import { subjectOf } from './report';
import { type Run } from './run';
import { reportUnbound } from './unbound-rights';

/** What looking at one more entry, and ending it, may take. */
const ENTRY_MS = 6_000;

/** Whether this run has anything to look at among the access entries of the cluster. */
export function hasEntriesToLookAt({ deadline, entries, isTurn }: Run, name: string): boolean {
  const known = entries.get(name) ?? nothingKnown();
  const now = deadline.now();
  return known.rest.size > 0 || dueOf(known, now).length > 0 || beginsLook(known, now, isTurn(name));
}

export async function lookAtEntries(run: Run, cluster: Cluster): Promise<void> {
  const { deadline, log, counts } = run;
  try {
    const known = await knownEntries(run, cluster.name);
    const due = dueOf(known, deadline.now());
    for (const principalArn of new Set([...due, ...known.rest])) {
      if (deadline.remainingMs() < ENTRY_MS) return void (counts.RunsCutShort = 1);
      comesLast(known, principalArn);
      await lookAtEntry(run, cluster, known, principalArn);
    }
  } catch (error) {
    if (!(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    counts.AccessEntriesNotLookedAt += 1;
    log('WARN', 'the access entries of the cluster were not all looked at', {
      cluster: cluster.name,
      reason: error.message,
    });
  }
}

/** One that cannot be looked at does not keep the next run from those after it. */
function comesLast({ rest, expiries }: KnownEntries, principalArn: string): void {
  const date = expiries.get(principalArn);
  rest.delete(principalArn);
  if (!expiries.delete(principalArn) || date === undefined) return;
  expiries.set(principalArn, date);
}

/** What is known of them, and those that a look is to come to, which begins here if it is time. */
async function knownEntries({ deadline, edges, entries, isTurn }: Run, name: string): Promise<KnownEntries> {
  const known = entries.get(name) ?? nothingKnown();
  if (!beginsLook(known, deadline.now(), isTurn(name))) return known;
  const principals = await edges(deadline).accessEntries.listPrincipals(name);
  const begun = newLook(known, principals, deadline, isTurn(name));
  entries.set(name, begun);
  return begun;
}

async function lookAtEntry(
  run: Run,
  cluster: Cluster,
  { expiries, isCloser }: KnownEntries,
  principalArn: string,
): Promise<void> {
  const { deadline, edges } = run;
  const { accessEntries } = edges(deadline);
  const tags = await accessEntries.readTags({ cluster: cluster.name, principalArn });
  const record = tags && undefinedIfRefused(() => readRecord(tags));
  const principal = undefinedIfRefused(() => parsePrincipalArn(principalArn, 'principalArn'));
  const date = record && factsOf(record).expires;
  if (date === undefined) expiries.delete(principalArn);
  else expiries.set(principalArn, date);
  if (!record || !principal) return;
  const recorded = { key: canonicalArn(principal), record, principalArn };
  // The command line takes nothing over: a record that says so is not its own.
  const isForged = isOfCli(record.owner) && (record.found ?? record.renamedFrom);
  if (isExpired(run, record) && !isForged) return expireAccessEntry(run, cluster, recorded);
  if (!isCloser) return;
  await reportDrift(run, cluster, recorded);
  await reportOrphans(run, cluster, [recorded]);
  await seeToRecreatedRole(run, cluster, { ...recorded, principal });
}

async function reportDrift(
  run: Run,
  cluster: Cluster,
  { principalArn, ...recorded }: Parameters<typeof expireAccessEntry>[2],
): Promise<void> {
  const { deadline, edges, log, counts } = run;
  const { wrote } = factsOf(recorded.record);
  if (wrote === undefined) return;
  const current = await edges(deadline).accessEntries.read({ cluster: cluster.name, principalArn });
  await reportUnbound(run, cluster, recorded, current?.groups);
  const { entry } = sightingOf(current);
  if (!entry || digestOf(entry.identity) === wrote) return;
  counts.MappingsDrifted += 1;
  log('WARN', 'drift: another tool has changed the mapping', {
    ...subjectOf(cluster, recorded),
    place: 'API',
    gives: entry.gives,
  });
}
