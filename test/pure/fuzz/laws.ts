/** The laws of the editor and of the plans, for one section's text. Each gives what is broken, or nothing. */
import { isDeepStrictEqual } from 'node:util';
import { readSection, type LoadedMapping, type SectionReading } from '../../../access/aws-auth/reading/login';
import {
  DocumentError,
  entryText,
  insertEntry,
  removeEntry,
  replaceEntry,
  restoreEntry,
} from '../access/aws-auth/editing/edited-text';
import { type IdentityMapping, type Section } from '../../../access/aws-auth/identity-mapping';
import { parseSection } from '../../../access/aws-auth/reading/parse-section';
import { type YamlDocument } from '../../../access/go-yaml/node';
import { parseYaml } from '../../../access/go-yaml/parser';
import { readRegularList } from '../../../access/go-yaml/regular/list';

export interface Case {
  readonly section: Section;
  readonly text: string;
  /** Which of the entries is edited: modulo their number. */
  readonly which: number;
}

/** The name of the broken law, and how it showed. */
export interface Violation {
  readonly law: string;
  readonly detail: string;
}

export class Broken extends Error {
  constructor(
    readonly law: string,
    readonly detail: string,
  ) {
    super(`${law}: ${detail}`);
  }
}

export function hold(law: string, condition: boolean, detail: () => string): void {
  if (!condition) throw new Broken(law, detail());
}

export function addedTo(section: Section): IdentityMapping {
  if (section === 'mapAccounts') return { section, accountId: '999988887777' };
  const arn = 'arn:aws:iam::999988887777:role/new';
  return { section, arn, username: 'quote " back \\ 😀', groups: ['yes', 'a: b'] };
}

/** Undefined where the document is refused: by DocumentError and by nothing else. */
function attempt<T>(edit: () => T): T | undefined {
  try {
    return edit();
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

/** Where the short way to the nodes is taken, it gives the parser's. Tells whether it was. */
export function checkShortWay(text: string): boolean {
  const short = readRegularList(text);
  if (short === undefined) return false;
  const law = 'the short way gives the parser’s nodes';
  let long: YamlDocument | undefined;
  try {
    long = parseYaml(text);
  } catch (error) {
    hold(law, false, () => String(error));
  }
  hold(law, isDeepStrictEqual(whole(short), long), () => JSON.stringify(whole(short)));
  return true;
}

/** Whichever of two texts of the section was read before: the other is read as if there had been none. */
export function checkKnown(section: Section, one: string, other: string): void {
  // Others have no part in it.
  if ([one, other].some((text) => readRegularList(text) === undefined)) return;
  checkReadAfter(section, one, other);
  checkReadAfter(section, other, one);
}

function checkReadAfter(section: Section, text: string, before: string): void {
  const alone = parseSection(section, text);
  const after = parseSection(section, text, parseSection(section, before));
  const law = 'what was read before changes no reading';
  hold(law, isDeepStrictEqual(after.reading, alone.reading), () => JSON.stringify({ before, after }));
  const [a, b] = [after, alone].map(({ document }) => document && whole(document));
  hold(law, isDeepStrictEqual(a, b), () => JSON.stringify({ before, a, b }));
}

/** Every item made. */
export function whole(document: YamlDocument): object {
  const { root } = document;
  return { ...document, root: root?.kind === 'sequence' ? { ...root, items: [...root.items] } : root };
}

/** How many edits were made, so that a run can tell whether it tried anything. */
export function checkEditing({ section, text, which }: Case): number {
  const before = readSection(section, text);
  const some = text.slice(0, (text.length * which) / 60);
  checkKnown(section, text, some);
  const mapping = addedTo(section);
  const inserted = attempt(() => insertEntry(section, text, mapping));
  if (before.error !== undefined) {
    hold('a broken section is left alone', inserted === undefined, () => JSON.stringify(inserted));
    return 0;
  }
  const index = before.entries.length + before.dropped.length;
  if (inserted !== undefined) checkInsertion(section, text, before, inserted, index, mapping);
  const entry = before.entries[which % Math.max(1, before.entries.length)];
  if (entry === undefined) return inserted === undefined ? 0 : 1;
  return (
    (inserted === undefined ? 0 : 1) +
    checkReplacement(section, text, before, entry, mapping) +
    checkRemoval(section, text, before, entry)
  );
}

function checkInsertion(
  section: Section,
  text: string,
  before: SectionReading,
  inserted: string,
  index: number,
  mapping: IdentityMapping,
): void {
  checkKnown(section, inserted, text);
  const after = readSection(section, inserted);
  sameSlots('insert leaves the others', before, after, (at) => at);
  const fresh = after.entries.find((entry) => entry.index === index);
  hold('insert adds what was asked', same(fresh, { ...mapping, index }), () => JSON.stringify(fresh));
  const gone = attempt(() => removeEntry(section, inserted, index));
  if (index === 0 && !isGivenBack(text)) return;
  hold('insert, then remove', gone === text, () => JSON.stringify(gone));
}

/** A list cannot be beside what these say instead of it; they are replaced (edit.test.ts). */
function isGivenBack(text: string): boolean {
  const rest = text.replace(/^\ufeff/, '');
  if (/[\t\v\f\u0085\u00a0\u2000-\u200a\u2028\u2029\u3000]/.test(rest)) return false;
  return !/^(?:\s*(?:#.*|%.*|---(?:[ \t]+(?:#.*)?)?)?[\r\n])*[ \t]*(?:---\s+)?(?:~|null|Null|NULL|""|''|``|!|&)/.test(
    rest,
  );
}

function checkReplacement(
  section: Section,
  text: string,
  before: SectionReading,
  entry: LoadedMapping,
  mapping: IdentityMapping,
): number {
  const { index } = entry;
  const own = ownMapping(entry);
  if (own !== undefined && before.notices.every((notice) => notice.index !== index)) {
    const replaced = replaceEntry(section, text, index, own);
    hold('replace by itself', replaced === text, () => JSON.stringify(replaced));
  }
  const raw = entryText(section, text, index);
  const restored = restoreEntry(section, text, index, raw);
  hold('restore by itself', restored === text, () => JSON.stringify(restored));
  const replaced = attempt(() => replaceEntry(section, text, index, mapping));
  if (replaced === undefined) return 0;
  checkKnown(section, replaced, text);
  const after = readSection(section, replaced);
  sameSlots('replace leaves the others', before, after, (at) => (at === index ? undefined : at));
  sameBytes('replace leaves the bytes of the others', section, before, text, replaced, (at) =>
    at === index ? undefined : at,
  );
  const found = after.entries.find((one) => one.index === index);
  hold('replace makes what was asked', same(found, { ...mapping, index }), () => JSON.stringify(found));
  const twice = replaceEntry(section, replaced, index, mapping);
  hold('replace twice', twice === replaced, () => JSON.stringify(twice));
  const back = attempt(() => restoreEntry(section, replaced, index, raw));
  if (back === undefined) return 1;
  sameSlots('replace, then restore', before, readSection(section, back), (at) => at);
  return 1;
}

function checkRemoval(section: Section, text: string, before: SectionReading, entry: LoadedMapping): number {
  const removed = attempt(() => removeEntry(section, text, entry.index));
  if (removed === undefined) return 0;
  checkKnown(section, removed, text);
  const moved = (at: number): number | undefined =>
    at === entry.index ? undefined : at > entry.index ? at - 1 : at;
  sameSlots('remove leaves the others', before, readSection(section, removed), moved);
  sameBytes('remove leaves the bytes of the others', section, before, text, removed, moved);
  hold('remove only takes', isShortening(text, removed), () => JSON.stringify(removed));
  return 1;
}

/** One stretch went; where nothing can be in its place, `[]` came. */
function isShortening(text: string, removed: string): boolean {
  let start = 0;
  while (start < removed.length && removed[start] === text[start]) start += 1;
  const rest = removed.slice(start);
  return text.endsWith(rest) || (rest.startsWith('[]') && text.endsWith(rest.slice(2)));
}

function ownMapping(entry: LoadedMapping): IdentityMapping | undefined {
  if (entry.section === 'mapAccounts') return { section: entry.section, accountId: entry.accountId };
  const { section, arn, username, groups, sso } = entry;
  return sso === undefined ? { section, arn, username, groups } : undefined;
}

type Move = (index: number) => number | undefined;

/** What loads, what is dropped and what is said of both, but for the places of it. */
function sameSlots(law: string, before: SectionReading, after: SectionReading, move: Move): void {
  hold(law, after.error === undefined, () => `the section is lost: ${after.error?.message ?? ''}`);
  for (const kind of ['entries', 'dropped', 'notices'] as const) {
    const moved = before[kind].flatMap((item) => {
      const index = move(item.index);
      return index === undefined ? [] : [{ ...item, index }];
    });
    const kept = new Map(after[kind].map((item) => [JSON.stringify(sorted(item)), true]));
    for (const item of moved) hold(law, kept.has(JSON.stringify(sorted(item))), () => JSON.stringify(item));
  }
}

function sameBytes(
  law: string,
  section: Section,
  before: SectionReading,
  text: string,
  after: string,
  move: Move,
): void {
  for (const { index } of before.entries) {
    const now = move(index);
    if (now === undefined) continue;
    const was = entryText(section, text, index);
    const is = entryText(section, after, now);
    hold(law, was === is, () => `${JSON.stringify(was)} became ${JSON.stringify(is)}`);
  }
}

function same(a: object | undefined, b: object): boolean {
  return a !== undefined && JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(item: object): object {
  return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
}
