/** Text inside of double quotes, in the escapes that YAML and HCL have in common: nothing but ASCII is left. Pure. */
export function escaped(text: string): string {
  return text.replace(/["\\]|[^\x20-\x7e]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
