/** A section of the pasted text with what is needed to find its characters there, and to write it back. */
import { type PlacedSection, type Span } from './document';
import { type Lines } from './lines';
import { type Part } from './parts';
import { type Pieces } from './pieces';
import { type Position } from '../../aws-auth/reading/position';
import { type ScalarNode } from '../../go-yaml/node';
import { type Section } from '../../aws-auth/identity-mapping';

/** The scalar that holds a section. */
export interface Holder {
  readonly part: Part;
  readonly node: ScalarNode;
  /** Column of the block map that it is a value in; undefined inside braces. */
  readonly parentIndent: number | undefined;
}

export class LocatedSection implements PlacedSection {
  constructor(
    readonly section: Section,
    readonly text: string,
    readonly pieces: Pieces,
    private readonly lines: Lines,
    readonly key?: Span,
    /** Undefined where the section is lines of the pasted text as they are. */
    readonly holder?: Holder,
  ) {}

  placeOf(offset: number): Position {
    return this.lines.positionAt(this.pieces.startOf(offset));
  }

  spanOf(start: number, end: number): Span {
    const from = this.pieces.startOf(start);
    return this.lines.span(from, Math.max(from, end > start ? this.pieces.endOf(end) : from));
  }
}
