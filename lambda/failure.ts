/** What a FAILED answer says: which id, and why. Pure. */
import { INTERNAL_ERROR, ProviderError } from '../access/errors';
import { createFailedId } from './physical-id';
import { type Envelope, type Request } from './cloudformation/event';

/**
 * The id of a FAILED answer decides what CloudFormation deletes next. `writtenId`: of the desired mapping, where
 * something of it may have been written.
 * - Create: the marker while nothing was written (CR-13), the real id once something may have been.
 * - Update: the id it came with; the new one only when the new mapping may be there, so that it is cleaned up (CR-17).
 * - Delete: the id it came with, because it writes nothing.
 */
export function failureId(
  request: Request | undefined,
  envelope: Envelope,
  writtenId: string | undefined,
): string {
  const sentId = request?.requestType === 'Create' ? undefined : envelope.physicalResourceId;
  return writtenId ?? sentId ?? createFailedId(envelope.requestId);
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
