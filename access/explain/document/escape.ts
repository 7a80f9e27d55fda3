/** Text between double quotes that YAML 1.1 and JSON read alike (GT-16, GT-125). */

// What JSON.stringify leaves raw and YAML 1.1 does not print, or takes for a line break or a byte order mark.
const RAW_IN_JSON = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

export function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(RAW_IN_JSON, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function doubleQuoted(text: string): string {
  return `"${escaped(text)}"`;
}
