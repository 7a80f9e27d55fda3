/**
 * `AllowedPattern` as CloudFormation reads it: by java.util.regex, and for the whole value. What Java writes otherwise
 * than Oniguruma is rewritten here; Oniguruma's syntax is translated by a library of its own. Pure.
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/regex/Pattern.html
 */
import { toRegExp } from 'oniguruma-to-es';

/** Java's classes are those of ASCII, unless a flag says otherwise. */
const classes: Readonly<Record<string, string>> = {
  d: '0-9', w: 'a-zA-Z0-9_', s: ' \\t\\n\\x0B\\f\\r', h: ' \\t\\u00A0\\u1680\\u180E\\u2000-\\u200A\\u202F\\u205F\\u3000',
  v: '\\n\\x0B\\f\\r\\u0085\\u2028\\u2029',
}; // prettier-ignore
const named: Readonly<Record<string, string>> = {
  Lower: 'a-z', Upper: 'A-Z', ASCII: '\\x00-\\x7F', Alpha: 'a-zA-Z', Digit: '0-9', Alnum: 'a-zA-Z0-9',
  Punct: '!-\\/:-@\\[-`{-~', Graph: '!-~', Print: ' -~', Blank: ' \\t', Cntrl: '\\x00-\\x1F\\x7F',
  XDigit: '0-9a-fA-F', Space: ' \\t\\n\\x0B\\f\\r',
}; // prettier-ignore

/** The test of a whole value, or in words what of the pattern cannot be had here. */
export function javaPattern(
  pattern: string,
): { test(text: string): boolean } | { readonly obstacle: string } {
  const rewritten = rewrite(pattern);
  if (typeof rewritten !== 'string') return rewritten;
  try {
    return toRegExp(`\\A(?:${rewritten})\\z`, { rules: { singleline: true, asciiWordBoundaries: true } });
  } catch (error) {
    return { obstacle: error instanceof Error ? error.message : String(error) };
  }
}

function rewrite(pattern: string): string | { readonly obstacle: string } {
  // Oniguruma's flag for it does not survive the translation: (?s) goes, and every dot becomes a class.
  const [all, before = '', after = ''] = /^\(\?([ix]*)s([ix]*)\)/.exec(pattern) ?? [];
  const others = before + after === '' ? '' : `(?${before}${after})`;
  let result = '';
  let rest = all === undefined ? pattern : others + pattern.slice(all.length);
  let depth = 0;
  while (rest !== '') {
    const [taken, replacement] = next(rest, depth);
    if (replacement === undefined) return { obstacle: `${taken} cannot be translated` };
    if (taken === '[' || taken === '[^') depth += 1;
    if (taken === ']' && depth > 0) depth -= 1;
    result += replacement === '.' && all !== undefined && depth === 0 ? '[\\x00-\\x{10FFFF}]' : replacement;
    rest = rest.slice(taken.length);
  }
  return result;
}

/** What comes next, and what stands for it; undefined: nothing does. */
function next(rest: string, depth: number): readonly [taken: string, replacement: string | undefined] {
  const [quoted, text = ''] = /^\\Q([^]*?)(?:\\E|$)/.exec(rest) ?? [];
  if (quoted !== undefined) return [quoted, text.replace(/[^A-Za-z0-9]/g, '\\$&')];
  const [property, sign, name = ''] = /^\\([pP])\{(\w+)\}/.exec(rest) ?? [];
  if (property !== undefined) {
    const set = named[name];
    if (set !== undefined) return [property, `[${sign === 'P' ? '^' : ''}${set}]`];
    return [property, /^java|^In[A-Z]/.test(name) ? undefined : property.replace('{Is', '{')];
  }
  const [escaped, letter = ''] = /^\\([^])/.exec(rest) ?? [];
  if (escaped !== undefined) {
    const set = classes[letter.toLowerCase()];
    if (set !== undefined) return [escaped, `[${/[A-Z]/.test(letter) ? '^' : ''}${set}]`];
    return [escaped, /[GXRNbBE]/.test(letter) && depth > 0 ? undefined : escaped];
  }
  const [flags, letters = ''] = /^\(\?([a-zA-Z-]+)[:)]/.exec(rest) ?? [];
  if (flags !== undefined) return [flags, /[^ix-]/.test(letters) ? undefined : flags];
  if (depth > 0 && rest.startsWith('[:')) return ['[:', undefined];
  if (rest.startsWith('[&&')) return ['[&&', undefined];
  if (/^\{,\d/.test(rest) && depth === 0) return ['{,', undefined];
  const opened = /^\[\^?/.exec(rest)?.[0];
  if (opened !== undefined) return [opened, opened];
  return [rest.slice(0, 1), rest.slice(0, 1)];
}
