/**
 * The law that no edit is written unproved, in one place: each candidate is read by the authenticator's own rules, and
 * the first that differs from the text before by exactly the one entry is taken. Pure.
 */
import { isBreak } from '../../go-yaml/read';
import { type Section, SECTIONS } from '../identity-mapping';
import { type LoadedMapping } from '../reading/loaded';
import { type ParsedSection } from '../reading/parse-section';
import { positionOf } from '../reading/position';
import { type ParsedAwsAuth, type SectionReader } from '../reading/section-reader';
import { DocumentError, refuseUnreadable } from './document-error';
import { type Editor } from './edit';
import { layoutOf } from './layout';
import { findDifference } from './proof';
import { removal } from './remove';
import { removals } from './remove-several';

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
  // A first entry ends its line in a section that it makes, and does not in one that was there and empty: what it made
  // goes with the last entry.
  const isMade = isBreak((before.sections[section].text ?? '').slice(-1).charCodeAt(0));
  if (text !== '' || !isMade) return { data: { ...before.data, [section]: text }, sections };
  const { [section]: _, ...others } = before.data;
  return { data: others, sections };
}

/** aws-auth without any of the entries: one edit and one proof for all of a section, where that can be proved. */
export function withoutEntries(
  before: ParsedAwsAuth,
  entries: readonly LoadedMapping[],
  reader: SectionReader,
): ParsedAwsAuth {
  return SECTIONS.reduce((left, section) => {
    const indices = entries.filter((entry) => entry.section === section).map(({ index }) => index);
    indices.sort((a, b) => a - b);
    return withoutIndices(left, section, indices, reader);
  }, before);
}

/** `indices`: ascending. */
function withoutIndices(
  before: ParsedAwsAuth,
  section: Section,
  indices: readonly number[],
  reader: SectionReader,
): ParsedAwsAuth {
  if (indices.length > 1) {
    try {
      return edited(before, section, removals(indices), reader);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
    }
  }
  // One edit after the other, the last entry first, so that positions stay true.
  return indices.reduceRight((left, index) => edited(left, section, removal(index), reader), before);
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
