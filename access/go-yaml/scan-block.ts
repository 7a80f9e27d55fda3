/** Block scalars (`|` and `>`) as go-yaml v2 indents, folds and chomps them. */
import { type ScalarText } from './scan-plain';
import { type Source, SPACE, TAB, YamlError, isBlank, isBreak, isDigit, lineEnd } from './source';

/** `|` or `>`; `parentIndent` is -1 at the top. The end is after the last line break that belongs to it. */
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
    source.pos = lineEnd(source.text, from);
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
