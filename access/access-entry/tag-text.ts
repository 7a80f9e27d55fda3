/**
 * Text in tags: a value holds 256 characters of letters, digits, spaces and `_.:/=+-@` (GT-72), so what is longer goes
 * on under `<key>.1`, `<key>.2`, …, and other characters are encoded. Pure.
 */
import { codePointAt } from '../code-point';

export type Tags = Readonly<Record<string, string>>;

/** Most tags of one resource (GT-72). */
export const MAX_TAGS = 50;

/** Tags that begin with `aws:` are the service's own and cannot be written (GT-72). */
export function isServiceTag(key: string): boolean {
  return /^aws:/i.test(key);
}

const CHUNK = 256;

/** The tags that hold `text`, which must be of characters that tags take. */
export function toChunks(key: string, text: string): Tags {
  const parts = text.match(new RegExp(`.{1,${CHUNK}}`, 'g')) ?? [];
  return Object.fromEntries(parts.map((part, index) => [index === 0 ? key : `${key}.${index}`, part]));
}

/** Undefined without the first of the chunks; a chunk that is missing ends the text. */
export function fromChunks(tags: Tags, key: string): string | undefined {
  let text = tags[key];
  if (text === undefined) return undefined;
  for (let index = 1; tags[`${key}.${index}`] !== undefined; index += 1) text += tags[`${key}.${index}`];
  return text;
}

export function isChunkOf(key: string, head: string): boolean {
  return key === head || (key.startsWith(`${head}.`) && /^\d+$/.test(key.slice(head.length + 1)));
}

/** Injective: `=` and every character that a tag does not take become `=` and six hex digits; so do `/` and `:` but for those in `also`. */
export function escapeText(text: string, also: string): string {
  return [...text]
    .map((char) => (/[\w .+@-]/.test(char) || also.includes(char) ? char : `=${hex(char)}`))
    .join('');
}

function hex(char: string): string {
  return codePointAt(char).toString(16).padStart(6, '0');
}

export function unescapeText(text: string): string {
  return text.replace(/=([0-9a-f]{6})/g, (_, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** As base64url after its length, so that a lost chunk is noticed. Text with lone surrogates does not come back. */
export function packText(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
  const packed = btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return `${packed.length}.${packed}`;
}

/** Undefined when it is not what `packText` gave. */
export function unpackText(packed: string): string | undefined {
  const [, length = '', encoded = ''] = /^(\d+)\.([\w-]*)$/.exec(packed) ?? [];
  if (Number(length) !== encoded.length || length === '') return undefined;
  try {
    const bytes = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)),
    );
  } catch {
    // Neither base64 (DOMException) nor UTF-8 (TypeError).
    return undefined;
  }
}
