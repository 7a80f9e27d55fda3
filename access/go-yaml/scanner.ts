/**
 * Tokens of one section, with the rules of go-yaml v2 (YAML 1.1, after libyaml). Being as strict and as lenient as that
 * scanner, in the same places, is what makes the reading true (GT-3, GT-9): the npm YAML parsers differ from it in both
 * directions.
 */
import { scanBlock } from './scan-block';
import { scanPlain } from './scan-plain';
import { scanAnchor, scanDirective, scanTag } from './scan-properties';
import { scanQuoted } from './scan-quoted';
import { SPACE, TAB, YamlError, isBlank, isBlankOrEnd, isBreak } from './source';
import { type TokenKind } from './token';
import { TokenQueue } from './token-queue';

export class Scanner extends TokenQueue {
  protected override fetch(): void {
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
    if (code === 0x3f /* ? */ || code === 0x3a /* : */)
      return this.flowLevel === 0 && !isBlankOrEnd(this.source.at(1));
    // , [ ] { } # & * ! | > ' " % @ `
    return !isBlankOrEnd(code) && !',[]{}#&*!|>\'"%@`'.includes(String.fromCharCode(code));
  }

  private skipToToken(): void {
    const { source } = this;
    for (;;) {
      for (
        let code = source.at();
        code === SPACE || (code === TAB && (this.flowLevel > 0 || !this.keyAllowed));
        code = source.at()
      ) {
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
    this.enterFlow();
    this.keyAllowed = true;
    this.pushIndicator(kind);
  }

  private closeFlow(kind: TokenKind): void {
    this.dropKey();
    this.leaveFlow();
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
    if (this.takeKey()) {
      this.keyAllowed = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.keyAllowed) {
          throw new YamlError(
            'a second ": " in one line, or a value after a value: quote what holds it',
            this.source.pos,
          );
        }
        this.openBlock('block-mapping-start', this.source.column(), this.source.pos);
      }
      this.keyAllowed = this.flowLevel === 0;
    }
    this.pushIndicator('value');
  }
}
