/**
 * What a scalar says: plain, quoted and block scalars as go-yaml v2 folds and unescapes them.
 * Each function starts with the source at the scalar's first character and leaves it behind the scalar.
 */
import {

  type Source,
  SPACE,
  TAB,
  YamlError,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isDigit,
} from './yaml-source';

export interface ScalarText {
  readonly value: string;
  readonly end: number;
}

/** One line break folds to a space, more of them to one break fewer; LS and PS are kept (YAML 1.1). */
function fold(first: string, rest: string): string {
  if (first !== '\n') return first + rest;
  return rest === '' ? ' ' : rest;
}

/** `indent` is that of the block around it, -1 at the top. `crossedLine`: the source now stands on a later line. */
export function scanPlain(source: Source, indent: number, inFlow: boolean): ScalarText & { crossedLine: boolean } {
  const { text } = source;
  const start = source.pos;
  let value = '';
  let end = start;
  let gap = '';
  let crossedLine = false;
  for (;;) {
    if (source.atDocumentIndicator() || source.at() === 0x23 /* # */) break;
    const from = source.pos;
    skipPlainText(source, inFlow);
    if (source.pos > from) {
      value += gap + text.slice(from, source.pos);
      end = source.pos;
      gap = '';
      crossedLine = false;
    }
    if (!isBlank(source.at()) && !isBreak(source.at())) break;
    const whiteFrom = source.pos;
    let first = '';
    let rest = '';
    for (let code = source.at(); isBlank(code) || isBreak(code); code = source.at()) {
      if (!isBlank(code)) {
        const lineBreak = source.takeBreak();
        if (crossedLine) rest += lineBreak;
        else first = lineBreak;
        crossedLine = true;
      } else {
        if (crossedLine && code === TAB && source.column() <= indent) {
          throw new YamlError('a tab is used where spaces have to indent', source.pos);
        }
        source.pos += 1;
      }
    }
    gap = crossedLine ? fold(first, rest) : text.slice(whiteFrom, source.pos);
    if (!inFlow && source.column() <= indent) break;
  }
  return { value, end, crossedLine };
}

/** By code below 128: 1 where a plain scalar may pause or end anywhere, 2 where only in a flow collection. */
const PAUSES = new Uint8Array(128);
for (const code of [0, TAB, 0x0a, 0x0d, SPACE, 0x3a /* : */]) PAUSES[code] = 1;
for (const character of ',?[]{}') PAUSES[character.charCodeAt(0)] = 2;

function skipPlainText(source: Source, inFlow: boolean): void {
  const { text } = source;
  let { pos } = source;
  for (; pos < text.length; pos += 1) {
    const code = text.charCodeAt(pos);
    if (code < 128) {
      const pause = PAUSES[code];
      if (pause === 0 || (pause === 2 && !inFlow)) continue;
      if (code === 0x3a && !isBlankOrEnd(text.charCodeAt(pos + 1) | 0)) continue;
      break;
    } else if (isBreak(code)) break;
  }
  source.pos = pos;
}

/** Escapes of a double-quoted scalar. JSON's `\/` is not among them, it came with YAML 1.2 (GT-16). */
const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

export function scanQuoted(source: Source): ScalarText {
  const { text } = source;
  const start = source.pos;
  const quote = source.at();
  const isDouble = quote === 0x22;
  let value = '';
  source.pos += 1;
  for (;;) {
    if (source.atDocumentIndicator()) {
      throw new YamlError('a document marker stands inside a quoted string', source.pos);
    }
    if (source.atEnd()) throw new YamlError('a quoted string is not closed', start);
    let joined = false; // an escaped line break joins its lines
    let from = source.pos;
    for (let code = source.at(); !isBlankOrEnd(code); code = source.at()) {
      if (code === quote) {
        if (isDouble || source.at(1) !== quote) break;
        value += text.slice(from, source.pos + 1);
        source.pos += 2;
        from = source.pos;
      } else if (isDouble && code === 0x5c /* \ */) {
        value += text.slice(from, source.pos);
        source.pos += 1;
        if (isBreak(source.at())) {
          source.takeBreak();
          joined = true;
          from = source.pos;
          break;
        }
        value += unescape(source);
        from = source.pos;
      } else {
        source.pos += 1;
      }
    }
    value += text.slice(from, source.pos);
    if (source.at() === quote) {
      source.pos += 1;
      return { value, end: source.pos };
    }
    value += foldQuoted(source, joined);
  }
}

function foldQuoted(source: Source, joined: boolean): string {
  const from = source.pos;
  let crossedLine = joined;
  let first = '';
  let rest = '';
  for (let code = source.at(); isBlank(code) || isBreak(code); code = source.at()) {
    if (isBlank(code)) {
      source.pos += 1;
      continue;
    }
    const lineBreak = source.takeBreak();
    if (crossedLine) rest += lineBreak;
    else first = lineBreak;
    crossedLine = true;
  }
  return crossedLine ? fold(first, rest) : source.text.slice(from, source.pos);
}

/** The source stands behind the backslash. */
function unescape(source: Source): string {
  const name = source.text.charAt(source.pos);
  const plain = Object.hasOwn(escapes, name) ? escapes[name] : undefined;
  source.pos += 1;
  if (plain !== undefined) return plain;
  const length = Object.hasOwn(hexLengths, name) ? (hexLengths[name] ?? 0) : 0;
  if (length === 0) {
    throw new YamlError(`the escape \\${name} is not one that YAML 1.1 knows`, source.pos - 2);
  }
  const digits = source.text.slice(source.pos, source.pos + length);
  const code = Number.parseInt(digits, 16);
  if (digits.length < length || !/^[0-9a-fA-F]+$/.test(digits)) {
    throw new YamlError(`the escape \\${name} needs ${length} hexadecimal digits`, source.pos - 2);
  }
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw new YamlError(`the escape \\${name}${digits} is not a Unicode character`, source.pos - 2);
  }
  source.pos += length;
  return String.fromCodePoint(code);
}

/** `|` or `>`; `parentIndent` is -1 at the top. The end is behind the last line break that belongs to it. */
export function scanBlock(source: Source, parentIndent: number): ScalarText {
  const isLiteral = source.at() === 0x7c;
  const { chomping, increment } = scanBlockHeader(source);
  let end = source.pos;
  let indent = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  let value = '';
  let lineBreak = '';
  let emptyLines = '';

  const skipEmptyLines = (): void => {
    end = source.pos;
    let widest = 0;
    for (;;) {
      let column = source.column();
      while ((indent === 0 || column < indent) && source.at() === SPACE) {
        source.pos += 1;
        column += 1;
      }
      widest = Math.max(widest, column);
      if ((indent === 0 || column < indent) && source.at() === TAB) {
        throw new YamlError('a tab is used where spaces have to indent', source.pos);
      }
      if (!isBreak(source.at())) break;
      emptyLines += source.takeBreak();
      end = source.pos;
    }
    if (indent === 0) indent = Math.max(widest, parentIndent + 1, 1);
  };

  skipEmptyLines();
  let wasBlank = false;
  while (source.column() === indent && !source.atEnd()) {
    const blank = isBlank(source.at());
    if (!isLiteral && lineBreak === '\n' && !wasBlank && !blank) value += emptyLines === '' ? ' ' : '';
    else value += lineBreak;
    value += emptyLines;
    emptyLines = '';
    wasBlank = blank;
    const from = source.pos;
    while (!source.atEnd() && !isBreak(source.at())) source.pos += 1;
    value += source.text.slice(from, source.pos);
    lineBreak = source.atEnd() ? '' : source.takeBreak();
    skipEmptyLines();
  }
  if (chomping !== '-') value += lineBreak;
  if (chomping === '+') value += emptyLines;
  return { value, end };
}

function scanBlockHeader(source: Source): { chomping: string; increment: number } {
  let chomping = '';
  let increment = 0;
  source.pos += 1;
  // Either order, each at most once.
  for (let part = 0; part < 2; part += 1) {
    const code = source.at();
    if (chomping === '' && (code === 0x2b || code === 0x2d)) {
      chomping = String.fromCharCode(code);
      source.pos += 1;
    } else if (increment === 0 && isDigit(code)) {
      increment = code - 0x30;
      if (increment === 0) throw new YamlError('the indentation of a block scalar cannot be 0', source.pos);
      source.pos += 1;
    }
  }
  source.skipBlanks();
  source.skipComment();
  if (!source.atEnd()) {
    if (!isBreak(source.at())) throw new YamlError('text follows the header of a block scalar', source.pos);
    source.takeBreak();
  }
  return { chomping, increment };
}

