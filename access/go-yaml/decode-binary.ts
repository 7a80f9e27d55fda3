/** Values tagged `!!binary`. */
import { type ScalarNode } from './node';
import { YamlError } from './source';

/** Base 64 as Go decodes it: padded, line breaks ignored. Octets that are not UTF-8 become U+FFFD. */
export function decodeBinary(node: ScalarNode): string {
  const text = node.value.replace(/[\r\n]/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) {
    throw new YamlError('a !!binary value is not base 64', node.start);
  }
  const octets = atob(text);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  // Go puts one U+FFFD for each octet that is out of place, TextDecoder one for several.
  return octets.replace(UTF8_CHARACTER, (character) =>
    character.length === 1 && character > '\x7f'
      ? '\ufffd'
      : decoder.decode(Uint8Array.from(character, (octet) => octet.charCodeAt(0))),
  );
}

const UTF8_CHARACTER =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|[\x80-\xff]/g;
