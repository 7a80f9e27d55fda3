/** The bytes of one entry, to be kept and put back. */
import { type SequenceNode, type YamlNode } from '../../go-yaml/node';
import { type ParsedSection } from '../reading/parse-section';
import { refuseUnreadable } from './document-error';
import { entryAt } from './edit';
import { lineEnd } from '../../go-yaml/read';
import { contentEnd, layoutOf } from './layout';

/**
 * The text of entry `index`, from its first character to its last, a comment after that included. Throws DocumentError
 * when the section cannot be read or there is no such entry.
 */
export function entryText(parsed: ParsedSection, index: number): string {
  refuseUnreadable(parsed);
  const layout = layoutOf(parsed);
  const { list, item } = entryAt(layout, index);
  return layout.text.slice(item.start, entryEnd(layout.text, list, item));
}

export function entryEnd(text: string, list: SequenceNode, item: YamlNode): number {
  const end = contentEnd(text, item);
  return list.isFlow ? end : lineEnd(text, end);
}
