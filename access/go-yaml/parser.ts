/** From tokens to nodes, grouping them as go-yaml v2's parser does, its oddities included. */
import { FlowParser, type OpenSequence } from './flow-parser';
import { type MappingNode, type YamlDocument, type YamlNode } from './node';
import { YamlError } from './source';
import { TagHandles } from './tag-handles';
import { type Token } from './token';

/** Parses the first document (GT-9). Throws YamlError. */
export function parseYaml(text: string): YamlDocument {
  return new Parser(text).document();
}

/** go-yaml allows 10,000; nobody nests entries of aws-auth, and this keeps the JavaScript stack small. */
const DEPTH_LIMIT = 500;

class Parser extends FlowParser {
  private readonly anchors = new Map<string, YamlNode>();
  private readonly tagHandles = new TagHandles();
  private depth = 0;

  document(): YamlDocument {
    const first = this.kind();
    if (first === 'stream-end') return this.end();
    const hasMarker = first === 'version' || first === 'tag-directive' || first === 'document-start';
    if (hasMarker) this.directives();
    const isEmpty =
      hasMarker &&
      (this.is('version', 'tag-directive') || this.is('document-start', 'document-end', 'stream-end'));
    const root = isEmpty ? this.emptyNode() : this.node(true, false);
    // go-yaml looks at one more token, and whatever it is, the document has ended there.
    return { root, ...this.end() };
  }

  private end(): YamlDocument {
    return { end: this.scanner.peek().start, read: this.scanner.position };
  }

  private directives(): void {
    let hasVersion = false;
    while (this.is('version', 'tag-directive')) {
      const token = this.take();
      if (token.kind === 'tag-directive') {
        this.tagHandles.declare(token);
        continue;
      }
      if (hasVersion) throw new YamlError('%YAML is given twice', token.start);
      if (token.value !== '1.1')
        throw new YamlError('the authenticator reads YAML 1.1 only: remove the line', token.start);
      hasVersion = true;
    }
    if (!this.is('document-start')) throw this.unexpected('"---" has to follow the directives');
    this.take();
  }

  protected override node(inBlock: boolean, mayLackIndent: boolean): YamlNode {
    const first = this.scanner.peek();
    const { start } = first;
    if (first.kind === 'alias') {
      this.take();
      const target = this.anchors.get(first.value);
      if (target === undefined) throw new YamlError(`there is no anchor "${first.value}"`, start);
      return {
        kind: 'alias',
        start,
        end: first.end,
        content: start,
        anchor: undefined,
        name: first.value,
        target,
      };
    }
    let anchor: string | undefined;
    let tag = '';
    // In either order, each at most once.
    if (this.is('anchor')) anchor = this.take().value;
    if (this.is('tag')) tag = this.tagHandles.resolve(this.take());
    if (anchor === undefined && this.is('anchor')) anchor = this.take().value;

    const token = this.scanner.peek();
    const { kind, start: content, end } = token;
    if (kind === 'scalar') {
      this.take();
      const { value, style } = token;
      const implicit = (tag === '' && style === 'plain') || tag === '!';
      return this.named({ kind: 'scalar', start, end, content, anchor, value, tag, implicit, style });
    }
    const lacksIndent = mayLackIndent && kind === 'block-entry';
    if (kind === 'flow-sequence-start' || lacksIndent || (inBlock && kind === 'block-sequence-start')) {
      const isFlow = kind === 'flow-sequence-start';
      const node: OpenSequence = {
        kind: 'sequence',
        start,
        end,
        content,
        anchor,
        isFlow,
        items: [],
        marks: [],
      };
      this.named(node);
      this.enter(token);
      if (isFlow) this.flowSequence(node);
      else this.blockSequence(node, lacksIndent);
      this.depth -= 1;
      return node;
    }
    if (kind === 'flow-mapping-start' || (inBlock && kind === 'block-mapping-start')) {
      const isFlow = kind === 'flow-mapping-start';
      const node: MappingNode = {
        kind: 'mapping',
        start,
        end,
        content,
        anchor,
        isFlow,
        pairs: [],
        marks: [],
      };
      this.named(node);
      this.enter(token);
      if (isFlow) this.flowMapping(node);
      else this.blockMapping(node);
      this.depth -= 1;
      return node;
    }
    if (token === first)
      throw this.unexpected('a value is missing, or something else is where a value should be');
    const at = this.lastEnd;
    return this.named({
      kind: 'scalar',
      start,
      end: at,
      content: at,
      anchor,
      value: '',
      tag,
      implicit: tag === '',
      style: 'plain',
    });
  }

  /** An anchor is known from its node's first character on: a node may hold an alias to itself. */
  private named<N extends YamlNode>(node: N): N {
    if (node.anchor !== undefined) this.anchors.set(node.anchor, node);
    return node;
  }

  private enter(token: Token): void {
    this.depth += 1;
    if (this.depth > DEPTH_LIMIT)
      throw new YamlError(`lists and maps nest deeper than ${DEPTH_LIMIT}`, token.start);
  }

  /** `lacksIndent`: the dashes are in the column of the key above, so no token opens or closes the list. */
  private blockSequence(node: OpenSequence, lacksIndent: boolean): void {
    if (!lacksIndent) this.take();
    while (this.is('block-entry')) {
      node.marks.push(this.take().start);
      const isEmpty = this.is('block-entry', 'block-end') || (lacksIndent && this.is('key', 'value'));
      node.items.push(isEmpty ? this.emptyNode() : this.node(true, false));
    }
    node.end = this.lastEnd;
    if (lacksIndent) return;
    if (!this.is('block-end')) throw this.unexpected('the line is not indented as the list it is in');
    this.scanner.take();
  }

  private blockMapping(node: MappingNode): void {
    this.take();
    while (this.is('key')) {
      this.take();
      const key = this.is('key', 'value', 'block-end') ? this.emptyNode() : this.node(true, true);
      node.pairs.push([key, this.blockValue()]);
    }
    node.end = this.lastEnd;
    if (!this.is('block-end')) throw this.unexpected('the line is not indented as the keys above it');
    this.scanner.take();
  }

  private blockValue(): YamlNode {
    if (!this.is('value')) return this.emptyNode();
    this.take();
    return this.is('key', 'value', 'block-end') ? this.emptyNode() : this.node(true, true);
  }
}
