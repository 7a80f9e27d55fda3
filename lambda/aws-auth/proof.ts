/** Proof of an edit: the authenticator would load the same as before, but for the one entry. Pure. */
import { ProviderError } from '../errors';
import { DocumentError } from './document-error';
import { type IdentityMapping, type Section } from './identity-mapping';
import { type LoadedMapping, type SectionReading } from './loaded';
import { readSection } from './section-reading';

export interface ExpectedEdit {
  /** `restore` puts back bytes that somebody else wrote: the entry may be anything, its neighbours may not change. */
  readonly edit: 'insert' | 'replace' | 'remove' | 'restore';
  /** Position in the YAML list: where a new entry comes to stand, or the one that changes or goes. */
  readonly index: number;
  /** What the entry has to be read as; for `insert` and `replace`. */
  readonly mapping?: IdentityMapping;
}

/**
 * Throws DocumentError when the section cannot be read in the first place, and ProviderError InternalFailure when
 * the edit would change anything but the one entry, or not make it what was asked for.
 */
export function proveEdit(
  section: Section,
  before: string | undefined,
  after: string,
  expected: ExpectedEdit,
): void {
  const difference = findDifference(readReadable(section, before), readSection(section, after), expected);
  if (difference === undefined) return;
  throw new ProviderError(
    'InternalFailure',
    `the edit of ${section} in ConfigMap kube-system/aws-auth was not written because ${difference}: please report this`,
  );
}

/** The reading of a section that may be edited. */
export function readReadable(section: Section, text: string | undefined): SectionReading {
  const reading = readSection(section, text);
  if (reading.error === undefined) return reading;
  const { message, ...place } = reading.error;
  throw new DocumentError(
    section,
    place,
    message,
    `mend ${section} by hand, the authenticator cannot read it as it is`,
  );
}

const GROWTH = { insert: 1, replace: 0, remove: -1, restore: 0 } as const;

/** Undefined when `after` differs from `before` by exactly the expected edit; else what is wrong, for a message. */
export function findDifference(
  before: SectionReading,
  after: SectionReading,
  { edit, index, mapping }: ExpectedEdit,
): string | undefined {
  if (after.error !== undefined) return `the section would be lost (${after.error.message})`;
  const slots = slotsOf(before);
  const result = slotsOf(after);
  if (index < 0 || index > slots.length || (edit !== 'insert' && index === slots.length)) {
    return `there is no entry ${index}`;
  }
  const growth = GROWTH[edit];
  if (result.length !== slots.length + growth) {
    return `the section would hold ${result.length} entries instead of ${slots.length + growth}`;
  }
  const resume = edit === 'insert' ? index : index + 1;
  for (let i = 0; i < slots.length; i += 1) {
    if (i >= index && i < resume) continue;
    if (!isSameSlot(slots[i], result[i < index ? i : i + growth])) return `entry ${i} would change too`;
  }
  if (edit === 'remove' || edit === 'restore') return undefined;
  const isAsAsked =
    mapping !== undefined && isSameSlot(result[index], { entry: { ...mapping, index }, remarks: '' });
  return isAsAsked ? undefined : `entry ${index} would not be read as it was asked for`;
}

/** One item of the list: what loads of it, or why nothing does, and what was said about it. */
interface Slot {
  entry?: LoadedMapping;
  remarks: string;
}

function slotsOf(reading: SectionReading): Slot[] {
  const slots: Slot[] = [];
  for (const entry of reading.entries) slots[entry.index] = { entry, remarks: '' };
  for (const { index, reason } of reading.dropped) slots[index] = { remarks: reason };
  for (const { index, field, problem } of reading.notices) {
    const slot = slots[index];
    if (slot !== undefined) slot.remarks += `\n${field} ${problem}`;
  }
  return slots;
}

function isSameSlot(a: Slot | undefined, b: Slot | undefined): boolean {
  return a?.remarks === b?.remarks && isSameEntry(a?.entry, b?.entry);
}

function isSameEntry(a: LoadedMapping | undefined, b: LoadedMapping | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
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
