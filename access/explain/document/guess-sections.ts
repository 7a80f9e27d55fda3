/** Sections of a manifest that is not YAML, by their indentation alone: what its author probably meant. */
import { type Section, SECTIONS } from '../../aws-auth/identity-mapping';
import { type Lines } from './lines';
import { LocatedSection } from './located-section';
import { indentOf } from '../lines';
import { Pieces } from './pieces';
import { type PlacedSections } from './document';

interface TextLine {
  readonly at: number;
  /** Without its line break. */
  readonly text: string;
  readonly next: number;
}

/** A key whose value begins in the next line, with or without its colon and bar. */
const KEY = /^(\s*)(["']?)(\w+)\2(?:[ \t]*:)?[ \t]*(?:[|>][-+0-9]*[ \t]*)?(?:#.*)?$/;

export function guessSections(text: string, lines: Lines): PlacedSections | undefined {
  const rows = linesOf(text);
  const found: Partial<Record<Section, LocatedSection>> = {};
  const keys = rows.map((row) => KEY.exec(row.text));
  const isKey = (index: number): boolean => SECTIONS.some((name) => name === keys[index]?.[3]);
  rows.forEach((row, index) => {
    const key = keys[index] ?? null;
    const section = SECTIONS.find((name) => name === key?.[3]);
    if (key === null || section === undefined) return;
    const [, indent = '', quote = ''] = key;
    const next = rows.findIndex((_, at) => at > index && isKey(at));
    const body = bodyOf(rows.slice(index + 1, next < 0 ? undefined : next), indent.length);
    if (body.length === 0) return;
    const from = row.at + indent.length;
    found[section] = located(section, text, body, lines, [from, from + section.length + 2 * quote.length]);
  });
  if (Object.keys(found).length === 0) return undefined;
  return { mapRoles: found.mapRoles, mapUsers: found.mapUsers, mapAccounts: found.mapAccounts };
}

/** Up to the first line that is not indented more than the key above it, dashes in the key's column excepted. */
function bodyOf(rows: readonly TextLine[], keyIndent: number): readonly TextLine[] {
  const end = rows.findIndex(({ text }) => {
    if (!/\S/.test(text)) return false;
    const indent = shownIndentOf(text);
    return indent < keyIndent || (indent === keyIndent && !/^\s*-(?:\s|$)/.test(text));
  });
  const body = end < 0 ? rows : rows.slice(0, end);
  return body.slice(0, body.findLastIndex(({ text }) => /\S/.test(text)) + 1);
}

/** As editors show it: a tab goes on to the next multiple of eight. */
function shownIndentOf(line: string): number {
  let column = 0;
  for (const character of line.slice(0, line.search(/[^ \t]|$/)))
    column = character === '\t' ? (Math.floor(column / 8) + 1) * 8 : column + 1;
  return column;
}

function located(
  section: Section,
  text: string,
  body: readonly TextLine[],
  lines: Lines,
  [from, to]: readonly [number, number],
): LocatedSection {
  const indent =
    body.map((row) => /^ *(?=[^ \t])/.exec(row.text)?.[0].length).find((found) => found !== undefined) ?? 0;
  const pieces = new Pieces(0, from);
  let own = '';
  for (const row of body) {
    const skipped = Math.min(indent, indentOf(row.text));
    pieces.addExact(row.at + skipped, row.next);
    own += text.slice(row.at + skipped, row.next);
  }
  return new LocatedSection(section, own, pieces, lines, lines.span(from, to));
}

function linesOf(text: string): readonly TextLine[] {
  const found: TextLine[] = [];
  for (const { 0: all, index: at } of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g))
    if (all !== '' || at < text.length)
      found.push({ at, text: all.replace(/[\r\n]+$/, ''), next: at + all.length });
  return found;
}
