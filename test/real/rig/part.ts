/**
 * The processes of the rig. Each writes a log of its own; a reaper outside this process kills whatever carries the
 * rig's mark as soon as this process is gone, however it went: by an exception, Ctrl-C or SIGKILL.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Environment variable that marks every process of a rig, the function's containers included. */
export const MARK = 'CFN_EKS_ACCESS_RIG';

export interface PartOptions {
  readonly name: string;
  readonly program: string;
  readonly parameters: readonly string[];
  /** Working directory and place of the log. */
  readonly folder: string;
  readonly mark: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Part {
  readonly name: string;
  /** Everything that it wrote, earlier processes of the same name included. */
  log(): string;
  readonly running: boolean;
  /** At once (SIGKILL); resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Nothing of the developer's own environment reaches the parts, and none of them asks a metadata service. */
export function quietEnvironment(mark: string, home: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    [MARK]: mark,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: 'localhost,127.0.0.1',
  };
}

export function startPart({ name, program, parameters, folder, mark, env = {} }: PartOptions): Part {
  const file = join(folder, `${name}.log`);
  const output = openSync(file, 'a');
  // In a process group of its own, so that Ctrl-C in a terminal does not stop parts while tests still run.
  const child = spawn(program, parameters, {
    cwd: folder,
    detached: true,
    env: { ...quietEnvironment(mark, folder), ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  child.unref();
  return {
    name,
    log: () => readFileSync(file, 'utf8'),
    get running() {
      return isRunning(child);
    },
    kill: async () => {
      if (!isRunning(child)) return;
      child.ref();
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function isRunning({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid !== undefined && exitCode === null && signalCode === null;
}

/** Waits until `isReady` does not throw and is true; rejects with the end of the log when the part dies or is too slow. */
export async function ready(part: Part, isReady: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await isReady().catch(() => false)) return;
    if (!part.running) throw new Error(`${part.name} ended before it was ready\n${tail(part.log())}`);
    if (Date.now() > end)
      throw new Error(`${part.name} was not ready within ${seconds} s\n${tail(part.log())}`);
    await pause(50);
  }
}

export function tail(log: string, lines = 40): string {
  return log.trimEnd().split('\n').slice(-lines).join('\n');
}

/** That many ports of loopback that no server listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  try {
    return await Promise.all(
      servers.map(
        (server) =>
          new Promise<number>((resolve, reject) => {
            server.once('error', reject);
            server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
          }),
      ),
    );
  } finally {
    await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  }
}

/** A file of this name in the rig's folder keeps the folder, so that its logs can be read. */
export const KEEP = 'keep';

/** Waits for the end of its standard input, which comes when the process that holds the other end is gone. */
const reaperScript = `
read -r _
for round in 1 2 3; do
  for file in /proc/[0-9]*/environ; do
    if tr '\\0' '\\n' < "$file" 2>/dev/null | grep -qx "${MARK}=$1"; then
      pid=\${file#/proc/}; kill -KILL "\${pid%/environ}" 2>/dev/null
    fi
  done
done
if [ -n "$2" ] && [ ! -e "$2/${KEEP}" ]; then rm -rf "$2"; fi
exit 0`;

export interface Reaper {
  /** Kills what is left now; resolves when nothing is. */
  finish(): Promise<void>;
}

/** `folder`: the rig's, which goes with it. */
export function startReaper(mark: string, folder = ''): Reaper {
  const environment = { PATH: process.env['PATH'] ?? '' };
  const child = spawn('/bin/sh', ['-c', reaperScript, 'reaper', mark, folder], {
    detached: true,
    env: environment,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  child.unref();
  return {
    finish: async () => {
      child.ref();
      child.stdin.end();
      await gone;
    },
  };
}
