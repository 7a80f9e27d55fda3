/** The mappings of aws-auth that carry a record of ours, with all that is known of each without its template. Pure. */
import { type AwsAuth } from '../aws-auth/intent';
import { type EntryRecord, readOwnership } from '../aws-auth/owners-annotation';
import { entriesByKey, entryInForce } from '../aws-auth/reading/entries';
import { type LoadedMapping } from '../aws-auth/reading/loaded';
import { readingOf, SectionReader } from '../aws-auth/reading/section-reader';
import { sightingOf } from '../aws-auth/sighting';
import { checkReadable } from '../aws-auth/size';
import { digestOf, factsOf, type RecordFacts } from '../record-facts';
import { fieldsOf } from '../record-json';
import { type Sighting } from '../sighting';

export interface OwnedMapping {
  /** Canonical ARN, or account id. */
  readonly key: string;
  readonly record: EntryRecord;
  readonly facts: RecordFacts;
  /** The one in force; undefined where it is gone. */
  readonly entry: LoadedMapping | undefined;
  readonly sighting: Sighting;
  /** Whether the entry is gone, or gives something else than was last written; unknown of older records: false. */
  readonly hasDrifted: boolean;
}

/** In the order of the annotation. Throws ProviderError for an annotation or a text that cannot be read. */
export function ownedMappings(current: AwsAuth, reader = new SectionReader()): readonly OwnedMapping[] {
  const records = readOwnership(current.annotations);
  if (records.size === 0) return [];
  checkReadable(current.data);
  const byKey = entriesByKey(readingOf(reader.readAll(current.data)));
  return [...records].map(([key, record]) => {
    const entries = byKey.get(key) ?? [];
    const facts = factsOf(record);
    const sighting = sightingOf(entries, record);
    const hasDrifted =
      sighting.entry === undefined ||
      (facts.wrote !== undefined && digestOf(sighting.entry.identity) !== facts.wrote);
    return { key, record, facts, entry: entryInForce(entries), sighting, hasDrifted };
  });
}

/** Equal strings: neither the record nor what the entry gives has changed. */
export function stateOf({ record, sighting }: OwnedMapping): string {
  return JSON.stringify([record.owner, fieldsOf(record), sighting.entry?.identity]);
}
