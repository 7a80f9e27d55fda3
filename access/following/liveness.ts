/** What CloudFormation's answer says of the resource that a record names. Pure. */
import { type Kind } from '../desired-access';
import { type StackResource, type StackStatus } from '../stacks';

/**
 * `live`: it is there and its id names this mapping, and nothing happens to it. `busy`: an operation of its stack is under way, or just has been;
 * `deleting` is one of them, by which the mapping goes. `gone`: its stack, the resource or the id is gone. `unknown`:
 * CloudFormation could not be asked.
 */
export type Liveness = 'live' | 'busy' | 'deleting' | 'gone' | 'unknown';

/** The resource is at rest under another id: while its stack is at work, the clean-up of this one may be on its way. */
export function afterReplacement(stack: StackStatus): Liveness {
  if (stack.state !== 'known') return stack.state;
  if (stack.status.endsWith('_CLEANUP_IN_PROGRESS')) return 'deleting';
  return stack.status.endsWith('_IN_PROGRESS') ? 'busy' : 'gone';
}

/** The mapping that a record is about: of its physical id all but the kind. */
export interface Mapped {
  readonly cluster: string;
  /** Canonical ARN, or account id. */
  readonly key: string;
}

/** Undefined for ids that are not of a mapping of ours (CR-11). */
export function mappedBy(physicalId: string): (Mapped & { readonly kind: Kind }) | undefined {
  const [, kind, cluster = '', key = ''] = PHYSICAL_ID.exec(physicalId) ?? [];
  return kind === undefined ? undefined : { kind: kind as Kind, cluster, key };
}

/** The cluster becomes part of a path of the EKS API: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const PHYSICAL_ID = /^(role|user|account|access-entry)\|([0-9A-Za-z][0-9A-Za-z_-]{0,99})\|([^|]+)$/;

/** `replaced`: it is at rest, and its id names another mapping, or none. */
export function readLiveness(resource: StackResource, { cluster, key }: Mapped): Liveness | 'replaced' {
  if (resource.state !== 'known') return resource.state;
  const { status, physicalId: liveId } = resource;
  // Of a stack that is deleted CloudFormation goes on to tell; DELETE_SKIPPED is a resource that it has let go of (Retain).
  if (status === 'DELETE_COMPLETE' || status === 'DELETE_SKIPPED') return 'gone';
  if (status === 'DELETE_IN_PROGRESS') return 'deleting';
  if (status.endsWith('_IN_PROGRESS')) return 'busy';
  const live = liveId === undefined ? undefined : mappedBy(liveId);
  return live?.cluster === cluster && live.key === key ? 'live' : 'replaced';
}
