/** `mapRoles:` over a list instead of `mapRoles: |`: where the bar goes. */
import { type Field, followed } from './nodes';
import { type Part } from './parts';
import { columnOf } from './columns';

/**
 * Undefined where a bar is not enough: the list is in brackets, has an anchor or a tag, or its dashes are in the column
 * of the key.
 */
export function fixForMissingBar(
  { key, value, map }: Field,
  { text }: Part,
): { readonly at: number; readonly text: string } | undefined {
  const list = followed(value);
  if (list !== value || list.kind !== 'sequence' || list.isFlow || list.start !== list.content)
    return undefined;
  if (columnOf(text, list.content) <= columnOf(text, map.content)) return undefined;
  const colon = /^[ \t]*:(?=[ \t]*(?:#.*)?[\r\n])/.exec(text.slice(key.end));
  return colon === null ? undefined : { at: key.end + colon[0].length, text: ' |' };
}
