/**
 * What people paste or save, as the aws-auth texts that are in it and where each of their characters is written.
 * Types only. Offsets are UTF-16 units of the pasted text; lines and columns count from 1, columns in characters.
 */
import { type Position } from '../../aws-auth/reading/position';
import { type Section } from '../../aws-auth/identity-mapping';

/** A stretch of the pasted text: `start` to before `end`, and where the editor shows both. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly from: Position;
  readonly to: Position;
}

/** A section with where its characters come from, through indentation, folding, escapes and line ends. */
export interface PlacedSection {
  readonly section: Section;
  /** Decoded: what the authenticator gets. */
  readonly text: string;
  /** Of the key that holds it; absent where the text was pasted without one. */
  readonly key?: Span | undefined;
  /** Where the character at an offset of `text` begins; its length is the place where one could be added. */
  placeOf(offset: number): Position;
  /**
   * The smallest stretch of the pasted text that decodes to `text.slice(start, end)`. An escape is never cut: half of
   * a character that is one escape has the span of the whole.
   */
  spanOf(start: number, end: number): Span;
}

export type PlacedSections = Readonly<Record<Section, PlacedSection | undefined>>;

/** Names of what there is to say about the document itself. Those that rules have as well are the rules' names. */
export type NoteName =
  /** `fix` writes the key that was meant. */
  | 'section-key-spelling'
  | 'section-key-twice'
  /** A list where text has to be: the `|` is missing. The API server refuses the object. */
  | 'section-not-text'
  /** mapRoles beside `data`, or in binaryData: the authenticator does not look there. */
  | 'section-outside-data'
  | 'key-not-read'
  | 'data-only'
  | 'bare-list'
  | 'list-splits'
  | 'several-documents'
  | 'chosen-from-list'
  | 'rest-not-read'
  | 'name-missing'
  | 'namespace-missing'
  | 'too-large';

export interface DocumentNote {
  readonly note: NoteName;
  /** `error`: what is written there is not in force. `warn`: probably not what was meant. */
  readonly level: 'error' | 'warn' | 'info';
  /** One sentence of at most 160 characters. */
  readonly sentence: string;
  readonly span?: Span | undefined;
  /** What to write at `span` of the pasted text instead. */
  readonly fix?: string | undefined;
}

/** A line that looks like an entry to people, and is a comment. */
export interface CommentedOut extends Position {
  readonly principal: string;
}

export interface AwsAuthDocument {
  readonly kind: 'aws-auth';
  readonly sections: PlacedSections;
  /** All keys of `data` whose values are text, those that the authenticator ignores as well. */
  readonly data: Readonly<Record<string, string>>;
  /** Of the object, last-applied-configuration and the provider's records among them; never read as `data`. */
  readonly annotations: Readonly<Record<string, string>>;
  /** `metadata.managedFields` as pasted: who wrote which field (JSON values); undefined where the text has none. */
  readonly managedFields: unknown;
  readonly notes: readonly DocumentNote[];
  readonly commentedOut: readonly CommentedOut[];
}

export interface OtherDocument {
  readonly kind: 'not-aws-auth';
  /** One sentence: `This is Secret "db" in namespace default, not ConfigMap kube-system/aws-auth.` */
  readonly what: string;
  /** What prints the text that is wanted. */
  readonly command?: string | undefined;
  /** An error or a principal, which is to be asked about. */
  readonly isQuestion?: true | undefined;
  readonly position?: Position | undefined;
}

/** The manifest is not YAML or JSON, so that no API server takes it. */
export interface BrokenDocument extends Position {
  readonly kind: 'broken';
  readonly sentence: string;
  /** Sections found by their indentation alone; undefined where none was found. */
  readonly guessed?: PlacedSections | undefined;
}

/** Nothing, or nothing but blank lines and comments. */
export interface EmptyDocument {
  readonly kind: 'empty';
  readonly sentence: string;
}

export type DocumentReading = AwsAuthDocument | OtherDocument | BrokenDocument | EmptyDocument;

/*
 * In the files beside this one:
 *   read-document.ts    readDocument(text: string): DocumentReading
 *   replace-section.ts  replaceSection(text: string, section: Section, newText: string): Replaced
 *   decode-bytes.ts     decodeBytes(bytes: Uint8Array): Decoded
 */

/** `refused`: why the section cannot be written back, so that the caller shows the text to copy. */
export type Replaced = { readonly text: string } | { readonly refused: string };

/** `note`: a sentence where the text was not UTF-8. `refused`: a sentence why the bytes are not text. */
export type Decoded = { readonly text: string; readonly note?: string } | { readonly refused: string };
