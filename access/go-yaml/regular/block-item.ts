/** One item of a block list in regular form: a line for each key, and one for each element of a list. */
import { type MappingNode, type ScalarNode, type SequenceNode, type YamlNode } from '../node';
import { GAP, KEY, LINE_END, SCALAR, scalarAt, takeLength, takeMatch } from './scalar';

export interface BlockItem {
  readonly node: MappingNode;
  /** Of its dash. */
  readonly column: number;
  /** After its last line, and after the blank lines and comments that follow. */
  readonly next: number;
}

const KEY_LINE = new RegExp(`( *)(- +)?(${KEY}):(?:( +)${SCALAR})?${LINE_END}`, 'y');
const ELEMENT_LINE = new RegExp(`( *)(- +)${SCALAR}${LINE_END}`, 'y');

/** `at`: the start of a line. Undefined when the item is not in regular form. */
export function readBlockItem(text: string, at: number): BlockItem | undefined {
  let line = takeMatch(KEY_LINE, text, at);
  const [, indent = '', dash] = line ?? [];
  if (dash === undefined) return undefined;
  const column = indent.length;
  const keyColumn = column + dash.length;
  const start = at + keyColumn;
  const pairs: [YamlNode, YamlNode][] = [];
  let next = at;
  let end = at;
  while (line !== null && line[1]?.length === (next === at ? column : keyColumn)) {
    const [all, , , name = '', gap = '', written] = line;
    if (next !== at && line[2] !== undefined) return undefined;
    const key = scalarAt(next + keyColumn, name);
    next += all.length;
    next += takeLength(GAP, text, next);
    let value: ScalarNode | SequenceNode;
    if (written === undefined) {
      const list = readElements(text, next, keyColumn);
      if (list === undefined) return undefined;
      ({ next } = list);
      value = list.node;
    } else {
      value = scalarAt(key.end + 1 + gap.length, written);
    }
    pairs.push([key, value]);
    end = value.end;
    line = takeMatch(KEY_LINE, text, next);
  }
  const node: MappingNode = {
    kind: 'mapping',
    start,
    end,
    content: start,
    anchor: undefined,
    isFlow: false,
    pairs,
    marks: [],
  };
  return { node, column, next };
}

/** Dashes may be in the column of the key above. */
function readElements(
  text: string,
  from: number,
  keyColumn: number,
): { readonly node: SequenceNode; readonly next: number } | undefined {
  let line = takeMatch(ELEMENT_LINE, text, from);
  const column = line?.[1]?.length ?? -1;
  if (column < keyColumn) return undefined;
  const items: ScalarNode[] = [];
  const marks: number[] = [];
  let next = from;
  let end = from;
  while (line !== null && line[1]?.length === column) {
    const [all, , dash = '', written = ''] = line;
    const item = scalarAt(next + column + dash.length, written);
    marks.push(next + column);
    items.push(item);
    end = item.end;
    next += all.length;
    next += takeLength(GAP, text, next);
    line = takeMatch(ELEMENT_LINE, text, next);
  }
  const start = from + column;
  return {
    node: { kind: 'sequence', start, end, content: start, anchor: undefined, isFlow: false, items, marks },
    next,
  };
}
