/** Ways to write a new entry after the last one, the likeliest first. */
import { type Editor } from './edit';
import { renderEntry } from './render';
import { type EntryStyle, plainStyle, styleOf } from './style';
import { type IdentityMapping } from '../identity-mapping';
import {
  type Layout,
  afterBreak,
  afterOwnComments,
  columnOf,
  dashAt,
  dashColumnOf,
  lineStart,
  splice,
} from './layout';
import { isBlank, isBreak, lineEnd } from '../../go-yaml/read';
import { type SequenceNode } from '../../go-yaml/node';

/** Appends an entry in the style of its neighbours. */
export function insertion(mapping: IdentityMapping): Editor {
  return (layout) => {
    const index = layout.list?.items.length ?? 0;
    return {
      expected: [{ edit: 'insert', index, mapping }],
      candidates: insertions(layout, mapping),
      offset: layout.list?.items.at(index - 1)?.start ?? 0,
    };
  };
}

function* insertions(layout: Layout, mapping: IdentityMapping): Generator<string> {
  const { list } = layout;
  if (list === undefined) yield* firstEntries(layout, mapping);
  else if (list.isFlow) yield* intoFlowList(layout, list, mapping);
  else yield intoBlockList(layout, list, mapping);
}

function* firstEntries(
  { text, isThere, newline, document, end }: Layout,
  mapping: IdentityMapping,
): Generator<string> {
  const entry = `- ${renderEntry(mapping, plainStyle(newline, false, 0))}`;
  const flowList = `[${renderEntry(mapping, plainStyle(newline, true, 0))}]`;
  const root = document?.root;
  if (root !== undefined && root.end > root.start) {
    // `null`: in place, as a block where it is alone on its line.
    const stretch = { start: root.content, end: root.end };
    const isAlone =
      text.slice(lineStart(text, root.start), lineEnd(text, root.end)) === text.slice(root.content, root.end);
    if (isAlone) yield splice(text, { ...stretch, text: entry });
    yield splice(text, { ...stretch, text: flowList });
    return;
  }
  // Without a line break at its end: by that the removal of the last entry knows that the key was there before.
  if (isThere && text === '') yield entry;
  const isBlankText = document === undefined && text.trim() === '';
  if (document !== undefined || isBlankText) {
    yield end === lineStart(text, end)
      ? splice(text, { start: end, end, text: entry + newline })
      : splice(text, { start: end, end, text: newline + entry });
  }
  // What the authenticator skips as if it were empty, and tabs that no list can follow.
  if (document === undefined) yield entry + newline;
}

function intoBlockList(layout: Layout, list: SequenceNode, mapping: IdentityMapping): string {
  const { text, end } = layout;
  const column = dashColumnOf(text, list);
  const style = blockStyle(text, layout.newline, list);
  const entry = `${' '.repeat(column)}-${style.gap}${renderEntry(mapping, style)}`;
  const { newline } = style;
  // A block scalar ends after its last line break.
  const isAtLineStart = isBreak(text.charCodeAt(list.end - 1));
  const afterLine = isAtLineStart ? list.end : afterBreak(text, lineEnd(text, list.end));
  const at = afterOwnComments(text, afterLine, column, end);
  const hasBreak = at === lineStart(text, at);
  return splice(text, { start: at, end: at, text: hasBreak ? entry + newline : newline + entry });
}

/** The style of the last entry that shows one. */
function blockStyle(text: string, newline: string, list: SequenceNode): EntryStyle {
  const column = dashColumnOf(text, list);
  const plain = plainStyle(newline, false, column);
  for (let index = -1; ; index -= 1) {
    const item = list.items.at(index);
    if (item === undefined) return plain;
    const style = styleOf(text, item, plain, { offset: dashAt(list, index), column });
    if (style !== plain) return style;
  }
}

function* intoFlowList(
  { text, newline }: Layout,
  list: SequenceNode,
  mapping: IdentityMapping,
): Generator<string> {
  const plain = plainStyle(newline, true, 0);
  const count = list.items.length;
  const last = list.items.at(count - 1);
  const afterBracket = list.content + 1;
  if (last === undefined) {
    yield splice(text, { start: afterBracket, end: afterBracket, text: renderEntry(mapping, plain) });
    return;
  }
  const style = styleOf(text, last, plain);
  const space = text.slice((list.marks[count - 2] ?? list.content) + 1, last.start);
  let gap = count === 1 && space === '' ? style.braces.comma.replace(/[^ ]/g, '') : space;
  if (!/^\s*$/.test(gap)) gap = newline + ' '.repeat(columnOf(text, last.start));
  const entry = renderEntry(mapping, { ...style, isFlow: true, brackets: style.brackets ?? plain.brackets });
  const trailingComma = list.marks[count - 1];
  if (trailingComma !== undefined) {
    yield splice(text, { start: trailingComma + 1, end: trailingComma + 1, text: `${gap}${entry},` });
    return;
  }
  yield splice(text, { start: last.end, end: last.end, text: `,${gap}${entry}` });
  // A comma would become part of a tag, or of a key without a value.
  let at = last.end;
  while (isBlank(text.charCodeAt(at))) at += 1;
  yield splice(text, { start: at, end: at, text: ` ,${gap}${entry}` });
}
