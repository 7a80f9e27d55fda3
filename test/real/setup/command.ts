/** Runs the programs of the setup: quiet when all is well, the end of their output in the error when not. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface CommandOptions {
  readonly cwd?: string;
  /** Beside the environment of the setup. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Standard output. Rejects, naming the command and the end of its output, unless it ends with 0. */
export function run(
  program: string,
  parameters: readonly string[],
  { cwd, env = {} }: CommandOptions = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const out: Buffer[] = [];
    const all: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => void (out.push(chunk), all.push(chunk)));
    child.stderr.on('data', (chunk: Buffer) => all.push(chunk));
    child.once('error', reject);
    child.once('close', (status, signal) => {
      if (status === 0) return resolve(Buffer.concat(out).toString('utf8'));
      const lines = Buffer.concat(all).toString('utf8').trimEnd().split('\n').slice(-20);
      reject(
        new Error(
          `${[program, ...parameters].join(' ')} ended with ${signal ?? status ?? '?'}\n${lines.join('\n')}`,
        ),
      );
    });
  });
}

/** Path of a program in PATH. */
export function which(program: string, path = process.env['PATH'] ?? ''): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((file) => isExecutable(file));
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
