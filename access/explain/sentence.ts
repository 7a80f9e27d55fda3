/** Sentences of at most 160 characters, whatever they quote. Pure. */

/** `middle` cut in its middle, so that the whole has at most 160 characters. */
export function limited(before: string, middle: string, after: string): string {
  const room = 160 - [...before].length - [...after].length;
  const characters = [...middle];
  if (characters.length <= room) return before + middle + after;
  const half = Math.max(1, Math.floor((room - 1) / 2));
  return `${before}${characters.slice(0, half).join('')}…${characters.slice(-half).join('')}${after}`;
}
