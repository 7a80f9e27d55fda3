/** In which column YAML sees an offset: characters since the line break, from 0; a byte order mark is none. */
import { isBreak } from '../../go-yaml/read';

export function columnOf(text: string, offset: number): number {
  return [...text.slice(lineStart(text, offset), offset)].length;
}

export function lineStart(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text.charCodeAt(at - 1))) at -= 1;
  return at === 0 && text.startsWith('\ufeff') ? 1 : at;
}
