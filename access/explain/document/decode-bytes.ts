/** The text in the bytes of a file: UTF-8, or UTF-16 as PowerShell's `>` writes it. */
import { type Decoded } from './document';

export function decodeBytes(bytes: Uint8Array): Decoded {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return {
      refused: `The file is not text in ${encoding.toUpperCase()}: save it as UTF-8, or print the ConfigMap with kubectl get -o yaml.`,
    };
  }
  if (text.includes('\0'))
    return {
      refused: 'The file has NUL bytes and is no text: print the ConfigMap with kubectl get -o yaml.',
    };
  if (encoding === 'utf-8') return { text };
  return {
    text,
    note: `The file is ${encoding.toUpperCase()}, which kubectl does not read: save it as UTF-8 before you apply it.`,
  };
}

/** By the byte order mark, or by where the zero bytes of an ASCII text would be. */
function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0 && bytes.length % 2 === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && bytes.length % 2 === 0) return 'utf-16be';
  return 'utf-8';
}
