/**
 * Edits of one section's text: only the bytes of the one entry change, so comments, order, quoting, line endings and
 * everything foreign stay as they are (design, "aws-auth is edited as text"). Pure.
 *
 * All of them throw DocumentError, and edit nothing, when the section cannot be read, when there is no entry `index`
 * (positions as in LoadedMapping), or when no way of editing leaves the other entries as they are.
 */
import { DocumentError } from './document-error';
import { insertions } from './insert';
import { removals } from './remove';
import { replacements } from './replace';
import { type IdentityMapping, type Section } from '../identity-mapping';
import { type ExpectedEdit, findDifference, readReadable } from './proof';
import { isQuotable } from './quote';
import { type Layout, contentEnd, layoutOf, lineEnd, splice } from './layout';
import { readSection } from '../reading/read-section';
import { placeOf } from '../reading/position';
import { type SequenceNode, type YamlNode } from '../../go-yaml/node';

export { DocumentError } from './document-error';

/** Appends an entry in the style of its neighbours; `text` is undefined when the ConfigMap lacks the section. */
export function insertEntry(section: Section, text: string | undefined, mapping: IdentityMapping): string {
  const before = text ?? '';
  const layout = readableLayout(section, before);
  const index = layout.list?.items.length ?? 0;
  const last = layout.list?.items.at(index - 1);
  return firstProven(
    layout,
    [{ edit: 'insert', index, mapping }],
    insertions(layout, mapping),
    last?.start ?? 0,
  );
}

/** Makes entry `index` say what `mapping` says. Its key order, other keys and comments stay where that is possible. */
export function replaceEntry(
  section: Section,
  text: string,
  index: number,
  mapping: IdentityMapping,
): string {
  const { layout, list, item } = entryAt(section, text, index);
  const ways = function* (): Generator<string> {
    yield text; // it may say so already
    yield* replacements(layout, list, index, mapping);
  };
  return firstProven(layout, [{ edit: 'replace', index, mapping }], ways(), item.start);
}

/** Takes out entry `index`. Comments on lines of their own stay unless they stand inside the entry. */
export function removeEntry(section: Section, text: string, index: number): string {
  const { layout, list, item } = entryAt(section, text, index);
  return firstProven(layout, [{ edit: 'remove', index }], removals(layout, list, index), item.start);
}

/** The text of entry `index` as it stands, from its first character to its last, a comment behind that included. */
export function entryText(section: Section, text: string, index: number): string {
  const { list, item } = entryAt(section, text, index);
  return text.slice(item.start, entryEnd(text, list, item));
}

function entryEnd(text: string, list: SequenceNode, item: YamlNode): number {
  const end = contentEnd(text, item);
  return list.isFlow ? end : lineEnd(text, end);
}

/** Puts what `entryText` gave in place of entry `index`; rewritten in today's style if it does not fit any more. */
export function restoreEntry(section: Section, text: string, index: number, raw: string): string {
  const { layout, list, item } = entryAt(section, text, index);
  const place = { start: item.start, end: entryEnd(text, list, item) };
  if (text.slice(place.start, place.end) === raw) return text;
  // A block scalar at the end says one thing before a line break, another at the end of the text, and may count the
  // blank lines below it.
  const rest = text.slice(place.end);
  const blank = rest.slice(0, rest.length - rest.trimStart().length);
  const alone = [`${raw}\n`, raw, raw + blank].map(inBlock);
  // In brackets the same bytes may say something else.
  const mappings = [...(list.isFlow ? [`[${raw}]`, `[${raw}\n]`] : []), ...alone]
    .map((whole) => standalone(section, whole))
    .filter((mapping) => mapping !== undefined);
  const ways = function* (): Generator<string> {
    yield splice(text, { ...place, text: raw });
    for (const mapping of mappings.filter(isWritable)) yield* replacements(layout, list, index, mapping);
  };
  const expected = mappings.map((mapping): ExpectedEdit => ({ edit: 'replace', index, mapping }));
  return firstProven(
    layout,
    expected.length > 0 ? expected : [{ edit: 'restore', index }],
    ways(),
    item.start,
  );
}

/** Other tools' block scalars hold line breaks, which are not for us to write. */
function isWritable(mapping: IdentityMapping): boolean {
  if (mapping.section === 'mapAccounts') return isQuotable(mapping.accountId);
  return [mapping.arn, mapping.username, ...mapping.groups].every(isQuotable);
}

/** An entry's text as the only item of a block list. */
function inBlock(raw: string): string {
  // The lines behind the first kept their indentation: the first one has to be moved under it.
  const lines = raw.split(/[\r\n\u0085\u2028\u2029]+/).slice(1);
  const indents = lines.filter((line) => /^ *[^ #]/.test(line)).map((line) => line.search(/[^ ]/));
  const column = indents.length === 0 ? 2 : Math.max(2, Math.min(...indents));
  return `${' '.repeat(column - 2)}- ${raw}`;
}

/** What a section of one entry says; undefined when that is more, or less, than a mapping can say. */
function standalone(section: Section, text: string): IdentityMapping | undefined {
  const { state, entries } = readSection(section, text);
  const [entry, ...others] = entries;
  if (state !== 'ok' || entry === undefined || others.length > 0) return undefined;
  if (entry.section === 'mapAccounts') return { section: entry.section, accountId: entry.accountId };
  const { arn, username, groups, sso } = entry;
  return sso === undefined ? { section: entry.section, arn, username, groups } : undefined;
}

function readableLayout(section: Section, text: string): Layout {
  readReadable(section, text);
  return layoutOf(section, text);
}

function entryAt(
  section: Section,
  text: string,
  index: number,
): { layout: Layout; list: SequenceNode; item: YamlNode } {
  const layout = readableLayout(section, text);
  const { list } = layout;
  const item = index < 0 ? undefined : list?.items.at(index);
  if (list !== undefined && item !== undefined) return { layout, list, item };
  throw new DocumentError(section, placeOf(text, 0), `there is no entry ${index}`, 'read the section again');
}

/** The first of the texts that is one of the expected edits of the layout's text. */
function firstProven(
  layout: Layout,
  expected: readonly ExpectedEdit[],
  ways: Iterable<string>,
  offset: number,
): string {
  const { section, text } = layout;
  const before = readSection(section, text);
  let difference = 'its form is not one that can be edited';
  for (const after of ways) {
    const reading = readSection(section, after);
    const differences = expected.map((edit) => findDifference(before, reading, edit));
    if (differences.includes(undefined)) return after;
    difference = differences[0] ?? difference;
  }
  const remedy = 'rewrite what stands there in plain form, without anchors, aliases, tags or block scalars';
  throw new DocumentError(
    section,
    placeOf(text, offset),
    `no edit leaves the other entries as they are: ${difference}`,
    remedy,
  );
}
