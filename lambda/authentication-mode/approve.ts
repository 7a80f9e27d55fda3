/** The looks that the step to mode `API` takes, and the verdict on them. */
import { type Cluster } from '../../access/cluster/cluster';
import { refuseInvalidClusterRoles } from '../../access/guardrails/cluster-roles';
import { effectiveIdentities } from '../../access/migration/effective';
import { principalKeyOf } from '../../access/principal-key';
import { type Edges, type Invocation } from '../invocation';
import { checkDigest, digestOf, losersOf, readingToJudge, refuseLosers } from './approval';

/** Nobody may lose access by it, and a person must have looked. Throws ProviderError. */
export async function approve(
  { provider, log }: Invocation,
  edges: Edges,
  cluster: Cluster,
  planDigest: string | undefined,
): Promise<void> {
  const { name } = cluster;
  const modes = edges.modes();
  refuseInvalidClusterRoles(provider.clusterRoles);
  const awsAuth = (await modes.awsAuth(cluster)) ?? { data: {}, annotations: {} };
  const reading = readingToJudge(awsAuth, name);
  const principals = await modes.entryPrincipals(name);
  const losers = losersOf(reading, principals, provider.roleKey);
  for (const { principal, identity } of losers)
    log('WARN', 'would lose access in mode API', { principal, identity });
  refuseLosers(losers, awsAuth, name);
  const named = new Set(effectiveIdentities(reading, []).map(({ key }) => key));
  const entries = await modes.entries(name, principals, (arn) => named.has(principalKeyOf(arn)));
  checkDigest(planDigest, digestOf(reading, awsAuth, entries), name);
}
