/** Where each character of a decoded text is written: stretches in the order of the decoded text. */

/** `isExact`: character for character. Otherwise all of it is written by the whole stretch: an escape, a folded line break. */
export interface Piece {
  readonly at: number;
  readonly length: number;
  readonly from: number;
  readonly to: number;
  readonly isExact: boolean;
}

export class Pieces {
  private readonly pieces: Piece[] = [];
  /** Of the decoded text so far. */
  length = 0;

  /** `base` is added to every offset; `first` is where a character of an empty text could be added. */
  constructor(
    private readonly base: number,
    private first: number,
  ) {
    this.first += base;
  }

  get all(): readonly Piece[] {
    return this.pieces;
  }

  addExact(from: number, to: number): void {
    if (to <= from) return;
    const last = this.pieces.at(-1);
    if (last?.isExact === true && last.to === from + this.base) {
      this.pieces.pop();
      this.push(last.from - this.base, to, last.length + to - from, true, last.at);
    } else {
      this.push(from, to, to - from, true, this.length);
    }
    this.length += to - from;
  }

  addWhole(from: number, to: number, length: number): void {
    this.push(from, to, length, false, this.length);
    this.length += length;
  }

  private push(from: number, to: number, length: number, isExact: boolean, at: number): void {
    this.pieces.push({ at, length, from: from + this.base, to: to + this.base, isExact });
  }

  /** Where the character at the offset begins; at the end of the text, where the last one ends. */
  startOf(offset: number): number {
    const piece = this.pieceAt(offset);
    if (piece === undefined) return this.pieces.at(-1)?.to ?? this.first;
    return piece.isExact ? piece.from + offset - piece.at : piece.from;
  }

  /** Where the character before the offset ends. */
  endOf(offset: number): number {
    const piece = this.pieceAt(offset - 1);
    if (piece === undefined) return this.startOf(offset);
    return piece.isExact ? piece.from + offset - piece.at : piece.to;
  }

  pieceAt(offset: number): Piece | undefined {
    let low = 0;
    let high = this.pieces.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (piece === undefined) return undefined;
      if (offset < piece.at) high = middle - 1;
      else if (offset >= piece.at + piece.length) low = middle + 1;
      else return piece;
    }
    return undefined;
  }
}
