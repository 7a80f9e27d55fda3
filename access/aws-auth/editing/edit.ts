/**
 * Edits of one section's text: only the bytes of the one entry change, so comments, order, quoting, line endings and
 * everything foreign stay as they are (design, "aws-auth is edited as text"). Pure.
 */
import { type SequenceNode, type YamlNode } from '../../go-yaml/node';
import { positionOf } from '../reading/position';
import { DocumentError } from './document-error';
import { type Layout } from './layout';
import { type ExpectedEdit } from './proof';

/** An edit that is still to be proved. */
export interface Edit {
  /** What the edit may come to: one of them is enough. */
  readonly expected: readonly ExpectedEdit[];
  /** The whole text after the edit in one or several ways, the likeliest first; made when it is asked for. */
  readonly candidates: Iterable<string>;
  /** Where the entry is, for the message when no candidate can be proved. */
  readonly offset: number;
}

/** Throws DocumentError when there is no such entry. */
export type Editor = (layout: Layout) => Edit;

/** `index` as in LoadedMapping. Throws DocumentError when there is no such entry. */
export function entryAt(layout: Layout, index: number): { list: SequenceNode; item: YamlNode } {
  const { section, text, list } = layout;
  const item = index < 0 ? undefined : list?.items.at(index);
  if (list !== undefined && item !== undefined) return { list, item };
  throw new DocumentError(
    section,
    positionOf(text, 0),
    `there is no entry ${index}`,
    'read the section again',
  );
}
