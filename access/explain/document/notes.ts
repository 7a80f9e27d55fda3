/** The sentences about a document as such. */
import { type DocumentNote, type NoteName, type Span } from './document';
import { MAX_DATA_BYTES } from '../../aws-auth/size';

type Level = DocumentNote['level'];

export interface NoteDetails {
  readonly span?: Span | undefined;
  readonly fix?: string | undefined;
}

export function noteOf(
  note: NoteName,
  level: Level,
  sentence: string,
  { span, fix }: NoteDetails = {},
): DocumentNote {
  return { note, level, sentence, span, fix };
}

/** Between quotes, cut where the sentence would become too long. */
export function quoted(name: string): string {
  return JSON.stringify(name.length > 40 ? `${name.slice(0, 39)}…` : name);
}

/** GT-61. */
export function sizeNotes(data: Readonly<Record<string, string>>): readonly DocumentNote[] {
  const bytes = Object.values(data).reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0);
  if (bytes <= MAX_DATA_BYTES) return [];
  return [
    noteOf(
      'too-large',
      'error',
      `The data has ${bytes} bytes and may have ${MAX_DATA_BYTES}: the API server refuses it. Remove entries that nobody needs.`,
    ),
  ];
}
