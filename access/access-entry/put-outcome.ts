/** What a put of an access entry came to, for who asked for it. */
import { type PutOutcome } from '../back-end';
import { isSameOwner, type Owner } from '../owner';
import { type CurrentAccessEntry } from './access-entry';
import { isAdopted } from './claim';
import { readRecord, saysNeverInAwsAuth } from './owner-tags';
import { isStandard, type TargetEntry } from './plan';

/** What the place showed when it was first looked at, unless others have taken that away since. */
export function atFirst(
  found: CurrentAccessEntry | undefined,
  { owner }: { readonly owner: Owner },
): Pick<PutOutcome, 'isMade' | 'wasOwn'> {
  const record = found && readRecord(found.tags);
  return { isMade: found === undefined, wasOwn: record !== undefined && isSameOwner(record.owner, owner) };
}

export function outcome(
  target: TargetEntry,
  entry: Pick<CurrentAccessEntry, 'username' | 'groups' | 'accessEntryArn'> | undefined,
): Omit<
  PutOutcome,
  'changed' | 'isMade' | 'wasOwn' | 'isBoundAgain' | 'before' | 'after' | 'undo' | 'elsewhere'
> {
  // Node types: the service names them.
  const login = isStandard(target) ? target : entry;
  return {
    adopted: isAdopted(target.tags),
    isNowhereElse: saysNeverInAwsAuth(target.tags),
    userName: login?.username ?? '',
    groups: login?.groups ?? [],
    accessEntryArn: entry?.accessEntryArn ?? '',
  };
}
