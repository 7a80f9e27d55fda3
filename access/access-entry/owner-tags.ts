/**
 * The ownership record of an access entry, in its tags (CR-20): who answers for it, and what was there before it was
 * taken over. A value holds 256 characters of letters, digits, spaces and `_.:/=+-@` (GT-72), so what is longer goes
 * on under `<key>.1`, `<key>.2`, … Pure.
 */
import { TAGS } from '../contract';
import { type AssociatedPolicy, type CurrentAccessEntry } from './access-entry';
import { type Owner } from '../owner';

type Tags = Readonly<Record<string, string>>;

/** What is put back when the entry is given up; the tags hold the record of whoever owned it then. */
export interface PreviousEntry {
  readonly type: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly policies: readonly AssociatedPolicy[];
  readonly tags: Tags;
}

export interface OwnershipRecord {
  readonly owner: Owner;
  /** The `previous` tags as they are; `readPrevious` makes an entry of them. */
  readonly previousTags: Tags;
  readonly neverInAwsAuth: boolean;
}

/** Most tags of one resource (GT-72). */
export const MAX_TAGS = 50;

const CHUNK = 256;

/** Undefined when the entry carries no record. */
export function readRecord(tags: Tags): OwnershipRecord | undefined {
  const text = join(tags, TAGS.owner);
  if (text === undefined) return undefined;
  const slash = text.lastIndexOf('/');
  return {
    owner: { stackId: decode(text.slice(0, slash)), logicalId: decode(text.slice(slash + 1)) },
    previousTags: Object.fromEntries(Object.entries(tags).filter(([key]) => isChunkOf(key, TAGS.previous))),
    neverInAwsAuth: tags[TAGS.awsAuth] === 'none',
  };
}

export function recordTags({ owner, previousTags, neverInAwsAuth }: OwnershipRecord): Tags {
  // The whole stack ARN, so that two owners are never equal, and a reader of the tag sees which stack it is.
  const text = `${encode(owner.stackId, '/:')}/${encode(owner.logicalId, '')}`;
  return {
    ...chunks(TAGS.owner, text),
    ...previousTags,
    ...(neverInAwsAuth ? { [TAGS.awsAuth]: 'none' } : {}),
  };
}

export function isRecordTag(key: string): boolean {
  return isChunkOf(key, TAGS.owner) || isChunkOf(key, TAGS.previous) || key === TAGS.awsAuth;
}

/** Tags that keep `entry`; the number of tags is for the caller to check. */
export function previousTags({ type, username, groups, policies, tags }: PreviousEntry): Tags {
  const text = Buffer.from(JSON.stringify({ type, username, groups, policies, tags })).toString('base64url');
  // The length first, so that a record that lost a tag is noticed.
  return chunks(TAGS.previous, `${text.length}.${text}`);
}

/** `damaged` when somebody has changed or removed some of the tags. */
export function readPrevious(tags: Tags): PreviousEntry | undefined | 'damaged' {
  const text = join(tags, TAGS.previous);
  if (text === undefined) return Object.keys(tags).length > 0 ? 'damaged' : undefined;
  const [, length = '', encoded = ''] = /^(\d+)\.([\w-]*)$/.exec(text) ?? [];
  if (Number(length) !== encoded.length || length === '') return 'damaged';
  try {
    return JSON.parse(Buffer.from(encoded, 'base64url').toString()) as PreviousEntry;
  } catch (error) {
    if (error instanceof SyntaxError) return 'damaged';
    throw error;
  }
}

/** The part of the current entry that is kept; `tags` without an own `previous` record if so told. */
export function snapshot({ type, username, groups, policies, tags }: CurrentAccessEntry): PreviousEntry {
  return { type, username, groups, policies, tags };
}

function chunks(key: string, text: string): Tags {
  const parts = text.match(new RegExp(`.{1,${CHUNK}}`, 'g')) ?? [];
  return Object.fromEntries(parts.map((part, index) => [index === 0 ? key : `${key}.${index}`, part]));
}

function join(tags: Tags, key: string): string | undefined {
  let text = tags[key];
  if (text === undefined) return undefined;
  for (let index = 1; tags[`${key}.${index}`] !== undefined; index += 1) text += tags[`${key}.${index}`];
  return text;
}

function isChunkOf(key: string, head: string): boolean {
  return key === head || (key.startsWith(`${head}.`) && /^\d+$/.test(key.slice(head.length + 1)));
}

/** Injective: `=` and every character that a tag or the format does not take become `=` and six hex digits. */
function encode(text: string, also: string): string {
  return [...text]
    .map((char) => (/[\w .+@-]/.test(char) || also.includes(char) ? char : `=${hex(char)}`))
    .join('');
}

function hex(char: string): string {
  return (char.codePointAt(0) ?? 0).toString(16).padStart(6, '0');
}

function decode(text: string): string {
  return text.replace(/=([0-9a-f]{6})/g, (_, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
