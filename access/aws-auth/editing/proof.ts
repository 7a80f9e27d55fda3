/** Proof of an edit: the authenticator would load the same as before, but for the one entry. Pure. */
import { type IdentityMapping } from '../identity-mapping';
import { type LoadedMapping, type SectionReading } from '../reading/loaded';

export interface ExpectedEdit {
  /** `restore` puts back bytes that another tool wrote: the entry may be anything, its neighbours may not change. */
  readonly edit: 'insert' | 'replace' | 'remove' | 'restore';
  /** Position in the YAML list: where a new entry goes, or the one that changes or is removed. */
  readonly index: number;
  /** For `remove`: the positions of others that are removed with it. */
  readonly also?: readonly number[] | undefined;
  /** What the entry has to be read as; for `insert` and `replace`. */
  readonly mapping?: IdentityMapping | undefined;
}

const GROWTH = { insert: 1, replace: 0, restore: 0 } as const;

/** Undefined when `after` differs from `before` by exactly the expected edit; else what is wrong, for a message. */
export function findDifference(
  before: SectionReading,
  after: SectionReading,
  { edit, index, mapping, also = [] }: ExpectedEdit,
): string | undefined {
  if (after.error !== undefined) return `the section would be lost (${after.error.message})`;
  const slots = new Slots(before);
  const result = new Slots(after);
  if (index < 0 || index > slots.length || (edit !== 'insert' && index === slots.length)) {
    return `there is no entry ${index}`;
  }
  const removed = new Set(edit === 'remove' ? [index, ...also] : []);
  if (also.some((other) => other < 0 || other >= slots.length)) return 'one of the entries is not there';
  const growth = edit === 'remove' ? -removed.size : GROWTH[edit];
  if (result.length !== slots.length + growth) {
    return `the section would hold ${result.length} entries instead of ${slots.length + growth}`;
  }
  let shift = 0;
  for (let i = 0; i < slots.length; i += 1) {
    if (removed.has(i)) shift -= 1;
    if (i === index && edit === 'insert') shift += 1;
    if (removed.has(i) || (i === index && edit !== 'insert')) continue;
    if (!slots.isSameAs(result, i, i + shift)) return `entry ${i} would change too`;
  }
  if (edit === 'remove' || edit === 'restore') return undefined;
  return mapping !== undefined && result.isMapping(index, mapping)
    ? undefined
    : `entry ${index} would not be read as it was asked for`;
}

/** The items of the list by position: what loads of each, or why nothing does, and what was said about it. */
class Slots {
  readonly length: number;
  private readonly entries: readonly (LoadedMapping | undefined)[];
  private readonly remarks = new Map<number, string>();

  constructor({ entries, dropped, notices }: SectionReading) {
    this.length = entries.length + dropped.length;
    const remark = (index: number, text: string): void =>
      void this.remarks.set(index, (this.remarks.get(index) ?? '') + text);
    for (const { index, reason } of dropped) remark(index, reason);
    for (const { index, field, problem } of notices) remark(index, `\n${field} ${problem}`);
    // Where nothing was dropped they are at their positions already, all five thousand of them.
    const placed: LoadedMapping[] = [];
    if (dropped.length > 0) for (const entry of entries) placed[entry.index] = entry;
    this.entries = dropped.length > 0 ? placed : entries;
  }

  isSameAs(other: Slots, index: number, otherIndex: number): boolean {
    if (this.remarks.get(index) !== other.remarks.get(otherIndex)) return false;
    return isSameEntry(this.entries[index], other.entries[otherIndex]);
  }

  isMapping(index: number, mapping: IdentityMapping): boolean {
    return !this.remarks.has(index) && isSameEntry(this.entries[index], { ...mapping, index });
  }
}

function isSameEntry(a: LoadedMapping | undefined, b: LoadedMapping | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  if (a.section === 'mapAccounts') return b.section === 'mapAccounts' && a.accountId === b.accountId;
  return (
    a.section === b.section &&
    a.arn === b.arn &&
    a.username === b.username &&
    a.groups.length === b.groups.length &&
    a.groups.every((group, index) => group === b.groups[index]) &&
    JSON.stringify(a.sso) === JSON.stringify(b.sso)
  );
}
