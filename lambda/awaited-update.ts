/** What CloudFormation says of an Update: whether it waits for it, and whether it is a way back. */
import { LateEvent } from '../access/late-event';
import { isStillWanted } from './cloudformation/stacks';
import { type Invocation } from './invocation';
import { isOwnId } from './physical-id';

/** Throws LateEvent; what CloudFormation cannot say is no reason. */
export async function refuseIfLate({ request, edges, owner, log }: Invocation): Promise<void> {
  if (request.requestType !== 'Update') return;
  const resource = await edges.stacks.resource(owner);
  if (isStillWanted(resource, request.physicalResourceId, 'in place')) return;
  const detail = resource.state === 'known' ? `the resource is ${resource.status}` : resource.detail;
  log('INFO', 'refused: CloudFormation does not wait for this Update', { detail });
  throw new LateEvent(detail);
}

export async function isRollback({ request, edges, owner }: Invocation): Promise<boolean> {
  // Of another provider's resource nothing here is what it was.
  if (request.requestType !== 'Update' || !isOwnId(request.physicalResourceId)) return false;
  const stack = await edges.stacks.stack(owner.stackId);
  return stack.state === 'known' && stack.status.endsWith('ROLLBACK_IN_PROGRESS');
}
