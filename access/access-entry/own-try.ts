/**
 * Whether an entry that is there was made by an earlier try of the same request, or by the resource before a
 * replacement that is taken back. Node entries carry no record, so that their own facts have to say it.
 */
import { isOurs } from '../ownership';
import { SKEW_MS } from '../ownership-record';
import { type Elsewhere } from '../sighting';
import { type OwnershipQuestions } from '../surroundings';
import { type CurrentAccessEntry, type DesiredAccessEntry } from './access-entry';
import { type ClaimRequest } from './claim';
import { isSameEntry, isStandard } from './plan';

/** What a request says of an entry that it may have made itself. */
type Request = Pick<ClaimRequest, 'entry' | 'isNew' | 'hadEnded' | 'requestedAt'> & {
  readonly ownership: OwnershipQuestions;
};

/**
 * Whether the node's entry is the one that the resource had before a replacement that CloudFormation takes back; unless
 * the mapping lived in aws-auth.
 */
export async function isReturnedTo(
  current: CurrentAccessEntry | undefined,
  { entry, isNew, hadEnded, ownership }: Request,
): Promise<boolean> {
  if (!(isNew || hadEnded) || !isMadeSince(current, entry, undefined)) return false;
  return (await ownership.isRollback()) && !holdsOurs(await ownership.elsewhere());
}

/** An Update in place takes what is there for its own anyway, unless aws-auth holds the mapping. */
export async function mayBeOwnTry(
  current: CurrentAccessEntry | undefined,
  { entry, isNew, hadEnded, requestedAt, ownership }: Request,
): Promise<boolean> {
  if (!isMadeSince(current, entry, requestedAt)) return false;
  return isNew || hadEnded || holdsOurs(await ownership.elsewhere());
}

function isMadeSince(
  current: CurrentAccessEntry | undefined,
  entry: DesiredAccessEntry,
  requestedAt: number | undefined,
): boolean {
  if (isStandard(entry) || !current || !isSameEntry(current, entry)) return false;
  // What is older than the request no try of it has made.
  return current.createdAt.getTime() >= (requestedAt ?? 0) - SKEW_MS;
}

function holdsOurs(elsewhere: Elsewhere): boolean {
  return elsewhere.state === 'seen' && isOurs(elsewhere.standing);
}
