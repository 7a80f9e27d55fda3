/** Offsets and lines of a section's text. Pure. */
import { lineStart } from '../aws-auth/editing/layout';
import { type Position } from '../aws-auth/reading/position';
import { codePointAt } from '../code-point';
import { lineEnd } from '../go-yaml/read';

/** One line: offsets of its first character and of its line break, and what is between. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Back from a position that `positionOf` gave. */
export function offsetOf(text: string, { line, column }: Position): number {
  const breaks = /\r\n|\n|\r/g;
  let start = 0;
  for (let left = line - 1; left > 0 && breaks.exec(text) !== null; left -= 1) start = breaks.lastIndex;
  if (text.charCodeAt(start) === 0xfeff) start += 1;
  for (let left = column - 1; left > 0 && start < text.length; left -= 1)
    start += codePointAt(text, start) > 0xffff ? 2 : 1;
  return start;
}

export function lineAt(text: string, offset: number): Line {
  const start = lineStart(text, offset);
  const end = lineEnd(text, offset);
  return { start, end, text: text.slice(start, end) };
}

/** How many spaces the line begins with. */
export function indentOf(line: string): number {
  return line.search(/[^ ]|$/);
}

/** The nearest line above that is neither blank nor a comment; undefined where there is none. */
export function lineAbove(text: string, line: Line): Line | undefined {
  for (let at = line.start - 1; at >= 0;) {
    const above = lineAt(text, at);
    if (!/^[ \t]*(?:#.*)?$/.test(above.text)) return above;
    at = above.start - 1;
  }
  return undefined;
}
