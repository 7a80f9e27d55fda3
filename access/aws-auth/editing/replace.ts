/** Ways to make one entry say something else: value by value, so that its other keys and comments stay, or whole. */
import { type SequenceNode, type YamlNode } from '../../go-yaml/node';
import { type IdentityMapping } from '../identity-mapping';
import { entryAt, type Editor } from './edit';
import { type Layout, columnOf, contentEnd, splice } from './layout';
import { renderEntry } from './render';
import { valueSplices } from './replace-values';
import { type EntryStyle, plainStyle, styleOf } from './style';

/** Makes entry `index` say what `mapping` says. Its key order, other keys and comments stay where that is possible. */
export function replacement(index: number, mapping: IdentityMapping): Editor {
  return (layout) => {
    const { list, item } = entryAt(layout, index);
    const candidates = function* (): Generator<string> {
      yield layout.text; // it may say so already
      yield* replacements(layout, list, item, mapping);
    };
    return { expected: [{ edit: 'replace', index, mapping }], candidates: candidates(), offset: item.start };
  };
}

export function* replacements(
  layout: Layout,
  list: SequenceNode,
  item: YamlNode,
  mapping: IdentityMapping,
): Generator<string> {
  const { text, newline } = layout;
  const column = columnOf(text, item.start);
  const plain = plainStyle(newline, list.isFlow, column - 2);
  const style = atColumn(styleOf(text, item, plain), column);
  if (mapping.section !== 'mapAccounts' && item.kind === 'mapping') {
    yield splice(text, ...valueSplices(text, item, mapping, style));
  }
  const gap = item.end > item.start ? '' : ' ';
  yield splice(text, {
    start: item.start,
    end: contentEnd(text, item),
    text: gap + renderEntry(mapping, style),
  });
  // For what cannot be told apart from its surroundings in block style.
  const flow = plainStyle(newline, true, column);
  yield splice(text, {
    start: item.start,
    end: contentEnd(text, item),
    text: gap + renderEntry(mapping, flow),
  });
}

function atColumn(style: EntryStyle, column: number): EntryStyle {
  return { ...style, keyColumn: column, groupsColumn: style.groupsColumn + column - style.keyColumn };
}
