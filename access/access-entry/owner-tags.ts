/**
 * The ownership record of an access entry, in its tags (CR-20): who owns it (`TAGS.owner`), and what is kept to be put
 * back (`TAGS.found`). Each further field is a tag of its own. Pure.
 */
import { TAGS } from '../contract';
import { type OwnershipRecord, RECORD_VERSION } from '../ownership-record';
import { fieldsOf, isObject, readFields } from '../record-json';
import { type AssociatedPolicy, type CurrentAccessEntry } from './access-entry';
import { PREFIX, readOwner } from './owner-tag';
import { escapeText, fromChunks, isChunkOf, packText, type Tags, toChunks, unpackText } from './tag-text';

/** All of an entry that EKS can be told. */
export interface EntryValue {
  readonly type: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  readonly tags: Tags;
}

/** Tags that cannot be read, because another tool has changed or removed some of them; kept as they are. */
export interface DamagedValue {
  readonly damaged: Tags;
}

export type EntryRecord = OwnershipRecord<EntryValue | DamagedValue>;

/** Undefined when the entry carries no record. Throws ProviderError InvalidRequest for one of another version. */
export function readRecord(tags: Tags): EntryRecord | undefined {
  const owner = readOwner(tags);
  return owner && { owner, at: readAt(tags), more: readMore(tags), ...readKept(tags) };
}

/** A date that another tool has spoilt is none: the next write puts it right. */
function readAt(tags: Tags): number | undefined {
  const text = tags[TAGS.at] ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function readMore(tags: Tags): Tags | undefined {
  // An empty one was to be removed, and has not been yet.
  const more = Object.entries(tags).filter(
    ([key, value]) =>
      isRecordTag(key) &&
      value !== '' &&
      key !== TAGS.at &&
      !isChunkOf(key, TAGS.owner) &&
      !isChunkOf(key, TAGS.found),
  );
  if (more.length === 0) return undefined;
  return Object.fromEntries(more.map(([key, value]) => [key.slice(PREFIX.length), value]));
}

/** Tags that cannot be read are kept as they are: only a person can say what they held. */
function readKept(tags: Tags): Pick<EntryRecord, 'found' | 'renamedFrom'> {
  const chunks = Object.entries(tags).filter(([key]) => isChunkOf(key, TAGS.found));
  // Emptied by a later record, and not removed yet.
  if (chunks.length === 0 || tags[TAGS.found] === '') return {};
  const damaged = { found: { value: { damaged: Object.fromEntries(chunks) } } };
  const text = unpackText(fromChunks(tags, TAGS.found) ?? '');
  const json = text === undefined ? undefined : parseJson(text);
  const fields = isObject(json) ? readFields(json, isEntryValue) : undefined;
  // Fields that this format does not have could not be kept.
  if (!fields || fields.more !== undefined) return damaged;
  const { found, renamedFrom } = fields;
  return { found, renamedFrom };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEntryValue(value: unknown): value is EntryValue {
  if (!isObject(value)) return false;
  const { type, username, groups, policies, tags } = value;
  return (
    typeof type === 'string' &&
    typeof username === 'string' &&
    Array.isArray(groups) &&
    Array.isArray(policies) &&
    isObject(tags)
  );
}

/** The number of tags is for the caller to check. */
export function recordTags({ owner, at, more, found, renamedFrom }: EntryRecord): Tags {
  // The whole stack ARN, so that two owners are never equal, and a reader of the tag sees which stack it is.
  const text = `v${RECORD_VERSION}/${escapeText(owner.stackId, '/:')}/${escapeText(owner.logicalId, '')}`;
  return {
    ...toChunks(TAGS.owner, text),
    ...(at === undefined ? {} : { [TAGS.at]: String(at) }),
    ...keptTags({ found, renamedFrom }),
    ...Object.fromEntries(
      Object.entries(more ?? {})
        .map(([key, value]) => [`${PREFIX}${key}`, value] as const)
        .filter((tag): tag is [string, string] => typeof tag[1] === 'string')
        // The template's tags are told apart for what is kept.
        .filter(([key]) => found !== undefined || renamedFrom !== undefined || !isChunkOf(key, TAGS.tags)),
    ),
  };
}

function keptTags(kept: Pick<EntryRecord, 'found' | 'renamedFrom'>): Tags {
  // A rename is not remembered beside them: their place is taken, and the stack author has to set the entry right first.
  if (kept.found && 'damaged' in kept.found.value) return kept.found.value.damaged;
  if (!kept.found && !kept.renamedFrom) return {};
  return toChunks(TAGS.found, packText(JSON.stringify(fieldsOf(kept))));
}

export function isRecordTag(key: string): boolean {
  return key.startsWith(PREFIX);
}

/** Whether the entry says of itself that aws-auth never held anything of its owner. */
export function saysNeverInAwsAuth(tags: Tags): boolean {
  return tags[TAGS.owner] !== undefined && tags[TAGS.awsAuth] === 'none';
}

export function markNeverInAwsAuth(record: EntryRecord): EntryRecord {
  const field = TAGS.awsAuth.slice(PREFIX.length);
  return { ...record, more: { ...record.more, [field]: 'none' } };
}

/** The entry as it can be made again, all tags included. */
export function snapshot({ type, username, groups, policies, tags }: CurrentAccessEntry): EntryValue {
  return { type, username, groups, policies, tags };
}

/** What of the entry is kept: without its record, which is kept as a record. */
export function valueBeside(record: EntryRecord | undefined, current: CurrentAccessEntry): EntryValue {
  const value = snapshot(current);
  if (!record) return value;
  const tags = Object.entries(value.tags).filter(([key]) => !isRecordTag(key));
  return { ...value, tags: Object.fromEntries(tags) };
}
