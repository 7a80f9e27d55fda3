/** Files and stdin as text. */
import { isAscii } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { decodeBytes } from '../../access/explain/document/decode-bytes';
import { type Decoded } from '../../access/explain/document/document';
import { Problem } from '../problem';

/** What `process.stdin` is, and only when it is asked for. */
export interface Stdin extends AsyncIterable<unknown> {
  readonly isTTY: boolean;
}

export interface TextSource {
  /** How people know it: the path, or `stdin`. */
  readonly name: string;
  readonly text: string;
  /** A sentence where the text was not UTF-8. */
  readonly note: string | undefined;
  /** The byte order mark of a UTF-8 file, which its text lacks; empty where there is none. */
  readonly mark: string;
}

/** `path`: of a file, or `-`. */
export async function readText(path: string, stdin: Stdin): Promise<TextSource> {
  const name = path === '-' ? 'stdin' : path;
  const bytes = path === '-' ? await bytesOf(stdin) : bytesIn(path);
  const decoded = decodedOf(bytes);
  if ('refused' in decoded) throw new Problem(`${name}: ${decoded.refused}`);
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { name, text: decoded.text, note: decoded.note, mark: isMarked ? '\ufeff' : '' };
}

/** Most texts are ASCII, and the decoder of all others takes a millisecond to make. */
function decodedOf(bytes: Uint8Array): Decoded {
  return isAscii(bytes) && !bytes.includes(0)
    ? { text: Buffer.from(bytes).toString('latin1') }
    : decodeBytes(bytes);
}

/** One after another, because one of them may be stdin. */
export async function readTexts(paths: readonly string[], stdin: Stdin): Promise<readonly TextSource[]> {
  const texts: TextSource[] = [];
  for (const path of paths) texts.push(await readText(path, stdin));
  return texts;
}

async function bytesOf(stream: Stdin): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** All at once: what node:fs/promises needs takes longer to load than a file takes to read. */
function bytesIn(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new Problem(`Cannot read ${path}: ${REASONS[code] ?? code}.`, hintFor(path));
  }
}

/** Who names a principal or an error asks about it. */
function hintFor(path: string): string | undefined {
  if (/^(?:arn:|(?:role|user)\/)/i.test(path))
    return `About a principal: eks-access explain ${path} aws-auth.yaml`;
  if (!/\s/.test(path)) return undefined;
  return 'About an error: eks-access help "ERROR", or eks-access explain "ERROR" aws-auth.yaml';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};
