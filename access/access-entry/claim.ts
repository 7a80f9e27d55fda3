/**
 * The entry as it shall be, with the record under which this resource has it (CR-20, CR-21). Whose the entry is says
 * `ownership.ts`; here it becomes tags. Pure.
 */
import { invalidRequest, type ProviderError } from '../errors';
import { type ExistingEntry } from '../desired-access';
import { type Owner } from '../owner';
import { type Fate, type PutVerdict, verdictOnPut } from '../ownership';
import { ownershipRefusal } from '../ownership-refusal';
import { thereOf, type Surroundings } from '../surroundings';
import {
  datedRecord,
  isAdopted as keepsEntry,
  newRecord,
  recordKeeping,
  takeOverWithinStack,
} from '../ownership-record';
import { digestOf, type TemplateFacts, withFacts } from '../record-facts';
import { type CurrentAccessEntry, type DesiredAccessEntry } from './access-entry';
import {
  type DamagedValue,
  type EntryRecord,
  type EntryValue,
  isRecordTag,
  markNeverInAwsAuth,
  readRecord,
  recordTags,
  valueBeside,
} from './owner-tags';
import { isSameEntry, isStandard, type TargetEntry } from './plan';
import { sightingOf } from './sighting';
import { MAX_TAGS } from './tag-text';

export interface ClaimRequest {
  readonly cluster: string;
  readonly entry: DesiredAccessEntry;
  readonly owner: Owner;
  /** As of the ownership table. */
  readonly requestedAt?: number | undefined;
  readonly existingEntry: ExistingEntry;
  /** True for a Create and for a replacement. */
  readonly isNew: boolean;
  /** What the resource is known to have asked for here until now; an entry equal to it is its own without a record. */
  readonly previous?: DesiredAccessEntry | undefined;
  /**
   * The entry is what a CreateAccessEntry of this request made, or what a rollback goes back to; node entries carry no
   * record that could say so.
   */
  readonly isOwnTry: boolean;
  readonly surroundings: Surroundings;
  /** As of a put. */
  readonly facts?: TemplateFacts | undefined;
}

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
  return { target: targetOf(current, written(record, request), request), elsewhere: verdict.there };
}

function targetOf(
  current: CurrentAccessEntry | undefined,
  record: EntryRecord,
  { cluster, entry, previous }: ClaimRequest,
): TargetEntry {
  const taggable = isStandard(entry);
  const tags = taggable ? { ...entry.tags, ...recordTags(record) } : {};
  const stale = [
    ...Object.keys(previous?.tags ?? {}),
    ...Object.keys(current?.tags ?? {}).filter(isRecordTag),
  ];
  const tagsToRemove = stale.filter((key) => !Object.hasOwn(tags, key));
  const kept = Object.keys(current?.tags ?? {}).filter((key) => !stale.includes(key));
  const count = new Set([...kept, ...Object.keys(tags)]).size;
  if (taggable && count > MAX_TAGS) {
    throw invalidRequest(
      `the access entry of ${entry.principalArn} on cluster ${cluster} would have ${count} tags, and EKS takes ${MAX_TAGS}: remove some`,
    );
  }
  const { type, username, groups, policies } = entry;
  return { type, username, groups, policies, tags, tagsToRemove };
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
 * with the physical id that a success has made. In a Create the table takes nothing for known but what this request made.
 */
function isKnown(current: CurrentAccessEntry, { entry, previous, surroundings }: ClaimRequest): boolean {
  if (!isStandard(entry) && isSameEntry(current, entry)) return true;
  if (previous === undefined || !isSameEntry(current, previous)) return false;
  const { elsewhere } = surroundings;
  if (!isStandard(previous) || elsewhere.state === 'nothing') return true;
  return elsewhere.state === 'seen' && !elsewhere.sighting.owner && !elsewhere.sighting.entry;
}

function recordOf(
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
      const renamed = takeOverWithinStack(valueBeside(verdict.record, current), verdict.record, owner);
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

/** The record as it is written with the entry, which has the principal's ARN and is forced by nothing itself. */
function written(record: EntryRecord, request: ClaimRequest): EntryRecord {
  const { facts, surroundings, requestedAt } = request;
  const { desired } = surroundings;
  const stated = facts
    ? withFacts(record, { expires: facts.expires, set: facts.set, wrote: digestOf(desired) })
    : record;
  return marked(datedRecord(stated, requestedAt), request);
}

/** Nothing of this resource is in aws-auth: the entry is marked so, for its Delete. */
function marked(record: EntryRecord, { isNew, surroundings }: ClaimRequest): EntryRecord {
  const { elsewhere } = surroundings;
  // Another owner's record may keep what this resource had there, to give it back.
  const isClean =
    elsewhere.state === 'seen'
      ? elsewhere.sighting.owner === undefined
      : isNew && elsewhere.state === 'nothing';
  return isClean ? markNeverInAwsAuth(record) : record;
}

function fits(claimed: EntryRecord, current: CurrentAccessEntry, request: ClaimRequest): boolean {
  const foreign = Object.keys(current.tags).filter((key) => !isRecordTag(key));
  const record = Object.keys(recordTags(written(claimed, request)));
  return new Set([...foreign, ...Object.keys(request.entry.tags), ...record]).size <= MAX_TAGS;
}
