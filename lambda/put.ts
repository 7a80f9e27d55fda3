/** Putting a mapping where it belongs, and taking it back when CloudFormation no longer wants it. */
import { type BackEnd, type PutOutcome } from '../access/back-end';
import { type Cluster } from '../access/cluster/cluster';
import { type DesiredAccess } from '../access/desired-access';
import { ProviderError, withActed } from '../access/errors';
import { type Placement } from '../access/placement';
import { principalKey } from '../access/principal';
import { isStillWanted } from './cloudformation/stacks';
import { type Invocation } from './invocation';

export interface Put {
  readonly cluster: Cluster;
  readonly desired: DesiredAccess;
  readonly placement: Placement<BackEnd>;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  readonly previous: DesiredAccess | undefined;
}

export async function put(
  { owner, deadline, request, requestedAt, log }: Invocation,
  { cluster, desired, placement: { backEnd, target }, isNew, previous }: Put,
): Promise<PutOutcome> {
  log('INFO', 'putting the mapping', {
    cluster: cluster.name,
    place: backEnd.place,
    mode: cluster.authenticationMode,
  });
  const outcome = await backEnd.put(
    {
      cluster,
      key: principalKey(desired.principal),
      target,
      owner,
      existingEntry: desired.existingEntry,
      isNew,
      previous,
      requestId: request.envelope.requestId,
      requestedAt,
    },
    deadline,
  );
  const { changed, before, after, adopted } = outcome;
  log('INFO', changed ? 'put the mapping' : 'the mapping is already as desired', { before, after, adopted });
  return outcome;
}

/**
 * CloudFormation may have cancelled meanwhile, and a Delete may have overtaken us: what nobody wants is taken back, and
 * the request fails (CR-28).
 */
export async function withdrawIfUnwanted(
  { edges, owner, log }: Invocation,
  outcome: PutOutcome,
): Promise<void> {
  const resource = await afterWrite(() => edges.stacks.resource(owner));
  const detail = resource.state === 'known' ? resource.status : resource.detail;
  log(
    resource.state === 'unknown' ? 'WARN' : 'INFO',
    'asked CloudFormation whether the resource is still wanted',
    { state: resource.state, detail },
  );
  if (isStillWanted(resource)) return;
  if (outcome.changed) await afterWrite(outcome.undo);
  throw new ProviderError(
    'NotStabilized',
    `CloudFormation no longer wants this resource (${detail}): what was mapped has been taken back`,
  );
}

/** A step of an event that has written: when it fails, the mapping is there all the same. */
export async function afterWrite<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    throw withActed(error, true);
  }
}
