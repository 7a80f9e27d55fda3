/** What one delivery leaves untold, by its answer and its warnings, for the book of who holds what. */
import { forgetEnded, keepRecorded, leaveAttempt } from './half-done';
import { hasEnded } from './mapping';
import { PLACES } from './names';
import { type Answer, type Delivery, type Request, wasNotLookedFor } from './request';
import { type SeenWorld } from './seen-world';

export function bookAnswer(world: SeenWorld, delivery: Delivery, answer: Answer | undefined): void {
  const { ledger } = world;
  const { request, warnings } = delivery;
  const hasFailed = answer?.Status === 'FAILED';
  if (isNew(request) && hasFailed && isOwnId(answer)) ledger.createUnknown(request);
  if (request.type === 'Update' && hasFailed && delivery.writes > 0) ledger.updateFailed(request);
  if (request.type === 'Delete' && hasFailed) keepRecorded(request, world.cluster, ledger);
  // What passed to another name of the stack by its record alone.
  if (request.type === 'Delete' && answer?.Status === 'SUCCESS' && request.physicalId?.includes('|arn:'))
    for (const place of PLACES) ledger.releaseCell(request.owner, place, request.mapping.principal);
  const isUnmapped = isNew(request) || isOfAnother(request);
  if (isUnmapped && hasFailed && isOwnId(answer) && hasEnded(request.mapping, world.time.now()))
    forgetEnded(request, ledger);
  // Its Update may never have answered, and no event names what that has made.
  const { stackStatus, old, mapping } = request;
  const isAttempt = old?.principal !== mapping.principal;
  if (isOfAnother(request) && stackStatus.includes('ROLLBACK') && isAttempt) leaveAttempt(request, ledger);
  if (wasNotLookedFor(delivery)) ledger.notLookedFor(request);
  if (warnings.some((warning) => warning.startsWith('an access entry of nodes is left')))
    ledger.nodesLeft(request);
}

/** The function was killed while it served the event: what a Delete has not given back yet is its resource's still. */
export function bookDeath({ cluster, ledger }: SeenWorld, request: Request): void {
  if (request.type === 'Delete') keepRecorded(request, cluster, ledger);
}

/** A Create or a replacement. */
function isNew({ type, mapping, old }: Request): boolean {
  return type === 'Create' || (type === 'Update' && old?.principal !== mapping.principal);
}

/** The Update of a resource that is another provider's still. */
function isOfAnother({ type, physicalId }: Request): boolean {
  return type === 'Update' && physicalId?.includes('|arn:') !== true;
}

function isOwnId({ PhysicalResourceId: id }: Answer): boolean {
  return !id.startsWith('create-failed|');
}
