/**
 * One execution environment: loads the code once, runs one invocation at a time, is frozen in between, and is
 * killed when an invocation takes too long. A worker thread, or a child process of another Node.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { silentPorts } from '../server/silent-ports';
import { type Skip } from './clock';
import { type Compiled, compiledOf, keepCompiled } from './compiled';
import { type FunctionCode, type FunctionError } from './lambda-function';

const program = join(__dirname, 'container-runtime.js');

export type ContainerMessage =
  | { readonly type: 'loaded' }
  | { readonly type: 'load-failed'; readonly error: FunctionError }
  | {
      readonly type: 'log';
      readonly requestId: string;
      readonly stream: 'stdout' | 'stderr';
      readonly text: string;
    }
  | {
      readonly type: 'done';
      readonly requestId: string;
      readonly payload?: string;
      readonly error?: FunctionError;
    }
  | { readonly type: 'crashed'; readonly error: FunctionError }
  /** It waits for nothing but time: milliseconds since 1970 by the host's clock, null where it has no timer. */
  | { readonly type: 'waits'; readonly until: number | null; readonly wakes: number };

export interface LoadMessage {
  readonly type: 'load';
  readonly code: FunctionCode;
  readonly handlerName: string;
  /** Whether the runtime still knows callbacks. */
  readonly callbacks: boolean;
  readonly skipsWaits: boolean;
}

export interface InvokeMessage extends Partial<Skip> {
  readonly type: 'invoke';
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly context: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly remaining: number;
  readonly callbacks: boolean;
}

/** How the host talks to a container, whatever it is made of. */
export interface Channel {
  post(message: LoadMessage | InvokeMessage): void;
  /** Says, while an invocation runs, that the clock has moved on. */
  skip(skip: Skip): void;
  /** Stops everything that still runs in it. */
  freeze(): void;
  kill(): Promise<void>;
}

export interface ChannelEvents {
  readonly message: (message: ContainerMessage) => void;
  /** It ended by itself or was killed. */
  readonly exit: (status: number) => void;
}

export function openThread(environment: Readonly<Record<string, string>>, events: ChannelEvents): Channel {
  const ice = new Int32Array(new SharedArrayBuffer(4));
  let epoch = 0;
  // execArgv: loaders of the parent (tsx, jest) have no business in the function.
  const worker = new Worker(program, {
    env: { ...environment },
    workerData: { container: true, ice, silentPorts },
    execArgv: [],
    stdout: true,
    stderr: true,
  });
  worker.on('message', (message: ContainerMessage | Compiled) => {
    if (message.type === 'compiled') keepCompiled(message);
    else events.message(message);
  });
  worker.on('error', (error: unknown) => events.message({ type: 'crashed', error: crash(error) }));
  worker.on('exit', events.exit);
  return {
    post: (message) => {
      epoch += 1;
      Atomics.store(ice, 0, epoch);
      Atomics.notify(ice, 0);
      const compiled = message.type === 'load' ? compiledOf(message.code) : undefined;
      worker.postMessage({ ...message, epoch, compiled });
    },
    skip: (skip) => worker.postMessage({ type: 'skip', ...skip }),
    freeze: () => undefined,
    kill: async () => void (await worker.terminate()),
  };
}

export function openProcess(
  nodePath: string,
  environment: Readonly<Record<string, string>>,
  events: ChannelEvents,
): Channel {
  const child: ChildProcess = fork(program, [], {
    execPath: nodePath,
    execArgv: [],
    env: { ...environment },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let ended = false;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (status) => {
      ended = true;
      events.exit(status ?? 1);
      resolve();
    });
    child.once('error', (error) => {
      ended = true;
      events.message({ type: 'crashed', error: crash(error) });
      resolve();
    });
  });
  child.on('message', (message) => events.message(message as ContainerMessage));
  return {
    post: (message) => {
      child.kill('SIGCONT');
      child.send(message, () => undefined);
    },
    skip: (skip) => void child.send({ type: 'skip', ...skip }, () => undefined),
    freeze: () => void child.kill('SIGSTOP'),
    kill: async () => {
      if (!ended) child.kill('SIGKILL');
      await exited;
    },
  };
}

function crash(error: unknown): FunctionError {
  const { name = 'Error', message = String(error) } = error instanceof Error ? error : {};
  return { errorType: name, errorMessage: message, trace: [] };
}
