/** What EKS says of a cluster, asked once an invocation: mode, endpoint and CA may change between two (GT-65, GT-108). */
import { partsOfArn } from '../arn';
import { type EksApi, type EksOperations } from '../aws/eks-api';
import { isEksFailure, translateEksError } from '../aws/eks-refusal';
import { hasCode, ProviderError } from '../errors';
import { type AuthenticationMode } from '../desired-access';
import { fullJitter, retry, type Deadline } from '../retry';

export interface Cluster {
  readonly name: string;
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly status: string;
  readonly authenticationMode: AuthenticationMode;
  readonly endpoint: string;
  /** PEM. */
  readonly certificateAuthority: string;
}

export interface DescribeOptions {
  readonly api: EksApi;
  readonly deadline: Deadline;
  /** For the sentence that a wrong name gets. */
  readonly accountId: string;
  readonly region: string;
}

/** How long a denied call is tried again while IAM rights may still be spreading (CR-30), at most. */
const PROPAGATION_MS = 20_000;

/** Throws ProviderError: NotFound when there is no such cluster here. */
export async function describeCluster(
  name: string,
  { api, deadline, accountId, region }: DescribeOptions,
): Promise<Cluster> {
  const patience = deadline.now() + Math.min(PROPAGATION_MS, deadline.remainingMs() / 3);
  const ask = async (): Promise<Cluster> => {
    try {
      return clusterOf(name, (await api.call('DescribeCluster', { name })).cluster);
    } catch (error) {
      deadline.signal.throwIfAborted();
      if (!isEksFailure(error)) throw error;
      const { error: translated } = translateEksError(error, { operation: 'DescribeCluster', cluster: name });
      throw translated.code === 'NotFound' ? noSuchCluster(name, accountId, region, translated) : translated;
    }
  };
  return retry(deadline, ask, (error, failures) => {
    const mayPass = hasCode(error, 'Throttling', 'ServiceUnavailable', 'NotStabilized');
    const spreading = hasCode(error, 'AccessDenied') && deadline.now() < patience;
    return mayPass || spreading ? fullJitter(failures, 250, 5_000, () => deadline.random()) : undefined;
  });
}

/** Names of all clusters of the account and Region. Throws ProviderError. */
export async function listClusters(api: EksApi, signal: AbortSignal): Promise<readonly string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    try {
      const page = await api.call('ListClusters', { nextToken });
      names.push(...(page.clusters ?? []));
      nextToken = page.nextToken;
    } catch (error) {
      signal.throwIfAborted();
      if (!isEksFailure(error)) throw error;
      throw translateEksError(error, { operation: 'ListClusters', cluster: '*' }).error;
    }
  } while (nextToken);
  return names;
}

function noSuchCluster(
  name: string,
  accountId: string,
  region: string,
  refusal: ProviderError,
): ProviderError {
  const where = / \(DescribeCluster[^()]*\)$/.exec(refusal.message)?.[0] ?? '';
  return new ProviderError(
    'NotFound',
    `there is no cluster "${name}" in account ${accountId}, region ${region}: check the name in Cluster (ClusterName); a provider serves its own account and Region${where}`,
  );
}

function clusterOf(name: string, cluster: EksOperations['DescribeCluster'][1]['cluster']): Cluster {
  const arn = cluster?.arn ?? '';
  const { partition, region, accountId } = partsOfArn(arn);
  return {
    name,
    arn,
    partition,
    region,
    accountId,
    status: cluster?.status ?? 'UNKNOWN',
    // Optional in the API; clusters that predate access entries do not have it (GT-107).
    authenticationMode: cluster?.accessConfig?.authenticationMode ?? 'CONFIG_MAP',
    endpoint: cluster?.endpoint ?? '',
    certificateAuthority: Buffer.from(cluster?.certificateAuthority?.data ?? '', 'base64').toString('utf8'),
  };
}
