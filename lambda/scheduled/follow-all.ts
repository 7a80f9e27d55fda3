/** How one run spends its time on all its clusters: first each cluster, then access entries where there are any to look at. */
import { type Cluster } from '../../access/cluster/cluster';
import { clustersToFollow } from './clusters';
import { runFields } from './counts';
import { hasEntriesToLookAt, lookAtEntries } from './entries';
import { followCluster } from './follow';
import { dueFirst, type KnownEntries, oldestFirst } from './known-entries';
import { makeUnmade } from './recreated-roles';
import { reportUnknownRoles } from './unknown-roles';
import { type Run } from './run';

/** No cluster is begun with less time than this left. */
const CLUSTER_MS = 6_000;
/** Of the time of a run, for access entries where there are any to look at: however many clusters there are. */
const ENTRIES_SHARE = 1 / 4;

/** All clusters that the provider may serve, as far as the time goes; the rest is for the next run. */
export async function followAll(run: Run): Promise<void> {
  const { deadline, log, counts, provider, entries } = run;
  const known = (name: string): KnownEntries | undefined => entries.get(name);
  const forEntries = deadline.remainingMs() * ENTRIES_SHARE;
  const names = dueFirst(await clustersToFollow(run), known, deadline.now());
  const withEntries = new Map<string, Cluster>();
  counts.ClustersInNextRun = names.length;
  counts.AccessEntriesMissing = run.unmade.size;
  for (const name of names) {
    if (deadline.remainingMs() < (withEntries.size > 0 ? Math.max(forEntries, CLUSTER_MS) : CLUSTER_MS))
      break;
    const cluster = await followCluster(run, name);
    if (cluster) await makeUnmade(run, cluster);
    const readsEntries = cluster && cluster.authenticationMode !== 'CONFIG_MAP';
    if (readsEntries && hasEntriesToLookAt(run, name)) withEntries.set(name, cluster);
    counts.ClustersInNextRun -= 1;
  }
  let isCutShort = counts.ClustersInNextRun > 0;
  for (const name of oldestFirst([...withEntries.keys()], known, deadline.now())) {
    const cluster = withEntries.get(name);
    isCutShort ||= deadline.remainingMs() < CLUSTER_MS;
    if (cluster && deadline.remainingMs() >= CLUSTER_MS) await lookAtEntries(run, cluster);
  }
  reportUnknownRoles(run);
  if (isCutShort) counts.RunsCutShort = 1;
  log('INFO', 'the scheduled run is over', {
    clusters: names.length,
    ...runFields(counts, provider.functionName, deadline.now()),
  });
}
