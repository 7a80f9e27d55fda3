/** Whether JSON was asked for, of a command line that may be wrong. Pure. */
export function wantsJson(words: readonly string[]): boolean {
  return words.some(
    (word, index) =>
      word === '--json' || word === '--format=json' || (word === 'json' && words[index - 1] === '--format'),
  );
}
