/** What a FAILED answer says: which id, and why. Pure. */
import { hasCode, INTERNAL_ERROR, ProviderError } from '../access/errors';
import { LateEvent } from '../access/late-event';
import { isLateAt } from './awaited/lateness';
import { createFailedId, createUnknownId } from './physical-id';
import { type Envelope, type Request } from './cloudformation/event';

/**
 * The id of a FAILED answer decides what CloudFormation deletes next. `writtenId`: of the desired mapping, where
 * something of it may have been written.
 * - Create: the marker while nothing was written (CR-13), the real id once something may have been. Of `isAnotherTry`, a Create
 *   that an earlier try of Lambda's may have carried out without being able to answer, neither is known to be true: its id
 *   is like those that CloudFormation makes up, whose Delete goes by the record alone (CR-14).
 * - Update: the id it came with; the new one only when the new mapping may be there, so that it is cleaned up (CR-17).
 * - Delete: the id it came with, because it writes nothing.
 */
export function failureId(
  request: Request | undefined,
  envelope: Envelope,
  writtenId: string | undefined,
  isAnotherTry = false,
): string {
  const sentId = request?.requestType === 'Create' ? undefined : envelope.physicalResourceId;
  const { requestId } = envelope;
  return writtenId ?? sentId ?? (isAnotherTry ? createUnknownId(requestId) : createFailedId(requestId));
}

/**
 * Whether an earlier try of Lambda's may have done what this one, which began at `now`, failed to do: what is refused was
 * refused then, too.
 */
export function mayBeAnotherTry(error: unknown, requestedAt: Date | undefined, now: number): boolean {
  const isRefusal =
    error instanceof LateEvent ||
    hasCode(error, 'InvalidRequest', 'AccessDenied', 'AlreadyExists', 'NotFound');
  // Of a date that has not come yet the age is not known.
  return !isRefusal && requestedAt !== undefined && requestedAt.getTime() < now && isLateAt(requestedAt, now);
}

/** The Reason: never more of an unforeseen error than that it is one. */
export function reasonOf(error: unknown): string {
  const { code, message } =
    error instanceof ProviderError ? error : new ProviderError('InternalFailure', INTERNAL_ERROR);
  return `${code}: ${message}`;
}

/** For unforeseen errors: where they came from. Ours say enough themselves. */
export function debuggingFacts(error: unknown): Record<string, unknown> {
  if (error instanceof ProviderError)
    return error.code === 'InternalFailure' && error.cause !== undefined ? debuggingFacts(error.cause) : {};
  return error instanceof Error ? { errorName: error.name, stack: error.stack } : { errorName: typeof error };
}
