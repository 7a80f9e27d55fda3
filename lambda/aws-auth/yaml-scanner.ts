/**
 * Tokens of one section, with the rules of go-yaml v2 (YAML 1.1, after libyaml): where a simple key may stand, how
 * indentation opens and closes blocks. Being as strict and as lenient as that scanner, in the same places, is what
 * makes the reading true (GT-3, GT-9): the npm YAML parsers differ from it in both directions.
 */
import { scanAnchor, scanDirective, scanTag } from './yaml-properties';
import { scanBlock, scanPlain, scanQuoted } from './yaml-scalar-text';
import { Source, SPACE, TAB, YamlError, isBlank, isBlankOrEnd, isBreak } from './yaml-source';

export type TokenKind =
  | 'version'
  | 'tag-directive'
  | 'document-start'
  | 'document-end'
  | 'stream-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar';

export type ScalarStyle = 'plain' | 'single' | 'double' | 'block';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Text of a scalar, name of an anchor or alias, suffix of a tag, `major.minor` of a version. */
  readonly value: string;
  readonly style: ScalarStyle;
  readonly handle: string;
}

/** Where a key without `?` may have begun, one for each flow level. */
interface SimpleKey {
  possible: boolean;
  required: boolean;
  token: number;
  offset: number;
  line: number;
  column: number;
}

/** YAML 1.1: an implicit key ends within 1,024 characters, on its line. */
const KEY_LIMIT = 1024;

export class Scanner {
  private readonly source: Source;
  private readonly queue: Token[] = [];
  private head = 0;
  /** The token at `head` may be handed out. */
  private isSettled = false;
  /** Tokens handed out; the token at `head` has this number. */
  private taken = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private flowLevel = 0;
  private keyAllowed = true;
  private readonly keys: SimpleKey[] = [{ possible: false, required: false, token: 0, offset: 0, line: 0, column: 0 }];
  private readonly keyLevelOfToken = new Map<number, number>();

  constructor(text: string) {
    this.source = new Source(text);
  }

  /** How far the scanner has read. */
  get position(): number {
    return this.source.pos;
  }

  peek(): Token {
    if (!this.isSettled) this.settle();
    const token = this.queue[this.head];
    if (token === undefined) throw new YamlError('the text ends too early', this.source.pos);
    return token;
  }

  take(): Token {
    const token = this.peek();
    this.head += 1;
    this.taken += 1;
    this.isSettled = false;
    if (this.head === this.queue.length) {
      this.queue.length = 0;
      this.head = 0;
    }
    return token;
  }

  /** A token is known only once it cannot turn out to be a key any more. */
  private settle(): void {
    for (;;) {
      if (this.head < this.queue.length) {
        const level = this.keyLevelOfToken.get(this.taken);
        const key = level === undefined ? undefined : this.keys[level];
        if (key === undefined || !this.isStillKey(key)) break;
      }
      this.fetch();
    }
    this.isSettled = true;
  }

  private fetch(): void {
    const { source } = this;
    this.skipToToken();
    if (this.flowLevel === 0) this.closeBlocks(source.column());
    const start = source.pos;
    const code = source.at();
    if (source.atEnd()) {
      source.endLastLine();
      this.closeBlocks(-1);
      this.dropKey();
      this.keyAllowed = false;
      return this.push('stream-end', start);
    }
    if (code === 0x25 /* % */ && source.column() === 0) return this.fetchDirective();
    if (source.atDocumentIndicator()) return this.fetchDocumentIndicator(code);
    const inFlow = this.flowLevel > 0;
    const followedByBlank = isBlankOrEnd(source.at(1));
    switch (code) {
      case 0x5b /* [ */:
        return this.openFlow('flow-sequence-start');
      case 0x7b /* { */:
        return this.openFlow('flow-mapping-start');
      case 0x5d /* ] */:
        return this.closeFlow('flow-sequence-end');
      case 0x7d /* } */:
        return this.closeFlow('flow-mapping-end');
      case 0x2c /* , */:
        this.dropKey();
        this.keyAllowed = true;
        return this.pushIndicator('flow-entry');
      case 0x2d /* - */:
        if (followedByBlank) return this.fetchBlockEntry();
        break;
      case 0x3f /* ? */:
        if (inFlow || followedByBlank) return this.fetchKey();
        break;
      case 0x3a /* : */:
        if (inFlow || followedByBlank) return this.fetchValue();
        break;
      case 0x2a /* * */:
      case 0x26 /* & */: {
        this.saveKey();
        this.keyAllowed = false;
        const name = scanAnchor(source);
        return this.push(code === 0x2a ? 'alias' : 'anchor', start, name);
      }
      case 0x21 /* ! */: {
        this.saveKey();
        this.keyAllowed = false;
        const { handle, suffix } = scanTag(source);
        return this.push('tag', start, suffix, 'plain', handle);
      }
      case 0x7c /* | */:
      case 0x3e /* > */:
        if (inFlow) break;
        this.dropKey();
        this.keyAllowed = true;
        return this.pushScalar(start, scanBlock(source, this.indent), 'block');
      case 0x27 /* ' */:
      case 0x22 /* " */:
        this.saveKey();
        this.keyAllowed = false;
        return this.pushScalar(start, scanQuoted(source), code === 0x27 ? 'single' : 'double');
      default:
        break;
    }
    if (!this.startsPlain(code)) {
      const what = code === TAB ? 'a tab' : JSON.stringify(source.text.charAt(start));
      throw new YamlError(`${what} cannot begin a value here`, start);
    }
    this.saveKey();
    this.keyAllowed = false;
    const scalar = scanPlain(source, this.indent, inFlow);
    this.pushScalar(start, scalar, 'plain');
    if (scalar.crossedLine) this.keyAllowed = true;
  }

  private startsPlain(code: number): boolean {
    if (code === 0x2d /* - */) return !isBlank(this.source.at(1));
    if (code === 0x3f /* ? */ || code === 0x3a /* : */) return this.flowLevel === 0 && !isBlankOrEnd(this.source.at(1));
    // , [ ] { } # & * ! | > ' " % @ `
    return !isBlankOrEnd(code) && !',[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code));
  }

  private skipToToken(): void {
    const { source } = this;
    for (;;) {
      for (let code = source.at(); code === SPACE || (code === TAB && (this.flowLevel > 0 || !this.keyAllowed)); code = source.at()) {
        source.pos += 1;
      }
      source.skipComment();
      if (!isBreak(source.at())) return;
      source.takeBreak();
      if (this.flowLevel === 0) this.keyAllowed = true;
    }
  }

  private fetchDirective(): void {
    const start = this.source.pos;
    this.closeBlocks(-1);
    this.dropKey();
    this.keyAllowed = false;
    const directive = scanDirective(this.source);
    if (directive.kind === 'version') this.push('version', start, `${directive.major}.${directive.minor}`);
    else this.push('tag-directive', start, directive.suffix, 'plain', directive.handle);
  }

  private fetchDocumentIndicator(code: number): void {
    const start = this.source.pos;
    this.closeBlocks(-1);
    this.dropKey();
    this.keyAllowed = false;
    this.source.pos += 3;
    this.push(code === 0x2d ? 'document-start' : 'document-end', start);
  }

  private openFlow(kind: TokenKind): void {
    this.saveKey();
    const { source } = this;
    this.keys.push({
      possible: false,
      required: false,
      token: this.nextToken(),
      offset: source.pos,
      line: source.line,
      column: 0,
    });
    this.flowLevel += 1;
    this.keyAllowed = true;
    this.pushIndicator(kind);
  }

  private closeFlow(kind: TokenKind): void {
    this.dropKey();
    if (this.flowLevel > 0) {
      this.flowLevel -= 1;
      const key = this.keys.pop();
      if (key !== undefined) this.keyLevelOfToken.delete(key.token);
    }
    this.keyAllowed = false;
    this.pushIndicator(kind);
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) throw new YamlError('a list item ("-") cannot begin here', this.source.pos);
      this.openBlock('block-sequence-start', this.source.column(), this.source.pos);
    }
    this.dropKey();
    this.keyAllowed = true;
    this.pushIndicator('block-entry');
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.keyAllowed) throw new YamlError('a key ("?") cannot begin here', this.source.pos);
      this.openBlock('block-mapping-start', this.source.column(), this.source.pos);
    }
    this.dropKey();
    this.keyAllowed = this.flowLevel === 0;
    this.pushIndicator('key');
  }

  private fetchValue(): void {
    const key = this.keys[this.keys.length - 1];
    if (key !== undefined && this.isStillKey(key)) {
      this.insert(key.token - this.taken, { ...mark('key', key.offset), end: key.offset });
      this.openBlock('block-mapping-start', key.column, key.offset, key.token);
      key.possible = false;
      this.keyLevelOfToken.delete(key.token);
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) {
          throw new YamlError('a second ": " in one line, or a value after a value: quote what holds it', this.source.pos);
        }
        this.openBlock('block-mapping-start', this.source.column(), this.source.pos);
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.pushIndicator('value');
  }

  private isStillKey(key: SimpleKey): boolean {
    if (!key.possible) return false;
    if (key.line >= this.source.line && !this.source.isFurtherThan(KEY_LIMIT, key.offset)) return true;
    if (key.required) throw missingColon(key);
    key.possible = false;
    return false;
  }

  private nextToken(): number {
    return this.taken + this.queue.length - this.head;
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const { source } = this;
    this.dropKey();
    const key = this.keys[this.keys.length - 1];
    if (key === undefined) return;
    key.possible = true;
    key.column = source.column();
    key.required = this.flowLevel === 0 && this.indent === key.column;
    key.token = this.nextToken();
    key.offset = source.pos;
    key.line = source.line;
    this.keyLevelOfToken.set(key.token, this.keys.length - 1);
  }

  private dropKey(): void {
    const key = this.keys[this.keys.length - 1];
    if (!key?.possible) return;
    if (key.required) throw missingColon(key);
    key.possible = false;
    this.keyLevelOfToken.delete(key.token);
  }

  /** `before` is the number of the token that the block begins with, when that one was scanned already. */
  private openBlock(kind: TokenKind, column: number, offset: number, before?: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.insert(before === undefined ? -1 : before - this.taken, { ...mark(kind, offset), end: offset });
  }

  private closeBlocks(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.queue.push(mark('block-end', this.source.pos));
      this.indent = this.indents.pop() ?? -1;
    }
  }

  /** A place that was handed out already is the end of the queue, as in go-yaml. */
  private insert(place: number, token: Token): void {
    if (place < 0) this.queue.push(token);
    else this.queue.splice(this.head + place, 0, token);
  }

  private pushIndicator(kind: TokenKind): void {
    const start = this.source.pos;
    this.source.pos += 1;
    this.push(kind, start);
  }

  private push(kind: TokenKind, start: number, value = '', style: ScalarStyle = 'plain', handle = ''): void {
    this.queue.push({ kind, start, end: this.source.pos, value, style, handle });
  }

  private pushScalar(start: number, text: { readonly value: string; readonly end: number }, style: ScalarStyle): void {
    this.queue.push({ kind: 'scalar', start, end: text.end, value: text.value, style, handle: '' });
  }
}

function mark(kind: TokenKind, offset: number): Token {
  return { kind, start: offset, end: offset, value: '', style: 'plain', handle: '' };
}

function missingColon(key: SimpleKey): YamlError {
  return new YamlError('a key lacks its ":", or a line is not indented as the lines before it', key.offset);
}
