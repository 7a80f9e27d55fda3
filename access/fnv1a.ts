/**
 * 64-bit FNV-1a of the text's UTF-8: tells texts apart, and protects nothing. Pure.
 * https://datatracker.ietf.org/doc/html/draft-eastlake-fnv
 */
export function fnv1a(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}

/** The same in 16 hexadecimal digits. */
export function fnv1aHex(text: string): string {
  return fnv1a(text).toString(16).padStart(16, '0');
}
