/**
 * Create, Update and Delete of one mapping: sequences what the pure parts decide and the back ends do. Contains no
 * rule of either back end.
 */
import { type Cluster } from '../access/cluster/cluster';
import { ProviderError, undefinedIfRefused } from '../access/errors';
import { LateEvent } from '../access/late-event';
import { refuseInvalidClusterRoles } from '../access/guardrails/cluster-roles';
import { checkGuardrails, checkReach } from '../access/guardrails/guardrails';
import { parseSetKey } from '../access/permission-set';
import { afterPut, afterWrite } from './putting/after-write';
import { attributesOf, expectedAttributes } from './attributes';
import { type Placed, placeFor } from './cluster/cluster-state';
import { type CreateOrUpdateRequest, type DeleteRequest } from './cloudformation/event';
import { hasEnded } from './cloudformation/expiry';
import { parseResourceType, readProperties, recallProperties } from './cloudformation/properties';
import { homeOf, refuseUnfindable } from './cloudformation/permission-set';
import { success } from './cloudformation/response';
import { removeCancelledReplacement } from './removing/cancelled-replacement';
import { checkExpiry, endMapping } from './removing/expired';
import { clusterIfAny, type Invocation, type Outcome } from './invocation';
import { isCreateFailedId, parsePhysicalId, physicalIdOf } from './physical-id';
import { type Done, put } from './putting/put';
import { withdrawIfUnwanted } from './putting/withdraw';
import { withFoundRole } from './role/permission-set-role';
import { type Removal } from './removing/removal';
import { removalOf, removeFormer, removeMapping } from './removing/remove-mapping';
import { removeFromOtherPlaces, removeReplaced } from './removing/other-places';
import { waitForEffect } from './putting/wait-for-effect';
import { type Wanted, wantedOf } from './awaited/wanted';
import { asItWas } from './putting/way-back';

export async function createOrUpdate(
  invocation: Invocation,
  request: CreateOrUpdateRequest,
): Promise<Outcome> {
  try {
    return await map(invocation, request);
  } catch (error) {
    // No other event names what the cancelled replacement made: it goes, even if what was before it cannot come back.
    const { cancelled } = undefinedIfRefused(() => wantedOf(request, readProperties)) ?? {};
    const isLeft = cancelled && error instanceof ProviderError && !(error instanceof LateEvent);
    if (isLeft && !invocation.deadline.signal.aborted)
      await removeCancelledReplacement(invocation, cancelled);
    throw error;
  }
}

/** Throws ProviderError for what may not be, or cannot be reached. */
async function map(invocation: Invocation, request: CreateOrUpdateRequest): Promise<Outcome> {
  const wanted = await allowed(invocation, request).catch(async (error: unknown) => {
    const unchanged = await asItWas(invocation, () => wantedOf(request, readProperties), error);
    if (!unchanged) throw error;
    return unchanged;
  });
  const { desired, physicalResourceId, cluster, placement } = wanted;
  // An answer that is too long would lose itself and the truth with it: found out before anything is changed.
  success(request.envelope, physicalResourceId, expectedAttributes(desired, placement, cluster));
  if (hasEnded(desired.expiresAt, invocation.deadline.now())) {
    const data = await endMapping(invocation, cluster, wanted, placement);
    if (wanted.cancelled) await removeCancelledReplacement(invocation, wanted.cancelled);
    return { physicalResourceId, data };
  }
  const done = await put(invocation, wanted);
  await finish(invocation, wanted, cluster, done);
  // The last step: nothing is written after it.
  await afterWrite(() => waitForEffect(invocation, cluster, desired, done));
  return { physicalResourceId, data: attributesOf(desired, done.placement, cluster, done.outcome) };
}

/** What is wanted and where it belongs, asked before anything is changed. Throws ProviderError for what may not be. */
async function allowed(invocation: Invocation, request: CreateOrUpdateRequest): Promise<Wanted & Placed> {
  const asked = wantedOf(request);
  const { provider } = invocation;
  const guardrails = invocation.guardrails();
  refuseInvalidClusterRoles(provider.clusterRoles);
  checkReach(asked.desired, guardrails, provider);
  refuseUnfindable(asked.desired, provider);
  await checkExpiry(invocation, asked.desired, asked.isNew);
  const wanted = await withFoundRole(invocation, asked);
  const place = await placeFor(invocation, wanted.desired);
  checkGuardrails(wanted.desired, place.placement, guardrails, provider);
  return { ...wanted, ...place };
}

export async function remove(invocation: Invocation, request: DeleteRequest): Promise<Outcome> {
  const { physicalResourceId } = request;
  invocation.log('INFO', await removeTarget(invocation, request), { physicalResourceId });
  return { physicalResourceId };
}

/** What there was to do, for the log. */
async function removeTarget(invocation: Invocation, request: DeleteRequest): Promise<string> {
  if (isCreateFailedId(request.physicalResourceId)) return 'nothing was made';
  const target = targetOf(invocation, request);
  if (!target) return 'no mapping is named';
  const cluster = await clusterIfAny(invocation, target.cluster);
  if (!cluster) return 'the cluster is gone';
  if (cluster.status === 'DELETING') return 'the cluster is DELETING';
  await removeMapping(invocation, cluster, target, { equalIsOwn: true });
  return 'deleted';
}

/** What follows the write. */
async function finish(
  invocation: Invocation,
  { desired, physicalResourceId, isNew, previous, cancelled }: Wanted,
  cluster: Cluster,
  { placement, outcome, isMoved }: Done,
): Promise<void> {
  // An Update in place that finds nothing of its own may come after the Delete of its resource.
  if (isNew || (outcome.changed && !outcome.wasOwn))
    await withdrawIfUnwanted(invocation, outcome, { physicalResourceId, isNew });
  await afterPut(outcome, isNew, async () => {
    if (outcome.elsewhere === 'replaced')
      await removeReplaced(invocation, cluster, placement.backEnd, desired);
    // A new mapping may meet what a clean-up of the same logical id has left.
    if ((!isNew && isMoved) || outcome.elsewhere === 'ours')
      await removeFromOtherPlaces(invocation, cluster, placement.backEnd, { desired, previous }, outcome);
    if (!isNew) await removeFormer(invocation, cluster, desired, previous);
    if (cancelled) await removeCancelledReplacement(invocation, cancelled);
  });
}

/** The id decides (CR-15); an id that is not ours leaves the properties, and then only a record counts (CR-14). */
function targetOf(
  { log }: Invocation,
  request: DeleteRequest,
): (Removal & { readonly cluster: string }) | undefined {
  const { physicalResourceId } = request;
  const id = parsePhysicalId(physicalResourceId);
  const resourceType = undefinedIfRefused(() => parseResourceType(request.resourceType));
  const home = homeOf(request.envelope.stackId);
  const desired = resourceType && recallProperties(resourceType, request.properties, home);
  if (!id)
    return desired && { ...removalOf(desired), cluster: desired.cluster, desired: undefined, asked: desired };
  const agrees = desired !== undefined && physicalIdOf(desired) === physicalResourceId;
  if (!agrees)
    log('WARN', 'the properties do not name what the physical id names: the id decides', {
      physicalResourceId,
    });
  return { ...id, key: id.principal, set: parseSetKey(id.principal), desired: agrees ? desired : undefined };
}
