/**
 * The mark that is left on aws-auth where a mapping that may have been written is not found, so that a write which is still
 * under way meets a conflict. Pure.
 */
import { type ClusterFacts } from '../access/back-end';
import { isRead } from '../access/placement';
import { type Invocation } from './invocation';
import { parsePhysicalId } from './physical-id';

export interface DeleteMark {
  /** ISO 8601. */
  readonly at: string;
  readonly requestId: string;
}

/**
 * Undefined where no write of this resource can be under way: under an id that is not a real one (a Create that made
 * nothing, another provider), and where the cluster's mode does not read aws-auth.
 */
export function markOf(
  { request, deadline }: Pick<Invocation, 'request' | 'deadline'>,
  { authenticationMode }: Pick<ClusterFacts, 'authenticationMode'>,
): DeleteMark | undefined {
  if (request.requestType === 'Create' || !parsePhysicalId(request.physicalResourceId)) return undefined;
  if (!isRead('CONFIG_MAP', authenticationMode)) return undefined;
  return { at: new Date(deadline.now()).toISOString(), requestId: request.envelope.requestId };
}
