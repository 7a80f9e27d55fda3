/** Text inside of double quotes, in the escapes that YAML and HCL have in common: nothing but ASCII is left. Pure. */
import { codePointAt } from '../../code-point';

export function escaped(text: string): string {
  return text.replace(/["\\]|[^\x20-\x7e]/gu, (character) => {
    if (character === '"' || character === '\\') return `\\${character}`;
    const code = codePointAt(character).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}
