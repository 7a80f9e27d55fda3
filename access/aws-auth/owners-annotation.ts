/**
 * The ownership records of aws-auth: one annotation on the ConfigMap, JSON grouped by stack, so that it stays readable
 * and small, and in the same PUT as the data, so that the two are never out of step (CR-20). Pure.
 *
 * `{"v":1,"stacks":{"<stack id>":{"<canonical ARN or account id>":{"id":"<logical id>","found":{"value":"<text>"}}}}}`
 */
import { OWNERS_ANNOTATION } from '../contract';
import { invalidRequest, type ProviderError } from '../errors';
import { type MoreFields, type OwnershipRecord, RECORD_VERSION } from '../ownership-record';
import { fieldsOf, isObject, newerRecord, readFields } from '../record-json';

/** What is kept of an entry is its bytes in its section. */
export type EntryRecord = OwnershipRecord<string>;

/** Principal (canonical ARN or account id) → record. */
export type OwnershipRecords = ReadonlyMap<string, EntryRecord>;

type Annotations = Readonly<Record<string, string>>;

/**
 * Throws ProviderError InvalidRequest for an annotation of another version, or one that another tool has broken: a
 * record must never be lost by being rewritten.
 */
export function readOwnership(annotations: Annotations): OwnershipRecords {
  const text = annotations[OWNERS_ANNOTATION];
  const records = new Map<string, EntryRecord>();
  if (text === undefined || text.trim() === '') return records;
  for (const [stackId, group] of Object.entries(parseStacks(text))) {
    if (!isObject(group)) throw brokenRecord();
    for (const [principal, wire] of Object.entries(group)) {
      records.set(principal, parseRecord(stackId, wire));
    }
  }
  return records;
}

/** The annotations with the records in them; without the annotation when there are none. */
export function writeOwnership(annotations: Annotations, records: OwnershipRecords): Annotations {
  // Without a prototype: the keys come from an annotation that others can write.
  const stacks = Object.create(null) as Record<string, Record<string, MoreFields>>;
  for (const [principal, record] of [...records].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const group = (stacks[record.owner.stackId] ??= Object.create(null) as Record<string, MoreFields>);
    group[principal] = { id: record.owner.logicalId, ...fieldsOf(record) };
  }
  const { [OWNERS_ANNOTATION]: _, ...others } = annotations;
  if (records.size === 0) return others;
  return { ...others, [OWNERS_ANNOTATION]: JSON.stringify({ v: RECORD_VERSION, stacks }) };
}

export function withRecord(
  records: OwnershipRecords,
  principal: string,
  record: EntryRecord | undefined,
): OwnershipRecords {
  const others = [...records].filter(([key]) => key !== principal);
  return new Map(record ? [...records, [principal, record]] : others);
}

export function withoutRecord(records: OwnershipRecords, principal: string): OwnershipRecords {
  return withRecord(records, principal, undefined);
}

function parseStacks(text: string): MoreFields {
  const annotation = parseJson(text);
  if (!isObject(annotation)) throw brokenRecord();
  const { v, stacks, ...more } = annotation;
  if (typeof v === 'number' && v > RECORD_VERSION)
    throw newerRecord(`the annotation ${OWNERS_ANNOTATION} of the ConfigMap aws-auth`, v);
  // What else there might be could not be kept: one field more at this place is a new version.
  if (v !== RECORD_VERSION || !isObject(stacks) || Object.keys(more).length > 0) throw brokenRecord();
  return stacks;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw brokenRecord();
  }
}

function parseRecord(stackId: string, wire: unknown): EntryRecord {
  if (!isObject(wire)) throw brokenRecord();
  const { id, ...others } = wire;
  const fields = readFields(others, (value) => typeof value === 'string');
  if (typeof id !== 'string' || !fields) throw brokenRecord();
  return { owner: { stackId, logicalId: id }, ...fields };
}

/** What another tool has written into the annotation. */
export function brokenRecord(): ProviderError {
  return invalidRequest(
    `the annotation ${OWNERS_ANNOTATION} of the ConfigMap aws-auth is not what this provider writes: restore it, or remove it, after which entries equal to what their resources ask for count as theirs again`,
  );
}
