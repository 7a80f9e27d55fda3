/** Removing a mapping from one place, where it may be that nothing of it is. */
import { type BackEnd, type RemoveOutcome } from '../../access/back-end';
import { type Cluster } from '../../access/cluster/cluster';
import { hasCode, mayHaveActed, ProviderError } from '../../access/errors';
import { isNode } from '../../access/node-identity';
import { isRead } from '../../access/placement';
import { isGone } from '../../access/standing';
import { isOfDeniedCreate } from '../awaited/awaited-update';
import { neverHadKubernetes } from '../cluster/cluster-state';
import { isProvidersRole } from '../cluster/provider-identity';
import { type Invocation } from '../invocation';
import { markOf, markOfRemoval } from './delete-mark';
import { type Removal } from './removal';

export interface Circumstances {
  readonly home: BackEnd | undefined;
  /** Whether an entry without record that equals the properties may be the resource's own, in its home. */
  readonly mayBeEqual?: boolean;
  /** The mapping was found in another place: then a place that may not be looked at is a warning. */
  readonly isFoundElsewhere?: boolean;
  /** The mapping is in force in another place: then what stays here is a warning too. */
  readonly isInForceElsewhere?: boolean;
  /** Whether an earlier event of the resource may still be writing here. */
  readonly mayBeWriting: boolean;
}

export async function removeFrom(
  backEnd: BackEnd,
  invocation: Invocation,
  cluster: Cluster,
  { key, desired, set }: Removal,
  { home, mayBeEqual = false, isFoundElsewhere, isInForceElsewhere, mayBeWriting }: Circumstances,
): Promise<RemoveOutcome> {
  const { log, owner, deadline, requestedAt } = invocation;
  const { place } = backEnd;
  if (place === 'CONFIG_MAP' && neverHadKubernetes(cluster)) {
    log('INFO', 'the cluster has no Kubernetes API yet', { place });
    return { removed: false, isNowhereElse: false, wasThere: false };
  }
  const leavesMark = mayBeWriting ? markOf(invocation, cluster) : undefined;
  try {
    const outcome = await backEnd.remove(
      {
        cluster,
        key,
        owner,
        set: set?.name,
        requestedAt: requestedAt?.getTime(),
        lastKnown: desired,
        equalIsOwn: mayBeEqual && backEnd === home,
        isProvidersRole: isProvidersRole(invocation, cluster.name, key),
        leavesMark,
        // Then an access entry without record may be taken for the mapping.
        marksRemoval: home?.place === 'API' ? markOfRemoval(invocation) : undefined,
        isGone: (kept) => isGone(kept, invocation.edges.stacks),
      },
      deadline,
    );
    const { removed, note, warning, before, after } = outcome;
    if (warning) log('WARN', warning);
    log('INFO', removed ? 'removed the mapping' : 'nothing to remove', { place, note, before, after });
    return outcome;
  } catch (error) {
    // Where the cluster no longer looks (GT-50), cleaning is a courtesy; and a node's access entry has no record that
    // could say that the mapping never lived elsewhere.
    const isCourtesy =
      !isRead(place, cluster.authenticationMode) ||
      ((isInForceElsewhere || (isFoundElsewhere && !mayHaveActed(error))) &&
        hasCode(error, 'AccessDenied', 'ServiceUnavailable', 'NotStabilized')) ||
      (isNode(desired) && backEnd !== home && hasCode(error, 'AccessDenied')) ||
      (await isOfDeniedCreate(error, invocation));
    if (!isCourtesy || !(error instanceof ProviderError) || deadline.signal.aborted) throw error;
    log('WARN', 'the mapping was not looked for', { place, reason: error.message });
    // What was not looked at may be there.
    return { removed: false, isNowhereElse: false, wasThere: true };
  }
}
