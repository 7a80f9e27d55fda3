/**
 * The entry as it shall be, with the record under which this resource has it (CR-20, CR-21). Whose the entry is says
 * `ownership.ts`; here it becomes tags. Pure.
 */
import { invalidRequest } from '../errors';
import { type Fate, type PutVerdict, verdictOnPut } from '../ownership';
import { ownershipRefusal } from '../ownership-refusal';
import { isAdopted as keepsEntry } from '../ownership-record';
import { isGivenByPolicy } from '../login-identity';
import { thereOf } from '../surroundings';
import { type CurrentAccessEntry } from './access-entry';
import { foundTags, recordOf, writtenRecord } from './claim-record';
import { type ClaimRequest } from './claim-request';
import {
  type DamagedValue,
  type EntryRecord,
  type EntryValue,
  isRecordTag,
  readRecord,
  recordTags,
} from './owner-tags';
import { isSameEntry, isStandard, type TargetEntry } from './plan';
import { sightingOf } from './sighting';
import { MAX_TAGS } from './tag-text';
import { listedTags } from './template-tags';

export { type ClaimRequest } from './claim-request';

/** The entry as it shall be, record included, and what becomes of one in the other place. */
export interface Claim {
  readonly target: TargetEntry;
  readonly elsewhere: Fate;
}

/** Throws ProviderError AlreadyExists, or AccessDenied for what no stack may touch or the guardrails do not allow. */
export function claim(current: CurrentAccessEntry | undefined, request: ClaimRequest): Claim {
  const verdict = verdictOf(current, request);
  if (verdict.kind === 'refused') throw ownershipRefusal(verdict, subjectOf(current, request));
  const record = recordOf(verdict.record, current, request);
  return { target: targetOf(current, record, request), elsewhere: verdict.there };
}

function targetOf(
  current: CurrentAccessEntry | undefined,
  record: EntryRecord,
  request: ClaimRequest,
): TargetEntry {
  const { cluster, entry, previous } = request;
  const taggable = isStandard(entry);
  const has = current?.tags ?? {};
  // Of the template before this one, or of the previous name of the mapping.
  const dropped = [...Object.keys(previous?.tags ?? {}), ...Object.keys(listedTags(record, has))];
  const found = Object.entries(foundTags(record)).filter(
    ([key]) => dropped.includes(key) && Object.hasOwn(has, key),
  );
  const written = recordTags(writtenRecord(record, current, request));
  const tags = taggable ? { ...Object.fromEntries(found), ...entry.tags, ...written } : {};
  const stale = [...dropped, ...Object.keys(has).filter(isRecordTag)];
  const tagsToRemove = stale.filter((key) => !Object.hasOwn(tags, key));
  const kept = Object.keys(has).filter((key) => !stale.includes(key));
  const count = new Set([...kept, ...Object.keys(tags)]).size;
  if (taggable && count > MAX_TAGS) {
    throw invalidRequest(
      `the access entry of ${entry.principalArn} on cluster ${cluster} would have ${count} tags, and EKS takes ${MAX_TAGS}: remove some`,
    );
  }
  const { type, username, groups, policies } = entry;
  const { elsewhere } = request.surroundings;
  const given = (elsewhere.state === 'seen' && elsewhere.sighting.entry?.groups) || [];
  const groupsAtFirst = given.filter((group) => isGivenByPolicy(group, policies));
  return { type, username, groups, groupsAtFirst, policies, tags, tagsToRemove };
}

/** Whether an entry of an owner outside the stack is kept in the record, to be put back on Delete. */
export function isAdopted(tags: Readonly<Record<string, string>>): boolean {
  const record = readRecord(tags);
  return record !== undefined && keepsEntry(record);
}

function verdictOf(
  current: CurrentAccessEntry | undefined,
  request: ClaimRequest,
): PutVerdict<EntryValue | DamagedValue> {
  const { owner, requestedAt, isNew, existingEntry, surroundings } = request;
  const sighting = sightingOf(current);
  return verdictOnPut({
    owner,
    requestedAt,
    isNew,
    existingEntry,
    isProvidersRole: surroundings.isProvidersRole,
    mayTakeOver: surroundings.mayTakeOver,
    here: {
      record: current && readRecord(current.tags),
      standing: surroundings.standing,
      entry: current && {
        protects: sighting.entry?.protects,
        equalToKnown: isKnown(current, request),
        isOwnTry: request.isOwnTry,
        givesAsDesired: isSameEntry(current, request.entry),
      },
    },
    there: thereOf(surroundings, sighting.entry?.identity),
  });
}

/**
 * Without a record: equal to what the resource asked for, where aws-auth holds nothing of the principal, or is not read:
 * another tool may have made it, or EKS itself at the change of mode (GT-106), while the mapping lived in aws-auth.
 * Node entries carry no record: one of the type that is asked for counts as the resource's own in an Update, which comes
 * with the physical id that a success has made, unless the mapping before it had ended. In a Create the table takes nothing
 * for known but what this request made.
 */
function isKnown(
  current: CurrentAccessEntry,
  { entry, previous, hadEnded, isOwnTry, surroundings }: ClaimRequest,
): boolean {
  if (!isStandard(entry) && isSameEntry(current, entry)) return !hadEnded || isOwnTry;
  if (previous === undefined || hadEnded || !isSameEntry(current, previous)) return false;
  const { elsewhere } = surroundings;
  if (!isStandard(previous) || elsewhere.state === 'nothing') return true;
  return elsewhere.state === 'seen' && !elsewhere.sighting.owner && !elsewhere.sighting.entry;
}

function subjectOf(
  current: CurrentAccessEntry | undefined,
  { cluster, entry, isNew, existingEntry, surroundings }: ClaimRequest,
): Parameters<typeof ownershipRefusal>[1] {
  const principal = current?.principalArn ?? entry.principalArn;
  return {
    principal,
    has: `${principal} ${isNew ? 'already' : 'now'} has an access entry on cluster ${cluster}`,
    ownedBy: (owner) => `, ${owner ? `owned by ${owner}` : makerOf(current)}`,
    remedy:
      'remove it there, or set ExistingEntry to ADOPT (Delete puts it back) or REPLACE (Delete removes it)',
    existingEntry,
    elsewhere: surroundings.elsewhere,
  };
}

function makerOf(current: CurrentAccessEntry | undefined): string {
  const stack = current?.tags['aws:cloudformation:stack-name'];
  if (stack) return `made by stack ${stack}`;
  const userName = current?.username ? `, user name ${current.username}` : '';
  return `made by something else (type ${current?.type ?? 'unknown'}${userName})`;
}
