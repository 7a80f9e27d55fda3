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
    `mend ${section} by hand, no entry of it is in force as it is`,
  );
}

/** Undefined when `after` differs from `before` by exactly the expected edit; else what is wrong, for a message. */
export function findDifference(
  before: SectionReading,
  after: SectionReading,
  expected: ExpectedEdit,
): string | undefined {
  if (after.error !== undefined) return `the section would be lost (${after.error.message})`;
  const slots = slotsOf(before);
  const { edit, index } = expected;
  if (index < 0 || index > slots.length || (edit !== 'insert' && index === slots.length))
    return `there is no entry ${index}`;
  const result = slotsOf(after);
  const growth = edit === 'insert' ? 1 : edit === 'remove' ? -1 : 0;
  if (result.length !== slots.length + growth) {
    return `the section would hold ${result.length} entries instead of ${slots.length + growth}`;
  }
  const resume = edit === 'insert' ? index : index + 1;
  for (let i = 0; i < slots.length; i += 1) {
    if (i >= index && i < resume) continue;
    if (slots[i] !== result[i < index ? i : i + growth]) return `entry ${i} would change too`;
  }
  if (edit === 'remove' || edit === 'restore') return undefined;
  return result[index] === expectedSlot(expected.mapping)
    ? undefined
    : `entry ${index} would not be read as it was asked for`;
}

/** One line for each item of the list, equal for items that the authenticator makes the same of. */
function slotsOf(reading: SectionReading): string[] {
  const slots: string[] = [];
  for (const entry of reading.entries) slots[entry.index] = slotOf(entry);
  for (const { index, reason } of reading.dropped) slots[index] = `dropped: ${reason}`;
  for (const { index, field, problem } of reading.notices)
    slots[index] = `${slots[index] ?? ''}\n${field} ${problem}`;
  return slots;
}

function slotOf(entry: LoadedMapping): string {
  if (entry.section === 'mapAccounts') return `account ${entry.accountId}`;
  const { arn, username, groups, sso } = entry;
  return JSON.stringify([arn, username, groups, sso]);
}

function expectedSlot(mapping: IdentityMapping | undefined): string | undefined {
  if (mapping === undefined) return undefined;
  if (mapping.section === 'mapAccounts') return `account ${mapping.accountId}`;
  return JSON.stringify([mapping.arn, mapping.username, mapping.groups, undefined]);
}
