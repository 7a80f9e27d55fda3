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
/** Deletes whose removals are told: a stack deletes its mappings at the same time. */
const KEPT = 20;

/** `isRemoval`: of a Delete that removes something. Undefined where the annotation would not fit: a Delete never fails for it. */
export function withMark(
  { data, annotations }: AwsAuth,
  mark: DeleteMark,
  isRemoval = false,
): AwsAuth | undefined {
  const requestId = idOf(mark);
  const removed = [...(isRemoval ? [requestId] : []), ...removalsIn(annotations)].slice(0, KEPT);
  const text = JSON.stringify({ at: mark.at, requestId, ...(removed.length > 0 && { removed }) });
  const marked = { ...annotations, [LAST_DELETE_ANNOTATION]: text };
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
  return mark !== undefined && removalsIn(annotations).includes(idOf(mark));
}

function idOf({ requestId }: DeleteMark): string {
  return requestId.slice(0, LONGEST);
}

/** Another tool may have written anything. */
function removalsIn(annotations: AwsAuth['annotations']): readonly string[] {
  const [, list = ''] = /"removed":\["([^\]]*)"\]/.exec(annotations[LAST_DELETE_ANNOTATION] ?? '') ?? [];
  return list.split('","').filter((id) => id !== '' && id.length <= LONGEST);
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
