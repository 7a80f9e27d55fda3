/** Lines and columns of a text, asked for thousands of times: `positionOf` (access/aws-auth/reading) with an index. */
import { type Position } from '../../aws-auth/reading/position';
import { type Span } from './document';

export class Lines {
  /** Where each line begins; the first after a byte order mark. */
  private readonly starts: readonly number[];

  constructor(readonly text: string) {
    const starts = [text.startsWith('\ufeff') ? 1 : 0];
    for (const lineBreak of text.matchAll(/\r\n|\n|\r/g)) starts.push(lineBreak.index + lineBreak[0].length);
    this.starts = starts;
  }

  positionAt(offset: number): Position {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: [...this.text.slice(this.starts[low], offset)].length + 1 };
  }

  span(start: number, end: number): Span {
    return { start, end, from: this.positionAt(start), to: this.positionAt(end) };
  }
}
