/** Quoted scalars as go-yaml v2 folds and unescapes them. */
import { type ScalarText, fold } from './scan-plain';
import { type Source, YamlError, isBlank, isBlankOrEnd, isBreak } from './source';

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
const hexLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

export function scanQuoted(source: Source): ScalarText {
  const { text } = source;
  const start = source.pos;
  const quote = source.at();
  const isDouble = quote === 0x22;
  let value = '';
  source.pos += 1;
  for (;;) {
    if (source.atDocumentIndicator()) {
      throw new YamlError('a document marker is inside a quoted string', source.pos);
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

/** The source is after the backslash. */
function unescape(source: Source): string {
  const name = source.text.charAt(source.pos);
  const plain = Object.hasOwn(escapes, name) ? escapes[name] : undefined;
  source.pos += 1;
  if (plain !== undefined) return plain;
  const length = hexLengths.get(name);
  if (length === undefined) {
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
