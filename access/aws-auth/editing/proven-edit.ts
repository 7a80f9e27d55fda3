/**
 * The law that no edit is written unproved, in one place: each candidate is read by the authenticator's own rules, and
 * the first that differs from the text before by exactly the one entry is taken. Pure.
 */
import { type Section } from '../identity-mapping';
import { type LoadedMapping } from '../reading/loaded';
import { type ParsedSection } from '../reading/parse-section';
import { positionOf } from '../reading/position';
import { type ParsedAwsAuth, type SectionReader } from '../reading/section-reader';
import { DocumentError, refuseUnreadable } from './document-error';
import { type Editor } from './edit';
import { layoutOf } from './layout';
import { findDifference } from './proof';
import { removal } from './remove';

/** aws-auth with one section edited. Throws as `provenEdit` does. */
export function edited(
  before: ParsedAwsAuth,
  section: Section,
  editor: Editor,
  reader: SectionReader,
): ParsedAwsAuth {
  const after = provenEdit(before.sections[section], editor, reader);
  const sections = { ...before.sections, [section]: after };
  const { text = '' } = after;
  if (text !== '') return { data: { ...before.data, [section]: text }, sections };
  // The section that a first entry made goes with the last one; to the authenticator an empty one is the same.
  const { [section]: _, ...others } = before.data;
  return { data: others, sections };
}

/** aws-auth without any of the entries: one edit after the other, the last entry first, so that positions stay true. */
export function withoutEntries(
  before: ParsedAwsAuth,
  entries: readonly LoadedMapping[],
  reader: SectionReader,
): ParsedAwsAuth {
  return [...entries]
    .sort((a, b) => b.index - a.index)
    .reduce((left, { section, index }) => edited(left, section, removal(index), reader), before);
}

/**
 * Throws DocumentError, and edits nothing, when the section cannot be read, when there is no such entry, or when no
 * candidate leaves the other entries as they are.
 */
export function provenEdit(before: ParsedSection, editor: Editor, reader: SectionReader): ParsedSection {
  refuseUnreadable(before);
  const { section } = before.reading;
  const layout = layoutOf(before);
  const { expected, candidates, offset } = editor(layout);
  let difference = 'its form is not one that can be edited';
  for (const candidate of candidates) {
    const after = candidate === before.text ? before : reader.read(section, candidate);
    const differences = expected.map((edit) => findDifference(before.reading, after.reading, edit));
    if (differences.includes(undefined)) return after;
    difference = differences[0] ?? difference;
  }
  throw new DocumentError(
    section,
    positionOf(layout.text, offset),
    `no edit leaves the other entries as they are: ${difference}`,
    'rewrite that entry as plain YAML, without anchors, aliases, tags or block scalars',
  );
}
