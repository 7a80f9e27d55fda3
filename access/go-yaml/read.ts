/**
 * The outermost rule of go-yaml v2: control characters are refused wherever they are, in comments too (GT-16), but
 * only as far as the text is read, which goes by chunks of 512 octets and ends after the first document.
 */
import { isBlank, isBreak, lineEnd, YamlError } from './source';
import { type SequenceNode, type YamlDocument } from './node';
import { parseYaml } from './parser';
import { readRegularList } from './regular/list';

// An editor has to find the lines and spaces that this dialect sees.
export { isBlank, isBreak, lineEnd, YamlError };

// All that YAML 1.1 does not print: C0 and C1 controls but tab, line feed, carriage return and next line; U+FFFE, U+FFFF.
// eslint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const CHUNK = 512;

/**
 * The first document of a section. Throws YamlError where the authenticator would lose the section. `known`: the list
 * of another text, from which nothing but time is gained.
 */
export function readYaml(text: string, known?: SequenceNode): YamlDocument {
  // go-yaml takes the second for a mark before each line and eats the lines' first characters.
  if (text.startsWith('\ufeff\ufeff'))
    throw new YamlError('two byte order marks are at the start: remove them', 0);
  const forbidden = text.search(FORBIDDEN);
  if (forbidden < 0) return readRegularList(text, known) ?? parseYaml(text);
  const control = text.charCodeAt(forbidden).toString(16).toUpperCase().padStart(4, '0');
  const error = new YamlError(
    `the control character U+${control} is not allowed, not even in a comment`,
    forbidden,
  );
  let document: YamlDocument;
  try {
    document = parseYaml(text.slice(0, forbidden));
  } catch (cause) {
    throw cause instanceof YamlError && cause.offset < forbidden - CHUNK ? cause : error;
  }
  if (isReadTogether(text, document.read, forbidden)) throw error;
  return document;
}

/** True when the reader has the character at `to` in its hands once it needs the one at `from`. */
function isReadTogether(text: string, from: number, to: number): boolean {
  let chunk = 0;
  let chunkOfFrom = 0;
  let octets = 0;
  let limit = CHUNK;
  let offset = 0;
  for (const character of text) {
    if (offset > to) break;
    const code = character.codePointAt(0) ?? 0;
    const width = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets + width > limit) {
      // A character that the chunk would cut waits for the next one.
      limit = octets + CHUNK;
      chunk += 1;
    }
    octets += width;
    if (offset <= from) chunkOfFrom = chunk;
    offset += character.length;
  }
  return chunkOfFrom >= chunk;
}
