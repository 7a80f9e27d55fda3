/**
 * The mark of a Delete that found nothing, and of the way back from an Update that finds all as it was. What ran out of
 * time before may have its write still under way; it was planned from an older version, and the API server refuses it once
 * the version has moved (GT-52). A Delete that removes what an access entry may equal leaves the mark as well, for a copy of
 * it. One annotation of constant size, overwritten each time. Pure.
 */
import { LAST_DELETE_ANNOTATION } from '../contract';
import { undefinedIfRefused } from '../errors';
import { type AwsAuth, type DeleteMark } from './intent';
import { checkSize } from './size';

/** Characters of a request id that are kept; CloudFormation's have 36. */
const LONGEST = 64;

/** Undefined where the annotation would not fit: a Delete never fails for it. */
export function withMark(
  { data, annotations }: AwsAuth,
  { at, requestId }: DeleteMark,
  hasRemoved = false,
): AwsAuth | undefined {
  const mark = `{"at":${JSON.stringify(at)},${endOf(requestId, hasRemoved)}`;
  const marked = { ...annotations, [LAST_DELETE_ANNOTATION]: mark };
  return undefinedIfRefused(() => {
    checkSize(data, marked);
    return { data, annotations: marked };
  });
}

/**
 * Whether the Delete itself has removed the mapping before: a copy of it finds nothing here, and must not take the access
 * entry that EKS has made at the change of mode (GT-106) for what it is to remove (docs/decisions/0011).
 */
export function hasRemoved({ annotations }: AwsAuth, mark: DeleteMark | undefined): boolean {
  return (
    mark !== undefined && annotations[LAST_DELETE_ANNOTATION]?.endsWith(endOf(mark.requestId, true)) === true
  );
}

function endOf(requestId: string, hasRemoved: boolean): string {
  return `"requestId":${JSON.stringify(requestId.slice(0, LONGEST))}${hasRemoved ? ',"removed":true' : ''}}`;
}

/** What a plan that writes nothing has to write: a mark, once; after a conflict another writer has moved the version. */
export function markingOnce(
  mark: DeleteMark | undefined,
): (current: AwsAuth) => { readonly write: AwsAuth; readonly isMark: true } | undefined {
  let isDone = mark === undefined;
  return (current) => {
    const write = isDone || !mark ? undefined : withMark(current, mark);
    isDone = true;
    return write && { write, isMark: true };
  };
}
