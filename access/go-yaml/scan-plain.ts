/** Plain scalars as go-yaml v2 reads them, and the folding of lines that quoted scalars share with them. */
import { type Source, SPACE, TAB, YamlError, isBlank, isBlankOrEnd, isBreak } from './source';

export interface ScalarText {
  readonly value: string;
  /** After its last character; the source may be further on. */
  readonly end: number;
}

/** One line break folds to a space, more of them to one break fewer; LS and PS are kept (YAML 1.1). */
export function fold(first: string, rest: string): string {
  if (first !== '\n') return first + rest;
  return rest === '' ? ' ' : rest;
}

/** `indent` is that of the block around it, -1 at the top. `crossedLine`: the source is now on a later line. */
export function scanPlain(
  source: Source,
  indent: number,
  inFlow: boolean,
): ScalarText & { crossedLine: boolean } {
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
