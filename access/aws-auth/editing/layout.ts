/** Where the items of a section are in its text, line by line. Pure. */
import { type Section } from '../identity-mapping';
import { type ParsedSection } from '../reading/parse-section';
import { isBlank, isBreak, lineEnd } from '../../go-yaml/read';
import { type SequenceNode, type YamlDocument, type YamlNode } from '../../go-yaml/node';

export interface Layout {
  readonly section: Section;
  readonly text: string;
  /** False where the ConfigMap has no such key. */
  readonly isThere: boolean;
  /** The document's own line break. */
  readonly newline: string;
  /** Undefined for a text that the authenticator skips (GT-6). */
  readonly document: YamlDocument | undefined;
  /** After what is read: of the first document, if there are more. */
  readonly end: number;
  /** Undefined while there is no list: an empty text, comments only, `null`. */
  readonly list: SequenceNode | undefined;
}

/** Only for a section that can be read. */
export function layoutOf({ text: written, reading: { section }, document }: ParsedSection): Layout {
  const text = written ?? '';
  const root = document?.root;
  return {
    section,
    text,
    isThere: written !== undefined,
    // A lone carriage return would make one break of two where a line feed follows.
    newline: /\r\n|\n/.exec(text)?.[0] ?? (text.includes('\r') ? '\r' : '\n'),
    document,
    end: document?.end ?? text.length,
    list: root?.kind === 'sequence' ? root : undefined,
  };
}

/** One stretch of text replaced by another. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies splices that do not overlap. */
export function splice(text: string, ...splices: readonly Splice[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end, text: replacement } of [...splices].sort((a, b) => a.start - b.start)) {
    parts.push(text.slice(from, start), replacement);
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start -= 1;
  return start === 0 && text.charCodeAt(0) === 0xfeff ? 1 : start;
}

/** After the line break at `offset`. */
export function afterBreak(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  return offset + (text.startsWith('\r\n', offset) ? 2 : 1);
}

/** The blank lines that part a first entry from the next would be the first of the text. */
export function afterBlankLines(text: string, offset: number): number {
  return text.length - text.slice(offset).replace(/^(?: *\r?\n)*/, '').length;
}

/** Before the line break that ends at `offset`. */
export function beforeBreak(text: string, offset: number): number {
  if (offset <= 0 || !isBreak(text.charCodeAt(offset - 1))) return offset;
  return offset - (text.startsWith('\r\n', offset - 2) ? 2 : 1);
}

/** After the last visible character of a node; a block scalar ends on a later line otherwise. */
export function contentEnd(text: string, node: YamlNode): number {
  let { end } = node;
  while (isBreak(text.charCodeAt(end - 1)) || isBlank(text.charCodeAt(end - 1))) end -= 1;
  return end;
}

/**
 * From the end of an item's last line over the comments that are indented as parts of it; `offset` when there are
 * none. Blank lines before such a comment are stepped over with it.
 */
export function afterOwnComments(text: string, offset: number, dashColumn: number, limit: number): number {
  let after = offset;
  for (let at = offset; at < limit;) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    if (!/^[ \t]*(?:#|$)/.test(line)) break;
    at = afterBreak(text, end);
    if (line.indexOf('#') > dashColumn) after = at;
  }
  return after;
}

/** Of a block list: where the dash of the item is; -1 is the last one. */
export function dashAt({ marks, start }: SequenceNode, index: number): number {
  return marks.at(index) ?? start;
}

/** Of a block list: the columns of its dashes are equal. */
export function dashColumnOf(text: string, list: SequenceNode): number {
  return columnOf(text, list.content);
}

export function columnOf(text: string, offset: number): number {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return offset - lineStart - (lineStart === 0 && text.charCodeAt(0) === 0xfeff ? 1 : 0);
}
