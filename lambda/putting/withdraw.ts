/** Taking a mapping back that CloudFormation no longer wants. */
import { type PutOutcome } from '../../access/back-end';
import { ProviderError } from '../../access/errors';
import { isStillWanted } from '../cloudformation/stacks';
import { type Invocation } from '../invocation';
import { afterWrite } from './after-write';

/**
 * CloudFormation may have cancelled meanwhile, and a Delete may have overtaken us: what nobody wants is taken back, and
 * the request fails (CR-28).
 */
export async function withdrawIfUnwanted(
  { edges, owner, request, log }: Invocation,
  outcome: PutOutcome,
  { physicalResourceId, isNew }: { readonly physicalResourceId: string; readonly isNew: boolean },
): Promise<void> {
  const kind = request.requestType === 'Create' ? 'create' : isNew ? 'replacement' : 'in place';
  const resource = await afterWrite(() => edges.stacks.resource(owner));
  const detail = resource.state === 'known' ? resource.status : resource.detail;
  log(
    resource.state === 'unknown' ? 'WARN' : 'INFO',
    'asked CloudFormation whether the resource is still wanted',
    { state: resource.state, detail },
  );
  if (isStillWanted(resource, physicalResourceId, kind)) return;
  // That it was awaited was asked before the write: a copy of it, which was served at the same time, has been answered.
  const isOurs = resource.state === 'known' && resource.physicalId === physicalResourceId;
  if (isOurs && resource.status === 'UPDATE_COMPLETE' && kind !== 'create') return;
  if (outcome.changed) await afterWrite(outcome.undo);
  throw new ProviderError(
    'NotStabilized',
    `CloudFormation no longer wants this resource (${detail}): what was mapped has been taken back`,
  );
}
