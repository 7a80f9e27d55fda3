/** The code point of the character that begins at the offset, which is in the text. Pure. */
export function codePointAt(text: string, offset = 0): number {
  return Number(text.codePointAt(offset));
}
