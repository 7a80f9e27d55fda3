/** The proven edits of one section from text to text, as the tests and the fuzzer look at them. */
import { type Editor } from '../../../../../access/aws-auth/editing/edit';
import { entryText as textOf } from '../../../../../access/aws-auth/editing/entry-text';
import { insertion } from '../../../../../access/aws-auth/editing/insert';
import { provenEdit } from '../../../../../access/aws-auth/editing/proven-edit';
import { removal } from '../../../../../access/aws-auth/editing/remove';
import { removals } from '../../../../../access/aws-auth/editing/remove-several';
import { replacement } from '../../../../../access/aws-auth/editing/replace';
import { restoration } from '../../../../../access/aws-auth/editing/restore';
import { type IdentityMapping, type Section } from '../../../../../access/aws-auth/identity-mapping';
import { parseSection } from '../../../../../access/aws-auth/reading/parse-section';
import { SectionReader } from '../../../../../access/aws-auth/reading/section-reader';

export { DocumentError } from '../../../../../access/aws-auth/editing/document-error';

export function insertEntry(section: Section, text: string | undefined, mapping: IdentityMapping): string {
  return edit(section, text, insertion(mapping));
}

export function replaceEntry(
  section: Section,
  text: string,
  index: number,
  mapping: IdentityMapping,
): string {
  return edit(section, text, replacement(index, mapping));
}

export function removeEntry(section: Section, text: string, index: number): string {
  return edit(section, text, removal(index));
}

/** `indices`: ascending. Throws DocumentError where they cannot go together. */
export function removeEntries(section: Section, text: string, indices: readonly number[]): string {
  return edit(section, text, removals(indices));
}

export function restoreEntry(section: Section, text: string, index: number, raw: string): string {
  return edit(section, text, restoration(index, raw));
}

export function entryText(section: Section, text: string, index: number): string {
  return textOf(parseSection(section, text), index);
}

function edit(section: Section, text: string | undefined, editor: Editor): string {
  const reader = new SectionReader();
  return provenEdit(reader.read(section, text), editor, reader).text ?? '';
}
