/** Text of a document as a terminal may get it: what acts on the terminal, or hides, is written out. Pure. */

// C0, DEL, C1; zero-width and joining characters; what changes the direction of text; line separators; lone surrogates.
const HIDDEN =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class -- they are what is looked for
  /[\0-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

/** ESC → `\u{1b}`. What was shown once stays what it is. */
export function shown(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** JSON that is as safe on a terminal: the same characters as `\u001b`, which every parser reads back. */
export function shownJson(value: unknown): string {
  const json = JSON.stringify(value, undefined, 2);
  return json
    .split('\n')
    .map((line) =>
      line.replace(HIDDEN, (character) =>
        Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
          .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
          .join(''),
      ),
    )
    .join('\n');
}

/** In characters. */
export function widthOf(text: string): number {
  return [...text].length;
}
