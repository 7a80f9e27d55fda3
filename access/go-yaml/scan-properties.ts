/** Anchors, aliases, tags and directives: the parts of go-yaml v2's scanner that say something about a node. */
import { type Source, YamlError, isBlank, isBlankOrEnd, isBreak, isDigit, isWordCharacter } from './source';

export interface TagText {
  /** Empty for a verbatim tag and for `!` alone, whose text is the suffix. */
  readonly handle: string;
  readonly suffix: string;
}

export type Directive =
  | { readonly kind: 'version'; readonly major: number; readonly minor: number }
  | { readonly kind: 'tag-directive'; readonly handle: string; readonly suffix: string };

/** The source is at `&` or `*`. Gives the name. */
export function scanAnchor(source: Source): string {
  const start = source.pos;
  source.pos += 1;
  const name = takeWord(source);
  if (name === '' || !(isBlankOrEnd(source.at()) || '?:,]}%@`'.includes(source.text.charAt(source.pos)))) {
    throw new YamlError(
      'an anchor or alias needs a name of letters and digits, a quoted value does not',
      start,
    );
  }
  return name;
}

/** The source is at `!`. */
export function scanTag(source: Source): TagText {
  const start = source.pos;
  let tag: TagText;
  if (source.at(1) === 0x3c /* < */) {
    source.pos += 2;
    tag = { handle: '', suffix: takeUri(source, '') };
    if (source.at() !== 0x3e /* > */) throw new YamlError('a tag lacks its closing ">"', start);
    source.pos += 1;
  } else {
    const handle = takeTagHandle(source, false);
    if (handle.length > 1 && handle.endsWith('!')) tag = { handle, suffix: takeUri(source, '') };
    else {
      const suffix = takeUri(source, handle);
      tag = suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix };
    }
  }
  if (!isBlankOrEnd(source.at())) throw new YamlError('white space has to follow a tag', source.pos);
  return tag;
}

/** The source is at `%` and is left after the line. */
export function scanDirective(source: Source): Directive {
  const start = source.pos;
  source.pos += 1;
  const name = takeWord(source);
  if (name === '' || !isBlankOrEnd(source.at())) throw new YamlError('a directive needs a name', start);
  source.skipBlanks();
  let directive: Directive;
  if (name === 'YAML') {
    const major = takeVersionNumber(source);
    if (source.at() !== 0x2e /* . */) throw new YamlError('a version is two numbers', source.pos);
    source.pos += 1;
    directive = { kind: 'version', major, minor: takeVersionNumber(source) };
  } else if (name === 'TAG') {
    const handle = takeTagHandle(source, true);
    if (!isBlank(source.at())) throw new YamlError('white space has to follow a tag handle', source.pos);
    source.skipBlanks();
    directive = { kind: 'tag-directive', handle, suffix: takeUri(source, '') };
    if (!isBlankOrEnd(source.at())) throw new YamlError('white space has to follow a tag prefix', source.pos);
  } else {
    throw new YamlError(`%${name} is not a directive`, start);
  }
  source.skipBlanks();
  source.skipComment();
  if (!source.atEnd()) {
    if (!isBreak(source.at())) throw new YamlError('text follows a directive', source.pos);
    source.takeBreak();
  }
  return directive;
}

function takeWord(source: Source): string {
  const from = source.pos;
  while (isWordCharacter(source.at())) source.pos += 1;
  return source.text.slice(from, source.pos);
}

function takeVersionNumber(source: Source): number {
  const from = source.pos;
  while (isDigit(source.at())) source.pos += 1;
  const digits = source.text.slice(from, source.pos);
  if (digits === '' || digits.length > 2) throw new YamlError('a version number has one or two digits', from);
  return Number(digits);
}

function takeTagHandle(source: Source, inDirective: boolean): string {
  const from = source.pos;
  if (source.at() !== 0x21 /* ! */) throw new YamlError('a tag begins with "!"', from);
  source.pos += 1;
  takeWord(source);
  if (source.at() === 0x21) source.pos += 1;
  else if (inDirective && source.pos > from + 1) throw new YamlError('a tag handle ends with "!"', from);
  return source.text.slice(from, source.pos);
}

/** `head` is a handle that turned out to be the beginning of the tag itself. */
function takeUri(source: Source, head: string): string {
  let uri = head.slice(1);
  let found = head !== '';
  for (;;) {
    const from = source.pos;
    while (
      isWordCharacter(source.at()) ||
      (!source.atEnd() && ";/?:@&=+$,.!~*'()[]".includes(source.text.charAt(source.pos)))
    ) {
      source.pos += 1;
    }
    uri += source.text.slice(from, source.pos);
    found ||= source.pos > from;
    if (source.at() !== 0x25 /* % */) break;
    uri += takeUriEscape(source);
    found = true;
  }
  if (!found) throw new YamlError('a tag lacks its name', source.pos);
  return uri;
}

/** One character as the percent-encoded octets of its UTF-8 form. */
function takeUriEscape(source: Source): string {
  const octets = /^(?:%[0-9a-fA-F]{2})+/.exec(source.text.slice(source.pos, source.pos + 12))?.[0] ?? '';
  const lead = Number.parseInt(octets.slice(1, 3), 16);
  const width =
    lead < 0x80 ? 1 : lead >= 0xc0 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
  const encoded = octets.slice(0, width * 3);
  const wellFormed = lead < 0x80 || (lead >= 0xc0 && /^%..(?:%[89abAB].)*$/.test(encoded));
  if (width === 0 || encoded.length < width * 3 || !wellFormed) {
    throw new YamlError('a tag holds a broken percent escape', source.pos);
  }
  source.pos += encoded.length;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return '\ufffd'; // overlong forms: no tag that means anything is spelt with them
  }
}
