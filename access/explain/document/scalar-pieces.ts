/**
 * Where the characters of a scalar's value are written. The value itself is the reader's (access/go-yaml); that both
 * agree character by character is a law (test/pure/access/explain/document).
 */
import { isBlank, isBreak } from '../../go-yaml/read';
import { type ScalarNode } from '../../go-yaml/node';
import { addGap } from './line-breaks';
import { addBlock } from './block-pieces';
import { Pieces } from './pieces';

/** `text` is what the node was read from; `parentIndent` the column of the map that it is a value in. */
export function piecesOf(text: string, base: number, node: ScalarNode, parentIndent: number): Pieces {
  const { content, end, style } = node;
  const isQuoted = style === 'double' || style === 'single';
  const pieces = new Pieces(base, isQuoted ? content + 1 : style === 'block' ? end : content);
  if (style === 'block') addBlock(pieces, text, content, parentIndent);
  else if (style === 'plain') addPlain(pieces, text, content, end);
  else addQuoted(pieces, text, content + 1, style);
  return pieces;
}

function addPlain(pieces: Pieces, text: string, from: number, end: number): void {
  let at = from;
  while (at < end) {
    const word = at;
    while (at < end && !isWhite(text, at)) at += 1;
    pieces.addExact(word, at);
    if (at < end) at = addGap(pieces, text, at);
  }
}

function addQuoted(pieces: Pieces, text: string, from: number, style: 'double' | 'single'): void {
  const quote = style === 'double' ? '"' : "'";
  let at = from;
  let isJoined = false;
  while (at < text.length) {
    const character = text.charAt(at);
    if (isJoined || isWhite(text, at)) {
      at = addGap(pieces, text, at, isJoined);
      isJoined = false;
    } else if (character === quote && (style === 'double' || text.charAt(at + 1) !== quote)) {
      return;
    } else if (character === quote) {
      pieces.addWhole(at, at + 2, 1);
      at += 2;
    } else if (character === '\\' && style === 'double') {
      isJoined = isBreak(text.charCodeAt(at + 1));
      at = isJoined ? afterBreak(text, at + 1) : addEscape(pieces, text, at);
    } else {
      pieces.addExact(at, at + 1);
      at += 1;
    }
  }
}

const WRITTEN_LENGTH: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };

function addEscape(pieces: Pieces, text: string, at: number): number {
  const name = text.charAt(at + 1);
  const to = at + (WRITTEN_LENGTH[name] ?? 2);
  const isAstral = name === 'U' && Number.parseInt(text.slice(at + 2, to), 16) > 0xffff;
  pieces.addWhole(at, to, isAstral ? 2 : 1);
  return to;
}

function afterBreak(text: string, at: number): number {
  return text.startsWith('\r\n', at) ? at + 2 : at + 1;
}

function isWhite(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return isBlank(code) || isBreak(code);
}
