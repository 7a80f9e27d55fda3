/** Block scalars that say something else: the lines that stay keep their bytes. */
import { type BlockHeader, addBlock, blockHeaderAt } from './block-pieces';
import { breakAt, lineBreakOf } from './line-breaks';
import { type Holder } from './located-section';
import { Pieces } from './pieces';
import { type Splice } from './splice';
import { indentOf } from '../lines';
import { lineEnd } from '../../go-yaml/read';

/** The lines of a text and how many line breaks end it. */
interface Body {
  /** Without the line breaks that end it. */
  readonly text: string;
  readonly lines: readonly string[];
  readonly breaks: number;
}

function bodyOf(text: string): Body {
  const body = text.replace(/\n+$/, '');
  return { text: body, lines: body === '' ? [] : body.split('\n'), breaks: text.length - body.length };
}

/** A line of the block with the break that ends it. */
interface Row {
  readonly content: string;
  readonly written: string;
  readonly lineBreak: string;
}

export function* blockInPlace({ node, part, parentIndent = -1 }: Holder, newText: string): Generator<Splice> {
  const { text, base } = part;
  const header = blockHeaderAt(text, node.content);
  const indent = addBlock(new Pieces(0, 0), text, node.content, parentIndent);
  const rows = rowsOf(text, header.body, node.end, indent);
  const filled = rows.findLastIndex(({ content }) => content !== '') + 1;
  const body = bodyOf(newText);
  if (filled === 0 || body.lines.length === 0) return;
  const old = rows.slice(0, filled);
  const ending = lineBreakOf(text);
  const written = merged(old, body.lines, indent, ending);
  const isSameEnd = body.breaks === bodyOf(node.value).breaks;
  const oldTail = rows
    .slice(filled - 1)
    .map((row, index) => (index === 0 ? '' : row.written) + row.lineBreak)
    .join('');
  const tail = isSameEnd ? oldTail : tailOf(body.breaks, oldTail, ending);
  const head = text.slice(header.end, header.body);
  yield {
    from: base + node.content,
    to: base + node.end,
    text: headerOf(header, body, isSameEnd, indent - Math.max(parentIndent, 0)) + head + written + tail,
  };
}

const PLAIN_HEADER: BlockHeader = {
  written: '|',
  isLiteral: true,
  chomping: '',
  increment: 0,
  end: 0,
  body: 0,
};

/** A literal block in place of whatever holds the section. */
export function* blockAnew({ node, part, parentIndent = -1 }: Holder, newText: string): Generator<Splice> {
  const { text, base } = part;
  const body = bodyOf(newText);
  if (body.lines.length === 0) return;
  const ending = lineBreakOf(text);
  const start = Math.max(parentIndent, 0);
  const header = headerOf(PLAIN_HEADER, body, false, 2);
  const lines = body.lines.map((line) => indented(line, start + 2)).join(ending);
  const written = (node.content === node.end ? ' ' : '') + header + ending + lines;
  const endsLine = node.style === 'block' || node.end === text.length;
  const tail = ending.repeat(Math.max(body.breaks, 1) - (endsLine ? 0 : 1));
  yield { from: base + node.content, to: base + node.end, text: written + tail };
}

function rowsOf(text: string, from: number, end: number, indent: number): readonly Row[] {
  const rows: Row[] = [];
  for (let at = from; at < end;) {
    const stop = Math.min(lineEnd(text, at), end);
    const next = stop < end ? breakAt(text, stop).to : stop;
    const written = text.slice(at, stop);
    rows.push({
      content: written.slice(Math.min(indent, indentOf(written))),
      written,
      lineBreak: text.slice(stop, next),
    });
    at = next;
  }
  return rows;
}

/** The new lines, as the old ones are written where they are the same at the beginning or the end; no break after the last. */
function merged(old: readonly Row[], lines: readonly string[], indent: number, ending: string): string {
  const shortest = Math.min(old.length, lines.length);
  let same = 0;
  while (same < shortest && old[same]?.content === lines[same]) same += 1;
  let sameEnd = 0;
  while (sameEnd < shortest - same && old.at(-1 - sameEnd)?.content === lines.at(-1 - sameEnd)) sameEnd += 1;
  const kept = old.length - lines.length;
  return lines
    .map((line, index) => {
      const isKept = index < same || index >= lines.length - sameEnd;
      const row = isKept ? old[index < same ? index : index + kept] : undefined;
      const lineBreak = index === lines.length - 1 ? '' : row?.lineBreak || ending;
      return (row?.written ?? indented(line, indent)) + lineBreak;
    })
    .join('');
}

function indented(line: string, indent: number): string {
  return line === '' ? '' : ' '.repeat(indent) + line;
}

/** What follows the last line, so that it ends in so many breaks. */
function tailOf(breaks: number, old: string, ending: string): string {
  if (breaks > 1) return ending.repeat(breaks);
  return breaks === 1 && old === '' ? ending : old;
}

function headerOf(header: BlockHeader, body: Body, isSameEnd: boolean, increment: number): string {
  const chomping = isSameEnd ? header.chomping : body.breaks === 0 ? '-' : body.breaks === 1 ? '' : '+';
  // A first line that begins with white space does not show where the lines begin.
  const isHidden = header.increment === 0 && /^\n*[ \t]/.test(body.text);
  const digit = isHidden ? increment : header.increment;
  if (chomping === header.chomping && digit === header.increment) return header.written;
  return `${header.isLiteral ? '|' : '>'}${digit === 0 ? '' : digit}${chomping}`;
}
