/** Line breaks of YAML 1.1 and what folding leaves of them, as stretches of the text that writes them. */
import { isBlank, isBreak } from '../../go-yaml/read';
import { type Pieces } from './pieces';

export interface LineBreak {
  readonly from: number;
  readonly to: number;
  /** LS and PS stay what they are, the others become one LF: those fold (GT-16). */
  readonly folds: boolean;
}

export function breakAt(text: string, from: number): LineBreak {
  const code = text.charCodeAt(from);
  const to = code === 0x0d && text.charCodeAt(from + 1) === 0x0a ? from + 2 : from + 1;
  return { from, to, folds: code !== 0x2028 && code !== 0x2029 };
}

export function addBreak(pieces: Pieces, text: string, { from, to, folds }: LineBreak): void {
  if (!folds || text.charCodeAt(from) === 0x0a) pieces.addExact(from, to);
  else pieces.addWhole(from, to, 1);
}

/**
 * The white space at `from`, between two words of a plain or quoted scalar. `isJoined`: an escaped line break went
 * before, which leaves nothing of itself. Gives where the white space ends.
 */
export function addGap(pieces: Pieces, text: string, from: number, isJoined = false): number {
  const breaks: LineBreak[] = [];
  let at = from;
  for (let code = text.charCodeAt(at); isBlank(code) || isBreak(code); code = text.charCodeAt(at)) {
    const lineBreak = isBreak(code) ? breakAt(text, at) : undefined;
    if (lineBreak !== undefined) breaks.push(lineBreak);
    at = lineBreak?.to ?? at + 1;
  }
  const first = isJoined ? undefined : breaks.shift();
  if (first === undefined && !isJoined) {
    pieces.addExact(from, at);
    return at;
  }
  if (first?.folds === true && breaks.length === 0) pieces.addWhole(first.from, first.to, 1);
  if (first?.folds === false) addBreak(pieces, text, first);
  for (const lineBreak of breaks) addBreak(pieces, text, lineBreak);
  return at;
}

/** How the text ends its lines. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}
