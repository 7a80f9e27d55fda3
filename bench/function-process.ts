/** Starts function processes and gathers what they say of themselves. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export interface Span {
  /** Milliseconds on the clock. */
  readonly wall: number;
  /** Milliseconds of processor time, all threads of the process. */
  readonly cpu: number;
}

export interface FunctionRun {
  /** Of `require`. */
  readonly load: Span;
  /** Of each event, in order. */
  readonly events: readonly Span[];
  /** Resident set after the last event, in MB of a million bytes. */
  readonly rss: number;
  /** The largest it has ever been; null where the system does not tell. */
  readonly peak: number | null;
}

export interface FunctionJob {
  /** Left out: a bare Node. */
  readonly file?: string;
  readonly functionArn?: string;
  readonly events?: readonly unknown[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodePath: string;
  /** Default: none. */
  readonly nodeOptions?: readonly string[];
}

export function runFunction({
  nodePath,
  nodeOptions,
  environment,
  ...job
}: FunctionJob): Promise<FunctionRun> {
  return inProcess(join(__dirname, 'function-process.js'), { nodePath, nodeOptions, environment, job });
}

interface ProcessOptions {
  readonly nodePath: string;
  readonly nodeOptions?: readonly string[] | undefined;
  readonly environment?: Readonly<Record<string, string>> | undefined;
  readonly job: object;
}

/** Sends one message to a program in a fresh Node of its own, and gives the one message that it sends back. */
export function inProcess<T extends object>(
  program: string,
  { nodePath, nodeOptions = [], environment, job }: ProcessOptions,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [], {
      execPath: nodePath,
      // Not those of this process: its loader (tsx) has no business in there.
      execArgv: [...nodeOptions],
      env: { ...environment },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`${program} ended with status ${status}`)));
    child.once('message', (message) => {
      const result = message as T | { readonly error: string };
      if ('error' in result) reject(new Error(`${program}: ${result.error}`));
      else resolve(result);
    });
    child.send(job);
  });
}
