/**
 * The mark that is left on aws-auth where a mapping that may have been written is not found, so that a write which is still
 * under way meets a conflict. Pure.
 */
import { type BackEnd, type ClusterFacts } from '../../access/back-end';
import { type DesiredAccess } from '../../access/desired-access';
import { type EffectiveAccess } from '../../access/effective-access';
import { undefinedIfRefused } from '../../access/errors';
import { checkGuardrails } from '../../access/guardrails/guardrails';
import { identityOf } from '../../access/login-identity';
import { type Place } from '../../access/place';
import { isRead, type Placement } from '../../access/placement';
import { type TemplateFacts, templateFactsOf } from '../../access/record-facts';
import { type Invocation } from '../invocation';
import { parsePhysicalId } from '../physical-id';

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
  return markNow({ request, deadline });
}

/** Of a Delete that removes something. */
export function markOfRemoval(invocation: Pick<Invocation, 'request' | 'deadline'>): DeleteMark | undefined {
  return invocation.request.requestType === 'Delete' ? markNow(invocation) : undefined;
}

function markNow({ request, deadline }: Pick<Invocation, 'request' | 'deadline'>): DeleteMark {
  return { at: new Date(deadline.now()).toISOString(), requestId: request.envelope.requestId };
}

/**
 * The same of an Update that puts back what was there before another one: that one may have given up, with its write still
 * under way, or Lambda deliver it once more. `previous`: what it asked for, and `lived` where; what the guardrails refuse was never written.
 */
export function markOnWayBack(
  invocation: Pick<Invocation, 'request' | 'deadline' | 'guardrails' | 'provider'>,
  {
    previous,
    lived,
  }: { readonly previous: DesiredAccess | undefined; readonly lived: Placement<BackEnd> | undefined },
  present: { readonly place: Place; readonly effective: EffectiveAccess; readonly facts: TemplateFacts },
): DeleteMark | undefined {
  if (!previous || !lived) return undefined;
  // The record alone may differ: in when the mapping ends, for one.
  const isSame =
    lived.backEnd.place === present.place &&
    identityOf(lived.effective) === identityOf(present.effective) &&
    JSON.stringify(templateFactsOf(previous)) === JSON.stringify(present.facts);
  if (isSame) return undefined;
  return undefinedIfRefused(() => {
    checkGuardrails(previous, lived, invocation.guardrails(), invocation.provider);
    return markNow(invocation);
  });
}
