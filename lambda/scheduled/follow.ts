/** What one run does with one cluster: it says what it sees, and moves what it may. */
import { accessEntryTranslator } from '../../access/access-entry/translator';
import { type Cluster } from '../../access/cluster/cluster';
import { ProviderError } from '../../access/errors';
import { type OwnedMapping, ownedMappings } from '../../access/following/owned-mapping';
import { followVerdict } from '../../access/following/verdict';
import { isProvidersRole } from '../cluster/provider-identity';
import { lookAt } from './clusters';
import { expireInAwsAuth, isExpired } from './expire';
import { moveMappings } from './move';
import { followPermissionSets } from './permission-sets';
import { reportOrphans } from './orphans';
import { subjectOf } from './report';
import { type FollowedMappings, type Move, type Run } from './run';
import { reportUnbound } from './unbound-rights';

/** The cluster, where it could be looked at. Throws nothing of the provider's own. */
export async function followCluster(run: Run, name: string): Promise<Cluster | undefined> {
  const seen = await lookAt(run, name);
  if (!seen) return undefined;
  const { cluster, awsAuth } = seen;
  try {
    const all = awsAuth ? ownedMappings(awsAuth) : [];
    const present = all.filter(({ record }) => !isExpired(run, record));
    const former = await followPermissionSets(run, cluster, present);
    if (!awsAuth) return cluster;
    const mappings = present.filter(({ key }) => !former.has(key));
    for (const mapping of all)
      if (isExpired(run, mapping.record)) await expireInAwsAuth(run, cluster, mapping);
    for (const mapping of mappings) if (mapping.hasDrifted) reportDrift(run, cluster, mapping);
    if (run.isTurn(name)) await reportOrphans(run, cluster, mappings);
    for (const mapping of mappings)
      await reportUnbound(run, cluster, mapping, mapping.sighting.entry?.groups);
    const { authenticationMode: mode } = cluster;
    // Where both places are read the line is always there: its `left: 0` says that the mode can move on.
    if (mode === 'API_AND_CONFIG_MAP' || (mode === 'API' && mappings.length > 0))
      await follow(run, cluster, mappings);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    run.log('WARN', 'the mappings of the cluster were not all looked at', {
      cluster: name,
      reason: error.message,
    });
  }
  return cluster;
}

async function follow(run: Run, cluster: Cluster, mappings: readonly OwnedMapping[]): Promise<void> {
  const { log, counts, guardrails, provider } = run;
  const isOwn = (key: string): boolean => isProvidersRole(run, cluster.name, key);
  const followed = {
    cluster,
    accessEntries: accessEntryTranslator,
    guardrails,
    provider,
    isProvidersRole: isOwn,
  };
  const moves: Move[] = [];
  for (const mapping of mappings) {
    const verdict = followVerdict(mapping, followed);
    const subject = subjectOf(cluster, mapping);
    if (verdict.kind === 'stays') log('WARN', 'left in aws-auth', { ...subject, reason: verdict.why });
    else if (run.moves) moves.push({ ...verdict, mapping });
    else log('INFO', 'would move from aws-auth into an access entry', subject);
  }
  const { moved, left }: FollowedMappings = await moveMappings(run, cluster, moves);
  const others = mappings.length - moves.length;
  counts.MappingsLeft += left + others;
  log('INFO', 'followed the cluster', {
    cluster: cluster.name,
    mode: cluster.authenticationMode,
    moved,
    left: left + others,
  });
}

function reportDrift({ log, counts }: Run, cluster: Cluster, mapping: OwnedMapping): void {
  const { entry } = mapping.sighting;
  counts.MappingsDrifted += 1;
  log('WARN', 'drift: another tool has changed the mapping', {
    ...subjectOf(cluster, mapping),
    place: 'CONFIG_MAP',
    gives: entry ? entry.gives : 'nothing: the entry is gone',
  });
}
