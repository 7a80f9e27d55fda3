/** Ways to put back the bytes that `entryText` kept: as they were, or rewritten where they do not fit any more. */
import { type IdentityMapping, type Section } from '../identity-mapping';
import { parseSection } from '../reading/parse-section';
import { entryAt, type Editor } from './edit';
import { entryEnd } from './entry-text';
import { splice } from './layout';
import { type ExpectedEdit } from './proof';
import { isQuotable } from './quote';
import { replacements } from './replace';

/** Puts what `entryText` gave in place of entry `index`. */
export function restoration(index: number, raw: string): Editor {
  return (layout) => {
    const { section, text } = layout;
    const { list, item } = entryAt(layout, index);
    const anything: ExpectedEdit = { edit: 'restore', index };
    const stretch = { start: item.start, end: entryEnd(text, list, item) };
    if (text.slice(stretch.start, stretch.end) === raw)
      return { expected: [anything], candidates: [text], offset: item.start };
    // A block scalar at the end says one thing before a line break, another at the end of the text, and may count the
    // blank lines below it.
    const rest = text.slice(stretch.end);
    const blank = rest.slice(0, rest.length - rest.trimStart().length);
    const alone = [`${raw}\n`, raw, raw + blank].map(inBlock);
    // In brackets the same bytes may say something else.
    const mappings = [...(list.isFlow ? [`[${raw}]`, `[${raw}\n]`] : []), ...alone]
      .map((whole) => soleMapping(section, whole))
      .filter((mapping) => mapping !== undefined);
    const candidates = function* (): Generator<string> {
      yield splice(text, { ...stretch, text: raw });
      for (const mapping of mappings.filter(isWritable)) yield* replacements(layout, list, item, mapping);
    };
    const expected = mappings.map((mapping): ExpectedEdit => ({ edit: 'replace', index, mapping }));
    return {
      expected: expected.length > 0 ? expected : [anything],
      candidates: candidates(),
      offset: item.start,
    };
  };
}

/** Other tools' block scalars hold line breaks, which are not for us to write. */
function isWritable(mapping: IdentityMapping): boolean {
  if (mapping.section === 'mapAccounts') return isQuotable(mapping.accountId);
  return [mapping.arn, mapping.username, ...mapping.groups].every(isQuotable);
}

/** An entry's text as the only item of a block list. */
function inBlock(raw: string): string {
  // The lines after the first kept their indentation: the first one has to be moved under it.
  const lines = raw.split(/[\r\n\u0085\u2028\u2029]+/).slice(1);
  const indents = lines.filter((line) => /^ *[^ #]/.test(line)).map((line) => line.search(/[^ ]/));
  const column = indents.length === 0 ? 2 : Math.max(2, Math.min(...indents));
  return `${' '.repeat(column - 2)}- ${raw}`;
}

/** What a section of one entry says; undefined when that is more, or less, than a mapping can say. */
function soleMapping(section: Section, text: string): IdentityMapping | undefined {
  const { state, entries } = parseSection(section, text).reading;
  const [entry, ...others] = entries;
  if (state !== 'ok' || entry === undefined || others.length > 0) return undefined;
  if (entry.section === 'mapAccounts') return { section: entry.section, accountId: entry.accountId };
  const { arn, username, groups, sso } = entry;
  return sso === undefined ? { section: entry.section, arn, username, groups } : undefined;
}
