/** The clusters that one run looks at, and what it sees of each before it decides. */
import { type AwsAuth } from '../../access/aws-auth/intent';
import { type Cluster } from '../../access/cluster/cluster';
import { hasCode, ProviderError } from '../../access/errors';
import { type Guardrails } from '../../access/guardrails/guardrails';
import { matchesPattern } from '../../access/guardrails/pattern';
import { isRead } from '../../access/placement';
import { within } from '../within';
import { type Run } from './run';
import { shuffled } from './shuffled';

/** What an unreachable cluster costs at most, in milliseconds. */
const LOOK_MS = 5_000;

/** In random order, so that a run which is short of time leaves out others each time. */
export async function clustersToFollow({ deadline, edges, guardrails }: Run): Promise<readonly string[]> {
  const { clusters: patterns = ['*'] }: Guardrails = guardrails;
  const named = patterns.filter((pattern) => !isPattern(pattern));
  const listed = patterns.some(isPattern) ? await edges(deadline).listClusters() : [];
  const matching = listed.filter((name) => patterns.some((pattern) => matchesPattern(pattern, name)));
  return shuffled([...new Set([...named, ...matching])], () => deadline.random());
}

function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

export interface SeenCluster {
  readonly cluster: Cluster;
  /** Undefined where it was not looked at. */
  readonly awsAuth: AwsAuth | undefined;
}

/**
 * Undefined for a cluster that cannot be looked at, which the log says. aws-auth is read where the cluster reads it
 * itself; on a cluster of mode API once a day, and when the mode has just come to that: something may have been left there.
 */
export async function lookAt(run: Run, name: string): Promise<SeenCluster | undefined> {
  const { deadline, log, counts, edges, modes } = run;
  try {
    const seen = await within(deadline, LOOK_MS, async (limited) => {
      const talk = edges(limited);
      const cluster = await talk.describeCluster(name);
      const { status, authenticationMode: mode } = cluster;
      if (status !== 'ACTIVE' && status !== 'UPDATING') return undefined;
      const isNewlyApi = mode === 'API' && (modes.get(cluster.arn) ?? 'API') !== 'API';
      const looks = isRead('CONFIG_MAP', mode) || isNewlyApi || run.isTurn(name);
      const awsAuth = looks
        ? await readAwsAuth(run, cluster, () => talk.configMap(cluster).read())
        : undefined;
      modes.set(cluster.arn, mode);
      return { cluster, awsAuth };
    });
    counts.ClustersLookedAt += 1;
    return seen;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    counts.ClustersNotLookedAt += 1;
    log('WARN', 'the cluster was not looked at', { cluster: name, reason: error.message });
    return undefined;
  }
}

async function readAwsAuth(
  { log, counts }: Run,
  { name, authenticationMode: mode }: Cluster,
  read: () => Promise<AwsAuth | undefined>,
): Promise<AwsAuth | undefined> {
  try {
    return (await read()) ?? { data: {}, annotations: {} };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    counts.AwsAuthNotLookedAt += 1;
    // Most providers are let into the clusters that their templates name, and into no other.
    const level = hasCode(error, 'AccessDenied') || mode === 'API' ? 'INFO' : 'WARN';
    log(level, 'aws-auth was not looked at', { cluster: name, mode, reason: error.message });
    return undefined;
  }
}
