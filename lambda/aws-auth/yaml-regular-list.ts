/**
 * The short way to the nodes of a list in regular form: one of maps of strings and of lists of strings, as people and
 * tools write aws-auth, all in printable ASCII. Whatever else a text holds, were it one tab, leaves it to the parser.
 *
 * Nodes of an item are made when it is asked for and not kept: five thousand items weigh ten times their text. That
 * they are the parser's nodes is a law of its own (test/fuzz/laws.ts).
 */
import { readBlockItem } from './yaml-regular-block';
import { readFlowItem, takeSeparator } from './yaml-regular-flow';
import { GAP, takeLineEnd, takeLength } from './yaml-regular-scalar';
import { type Items, type MappingNode, type SequenceNode, type YamlDocument } from './yaml-node';

/**
 * Undefined: not in regular form. `known`: the items of another text; those with which both begin are not read again.
 */
export function readRegularList(text: string, known?: Items): YamlDocument | undefined {
  const at = takeLength(GAP, text, 0);
  const root = text[at] === '[' ? flowList(text, at) : blockList(text, at, known);
  return root === undefined ? undefined : { root, end: text.length, read: text.length };
}

function blockList(text: string, from: number, known: Items | undefined): SequenceNode | undefined {
  const head = known instanceof BlockItems ? known.headIn(text) : [];
  const marks = [...head];
  let at = from;
  let column = 0;
  let end = from;
  if (known instanceof BlockItems && head.length > 0) {
    ({ column } = known);
    at = known.startOf(head.length);
  }
  while (at < text.length) {
    const item = readBlockItem(text, at);
    if (item === undefined || (marks.length > 0 && item.column !== column)) return undefined;
    column = item.column;
    marks.push(at + column);
    end = item.node.end;
    at = item.next;
  }
  const [start] = marks;
  if (start === undefined) return undefined;
  const items = new BlockItems(text, marks, column, head.length);
  return { kind: 'sequence', start, end, content: start, anchor: undefined, isFlow: false, items, marks };
}

function flowList(text: string, start: number): SequenceNode | undefined {
  const places: number[] = [];
  const marks: number[] = [];
  let at = start + 1 + takeLength(/[ \n]*/y, text, start + 1);
  for (;;) {
    const item = readFlowItem(text, at);
    const separator = item === undefined ? undefined : takeSeparator(text, item.end, ']');
    if (separator === undefined) return undefined;
    places.push(at);
    at = separator.next;
    if (separator.comma === undefined) break;
    marks.push(separator.comma);
  }
  const end = at;
  const line = takeLineEnd(text, end);
  if (line === undefined || line + takeLength(GAP, text, line) < text.length) return undefined;
  const items = new ItemsOnDemand(places, (place) => readFlowItem(text, place));
  return { kind: 'sequence', start, end, content: start, anchor: undefined, isFlow: true, items, marks };
}

class ItemsOnDemand implements Items {
  readonly alike: number = 0;

  constructor(
    private readonly places: readonly number[],
    private readonly read: (place: number) => MappingNode | undefined,
  ) {}

  get length(): number {
    return this.places.length;
  }

  at(index: number): MappingNode | undefined {
    const place = this.places.at(index);
    return place === undefined ? undefined : this.read(place);
  }

  *[Symbol.iterator](): Generator<MappingNode> {
    for (const place of this.places) {
      const item = this.read(place);
      if (item !== undefined) yield item;
    }
  }
}

class BlockItems extends ItemsOnDemand {
  constructor(
    private readonly text: string,
    private readonly marks: readonly number[],
    readonly column: number,
    override readonly alike: number,
  ) {
    super(marks, (mark) => readBlockItem(text, mark - column)?.node);
  }

  /** Of the line of an item. */
  startOf(index: number): number {
    return (this.marks[index] ?? this.text.length) - this.column;
  }

  /**
   * The marks of the items that another text begins with. Each of them ends where the dash of the next one stands, in
   * both texts, and what stands behind that dash says nothing about it.
   */
  headIn(text: string): readonly number[] {
    const { marks } = this;
    const isShared = (from: number, to: number): boolean =>
      text.startsWith(this.text.slice(from, to + 1), from);
    let from = 0;
    let shared = 0;
    while (shared < marks.length) {
      const mark = marks[shared] ?? 0;
      if (!isShared(from, mark)) break;
      from = mark;
      shared += 1;
    }
    return marks.slice(0, Math.max(0, shared - 1));
  }
}
