/** Looking at tokens, and the collections in brackets and braces as go-yaml v2 groups them. */
import { type MappingNode, type ScalarNode, type SequenceNode, type YamlNode } from './node';
import { Scanner } from './scanner';
import { YamlError } from './source';
import { type Token, type TokenKind } from './token';

/** While its items are still to come. */
export type OpenSequence = SequenceNode & { readonly items: YamlNode[] };

export abstract class FlowParser {
  protected readonly scanner: Scanner;
  /** End of the last token that was taken: where a value that is not there would be. */
  protected lastEnd = 0;

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  protected abstract node(inBlock: boolean, mayLackIndent: boolean): YamlNode;

  protected kind(): TokenKind {
    return this.scanner.peek().kind;
  }

  protected is(kind: TokenKind, or?: TokenKind, orElse?: TokenKind): boolean {
    const found = this.kind();
    return found === kind || found === or || found === orElse;
  }

  protected take(): Token {
    const token = this.scanner.take();
    this.lastEnd = token.end;
    return token;
  }

  protected unexpected(message: string): YamlError {
    return new YamlError(message, this.scanner.peek().start);
  }

  protected emptyNode(): ScalarNode {
    const at = this.lastEnd;
    return {
      kind: 'scalar',
      start: at,
      end: at,
      content: at,
      anchor: undefined,
      value: '',
      tag: '',
      implicit: true,
      style: 'plain',
    };
  }

  protected flowSequence(node: OpenSequence): void {
    this.take();
    for (let first = true; !this.is('flow-sequence-end'); first = false) {
      if (!first) {
        if (!this.is('flow-entry')) throw this.unexpected('"," or "]" is missing');
        node.marks.push(this.take().start);
        if (this.is('flow-sequence-end')) break;
      }
      node.items.push(this.is('key') ? this.flowPair() : this.node(false, false));
    }
    node.end = this.take().end;
  }

  /** `[a: b]` is a list of one map. */
  private flowPair(): MappingNode {
    const { start } = this.take();
    let key: YamlNode;
    if (this.is('value', 'flow-entry', 'flow-sequence-end')) {
      this.take(); // go-yaml swallows it, so that `[? : b]` is an error
      key = this.emptyNode();
    } else {
      key = this.node(false, false);
    }
    let value: YamlNode | undefined;
    if (this.is('value')) {
      this.take();
      if (!this.is('flow-entry', 'flow-sequence-end')) value = this.node(false, false);
    }
    value ??= this.emptyNode();
    const end = this.lastEnd;
    return {
      kind: 'mapping',
      start,
      end,
      content: start,
      anchor: undefined,
      isFlow: true,
      pairs: [[key, value]],
      marks: [],
    };
  }

  protected flowMapping(node: MappingNode): void {
    this.take();
    for (let first = true; !this.is('flow-mapping-end'); first = false) {
      if (!first) {
        if (!this.is('flow-entry')) throw this.unexpected('"," or "}" is missing');
        node.marks.push(this.take().start);
        if (this.is('flow-mapping-end')) break;
      }
      node.pairs.push(this.flowEntry());
    }
    node.end = this.take().end;
  }

  private flowEntry(): readonly [YamlNode, YamlNode] {
    if (!this.is('key')) return [this.node(false, false), this.emptyNode()];
    this.take();
    const key = this.is('value', 'flow-entry', 'flow-mapping-end')
      ? this.emptyNode()
      : this.node(false, false);
    if (!this.is('value')) return [key, this.emptyNode()];
    this.take();
    return [key, this.is('flow-entry', 'flow-mapping-end') ? this.emptyNode() : this.node(false, false)];
  }
}
