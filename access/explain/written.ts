/**
 * The entries of aws-auth as they are written: those that the authenticator loads, those that it drops, and of a section
 * that it cannot parse those that a person sees there. Pure.
 */
import { contentEnd } from '../aws-auth/editing/layout';
import { type Section, SECTIONS } from '../aws-auth/identity-mapping';
import { type AwsAuthReading, type DroppedEntry, type LoadedMapping } from '../aws-auth/reading/loaded';
import { parseSection, type ParsedSection } from '../aws-auth/reading/parse-section';
import { type SequenceNode, type YamlNode } from '../go-yaml/node';
import { guessEntries } from './guess';
import { type Span } from './document/document';
import { type ReadAwsAuth, type SeenSection } from './seen-cluster';

export interface WrittenEntry {
  readonly section: Section;
  /** Position in the section's list; of a guess, after all that are in the list. */
  readonly index: number;
  /** ARN or account id as it is written; empty where there is none. */
  readonly principal: string;
  /** Undefined for what is dropped or lost. */
  readonly loaded: LoadedMapping | undefined;
  readonly dropped: DroppedEntry['reason'] | undefined;
  /** Undefined for a guess. */
  readonly item: YamlNode | undefined;
  /** Offsets in the section's text; `end` after the last visible character. */
  readonly start: number;
  readonly end: number;
}

export interface WrittenSection {
  readonly section: Section;
  readonly seen: SeenSection;
  readonly parsed: ParsedSection;
  readonly entries: readonly WrittenEntry[];
}

type ParsedText = Pick<WrittenSection, 'seen' | 'parsed'>;

export interface WrittenAwsAuth {
  /** Those that are there, in the authenticator's order of lookup. */
  readonly sections: readonly WrittenSection[];
  readonly reading: AwsAuthReading;
}

export function writtenAwsAuth(seenSections: ReadAwsAuth['sections']): WrittenAwsAuth {
  const sections: WrittenSection[] = [];
  const reading = {} as Record<Section, AwsAuthReading[Section]>;
  for (const section of SECTIONS) {
    const seen = seenSections[section];
    const parsed = parseSection(section, seen?.text);
    reading[section] = parsed.reading;
    if (seen !== undefined) sections.push({ section, seen, parsed, entries: entriesOf({ seen, parsed }) });
  }
  return { sections, reading };
}

/** Undefined where the section holds no list that can be read. */
export function listOf({ document }: ParsedSection): SequenceNode | undefined {
  const root = document?.root;
  return root?.kind === 'sequence' ? root : undefined;
}

/**
 * Where what is read ends: everything from there on is ignored (GT-9); undefined where nothing follows. A list ends at a
 * line that is indented less than it as well.
 */
export function ignoredFrom({ text = '', document, reading }: ParsedSection): number | undefined {
  if (document?.root === undefined || reading.error !== undefined) return undefined;
  const rest = text.slice(document.end);
  if (/^(?:---|\.\.\.)(?:\s|$)/.test(rest)) return /^[ \t]*[^\s#.-]/m.test(rest) ? document.end : undefined;
  const next = /^[ \t]*[^\s#]/m.exec(rest);
  return next === null ? undefined : document.end + next.index + next[0].length - 1;
}

export function spanOf({ seen }: WrittenSection, { start, end }: { start: number; end: number }): Span {
  return seen.spanOf(start, end);
}

function entriesOf({ seen, parsed }: ParsedText): readonly WrittenEntry[] {
  const { text } = seen;
  const { reading } = parsed;
  const { section } = reading;
  const list = listOf(parsed);
  const written: WrittenEntry[] = [];
  if (list !== undefined) {
    for (const loaded of reading.entries) written.push(entryOf(text, list, { ...loaded, loaded }));
    for (const dropped of reading.dropped)
      written.push(entryOf(text, list, { section, index: dropped.index, dropped: dropped.reason }));
    if (reading.dropped.length > 0) written.sort((a, b) => a.index - b.index);
  }
  const isLost = reading.error !== undefined && list === undefined;
  const from = isLost ? 0 : ignoredFrom(parsed);
  if (from === undefined) return written;
  const count = list?.items.length ?? 0;
  const guesses = guessEntries(section, text, from).map((guess, order): WrittenEntry => {
    return {
      section,
      index: count + order,
      loaded: undefined,
      dropped: undefined,
      item: undefined,
      ...guess,
    };
  });
  return [...written, ...guesses];
}

function entryOf(
  text: string,
  list: SequenceNode,
  found: {
    readonly section: Section;
    readonly index: number;
    readonly loaded?: LoadedMapping;
    readonly dropped?: DroppedEntry['reason'];
  },
): WrittenEntry {
  const { section, index, loaded, dropped } = found;
  const item = list.items.at(index);
  let { start } = item ?? list;
  let end = Math.max(start, contentEnd(text, item ?? list));
  const dash = list.isFlow ? undefined : list.marks[index];
  // Nothing is written there but the dash.
  if (start === end && dash !== undefined) [start, end] = [dash, dash + 1];
  const principal = loaded === undefined ? shownArn(item) : principalOf(loaded);
  return { section, index, principal, loaded, dropped, item, start, end };
}

function principalOf(loaded: LoadedMapping): string {
  if (loaded.section === 'mapAccounts') return loaded.accountId;
  if (loaded.sso === undefined) return loaded.arn;
  const { permissionSetName, accountID } = loaded.sso;
  return `permission set ${permissionSetName} of account ${accountID}`;
}

/** Of an item that is dropped: the first text in it that looks like an ARN, in whatever key. */
function shownArn(item: YamlNode | undefined): string {
  if (item?.kind === 'scalar') return item.value;
  if (item?.kind === 'sequence') {
    for (const inner of item.items) if (shownArn(inner) !== '') return shownArn(inner);
    return '';
  }
  if (item?.kind !== 'mapping') return '';
  for (const [, value] of item.pairs)
    if (value.kind === 'scalar' && value.value.startsWith('arn:')) return value.value;
  return '';
}
