/** Lines and columns of a text, asked for thousands of times: `positionOf` (access/aws-auth/reading) with an index. */
import { type Position } from '../../aws-auth/reading/position';
import { type Span } from './document';

export class Lines {
  /** Where each line begins; the first after a byte order mark. */
  private readonly starts: readonly number[];
  /** Where the second half is of each character that takes two units. */
  private readonly halves: readonly number[];

  constructor(readonly text: string) {
    const starts = [text.startsWith('\ufeff') ? 1 : 0];
    for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) starts.push(lineBreak.index + lineBreak[0].length);
    this.starts = starts;
    this.halves = Array.from(text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g), ({ index }) => index + 1);
  }

  positionAt(offset: number): Position {
    const line = Math.max(1, countBelow(this.starts, offset + 1));
    const start = this.starts[line - 1] ?? 0;
    const halves = countBelow(this.halves, offset) - countBelow(this.halves, start);
    return { line, column: Math.max(0, offset - start) - Math.max(0, halves) + 1 };
  }

  span(start: number, end: number): Span {
    return { start, end, from: this.positionAt(start), to: this.positionAt(end) };
  }
}

/** How many of the ascending numbers are below the limit. */
function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
