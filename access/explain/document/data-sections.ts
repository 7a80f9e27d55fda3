/** The sections in the data of an object, and the keys there that nothing reads (GT-1). */
import { type DocumentNote, type PlacedSections } from './document';
import { type Field, fieldsOf, followed, isNothing, textOf } from './nodes';
import { type NoteDetails, noteOf, quoted } from './notes';
import { type Section, SECTIONS } from '../../aws-auth/identity-mapping';
import { isSection } from './objects';
import { type Lines } from './lines';
import { LocatedSection } from './located-section';
import { type Part } from './parts';
import { Pieces } from './pieces';
import { type YamlNode } from '../../go-yaml/node';
import { closest } from '../../closest';
import { columnOf } from './columns';
import { fixForMissingBar } from './missing-bar';
import { piecesOf } from './scalar-pieces';

export interface DataReading {
  readonly sections: PlacedSections;
  readonly data: Readonly<Record<string, string>>;
  readonly notes: readonly DocumentNote[];
}

export function readData(part: Part, lines: Lines, map: YamlNode | undefined): DataReading {
  const sections: Record<Section, LocatedSection | undefined> = {
    mapRoles: undefined,
    mapUsers: undefined,
    mapAccounts: undefined,
  };
  const data: [string, string][] = [];
  const notes: DocumentNote[] = [];
  const fields = fieldsOf(map);
  const last = new Map(fields.map((field) => [field.name, field]));
  for (const field of fields) {
    const { name, value } = field;
    const winner = last.get(name);
    if (winner !== undefined && winner !== field) {
      notes.push(twiceNote(field, winner, part, lines));
      continue;
    }
    const text = isNothing(value) ? '' : textOf(value);
    if (text !== undefined) data.push([name, text]);
    if (!isSection(name)) notes.push(unreadNote(field, [...last.keys()], part, lines));
    else if (text === undefined) notes.push(notTextNote(field, part, lines));
    else sections[name] = locate(name, text, field, part, lines);
  }
  return { sections, data: Object.fromEntries(data), notes };
}

function locate(section: Section, text: string, field: Field, part: Part, lines: Lines): LocatedSection {
  const node = followed(field.value);
  if (node.kind !== 'scalar') throw new Error('a list or map is no text');
  const { base } = part;
  const parentIndent = field.map.isFlow ? undefined : columnOf(part.text, field.map.content);
  let pieces = piecesOf(part.text, base, node, parentIndent ?? -1);
  // In base64, or in a block whose indentation counts from where another key has an alias for it.
  if (node.value !== text || pieces.length !== text.length) {
    pieces = new Pieces(base, node.content);
    if (text !== '') pieces.addWhole(node.content, node.end, text.length);
  }
  const key = lines.span(field.key.content + base, field.key.end + base);
  return new LocatedSection(section, text, pieces, lines, key, { part, node, parentIndent });
}

function twiceNote({ key, name }: Field, winner: Field, { base }: Part, lines: Lines): DocumentNote {
  const span = lines.span(key.content + base, key.end + base);
  const { line } = lines.positionAt(winner.key.content + base);
  const sentence = `${quoted(name)} is written twice: only the one in line ${line} counts. Put the entries of both under one key.`;
  return noteOf('section-key-twice', 'error', sentence, { span });
}

function unreadNote(
  { key, name }: Field,
  names: readonly string[],
  { base, text }: Part,
  lines: Lines,
): DocumentNote {
  const span = lines.span(key.content + base, key.end + base);
  const meant = closest(name, SECTIONS);
  if (meant === undefined) {
    const sentence = `The authenticator does not read ${quoted(name)}: it reads mapRoles, mapUsers and mapAccounts.`;
    return noteOf('key-not-read', 'info', sentence, { span });
  }
  const written = text.slice(key.content, key.end);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  const details: NoteDetails = { span, fix: names.includes(meant) ? undefined : `${quote}${meant}${quote}` };
  const sentence = `Nothing under ${quoted(name)} counts: the authenticator reads ${meant}, in exactly that spelling. Write ${meant}.`;
  return noteOf('section-key-spelling', 'error', sentence, details);
}

function notTextNote(field: Field, part: Part, lines: Lines): DocumentNote {
  const { key, name, value } = field;
  const found = followed(value);
  const what = found.kind === 'sequence' ? 'a list' : found.kind === 'mapping' ? 'a map' : 'not a string';
  const write = found.kind === 'scalar' ? 'put the value in quotes' : `write "${name}: |"`;
  const sentence = `The API server refuses ${name}: it is ${what}, and text is wanted; ${write}.`;
  const fix = fixForMissingBar(field, part);
  if (fix !== undefined) {
    const span = lines.span(fix.at + part.base, fix.at + part.base);
    return noteOf('section-not-text', 'error', sentence, { span, fix: fix.text });
  }
  return noteOf('section-not-text', 'error', sentence, {
    span: lines.span(key.content + part.base, key.end + part.base),
  });
}
