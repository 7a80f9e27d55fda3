/**
 * The ownership record under which a resource has an entry, by the verdict of `ownership.ts`: what it keeps, and what else
 * it says (CR-20, CR-21). Pure.
 */
import { invalidRequest, type ProviderError } from '../errors';
import { type PutVerdict } from '../ownership';
import {
  datedRecord,
  isAdopted as keepsEntry,
  newRecord,
  recordKeeping,
  takeOverWithinStack,
} from '../ownership-record';
import { digestOf, withFacts } from '../record-facts';
import { type CurrentAccessEntry } from './access-entry';
import { type ClaimRequest } from './claim-request';
import {
  type DamagedValue,
  type EntryRecord,
  type EntryValue,
  isRecordTag,
  markNeverInAwsAuth,
  recordTags,
  valueBeside,
} from './owner-tags';
import { isSameEntry, isStandard } from './plan';
import { MAX_TAGS, type Tags } from './tag-text';
import { listedTags, listingTags } from './template-tags';

/** Throws ProviderError InvalidRequest where what is there could not be kept. */
export function recordOf(
  verdict: Extract<PutVerdict<EntryValue | DamagedValue>, { kind: 'put' }>['record'],
  current: CurrentAccessEntry | undefined,
  request: ClaimRequest,
): EntryRecord {
  const { owner } = request;
  // Records are tags: without an entry there is none to go on with, and nothing to keep.
  if (!current) return newRecord(owner);
  switch (verdict.kind) {
    case 'ours':
      if (!isStandard(request.entry) && keepsEntry(verdict.record)) throw losesAdopted(current, request);
      return verdict.record;
    case 'rename': {
      if (!isStandard(request.entry) && keepsEntry(verdict.record)) throw losesAdopted(current, request);
      const listed = listedTags(verdict.record, current.tags);
      const taken = takeOverWithinStack(valueBeside(verdict.record, current), verdict.record, owner);
      const renamed = listingTags(taken, listed);
      // Too large: then a rollback of the rename cannot give it back, which is no reason to fail the rename.
      return fits(renamed, current, request) ? renamed : { ...renamed, renamedFrom: undefined };
    }
    case 'adopt':
      return adopt(current, verdict.record, request);
    case 'new':
    case 'heal':
    case 'replace':
      return newRecord(owner);
  }
}

function losesAdopted({ principalArn }: CurrentAccessEntry, { entry }: ClaimRequest): ProviderError {
  return invalidRequest(
    `the access entry of ${principalArn} was taken over with ExistingEntry: ADOPT, and Type ${entry.type} cannot be tagged, so that what was there before could not be kept: delete this mapping first`,
  );
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

/** The tags of another owner's entry that the record keeps. */
export function foundTags({ found }: EntryRecord): Tags {
  return !found || 'damaged' in found.value ? {} : found.value.tags;
}

/** The record as it is written with the entry, which has the principal's ARN and is forced by nothing itself. */
export function writtenRecord(
  record: EntryRecord,
  current: CurrentAccessEntry | undefined,
  request: ClaimRequest,
): EntryRecord {
  const { entry, facts, surroundings, requestedAt } = request;
  const { desired } = surroundings;
  const stated = facts
    ? withFacts(record, { expires: facts.expires, set: facts.set, wrote: digestOf(desired), run: facts.run })
    : record;
  // What the template drops stays listed: the call that takes it off may never happen.
  const listed = { ...listedTags(record, current?.tags ?? {}), ...entry.tags };
  return marked(listingTags(datedRecord(stated, requestedAt), listed), request);
}

/** Nothing of this resource is in aws-auth: the entry is marked so, for its Delete. */
function marked(record: EntryRecord, { isNew, isReplacement, surroundings }: ClaimRequest): EntryRecord {
  const { elsewhere } = surroundings;
  // Another owner's record may keep what this resource had there, to give it back.
  const isClean =
    elsewhere.state === 'seen'
      ? elsewhere.sighting.owner === undefined
      : isNew && !isReplacement && elsewhere.state === 'nothing';
  return isClean ? markNeverInAwsAuth(record) : record;
}

function fits(claimed: EntryRecord, current: CurrentAccessEntry, request: ClaimRequest): boolean {
  const foreign = Object.keys(current.tags).filter((key) => !isRecordTag(key));
  const record = Object.keys(recordTags(writtenRecord(claimed, current, request)));
  return new Set([...foreign, ...Object.keys(request.entry.tags), ...record]).size <= MAX_TAGS;
}
