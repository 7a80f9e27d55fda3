/** Text of a document as a terminal may get it: what acts on the terminal, or hides, is written out. Pure. */
import { HIDDEN, shown, widthOf } from '../../access/explain/shown';

export { shown, widthOf };

/** JSON that is as safe on a terminal: the same characters as `\u001b`, which every parser reads back. `indent` 0: one line. */
export function shownJson(value: unknown, indent: 0 | 2 = 2): string {
  const json = JSON.stringify(value, undefined, indent);
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
