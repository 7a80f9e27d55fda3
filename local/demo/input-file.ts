/** Files that the user names: what is wrong with one is a sentence, not a stack trace. */
import { readFileSync } from 'node:fs';
import { UsageError } from './command-line';

const sentences: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no file ${path}`,
  EISDIR: (path) => `${path} is a folder: a file is wanted`,
  EACCES: (path) => `${path} may not be read`,
};

/** Text in UTF-8, or in UTF-16 with a mark, as a redirect of PowerShell writes it. Throws UsageError. */
export function readInput(path: string): string {
  return decode(path, readBytes(path));
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const sentence = sentences[(error as NodeJS.ErrnoException).code ?? ''];
    if (sentence) throw new UsageError(sentence(path));
    throw error;
  }
}

/** The mark is left out. `path` is for messages. Throws UsageError. */
export function decode(path: string, bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (bytes.includes(0))
    throw new UsageError(`${path} is neither UTF-8 nor UTF-16 with a byte order mark: save it as UTF-8`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${path} has bytes that are not UTF-8: save it as UTF-8`);
  }
}
