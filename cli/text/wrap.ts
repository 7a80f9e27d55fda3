/** Breaks text into lines of a width; nothing is lost but blanks. Pure. */
import { shown, widthOf } from './shown';

/** At blanks where that helps, else after a sign inside of ARNs and names, else anywhere. */
export function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = shown(text).trimEnd();
  while (widthOf(rest) > width) {
    const characters = [...rest];
    const room = characters.slice(0, width + 1);
    const blank = room.lastIndexOf(' ');
    const sign = characters.slice(0, width).findLastIndex((character) => '/:.@-_,;'.includes(character));
    const word = /^ *\S*/.exec(characters.slice(Math.max(0, blank)).join(''))?.[0].trim() ?? '';
    // A word that fits a line is left whole, so that it can be copied; a longer one begins in this line.
    const isBlankBest = blank > width / 3 || (blank > 0 && widthOf(word) <= width);
    const piece = widthOf(
      characters
        .slice(sign + 1)
        .join('')
        .split(/(?<=[/:.@\-_,;])|\s/)[0] ?? '',
    );
    const isSignBest = sign > width / 3 || (sign >= 0 && piece <= width);
    const at = isBlankBest ? blank : isSignBest ? sign + 1 : width;
    lines.push(characters.slice(0, at).join('').trimEnd());
    rest = characters.slice(at).join('').trimStart();
  }
  return [...lines, rest];
}

/** The longest piece that `wrapped` keeps whole where it can. */
export function longestPiece(text: string): number {
  return Math.max(...text.split(/(?<=[/:.@\-_,;])|\s+/).map(widthOf));
}
