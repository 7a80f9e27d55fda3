/**
 * Which tags of an entry are the template's. A record that keeps another entry lists them, because what gives that entry back
 * may have no template to look at (the schedule, another logical id of the stack), and a tag that another tool has
 * changed since is that tool's. As digests: a key may have characters that the value of a tag has not (GT-72). Pure.
 */
import { TAGS } from '../contract';
import { fnv1a } from '../fnv1a';
import { type EntryRecord } from './owner-tags';
import { fromChunks, isChunkOf, type Tags, toChunks } from './tag-text';

/** The field of the record. */
const LIST = TAGS.tags.slice(TAGS.tags.indexOf(':') + 1);

/** The record, which lists these; what it has listed before goes. */
export function listingTags(record: EntryRecord, tags: Tags): EntryRecord {
  const others = Object.entries(record.more ?? {}).filter(([field]) => !isChunkOf(field, LIST));
  const digests = Object.entries(tags).map(([key, value]) => digestOf(key, value));
  const fields = { ...Object.fromEntries(others), ...toChunks(LIST, [...new Set(digests)].sort().join('')) };
  return { ...record, more: Object.keys(fields).length > 0 ? fields : undefined };
}

/** Of these tags the ones that the record lists, with the value that they have. */
export function listedTags({ more }: Pick<EntryRecord, 'more'>, tags: Tags): Tags {
  const text = fromChunks((more ?? {}) as Tags, LIST) ?? '';
  const digests: readonly string[] = text.match(/.{8}/g) ?? [];
  return Object.fromEntries(
    Object.entries(tags).filter(([key, value]) => digests.includes(digestOf(key, value))),
  );
}

/** 32 bits: there are never more than 50 tags, and what is taken for one of ours has to be there. */
function digestOf(key: string, value: string): string {
  const hash = BigInt.asUintN(32, fnv1a(JSON.stringify([key, value])));
  return hash.toString(16).padStart(8, '0');
}
