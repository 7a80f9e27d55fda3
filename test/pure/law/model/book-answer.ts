/** What one delivery leaves untold, by its answer and its warnings, for the book of who holds what. */
import { keepRecorded } from './half-done';
import { type Answer, type Delivery, type Request, wasNotLookedFor } from './request';
import { type SeenWorld } from './seen-world';

export function bookAnswer(world: SeenWorld, delivery: Delivery, answer: Answer | undefined): void {
  const { ledger } = world;
  const { request, warnings } = delivery;
  const hasFailed = answer?.Status === 'FAILED';
  if (isNew(request) && hasFailed && isOwnId(answer)) ledger.createUnknown(request);
  if (request.type === 'Update' && hasFailed && delivery.writes > 0) ledger.updateFailed(request);
  if (request.type === 'Delete' && hasFailed) keepRecorded(request, world.cluster, ledger);
  if (wasNotLookedFor(delivery)) ledger.notLookedFor(request);
  if (warnings.some((warning) => warning.startsWith('an access entry of nodes is left')))
    ledger.nodesLeft(request);
}

/** A Create or a replacement. */
function isNew({ type, mapping, old }: Request): boolean {
  return type === 'Create' || (type === 'Update' && old?.principal !== mapping.principal);
}

function isOwnId({ PhysicalResourceId: id }: Answer): boolean {
  return !id.startsWith('create-failed|');
}
