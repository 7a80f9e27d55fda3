/**
 * Whether a cluster can have a mapping in the state that it is in: access entries from the moment that EKS makes it
 * (GT-107), identity mappings once it has a Kubernetes API.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_Cluster.html
 */
import { type BackEnd } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { type DesiredAccess } from '../../access/desired-access';
import { invalidRequest, ProviderError } from '../../access/errors';
import { type Place } from '../../access/place';
import { placementOf, type Placement } from '../../access/placement';
import { fullJitter, retry } from '../../access/retry';
import { type Invocation } from '../invocation';
import { rightsByGroup } from '../putting/rights';

/** A cluster, and where a mapping belongs on it. */
export interface Placed {
  readonly cluster: Cluster;
  readonly placement: Placement<BackEnd>;
}

/** The cluster is on its way to a state in which the mapping can be put there. */
class NotYet extends ProviderError {}

/**
 * The cluster, and where the mapping belongs on it. Waits, as long as the invocation has time, for a cluster that is
 * being made and is to have the mapping in aws-auth. Throws ProviderError: NotStabilized when the time is over,
 * InvalidRequest where no waiting helps.
 */
export async function placeFor(
  { edges, deadline, log }: Invocation,
  desired: DesiredAccess,
): Promise<Placed> {
  const look = async () => {
    const cluster = await edges.describeCluster(desired.cluster);
    refuseHopeless(cluster);
    const placement = placementOf(desired, cluster, edges.backEnds(cluster));
    // Groups of rights are bound by the Kubernetes API, whatever the place.
    const needsKubernetes = rightsByGroup(desired, placement).length > 0;
    if (!isReady(cluster.status, needsKubernetes ? 'CONFIG_MAP' : placement.backEnd.place))
      throw notYet(cluster);
    return { cluster, placement };
  };
  return retry(deadline, look, (error, failures) => {
    if (!(error instanceof NotYet)) return undefined;
    if (failures === 1) log('INFO', 'waiting for the cluster', { reason: error.message });
    return fullJitter(failures, 1_000, 5_000, () => deadline.random());
  });
}

/** Whether such a cluster has never had a Kubernetes API: then aws-auth holds nothing. */
export function neverHadKubernetes({ status, endpoint }: Cluster): boolean {
  return endpoint === '' && ['CREATING', 'PENDING', 'FAILED'].includes(status);
}

function isReady(status: string, place: Place): boolean {
  return status === 'ACTIVE' || status === 'UPDATING' || (status === 'CREATING' && place === 'API');
}

function refuseHopeless({ name, status }: Cluster): void {
  const remedies: Readonly<Record<string, string>> = {
    DELETING: 'no principal can be mapped on it any more',
    FAILED: 'delete it and create it again, because EKS repairs no such cluster',
  };
  const remedy = remedies[status];
  if (remedy !== undefined) throw invalidRequest(`cluster "${name}" is ${status}: ${remedy}`);
}

function notYet({ name, status }: Cluster): NotYet {
  return new NotYet(
    'NotStabilized',
    `cluster "${name}" is ${status}, and it must be ACTIVE before a principal can be mapped in aws-auth: run the stack operation again once it is`,
  );
}
