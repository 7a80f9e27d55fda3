/**
 * Create, Update and Delete of one mapping: sequences what the pure parts decide and the back ends do. Contains no
 * rule of either back end.
 */
import { attributesOf, expectedAttributes } from './attributes';
import { parseProperties, parseResourceType, recallProperties } from './cloudformation/properties';
import { success } from './cloudformation/response';
import { type Cluster } from '../access/cluster/cluster';
import { invalidRequest, ProviderError } from '../access/errors';
import { checkGuardrails } from '../access/guardrails/guardrails';
import { attempt, clusterIfAny, type Invocation, type Outcome } from './invocation';
import { leaveAbandoned, leaveBoth, leaveOtherPlace, type Target } from './remove';
import { isCreateFailedId, parsePhysicalId, physicalIdOf, type PhysicalId } from './physical-id';
import { placementOf } from '../access/placement';
import { put, withdrawIfUnwanted } from './put';
import { principalKey } from '../access/principal';

export async function createOrUpdate(invocation: Invocation): Promise<Outcome> {
  const { request, progress, provider, log, deadline } = invocation;
  const resourceType = parseResourceType(request.resourceType);
  const desired = parseProperties(resourceType, request.properties);
  const physicalResourceId = physicalIdOf(desired);
  progress.desiredId = physicalResourceId;
  const isInPlace = request.requestType === 'Update' && request.physicalResourceId === physicalResourceId;
  const isNew = !isInPlace;
  const previous = isInPlace ? recallProperties(resourceType, request.oldProperties) : undefined;

  const guardrails = invocation.guardrails();
  const cluster = await usableCluster(invocation, desired.cluster);
  const placement = placementOf(desired, cluster);
  checkGuardrails(desired, placement, guardrails, provider);
  // An answer that is too long would lose itself and the truth with it: found out before anything is changed.
  success(
    request.envelope,
    physicalResourceId,
    expectedAttributes(desired, placement, cluster, provider.region),
  );

  log('INFO', 'putting the mapping', {
    cluster: cluster.name,
    place: placement.place,
    mode: cluster.authenticationMode,
  });
  const outcome = await put(invocation, {
    cluster,
    desired,
    placement,
    isNew,
    ...(previous ? { previous } : {}),
  });
  log('INFO', outcome.changed ? 'put the mapping' : 'the mapping is already as desired', {
    before: outcome.before,
    after: outcome.after,
    adopted: outcome.adopted,
  });
  if (isNew) {
    await withdrawIfUnwanted(invocation, outcome);
  } else {
    await leaveOtherPlace(invocation, cluster, placement, outcome, { desired, previous });
    if (previous) await leaveAbandoned(invocation, previous, physicalResourceId);
  }
  deadline.signal.throwIfAborted();
  return { physicalResourceId, data: attributesOf(desired, placement, cluster, outcome) };
}

export async function remove(invocation: Invocation): Promise<Outcome> {
  const { request, log } = invocation;
  if (request.requestType !== 'Delete') throw new ProviderError('InternalFailure', 'only a Delete removes');
  const { physicalResourceId } = request;
  const done = (note: string): Outcome => {
    log('INFO', note, { physicalResourceId });
    return { physicalResourceId };
  };
  if (isCreateFailedId(physicalResourceId)) return done('nothing was made, so nothing is removed');
  const target = targetOf(invocation, physicalResourceId);
  if (!target) return done('neither the id nor the properties name anything of this provider’s');

  const cluster = await clusterIfAny(invocation, target.cluster);
  if (!cluster) return done('the cluster is gone, and its mappings with it');
  if (cluster.status === 'DELETING') return done('the cluster is being deleted, and its mappings with it');
  await leaveBoth(invocation, cluster, target, true);
  return done('deleted');
}

/** The id decides (CR-15); an id that is not ours leaves the properties, and then only a record counts (CR-14). */
function targetOf(
  { request, log }: Invocation,
  physicalResourceId: string,
): (Target & Pick<PhysicalId, 'kind' | 'cluster'>) | undefined {
  const id = parsePhysicalId(physicalResourceId);
  const resourceType = attempt(() => parseResourceType(request.resourceType));
  const desired = resourceType && recallProperties(resourceType, request.properties);
  if (!id) {
    return desired && { key: principalKey(desired.principal), kind: desired.kind, cluster: desired.cluster };
  }
  const agrees = desired !== undefined && physicalIdOf(desired) === physicalResourceId;
  if (!agrees)
    log('WARN', 'the properties do not name what the physical id names: the id decides', {
      physicalResourceId,
    });
  return { key: id.principal, kind: id.kind, cluster: id.cluster, ...(agrees ? { desired } : {}) };
}

async function usableCluster({ edges }: Invocation, name: string): Promise<Cluster> {
  const cluster = await edges.describeCluster(name);
  if (cluster.status === 'ACTIVE' || cluster.status === 'UPDATING') return cluster;
  throw invalidRequest(
    `cluster "${name}" is ${cluster.status}: it must be ACTIVE before anybody can be mapped`,
  );
}
