/**
 * Who answers for which entry of aws-auth (CR-20, CR-21): one annotation on the ConfigMap, JSON grouped by stack, so
 * that it stays readable and small, and in the same PUT as the data, so that the two are never out of step. Pure.
 */
import { OWNERS_ANNOTATION } from '../contract';
import { invalidRequest } from '../errors';
import { type Owner } from '../owner';
import { isSameOwner } from '../owner';

/** What was there before an entry was taken over; put back, byte for byte, when it is given up. */
export interface PreviousEntry {
  /** Bytes of the entry as they stood in its section. */
  readonly text: string;
  /** Who answered for it, and in turn what that owner had found; absent for an entry that nobody had recorded. */
  readonly owner?: Owner;
  readonly previous?: PreviousEntry;
}

/**
 * `previous` is what ADOPT found, or what a resource of the same stack had before a rename. The Delete of a previous
 * owner, which ends a rename or a move, takes its link out of the chain; a Delete of the present owner before that is
 * a rollback, and gives the entry back.
 */
export interface OwnershipRecord {
  readonly owner: Owner;
  readonly previous?: PreviousEntry;
}

/** Principal (canonical ARN or account id) → record. */
export type OwnershipRecords = ReadonlyMap<string, OwnershipRecord>;

/** The record on the wire: the stack is the group's key, so that it is not repeated. */
interface WireRecord {
  readonly id: string;
  readonly previous?: PreviousEntry;
}

type Annotations = Readonly<Record<string, string>>;

/** Throws InvalidRequest when somebody has broken the annotation: a record must never be lost by being rewritten. */
export function readOwnership(annotations: Annotations): OwnershipRecords {
  const text = annotations[OWNERS_ANNOTATION];
  const records = new Map<string, OwnershipRecord>();
  if (text === undefined || text.trim() === '') return records;
  for (const [stackId, group] of Object.entries(parseGroups(text))) {
    for (const [principal, wire] of Object.entries(group)) {
      records.set(principal, {
        owner: { stackId, logicalId: wire.id },
        ...(wire.previous ? { previous: wire.previous } : {}),
      });
    }
  }
  return records;
}

/** The annotations with the records in them; without the annotation when there are none. */
export function writeOwnership(annotations: Annotations, records: OwnershipRecords): Annotations {
  // Without a prototype: the keys come from an annotation that others can write.
  const groups = Object.create(null) as Record<string, Record<string, WireRecord>>;
  for (const [principal, record] of [...records].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const group = (groups[record.owner.stackId] ??= Object.create(null) as Record<string, WireRecord>);
    group[principal] = {
      id: record.owner.logicalId,
      ...(record.previous ? { previous: record.previous } : {}),
    };
  }
  const { [OWNERS_ANNOTATION]: _, ...others } = annotations;
  return records.size === 0 ? others : { ...others, [OWNERS_ANNOTATION]: JSON.stringify(groups) };
}

export function withRecord(
  records: OwnershipRecords,
  principal: string,
  record: OwnershipRecord,
): OwnershipRecords {
  return new Map([...records, [principal, record]]);
}

export function withoutRecord(records: OwnershipRecords, principal: string): OwnershipRecords {
  return new Map([...records].filter(([key]) => key !== principal));
}

/** The record that gives an entry back to whoever had it before. */
export function recordOf({ owner, previous }: PreviousEntry): OwnershipRecord | undefined {
  return owner && { owner, ...(previous ? { previous } : {}) };
}

/** The record without the link of a previous owner who gives up; the same record when there is none. */
export function withoutPreviousOwner<T extends { readonly previous?: PreviousEntry }>(
  record: T,
  leaver: Owner,
): T {
  const { previous, ...rest } = record;
  if (!previous) return record;
  const kept =
    previous.owner && isSameOwner(previous.owner, leaver)
      ? previous.previous
      : withoutPreviousOwner(previous, leaver);
  return kept === previous ? record : ({ ...rest, ...(kept ? { previous: kept } : {}) } as T);
}

/** Whether an entry of somebody outside the stack is kept to be put back. */
export function isAdopted({ owner, previous }: OwnershipRecord): boolean {
  if (!previous) return false;
  if (previous.owner?.stackId !== owner.stackId) return true;
  return isAdopted({ owner, ...(previous.previous ? { previous: previous.previous } : {}) });
}

function parseGroups(text: string): Record<string, Record<string, WireRecord>> {
  try {
    const groups: unknown = JSON.parse(text);
    if (isRecordOf(groups, (group) => isRecordOf(group, isWireRecord))) {
      return groups as Record<string, Record<string, WireRecord>>;
    }
  } catch {
    // Not JSON at all.
  }
  throw invalidRequest(
    `the annotation ${OWNERS_ANNOTATION} of the ConfigMap aws-auth is not what this provider writes: restore it, or remove it, after which entries equal to what their resources ask for count as theirs again`,
  );
}

function isRecordOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isItem)
  );
}

function isWireRecord(value: unknown): boolean {
  return (
    isRecordOf(value, () => true) &&
    typeof (value as WireRecord).id === 'string' &&
    isPreviousOrAbsent((value as WireRecord).previous)
  );
}

function isPreviousOrAbsent(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isRecordOf(value, () => true)) return false;
  const { text, owner, previous } = value as Record<keyof PreviousEntry, unknown>;
  return typeof text === 'string' && (owner === undefined || isOwner(owner)) && isPreviousOrAbsent(previous);
}

function isOwner(value: unknown): boolean {
  if (!isRecordOf(value, (item) => typeof item === 'string')) return false;
  const { stackId, logicalId } = value as Record<keyof Owner, unknown>;
  return stackId !== undefined && logicalId !== undefined;
}
