/** What the two regular forms have in common: strings in one line, and what may follow them there. */
import { type ScalarNode } from '../node';

// Neither escapes nor quotes inside; a ":" or "#" inside a plain one only where it is a part of it wherever it is.
const PLAIN = String.raw`[A-Za-z0-9_/.+](?:(?: +(?!#))?(?:[!-9;-~]|:(?=[!-~])))*`;
const SINGLE = String.raw`'[ -&(-~]*'`;
export const DOUBLE = String.raw`"[ !#-\[\]-~]*"`;
export const SCALAR = `(${PLAIN}|${SINGLE}|${DOUBLE})`;
/** Longer keys are no keys, from 1,024 characters on. */
export const KEY = '[A-Za-z]{1,64}';
/** To the end of the line, a comment included. */
export const LINE_END = String.raw`(?: +#[ -~]*| *)(?:\n|$)`;

/** Lines that are blank or comments. */
export const GAP = / *(?:#[ -~]*)?(?:\n *(?:#[ -~]*)?)*(?:\n|$)|/y;
const LINE_END_HERE = new RegExp(LINE_END, 'y');

/** After the line; undefined when something else follows. */
export function takeLineEnd(text: string, at: number): number | undefined {
  LINE_END_HERE.lastIndex = at;
  return LINE_END_HERE.test(text) ? LINE_END_HERE.lastIndex : undefined;
}

/** Of what the sticky pattern matches at that place; 0 for nothing. */
export function takeLength(pattern: RegExp, text: string, at: number): number {
  return takeMatch(pattern, text, at)?.[0].length ?? 0;
}

export function takeMatch(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** `written`: with its quotes. */
export function scalarAt(start: number, written: string): ScalarNode {
  const quote = written[0];
  const style = quote === '"' ? 'double' : quote === "'" ? 'single' : 'plain';
  const implicit = style === 'plain';
  return {
    kind: 'scalar',
    start,
    end: start + written.length,
    content: start,
    anchor: undefined,
    value: implicit ? written : written.slice(1, -1),
    tag: '',
    implicit,
    style,
  };
}
