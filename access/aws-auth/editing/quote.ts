/** The only way in which values are written: double-quoted, read alike by go-yaml v2 and by JSON (GT-14, GT-16, GT-125). */
import { invalidRequest } from '../../errors';

/**
 * Controls, DEL, U+0085, U+2028, U+2029, unpaired surrogates: some lose the section, some come back changed, and none
 * belongs into a name.
 */
/* eslint-disable no-control-regex -- they are what is looked for */
const REFUSED =
  /[\0-\x1f\x7f-\x9f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
/* eslint-enable no-control-regex */
/** Printable to go-yaml only when escaped, or invisible at the start of a text. */
const ESCAPED = /["\\\ufeff\ufffe\uffff]/g;

export function isQuotable(value: string): boolean {
  return !REFUSED.test(value);
}

/** Throws ProviderError InvalidRequest for a value that holds a control character. */
export function quote(value: string): string {
  const refused = REFUSED.exec(value);
  if (refused) {
    const code = refused[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw invalidRequest(`${JSON.stringify(value)} holds the control character U+${code}: remove it`);
  }
  return `"${value.replace(ESCAPED, escape)}"`;
}

/** Never `\/` and never a pair of `\u` surrogates: go-yaml v2 knows neither. */
function escape(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
