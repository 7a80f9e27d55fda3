/** The command line in a real terminal: colours, and text that is longer than the screen. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE } from '../pure/access/explain/sample';

const root = join(__dirname, '../..');
const program = join(root, 'dist/cli/eks-access.js');
const folder = mkdtempSync(join(tmpdir(), 'eks-access-terminal-'));
writeFileSync(join(folder, 'aws-auth.yaml'), SAMPLE);
const plain = { PATH: process.env['PATH'], LANG: 'C.UTF-8', TERM: 'xterm-256color' };
const DOCTOR = ['doctor', 'aws-auth.yaml'];

interface Screen {
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly keys?: string;
}

interface Ran {
  readonly code: number | null;
  readonly text: string;
}

/** What the terminal got, stdout and stderr together as on a screen. */
function inTerminal(words: readonly string[], { rows = 500, env, keys = '' }: Screen = {}): Ran {
  const python = ['python3', join(__dirname, 'python/terminal.py'), String(rows), '80', keys];
  const [command = '', ...rest] = [...python, process.execPath, program, ...words];
  const ran = spawnSync(command, rest, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...plain, ...env },
    timeout: 60_000,
  });
  if (ran.error !== undefined)
    throw new Error('python3 is missing, which opens a terminal: install it (apt-get install -y python3)', {
      cause: ran.error,
    });
  return { code: ran.status, text: ran.stdout.replaceAll('\r\n', '\n') };
}

function inPipes(words: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const ran = spawnSync(process.execPath, [program, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...plain, ...env },
    input: '',
  });
  return { code: ran.status, text: ran.stdout + ran.stderr };
}

// eslint-disable-next-line no-control-regex -- the colours
const withoutColours = (text: string): string => text.replace(/\u001b\[\d+m/g, '');
const hasColours = (text: string): boolean => text.includes('\u001b[31m');

test.each<readonly [boolean, string, Ran]>([
  [true, 'a terminal', inTerminal(DOCTOR)],
  [false, 'a pipe', inPipes(DOCTOR)],
  [false, 'a pipe, whatever FORCE_COLOR says', inPipes(DOCTOR, { FORCE_COLOR: '1' })],
  [false, 'NO_COLOR', inTerminal(DOCTOR, { env: { NO_COLOR: '1' } })],
  [false, 'TERM=dumb', inTerminal(DOCTOR, { env: { TERM: 'dumb' } })],
  [true, 'TERM=dumb with FORCE_COLOR', inTerminal(DOCTOR, { env: { TERM: 'dumb', FORCE_COLOR: '1' } })],
  [false, '--no-color', inTerminal([...DOCTOR, '--no-color'])],
])('colours: %s for %s, and the text is the same', (hasColour, _, { code, text }) => {
  expect(code).toBe(1);
  expect(hasColours(text)).toBe(hasColour);
  expect(withoutColours(text)).toBe(inPipes(DOCTOR).text);
});

const PAGER = { PAGER: "sed 's/^/paged: /'" };
const paged = (text: string): number => text.split('\n').filter((line) => line.startsWith('paged: ')).length;

test('what is longer than the screen is paged, colours and all; the exit code and the hints stay', () => {
  const { code, text } = inTerminal(DOCTOR, { rows: 20, env: PAGER });
  expect(code).toBe(1);
  expect(paged(text)).toBeGreaterThan(20);
  expect(hasColours(text)).toBe(true);
  expect(text).not.toMatch(/^paged: .*Rules: eks-access help/m);
  expect(withoutColours(text).replaceAll('paged: ', '')).toBe(inPipes(DOCTOR).text);
});

test.each<readonly [string, Ran]>([
  ['what fits', inTerminal(DOCTOR, { rows: 500, env: PAGER })],
  ['--no-pager', inTerminal([...DOCTOR, '--no-pager'], { rows: 20, env: PAGER })],
  ['--json', inTerminal([...DOCTOR, '--json'], { rows: 20, env: PAGER })],
  ['--plain', inTerminal([...DOCTOR, '--plain'], { rows: 2, env: PAGER })],
  ['PAGER=cat', inTerminal(DOCTOR, { rows: 20, env: { PAGER: 'cat' } })],
  ['an empty PAGER', inTerminal(DOCTOR, { rows: 20, env: { PAGER: '' } })],
  ['a terminal without a size', inTerminal(DOCTOR, { rows: 0, env: PAGER })],
  ['TERM=dumb', inTerminal(DOCTOR, { rows: 20, env: { ...PAGER, TERM: 'dumb' } })],
  ['a pipe', inPipes(DOCTOR, PAGER)],
])('%s is not paged', (_, { code, text }) => {
  expect(code).toBe(1);
  expect(paged(text)).toBe(0);
  expect(text).toContain('section-unparsable');
});

test('a pager that is not there loses nothing', () => {
  const { code, text } = inTerminal(DOCTOR, { rows: 20, env: { PAGER: 'no-such-pager-at-all' } });
  expect(code).toBe(1);
  expect(withoutColours(text)).toContain(inPipes(DOCTOR).text);
});

test('a pager that is left before the end is no error', () => {
  const { code, text } = inTerminal(DOCTOR, { rows: 20, env: { PAGER: 'head -n 2' } });
  expect(code).toBe(1);
  expect(text).toContain('aws-auth.yaml: 4 errors');
  expect(text).not.toContain('internal error');
});

test('without PAGER it is less, which is left by q', () => {
  const { code, text } = inTerminal(DOCTOR, { rows: 20, keys: 'q' });
  expect(code).toBe(1);
  expect(withoutColours(text)).toContain('aws-auth.yaml: 4 errors');
  expect(text).not.toContain('internal error');
});
