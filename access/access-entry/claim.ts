/**
 * Whose the entry is, who may take it over and what they must keep to give it back (CR-20, CR-21). Pure.
 *
 * Within one stack an entry always passes on: that is a rename of the logical id. The new owner keeps what it found,
 * as with ADOPT, so that a rollback gives it back; the old owner's own Delete ends that (`release`).
 */
import { invalidRequest, ProviderError } from '../errors';
import { type ExistingEntry } from '../desired-access';
import { type CurrentAccessEntry, type DesiredAccessEntry } from './access-entry';
import {
  isRecordTag,
  MAX_TAGS,
  type OwnershipRecord,
  previousTags,
  readPrevious,
  readRecord,
  recordTags,
  snapshot,
} from './owner-tags';
import { isSameEntry, isStandard, type TargetEntry } from './plan';
import { type Owner, describeOwner, isSameOwner } from '../owner';

export interface ClaimRequest {
  readonly cluster: string;
  readonly entry: DesiredAccessEntry;
  readonly owner: Owner;
  readonly existingEntry: ExistingEntry;
  readonly isNew: boolean;
  /** What the resource asked for until now; an entry equal to it counts as its own when the record was wiped. */
  readonly previous?: DesiredAccessEntry;
  /** An equal node entry made since then is this request's own earlier try: node entries carry no record. */
  readonly requestStartedAt?: Date;
  /** Nothing of this resource is in aws-auth: the entry is marked so, for its Delete. */
  readonly neverInAwsAuth: boolean;
}

/** The entry as it shall be, record included. Throws ProviderError AlreadyExists when it is somebody else's. */
export function claim(current: CurrentAccessEntry | undefined, request: ClaimRequest): TargetEntry {
  const record = current ? claimExisting(current, request) : newRecord(request);
  const { entry, previous } = request;
  const taggable = isStandard(entry);
  const tags = taggable ? { ...entry.tags, ...recordTags(record) } : {};
  const stale = [
    ...Object.keys(previous?.tags ?? {}),
    ...Object.keys(current?.tags ?? {}).filter(isRecordTag),
  ];
  const tagsToRemove = stale.filter((key) => tags[key] === undefined);
  const kept = Object.keys(current?.tags ?? {}).filter((key) => !stale.includes(key));
  const count = new Set([...kept, ...Object.keys(tags)]).size;
  if (taggable && count > MAX_TAGS) {
    throw invalidRequest(
      `the access entry of ${entry.principalArn} on cluster ${request.cluster} would have ${count} tags, and EKS takes ${MAX_TAGS}: ` +
        `${request.existingEntry === 'ADOPT' ? 'the entry to keep is too large for ExistingEntry: ADOPT, use REPLACE' : 'remove some'}`,
    );
  }
  const username = entry.username === undefined ? {} : { username: entry.username };
  return {
    type: entry.type,
    ...username,
    groups: entry.groups,
    policies: entry.policies,
    tags,
    tagsToRemove,
  };
}

/** Whether an entry that somebody else made is kept in the record, to be put back on Delete. */
export function isAdopted(tags: Readonly<Record<string, string>>): boolean {
  const record = readRecord(tags);
  const previous = record && readPrevious(record.previousTags);
  if (!record || previous === undefined) return false;
  if (previous === 'damaged') return true;
  const before = readRecord(previous.tags);
  return before?.owner.stackId === record.owner.stackId ? isAdopted(previous.tags) : true;
}

function newRecord({ owner, neverInAwsAuth }: ClaimRequest): OwnershipRecord {
  return { owner, previousTags: {}, neverInAwsAuth };
}

function claimExisting(current: CurrentAccessEntry, request: ClaimRequest): OwnershipRecord {
  const record = readRecord(current.tags);
  if (record && isSameOwner(record.owner, request.owner)) {
    return { ...record, neverInAwsAuth: record.neverInAwsAuth || request.neverInAwsAuth };
  }
  if (record?.owner.stackId === request.owner.stackId) return takeOverWithinStack(current, record, request);
  if (!record && isOwnWithoutRecord(current, request)) return newRecord(request);
  switch (request.existingEntry) {
    case 'FAIL':
      throw alreadyExists(current, record, request);
    case 'REPLACE':
      return newRecord(request);
    case 'ADOPT':
      return adopt(current, request);
  }
}

function isOwnWithoutRecord(current: CurrentAccessEntry, request: ClaimRequest): boolean {
  const { entry, previous, requestStartedAt, isNew } = request;
  if (!isNew && previous && isSameEntry(current, previous)) return true;
  if (isStandard(entry) || !isSameEntry(current, entry)) return false;
  return !isNew || (requestStartedAt !== undefined && current.createdAt >= requestStartedAt);
}

/** Rename: what the old owner had adopted goes along inside its entry. */
function takeOverWithinStack(
  current: CurrentAccessEntry,
  record: OwnershipRecord,
  request: ClaimRequest,
): OwnershipRecord {
  const previous = readPrevious(record.previousTags);
  if (previous !== undefined && previous !== 'damaged') {
    const before = readRecord(previous.tags);
    // There and back again: two logical ids that pass an entry to and fro must not nest it ever deeper.
    if (before && isSameOwner(before.owner, request.owner))
      return { ...newRecord(request), previousTags: before.previousTags };
  }
  const kept = recordKeeping(current, request);
  return kept ?? { ...newRecord(request), previousTags: record.previousTags };
}

function adopt(current: CurrentAccessEntry, request: ClaimRequest): OwnershipRecord {
  if (!isStandard(request.entry)) {
    if (isSameEntry(current, request.entry)) return newRecord(request);
    throw invalidRequest(
      `ExistingEntry is ADOPT, but access entries of type ${request.entry.type} cannot be tagged, so the entry that ${current.principalArn} has now (type ${current.type}) cannot be kept: use REPLACE`,
    );
  }
  const kept = recordKeeping(current, request);
  if (!kept) {
    throw invalidRequest(
      `ExistingEntry is ADOPT, but the entry that ${current.principalArn} has now is too large to be kept in tags: use REPLACE`,
    );
  }
  return kept;
}

/** Undefined when the tags cannot hold it. */
function recordKeeping(current: CurrentAccessEntry, request: ClaimRequest): OwnershipRecord | undefined {
  const record = { ...newRecord(request), previousTags: previousTags(snapshot(current)) };
  const foreign = Object.keys(current.tags).filter((key) => !isRecordTag(key));
  const keys = new Set([...foreign, ...Object.keys(request.entry.tags), ...Object.keys(recordTags(record))]);
  return keys.size > MAX_TAGS ? undefined : record;
}

function alreadyExists(
  current: CurrentAccessEntry,
  record: OwnershipRecord | undefined,
  { cluster, isNew }: ClaimRequest,
): ProviderError {
  const stack = current.tags['aws:cloudformation:stack-name'];
  const known = record
    ? `owned by ${describeOwner(record.owner)}`
    : stack
      ? `made by stack ${stack}`
      : undefined;
  const whose =
    known ??
    `made by something else (type ${current.type}${current.username ? `, user name ${current.username}` : ''})`;
  return new ProviderError(
    'AlreadyExists',
    `${current.principalArn} ${isNew ? 'already' : 'now'} has an access entry on cluster ${cluster}, ${whose}: ` +
      'remove it there, or set ExistingEntry to ADOPT (Delete puts it back) or REPLACE (Delete removes it)',
  );
}
