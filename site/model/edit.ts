/**
 * What the provider would write to aws-auth for one mapping: its own editor and its own proof, so that every other byte
 * stays. Pure.
 */
import { insertion } from '../../access/aws-auth/editing/insert';
import { edited, withoutEntries } from '../../access/aws-auth/editing/proven-edit';
import { replacement } from '../../access/aws-auth/editing/replace';
import { type AwsAuthData, type Section, SECTIONS } from '../../access/aws-auth/identity-mapping';
import { entriesOf, entryInForce, inSectionOf, isSameMapping } from '../../access/aws-auth/reading/entries';
import { type ParsedAwsAuth, readingOf, SectionReader } from '../../access/aws-auth/reading/section-reader';
import { ProviderError } from '../../access/errors';
import { readDocument } from '../../access/explain/document/read-document';
import { replaceSection } from '../../access/explain/document/replace-section';
import { type EditForm, type EditRequest, editRequest } from './edit-request';
import { whatChanges } from './what-changes';

export type EditResult =
  | { readonly kind: 'edited'; readonly before: string; readonly after: string; readonly sentence: string }
  /** The section cannot be written into this document: its whole new text, to copy. */
  | {
      readonly kind: 'apart';
      readonly section: Section;
      readonly after: string;
      readonly sentence: string;
      readonly why: string;
    }
  | { readonly kind: 'unchanged'; readonly sentence: string }
  | { readonly kind: 'refused'; readonly why: string };

export function editDocument(document: string, form: EditForm): EditResult {
  try {
    const request = editRequest(form);
    const reading = readDocument(document);
    const data = reading.kind === 'aws-auth' ? reading.data : {};
    if (reading.kind !== 'aws-auth' && reading.kind !== 'empty')
      return { kind: 'refused', why: 'the document is not an aws-auth that can be read: fix that first' };
    const after = editData(data, request);
    const section = SECTIONS.find((name) => after[name] !== data[name]);
    if (section === undefined)
      return { kind: 'unchanged', sentence: 'Nothing to write: aws-auth says so already.' };
    const sentence = whatChanges(data, after);
    const replaced = replaceSection(document, section, after[section] ?? '');
    return 'refused' in replaced
      ? { kind: 'apart', section, after: after[section] ?? '', sentence, why: replaced.refused }
      : { kind: 'edited', before: document, after: replaced.text, sentence };
  } catch (error) {
    if (error instanceof ProviderError) return { kind: 'refused', why: error.message };
    throw error;
  }
}

/** `data` of the ConfigMap after the edit. Throws ProviderError where the provider would refuse it. */
export function editData(data: AwsAuthData, { key, mapping }: EditRequest): AwsAuthData {
  const reader = new SectionReader();
  const parsed = reader.readAll(data);
  const entries = entriesOf(readingOf(parsed), key);
  if (mapping === undefined) return withoutEntries(parsed, entries, reader).data;
  const entry = entryInForce(entries);
  let after: ParsedAwsAuth;
  if (entry === undefined) after = edited(parsed, mapping.section, insertion(mapping), reader);
  else {
    const wanted = inSectionOf(entry, mapping);
    if (isSameMapping(entry, wanted)) return data;
    after = edited(parsed, entry.section, replacement(entry.index, wanted), reader);
  }
  return after.data;
}
