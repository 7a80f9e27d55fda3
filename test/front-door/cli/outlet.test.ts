/** Files and pipes get all of what the program says, whatever their reader does. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { eksAccess, folderWith, program } from './program';

const entries = Array.from(
  { length: 1_000 },
  (_, index) => `    - {rolearn: "arn:aws:iam::111122223333:role/r${index}", username: r, groups: [g]}\n`,
);
const cwd = folderWith({ 'many.yaml': `data:\n  mapRoles: |\n${entries.join('')}` });
const line = ['list', 'many.yaml', '--json'];
const words = [process.execPath, program, ...line];
const { stdout: all } = eksAccess(line, { cwd });

function shell(script: string) {
  return spawnSync('sh', ['-c', script, 'sh', ...words], { cwd, encoding: 'utf8' });
}

test('a pipe that does not wait is full before the end, and its reader misses nothing', async () => {
  const pipe = join(cwd, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  // Node.js makes the three descriptors of a child wait, and not those that a shell puts in their place.
  const child = spawn('sh', ['-c', 'exec "$@" >&3', 'sh', ...words], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe', writing],
  });
  closeSync(writing);
  const ended = new Promise((resolve) => child.on('close', resolve));
  let read = '';
  for await (const chunk of new Socket({ fd: reading }).setEncoding('utf8')) read += String(chunk);
  expect(await ended).toBe(0);
  // Several times what a pipe holds.
  expect(read.length).toBeGreaterThan(3 * 65_536);
  expect((JSON.parse(read) as { readonly identities: readonly unknown[] }).identities).toHaveLength(1_000);
  expect(read === all).toBe(true);
});

test('a reader that has seen enough is no error', () => {
  expect(shell('{ "$@"; echo "ended as $?" >&2; } | head -c 10')).toMatchObject({
    stdout: all.slice(0, 10),
    stderr: 'ended as 0\n',
  });
});

test('a file has it too, and what is not a file, a pipe or a terminal', () => {
  expect(shell('"$@" > all').status).toBe(0);
  expect(readFileSync(join(cwd, 'all'), 'utf8') === all).toBe(true);
  expect(shell('"$1" "$2" list missing.yaml 2> said > /dev/null').status).toBe(2);
  expect(readFileSync(join(cwd, 'said'), 'utf8')).toMatch(/^eks-access: .*missing\.yaml/);
});

test('a disk that is full is an error', () => {
  expect(shell('"$@" > /dev/full').status).toBe(2);
});
