/** A section that was edited, written back into the pasted text, of which no other byte changes. */
import { type AwsAuthDocument, type Replaced } from './document';
import { type Section, SECTIONS } from '../../aws-auth/identity-mapping';
import { type Splice } from './splice';
import { splicesFor } from './splices';
import { LocatedSection } from './located-section';
import { readDocument } from './read-document';

/**
 * In a block scalar only the lines that differ are written anew. `newText` is what reading the result gives; every
 * other section and key stays what it was, which is proved by reading it. Refused where no way of writing it does that.
 */
export function replaceSection(text: string, section: Section, newText: string): Replaced {
  const before = readDocument(text);
  if (before.kind !== 'aws-auth')
    return { refused: 'The text is not ConfigMap kube-system/aws-auth: nothing can be written into it.' };
  const found = before.sections[section];
  if (!(found instanceof LocatedSection))
    return {
      refused: `The text has no ${section} that could be edited: copy the section and add it under "data:".`,
    };
  if (found.text === newText) return { text };
  if (!/\p{Surrogate}/u.test(newText)) {
    for (const splice of splicesFor(text, found, newText)) {
      const candidate = spliced(text, splice);
      if (isProven(before, readDocument(candidate), section, newText)) return { text: candidate };
    }
  }
  return {
    refused: `${section} cannot be written back where it is without changing something else: copy the section.`,
  };
}

function spliced(text: string, { from, to, text: inserted }: Splice): string {
  return text.slice(0, from) + inserted + text.slice(to);
}

function isProven(
  before: AwsAuthDocument,
  after: ReturnType<typeof readDocument>,
  section: Section,
  newText: string,
): boolean {
  if (after.kind !== 'aws-auth' || notesOf(before) !== notesOf(after)) return false;
  const hasSections = SECTIONS.every(
    (name) => after.sections[name]?.text === (name === section ? newText : before.sections[name]?.text),
  );
  const rest = ({ data, annotations, managedFields }: AwsAuthDocument): string =>
    JSON.stringify([Object.entries(data).filter(([name]) => name !== section), annotations, managedFields]);
  return hasSections && rest(after) === rest(before);
}

/** What is said of the document, but for how long it is. */
function notesOf({ notes }: AwsAuthDocument): string {
  return JSON.stringify(notes.map(({ note }) => note).filter((note) => note !== 'too-large'));
}
