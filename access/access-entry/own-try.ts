/**
 * Whether an entry that is there was made by an earlier try of the same request, or by the resource before a
 * replacement that is taken back. Node entries carry no record, so that their own facts have to say it.
 */
import { SKEW_MS } from '../ownership-record';
import { type OwnershipQuestions } from '../surroundings';
import { type CurrentAccessEntry } from './access-entry';
import { type ClaimRequest } from './claim';
import { isSameEntry, isStandard } from './plan';

/** What a request says of an entry that it may have made itself. */
type Request = Pick<ClaimRequest, 'entry' | 'isNew' | 'hadEnded' | 'requestedAt'>;

/**
 * Whether the node's entry is the one that the resource had before a replacement that CloudFormation takes back; unless
 * the mapping lived in aws-auth.
 */
export async function isReturnedTo(
  current: CurrentAccessEntry | undefined,
  request: Request & { readonly ownership: OwnershipQuestions },
): Promise<boolean> {
  const { isNew, hadEnded, ownership } = request;
  if (!(isNew || hadEnded) || !mayBeOwnTry(current, { ...request, requestedAt: undefined })) return false;
  if (!(await ownership.isRollback())) return false;
  const elsewhere = await ownership.elsewhere();
  return elsewhere.state !== 'seen' || !['self', 'moved'].includes(elsewhere.standing ?? '');
}

export function mayBeOwnTry(
  current: CurrentAccessEntry | undefined,
  { entry, requestedAt }: Pick<Request, 'entry' | 'requestedAt'>,
): boolean {
  if (isStandard(entry) || !current || !isSameEntry(current, entry)) return false;
  // What is older than the request no try of it has made.
  return current.createdAt.getTime() >= (requestedAt ?? 0) - SKEW_MS;
}
