/**
 * The text of one section as go-yaml v2's scanner moves over it: a position, a line, a column in characters.
 * Offsets are UTF-16 units of the JavaScript string, so that an editor can splice at them.
 */

/** The section is not YAML to go-yaml v2; `offset` says where. */
export class YamlError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

export const TAB = 0x09;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const SPACE = 0x20;

/** YAML 1.1 ends lines at NEL, LS and PS too (GT-16). */
export function isBreak(code: number): boolean {
  return code === NEWLINE || code === RETURN || code === 0x85 || code === 0x2028 || code === 0x2029;
}

/** Before the line break, or at the end of the text. */
export function lineEnd(text: string, offset: number): number {
  return offset + text.slice(offset).search(/[\n\r\x85\u2028\u2029]|$/);
}

export function isBlank(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** White space, line break or the end of the text, which reads as 0. */
export function isBlankOrEnd(code: number): boolean {
  return code === 0 || isBlank(code) || isBreak(code);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** What anchors, tag handles and directive names are made of. */
export function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    isDigit(code) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f ||
    code === 0x2d
  );
}

export class Source {
  pos: number;
  line = 0;
  private lineStart: number;
  private readonly hasAstral: boolean;
  private counted = { from: 0, to: 0, pairs: 0 };

  constructor(readonly text: string) {
    // A byte order mark belongs to the encoding, not to the first line.
    this.pos = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.lineStart = this.pos;
    this.hasAstral = /[\ud800-\udbff]/.test(text);
  }

  /** Code unit at `ahead` of the position; 0 at the end of the text. */
  at(ahead = 0): number {
    return this.text.charCodeAt(this.pos + ahead) | 0;
  }

  atEnd(): boolean {
    return this.pos >= this.text.length;
  }

  /** Characters since the start of the line: a surrogate pair is one. */
  column(): number {
    const units = this.pos - this.lineStart;
    if (!this.hasAstral || units === 0) return units;
    const { counted } = this;
    if (counted.from !== this.lineStart || counted.to > this.pos) {
      this.counted = { from: this.lineStart, to: this.lineStart, pairs: 0 };
    }
    this.counted.pairs += surrogatePairs(this.text, this.counted.to, this.pos);
    this.counted.to = this.pos;
    return units - this.counted.pairs;
  }

  /** True when more than `limit` characters lie between `offset` and the position. */
  isFurtherThan(limit: number, offset: number): boolean {
    const units = this.pos - offset;
    if (units <= limit) return false;
    return !this.hasAstral || units - surrogatePairs(this.text, offset, this.pos) > limit;
  }

  /** Steps over the line break at the position. Gives what it means: LS and PS stay, the others become LF. */
  takeBreak(): string {
    const code = this.at();
    this.pos += code === RETURN && this.at(1) === NEWLINE ? 2 : 1;
    this.line += 1;
    this.lineStart = this.pos;
    return code === 0x2028 ? '\u2028' : code === 0x2029 ? '\u2029' : '\n';
  }

  skipBlanks(): void {
    while (isBlank(this.at())) this.pos += 1;
  }

  /** Steps over a comment, if one begins here, up to the line break. */
  skipComment(): void {
    if (this.at() !== 0x23 /* # */) return;
    this.pos = lineEnd(this.text, this.pos);
  }

  /** `---` or `...` at the start of a line. */
  atDocumentIndicator(): boolean {
    const code = this.at();
    if ((code !== 0x2d && code !== 0x2e) || this.pos !== this.lineStart) return false;
    return this.at(1) === code && this.at(2) === code && isBlankOrEnd(this.at(3));
  }

  /** At the end of the text a line ends even without a line break. */
  endLastLine(): void {
    if (this.pos === this.lineStart) return;
    this.line += 1;
    this.lineStart = this.pos;
  }
}

function surrogatePairs(text: string, from: number, to: number): number {
  let pairs = 0;
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0xd800 && code <= 0xdbff) pairs += 1;
  }
  return pairs;
}
