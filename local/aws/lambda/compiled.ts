/**
 * What V8 made of the code of functions. Most containers run the same bundle and are started by the hundred: without this,
 * compiling it again takes more than a tenth of the time of tests.
 */
import { resolve } from 'node:path';
import { type FunctionCode } from './lambda-function';

/** From a container that has run the file once (`load-file.js`). */
export interface Compiled {
  readonly type: 'compiled';
  readonly file: string;
  /** Of the file, by its time and size; V8 itself refuses what another V8 has made. */
  readonly version: string;
  readonly data: Uint8Array;
}

const known = new Map<string, Compiled>();

export function keepCompiled(compiled: Compiled): void {
  known.set(compiled.file, compiled);
}

export function compiledOf(code: FunctionCode): Compiled | undefined {
  return 'file' in code ? known.get(resolve(code.file)) : undefined;
}
