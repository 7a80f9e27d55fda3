/**
 * The entry as it shall be, with the record under which this resource has it (CR-20, CR-21). Whose the entry is says
 * `ownership.ts`; here it becomes tags. Pure.
 */
import { invalidRequest } from '../errors';
import { type ExistingEntry } from '../desired-access';
import { type Owner } from '../owner';
import { verdictOnPut } from '../ownership';
import { isAdopted as keepsEntry, newRecord, recordKeeping, takeOverWithinStack } from '../ownership-record';
import { type CurrentAccessEntry, type DesiredAccessEntry } from './access-entry';
import {
  type EntryRecord,
  isRecordTag,
  markNeverInAwsAuth,
  readRecord,
  recordTags,
  valueBeside,
} from './owner-tags';
import { isSameEntry, isStandard, type TargetEntry } from './plan';
import { refusal } from './refusal';
import { MAX_TAGS } from './tag-text';

export interface ClaimRequest {
  readonly cluster: string;
  readonly entry: DesiredAccessEntry;
  readonly owner: Owner;
  readonly existingEntry: ExistingEntry;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** What the resource asked for until now; an entry equal to it counts as its own when the record was wiped. */
  readonly previous?: DesiredAccessEntry | undefined;
  /** An equal node entry made since then is this request's own earlier try: node entries carry no record. */
  readonly requestStartedAt?: Date | undefined;
  /** Nothing of this resource is in aws-auth: the entry is marked so, for its Delete. */
  readonly neverInAwsAuth: boolean;
}

/** The entry as it shall be, record included. Throws ProviderError AlreadyExists when it is another owner's. */
export function claim(current: CurrentAccessEntry | undefined, request: ClaimRequest): TargetEntry {
  const claimed: EntryRecord = current ? claimExisting(current, request) : newRecord(request.owner);
  const { entry, previous } = request;
  const taggable = isStandard(entry);
  const tags = taggable ? { ...entry.tags, ...recordTags(marked(claimed, request)) } : {};
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

/** Whether an entry of an owner outside the stack is kept in the record, to be put back on Delete. */
export function isAdopted(tags: Readonly<Record<string, string>>): boolean {
  const record = readRecord(tags);
  return record !== undefined && keepsEntry(record);
}

function claimExisting(current: CurrentAccessEntry, request: ClaimRequest): EntryRecord {
  const { entry, previous, owner } = request;
  const known = isStandard(entry) ? [previous] : [previous, entry];
  const verdict = verdictOnPut({
    record: readRecord(current.tags),
    owner,
    equalToKnown: known.some((asked) => asked !== undefined && isSameEntry(current, asked)),
    untouchable: undefined,
    isNew: request.isNew && !isOwnEarlierTry(current, request),
    existingEntry: request.existingEntry,
  });
  switch (verdict.kind) {
    case 'ours':
      return verdict.record;
    case 'rename': {
      const renamed = takeOverWithinStack(valueBeside(verdict.record, current), verdict.record, owner);
      // Too large: then a rollback of the rename cannot give it back, which is no reason to fail the rename.
      return fits(renamed, current, request) ? renamed : { ...renamed, renamedFrom: undefined };
    }
    case 'adopt':
      return adopt(current, verdict.record, request);
    case 'heal':
    case 'replace':
      return newRecord(owner);
    case 'refused':
      throw refusal(verdict, current, request);
  }
}

/** Node entries carry no record: an equal one made since this request began is not new to it. */
function isOwnEarlierTry(current: CurrentAccessEntry, { entry, requestStartedAt }: ClaimRequest): boolean {
  if (isStandard(entry) || !isSameEntry(current, entry)) return false;
  return requestStartedAt !== undefined && current.createdAt >= requestStartedAt;
}

function adopt(
  current: CurrentAccessEntry,
  record: EntryRecord | undefined,
  request: ClaimRequest,
): EntryRecord {
  if (!isStandard(request.entry)) {
    if (isSameEntry(current, request.entry)) return newRecord(request.owner);
    throw invalidRequest(
      `ExistingEntry is ADOPT, but access entries of type ${request.entry.type} cannot be tagged, so the entry that ${current.principalArn} has now (type ${current.type}) cannot be kept: use REPLACE`,
    );
  }
  const adopted = recordKeeping(valueBeside(record, current), record, request.owner);
  if (fits(adopted, current, request)) return adopted;
  throw invalidRequest(
    `ExistingEntry is ADOPT, but the entry that ${current.principalArn} has now is too large to be kept in tags: use REPLACE`,
  );
}

function marked(record: EntryRecord, { neverInAwsAuth }: ClaimRequest): EntryRecord {
  return neverInAwsAuth ? markNeverInAwsAuth(record) : record;
}

function fits(claimed: EntryRecord, current: CurrentAccessEntry, request: ClaimRequest): boolean {
  const foreign = Object.keys(current.tags).filter((key) => !isRecordTag(key));
  const record = Object.keys(recordTags(marked(claimed, request)));
  return new Set([...foreign, ...Object.keys(request.entry.tags), ...record]).size <= MAX_TAGS;
}
