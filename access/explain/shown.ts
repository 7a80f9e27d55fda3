/** Text of a document as people may see it: what acts on a terminal, or hides, is written out. Pure. */
import { codePointAt } from '../code-point';

// C0, DEL, C1; zero-width and joining characters; what changes the direction of text; line separators; lone surrogates.
export const HIDDEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- they are what is looked for
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

/** ESC → `\u{1b}`. What was shown once stays what it is. */
export function shown(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${codePointAt(character).toString(16)}}`);
}

/** In characters. */
export function widthOf(text: string): number {
  return [...text].length;
}
