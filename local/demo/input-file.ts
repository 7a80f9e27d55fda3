/** Files that the user names: what is wrong with one is a sentence, not a stack trace. */
import { readFileSync } from 'node:fs';
import { UsageError } from './command-line';

const sentences: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no file ${path}`,
  EISDIR: (path) => `${path} is a folder: a file is wanted`,
  EACCES: (path) => `${path} may not be read`,
};

/** Throws UsageError. */
export function readInput(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const sentence = sentences[(error as NodeJS.ErrnoException).code ?? ''];
    if (sentence) throw new UsageError(sentence(path));
    throw error;
  }
}
