/**
 * The tokens that were scanned and not handed out yet. A key is known as one only by the ":" after it, so tokens wait
 * here while one of them may begin a key; indentation opens and closes the blocks. After libyaml, as in go-yaml v2.
 */
import { Source, YamlError } from './source';
import { type ScalarStyle, type Token, type TokenKind } from './token';

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

export abstract class TokenQueue {
  protected readonly source: Source;
  private readonly queue: Token[] = [];
  private head = 0;
  /** The token at `head` may be handed out. */
  private isSettled = false;
  /** Tokens handed out; the token at `head` has this number. */
  private taken = 0;
  protected indent = -1;
  private readonly indents: number[] = [];
  protected flowLevel = 0;
  protected keyAllowed = true;
  private readonly keys: SimpleKey[] = [
    { possible: false, required: false, token: 0, offset: 0, line: 0, column: 0 },
  ];
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

  /** Appends what is next in the text, be it one token or several. */
  protected abstract fetch(): void;

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

  protected saveKey(): void {
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

  protected dropKey(): void {
    const key = this.keys[this.keys.length - 1];
    if (!key?.possible) return;
    if (key.required) throw missingColon(key);
    key.possible = false;
    this.keyLevelOfToken.delete(key.token);
  }

  /** At a ":": true when what went before is its key, which is put in front of that now. */
  protected takeKey(): boolean {
    const key = this.keys[this.keys.length - 1];
    if (key === undefined || !this.isStillKey(key)) return false;
    this.insert(key.token - this.taken, mark('key', key.offset));
    this.openBlock('block-mapping-start', key.column, key.offset, key.token);
    key.possible = false;
    this.keyLevelOfToken.delete(key.token);
    return true;
  }

  protected enterFlow(): void {
    const token = this.nextToken();
    this.keys.push({
      possible: false,
      required: false,
      token,
      offset: this.source.pos,
      line: this.source.line,
      column: 0,
    });
    this.flowLevel += 1;
  }

  /** Forgets the key of the token that opened the collection, too, if that was empty: so does go-yaml, hence `[]: a` is an error. */
  protected leaveFlow(): void {
    if (this.flowLevel === 0) return;
    this.flowLevel -= 1;
    const key = this.keys.pop();
    if (key !== undefined) this.keyLevelOfToken.delete(key.token);
  }

  /** `before` is the number of the token that the block begins with, when that one was scanned already. */
  protected openBlock(kind: TokenKind, column: number, offset: number, before?: number): void {
    if (this.flowLevel > 0 || this.indent >= column) return;
    this.indents.push(this.indent);
    this.indent = column;
    this.insert(before === undefined ? -1 : before - this.taken, mark(kind, offset));
  }

  protected closeBlocks(column: number): void {
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

  protected pushIndicator(kind: TokenKind): void {
    const start = this.source.pos;
    this.source.pos += 1;
    this.push(kind, start);
  }

  protected push(
    kind: TokenKind,
    start: number,
    value = '',
    style: ScalarStyle = 'plain',
    handle = '',
  ): void {
    this.queue.push({ kind, start, end: this.source.pos, value, style, handle });
  }

  protected pushScalar(
    start: number,
    text: { readonly value: string; readonly end: number },
    style: ScalarStyle,
  ): void {
    this.queue.push({ kind: 'scalar', start, end: text.end, value: text.value, style, handle: '' });
  }
}

function mark(kind: TokenKind, offset: number): Token {
  return { kind, start: offset, end: offset, value: '', style: 'plain', handle: '' };
}

function missingColon(key: SimpleKey): YamlError {
  return new YamlError('a key lacks its ":", or a line is not indented as the lines before it', key.offset);
}
