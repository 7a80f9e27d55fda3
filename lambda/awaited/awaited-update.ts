/** What CloudFormation says of an event: whether it waits for an Update, and whether the stack is on its way back. */
import { NoRights } from '../../access/cluster/kubernetes-refusal';
import { LateEvent } from '../../access/late-event';
import { isStillWanted } from '../cloudformation/stacks';
import { type Invocation } from '../invocation';
import { isOwnId } from '../physical-id';

/** Throws LateEvent; what CloudFormation cannot say is no reason. */
export async function refuseIfLate({ request, edges, owner, log }: Invocation): Promise<void> {
  if (request.requestType !== 'Update') return;
  const resource = await edges.stacks.resource(owner);
  if (isStillWanted(resource, request.physicalResourceId, 'in place')) return;
  const detail = resource.state === 'known' ? `the resource is ${resource.status}` : resource.detail;
  log('INFO', 'refused: CloudFormation does not wait for this Update', { detail });
  throw new LateEvent(detail);
}

export async function isRollback(invocation: Invocation): Promise<boolean> {
  const { request } = invocation;
  // Of another provider's resource nothing here is what it was.
  return request.requestType === 'Update' && isOwnId(request.physicalResourceId) && goesBack(invocation);
}

/**
 * Whether the Delete of a Create that has not answered, whose id CloudFormation has made up (CR-14), has no rights: its
 * Create had none either, so that nothing of it can be there, and the rollback must not fail for it.
 */
export async function isOfDeniedCreate(error: unknown, invocation: Invocation): Promise<boolean> {
  const { request } = invocation;
  const isOfCreate = request.requestType === 'Delete' && !isOwnId(request.physicalResourceId);
  return error instanceof NoRights && isOfCreate && goesBack(invocation);
}

async function goesBack({ edges, owner }: Invocation): Promise<boolean> {
  const stack = await edges.stacks.stack(owner.stackId);
  return stack.state === 'known' && stack.status.endsWith('ROLLBACK_IN_PROGRESS');
}
