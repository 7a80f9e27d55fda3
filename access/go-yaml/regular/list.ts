/**
 * The short way to the nodes of a list in regular form: one of maps of strings and of lists of strings, as people and
 * tools write aws-auth, all in printable ASCII. Whatever else a text holds, were it one tab, leaves it to the parser.
 *
 * Nodes of an item are made when it is asked for, and but for the first ones not kept: five thousand items weigh ten
 * times their text. That they are the parser's nodes is a law of its own (test/pure/fuzz/laws.ts).
 */
import { readBlockItem } from './block-item';
import { readFlowItem, SPACES, takeSeparator } from './flow-item';
import { GAP, takeLineEnd, takeLength } from './scalar';
import { type Items, type MappingNode, type SequenceNode, type YamlDocument } from '../node';

/**
 * Undefined: not in regular form. `known`: the list of another text; the items with which both begin are not read again.
 */
export function readRegularList(text: string, known?: SequenceNode): YamlDocument | undefined {
  const at = takeLength(GAP, text, 0);
  const isFlow = text[at] === '[';
  const shared =
    known?.items instanceof ItemsOnDemand && known.isFlow === isFlow ? known.items.offsetsIn(text) : [];
  const root = isFlow ? flowList(text, at, shared, known?.marks ?? []) : blockList(text, at, shared);
  return root === undefined ? undefined : { root, end: text.length, read: text.length };
}

function blockList(text: string, from: number, shared: readonly number[]): SequenceNode | undefined {
  const head = shared.slice(0, -1);
  const marks = [...head];
  const resume = shared.at(-1);
  let at = resume === undefined ? from : text.lastIndexOf('\n', resume) + 1;
  let column = resume === undefined ? 0 : resume - at;
  let end = from;
  const itemAt = keepingFirst((offset) => readBlockItem(text, offset));
  while (at < text.length) {
    const item = itemAt(at);
    if (item === undefined || (marks.length > 0 && item.column !== column)) return undefined;
    column = item.column;
    marks.push(at + column);
    end = item.node.end;
    at = item.next;
  }
  const [start] = marks;
  if (start === undefined) return undefined;
  const read = (mark: number): MappingNode | undefined => itemAt(mark - column)?.node;
  const items = new ItemsOnDemand(text, marks, read, head.length);
  return { kind: 'sequence', start, end, content: start, anchor: undefined, isFlow: false, items, marks };
}

function flowList(
  text: string,
  start: number,
  shared: readonly number[],
  knownMarks: readonly number[],
): SequenceNode | undefined {
  const head = shared.slice(0, -1);
  const offsets = [...head];
  const marks = knownMarks.slice(0, head.length);
  let at = shared.at(-1) ?? start + 1 + takeLength(SPACES, text, start + 1);
  const itemAt = keepingFirst((offset) => readFlowItem(text, offset));
  for (;;) {
    const item = itemAt(at);
    const separator = item === undefined ? undefined : takeSeparator(text, item.end, ']');
    if (separator === undefined) return undefined;
    offsets.push(at);
    at = separator.next;
    if (separator.comma === undefined) break;
    marks.push(separator.comma);
  }
  const end = at;
  const line = takeLineEnd(text, end);
  if (line === undefined || line + takeLength(GAP, text, line) < text.length) return undefined;
  const items = new ItemsOnDemand(text, offsets, itemAt, head.length);
  return { kind: 'sequence', start, end, content: start, anchor: undefined, isFlow: true, items, marks };
}

/** The items of most lists are read once for the three times that they are asked for. */
function keepingFirst<T>(read: (offset: number) => T): (offset: number) => T {
  const kept = new Map<number, T>();
  return (offset) => {
    const item = kept.get(offset) ?? read(offset);
    if (kept.size < 200) kept.set(offset, item);
    return item;
  };
}

class ItemsOnDemand implements Items {
  constructor(
    private readonly text: string,
    private readonly offsets: readonly number[],
    private readonly read: (offset: number) => MappingNode | undefined,
    readonly alike: number,
  ) {}

  get length(): number {
    return this.offsets.length;
  }

  at(index: number): MappingNode | undefined {
    const offset = this.offsets.at(index);
    return offset === undefined ? undefined : this.read(offset);
  }

  *[Symbol.iterator](): Generator<MappingNode> {
    for (const offset of this.offsets) {
      const item = this.read(offset);
      if (item !== undefined) yield item;
    }
  }

  /**
   * The offsets up to which another text is the same, their dash or brace included. All but the last item there are
   * the same in both: each of them ends where the next one's dash or brace is, and what comes after that says
   * nothing about it.
   */
  offsetsIn(text: string): readonly number[] {
    let from = 0;
    let shared = 0;
    for (const offset of this.offsets) {
      if (!text.startsWith(this.text.slice(from, offset + 1), from)) break;
      from = offset;
      shared += 1;
    }
    return this.offsets.slice(0, shared);
  }
}
