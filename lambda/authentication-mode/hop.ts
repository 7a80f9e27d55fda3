/**
 * The event that the function sends to itself while an update runs (docs/decisions/0014): it carries CloudFormation's own
 * event, so that the invocation that gets it is the same request, with the same answer to give. Pure.
 */
import { MODE_RESOURCE_TYPE } from '../../access/contract';
import { invalidRequest } from '../../access/errors';
import { isObject } from '../../access/record-json';

/** What the function sends to itself while a cluster changes its authentication mode (docs/decisions/0014). */
export interface ModeHop {
  readonly kind: 'cfn-eks-access/mode-hop';
  /** How many of them there have been for this event, this one included. */
  readonly hop: number;
  /** Of the update that is waited for; left out where it has not begun. */
  readonly updateId?: string;
  /** The event of CloudFormation, with its ResponseURL: never logged. */
  readonly event: unknown;
}

/**
 * Lambda stops a function that has invoked itself about 16 times in a row:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export const MOST_HOPS = 12;

/** How far a request has come. */
export interface Hop {
  readonly hop: number;
  readonly updateId: string | undefined;
}

export interface Unpacked {
  /** CloudFormation's. */
  readonly event: unknown;
  /** Undefined: it came from CloudFormation. */
  readonly hop: Hop | undefined;
}

/** Throws InvalidRequest for one that the function has not sent: nothing of it is told. */
export function unpack(event: unknown): Unpacked {
  if (!isHop(event)) return { event, hop: undefined };
  const { hop, updateId, event: inner } = event;
  const isCount = Number.isInteger(hop) && hop >= 1 && hop <= MOST_HOPS;
  // It becomes part of a path of the EKS API.
  const isId = updateId === undefined || /^[\w-]{1,64}$/.test(updateId);
  const { ResourceType: type } = (inner ?? {}) as { readonly ResourceType?: unknown };
  if (!isCount || !isId || type !== MODE_RESOURCE_TYPE)
    throw invalidRequest('the event is not from this function: nothing was changed');
  return { event: inner, hop: { hop, updateId } };
}

/** The next one; undefined where there have been as many as there may be. */
export function nextHop(
  event: unknown,
  before: Hop | undefined,
  updateId: string | undefined,
): ModeHop | undefined {
  const hop = (before?.hop ?? 0) + 1;
  if (hop > MOST_HOPS) return undefined;
  return { kind: 'cfn-eks-access/mode-hop', hop, ...(updateId === undefined ? {} : { updateId }), event };
}

function isHop(event: unknown): event is ModeHop {
  const kind: ModeHop['kind'] = 'cfn-eks-access/mode-hop';
  return isObject(event) && event['kind'] === kind;
}
