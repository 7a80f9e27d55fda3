/** Ways to take one entry out, the one that takes least first. */
import { entryAt, type Editor } from './edit';
import {
  type Layout,
  type Splice,
  afterBlankLines,
  afterBreak,
  afterOwnComments,
  beforeBreak,
  contentEnd,
  dashAt,
  dashColumnOf,
  lineStart,
  splice,
} from './layout';
import { isBlank, isBreak, lineEnd } from '../../go-yaml/read';
import { type SequenceNode, type YamlNode } from '../../go-yaml/node';

/** Takes out entry `index`. Comments on lines of their own stay unless they are inside the entry. */
export function removal(index: number): Editor {
  return (layout) => {
    const candidates = function* (): Generator<string> {
      for (const stretch of waysToRemove(layout, index)) yield splice(layout.text, stretch);
    };
    const { item } = entryAt(layout, index);
    return { expected: [{ edit: 'remove', index }], candidates: candidates(), offset: item.start };
  };
}

/** What goes with entry `index` in most texts. Throws DocumentError when there is no such entry. */
export function likeliestRemoval(layout: Layout, index: number): Splice {
  const [first] = waysToRemove(layout, index);
  if (first === undefined) throw new TypeError(`there is no way to remove entry ${index}`);
  return first;
}

function waysToRemove(layout: Layout, index: number): Iterable<Splice> {
  const { list, item } = entryAt(layout, index);
  return list.isFlow
    ? fromFlowList(layout.text, list, index, item)
    : fromBlockList(layout, list, index, item);
}

function* fromBlockList(
  { text, end: limit }: Layout,
  list: SequenceNode,
  index: number,
  item: YamlNode,
): Generator<Splice> {
  const dash = dashAt(list, index);
  const start = lineStart(text, dash);
  const end = lineEnd(text, contentEnd(text, item));
  const next = afterBreak(text, end);
  const after = start === 0 && list.items.length > 1 ? afterBlankLines(text, next) : next;
  // The last line of a text without a final line break takes the break before it along, unless that says something
  // to a block scalar above.
  if (after === end) yield { start: beforeBreak(text, start), end, text: '' };
  const comments = afterOwnComments(text, after, dashColumnOf(text, list), limit);
  // Comments indented under the entry would become part of a block scalar above it, which ends after its line break,
  // even where the authenticator reads nothing of that; of other values they could.
  const above = list.items.at(index - 1);
  const isBelowBlockScalar = index > 0 && above !== undefined && isBreak(text.charCodeAt(above.end - 1));
  const ends = isBelowBlockScalar ? [comments, after] : [after, comments];
  for (const to of ends) yield { start, end: to, text: '' };
  if (list.items.length === 1) yield { start: dash, end, text: '[]' };
}

function* fromFlowList(text: string, list: SequenceNode, index: number, item: YamlNode): Generator<Splice> {
  const before = (list.marks[index - 1] ?? list.content) + 1;
  const comma = list.marks[index];
  const isSole = list.items.length === 1;
  const isClear = /^\s*$/.test(text.slice(before, item.start));
  // White space before a sole entry goes along: of an entry of JSON it would leave a line with its indentation.
  if (isSole)
    yield { start: isClear ? before : item.start, end: comma === undefined ? item.end : comma + 1, text: '' };
  else if (comma === undefined) {
    // The last of the list: the comma before it goes too, unless a comment is between them; and the space that an
    // insertion put before the comma.
    const space = text.startsWith(' ,', before - 2) ? 1 : 0;
    if (isClear) yield { start: before - 1 - space, end: item.end, text: '' };
    yield { start: isClear ? before - 1 : item.start, end: item.end, text: '' };
  } else if (isClear) yield { start: before, end: comma + 1, text: '' };
  else {
    let end = comma + 1;
    while (isBlank(text.charCodeAt(end)) || isBreak(text.charCodeAt(end))) end += 1;
    yield { start: item.start, end, text: '' };
  }
}
