/** Whether CloudFormation still wants a change of the mode: asked before the write, because nothing takes it back (CR-28). */
import { LateEvent } from '../../access/late-event';
import { type CreateOrUpdateRequest } from '../cloudformation/event';
import { isStillWanted } from '../cloudformation/stacks';
import { type Edges, type Invocation } from '../invocation';

/** Throws LateEvent where it does not; where it cannot be asked, that is no reason. */
export async function refuseUnwanted(
  { owner }: Invocation,
  { stacks }: Edges,
  request: CreateOrUpdateRequest,
  id: string,
): Promise<void> {
  const resource = await stacks.resource(owner);
  const asked =
    request.requestType === 'Create'
      ? 'create'
      : request.physicalResourceId === id
        ? 'in place'
        : 'replacement';
  if (isStillWanted(resource, id, asked)) return;
  throw new LateEvent(resource.state === 'known' ? `the resource is ${resource.status}` : resource.detail);
}
