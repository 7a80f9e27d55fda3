/** Where the characters of a block scalar are written: indentation, folding and chomping leave the others out. */
import { type LineBreak, addBreak, breakAt } from './line-breaks';
import { isBlank, isBreak, lineEnd } from '../../go-yaml/read';
import { type Pieces } from './pieces';

export interface BlockHeader {
  /** Its indicators. */
  readonly written: string;
  readonly isLiteral: boolean;
  readonly chomping: '' | '-' | '+';
  /** Of the indentation indicator; 0 without one. */
  readonly increment: number;
  /** After its indicators, before blanks and a comment. */
  readonly end: number;
  /** Where the first line of the scalar begins. */
  readonly body: number;
}

export function blockHeaderAt(text: string, at: number): BlockHeader {
  const end = at + text.slice(at, at + 3).search(/[^|>1-9+-]|$/);
  const written = text.slice(at, end);
  let body = lineEnd(text, end);
  if (body < text.length) body = breakAt(text, body).to;
  return {
    written,
    isLiteral: written.startsWith('|'),
    chomping: written.includes('-') ? '-' : written.includes('+') ? '+' : '',
    increment: Number(written.replace(/\D/g, '')),
    end,
    body,
  };
}

/** Gives the column in which its lines begin. */
export function addBlock(pieces: Pieces, text: string, content: number, parentIndent: number): number {
  const { isLiteral, chomping, increment, body } = blockHeaderAt(text, content);
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  let at = body;
  let column = 0;
  let ended: LineBreak | undefined;
  let empty: LineBreak[] = [];

  const skipEmptyLines = (): void => {
    let widest = 0;
    for (;;) {
      column = 0;
      for (; (indent === 0 || column < indent) && text.charCodeAt(at) === 0x20; column += 1) at += 1;
      widest = Math.max(widest, column);
      if (!isBreak(text.charCodeAt(at))) break;
      const lineBreak = breakAt(text, at);
      empty.push(lineBreak);
      at = lineBreak.to;
    }
    if (indent === 0) indent = Math.max(widest, parentIndent + 1, 1);
  };

  skipEmptyLines();
  let wasBlank = false;
  while (column === indent && at < text.length) {
    const isIndented = isBlank(text.charCodeAt(at));
    const isFolded = !isLiteral && ended?.folds === true && !wasBlank && !isIndented;
    if (ended !== undefined && !isFolded) addBreak(pieces, text, ended);
    else if (ended !== undefined && empty.length === 0) pieces.addWhole(ended.from, ended.to, 1);
    for (const lineBreak of empty) addBreak(pieces, text, lineBreak);
    empty = [];
    wasBlank = isIndented;
    const from = at;
    at = lineEnd(text, from);
    pieces.addExact(from, at);
    ended = at < text.length ? breakAt(text, at) : undefined;
    at = ended?.to ?? at;
    skipEmptyLines();
  }
  if (chomping !== '-' && ended !== undefined) addBreak(pieces, text, ended);
  if (chomping === '+') for (const lineBreak of empty) addBreak(pieces, text, lineBreak);
  return indent;
}
