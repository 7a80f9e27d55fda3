/** The rig leaves nothing behind, however the process that started it ends. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './rig/lifetime';
import { MARK } from './rig/part';

const tsx = join(__dirname, '..', '..', 'node_modules', 'tsx', 'dist', 'cli.mjs');

test.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)('after %s no process of it is left', async (signal) => {
  const child = spawn(
    process.execPath,
    ['--import', tsx.replace('cli.mjs', 'loader.mjs'), join(__dirname, 'rig', 'lone-rig.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [status, mark = '', folder = ''] = await new Promise<string[]>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8').trim().split(' ')));
    child.once('exit', () => reject(new Error('the rig did not start')));
  });
  expect(status).toBe('CREATE_COMPLETE');
  // etcd, kube-apiserver, aws-iam-authenticator and a container of the function, frozen between two events.
  expect(marked(mark)).toHaveLength(4);
  child.kill(signal);
  expect(
    await eventually(
      async () => marked(mark),
      (left) => left.length === 0,
    ),
  ).toEqual([]);
  const isThere = async (): Promise<boolean> => existsSync(folder);
  expect(await eventually(isThere, (there) => !there)).toBe(false);
});

/** Ids of the processes that carry the mark. */
function marked(mark: string): string[] {
  return readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && environmentOf(name).includes(`${MARK}=${mark}`),
  );
}

function environmentOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    // Gone meanwhile, or of another user.
    return [];
  }
}
