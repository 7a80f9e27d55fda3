/** The npm package works where nothing else is: packed, installed without a network, run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SAMPLE } from '../../pure/access/explain/sample';
import { eksAccess, folderWith, root } from './program';

test('npm pack, npm install --offline, npx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eks-access-package-'));
  const npm = (words: readonly string[], cwd: string, input = '') =>
    execFileSync('npm', [...words], { cwd, input, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
  const packed = npm(['pack', join(root, 'dist/cli'), '--json'], folder);
  const [{ filename, files }] = JSON.parse(packed) as [{ filename: string; files: { path: string }[] }];
  expect(files.map(({ path }) => path).sort()).toEqual([
    'LICENSE',
    'README.md',
    'chunk.js',
    'eks-access.js',
    'live.js',
    'package.json',
    'page.html',
    'run-seldom.js',
  ]);
  npm(['init', '-y'], folder);
  npm(['install', '--offline', '--no-audit', '--no-fund', `./${filename}`], folder);
  const words = ['exec', '--offline', '--', 'eks-access', 'doctor', '-', '--fail-on', 'never', '--plain'];
  expect(npm(words, folder, SAMPLE)).toBe(eksAccess(['doctor', '-', '--plain'], { stdin: SAMPLE }).stdout);
});

test('for files the program is its own files that load nothing but Node.js, and of that nothing that talks', () => {
  const parts = ['eks-access.js', 'chunk.js', 'run-seldom.js'];
  const code = parts.map((part) => readFileSync(join(root, 'dist/cli', part), 'utf8')).join('\n');
  const loaded = [...code.matchAll(/\brequire\("(?:node:)?([^"]+)"\)/g)].map(([, name]) => name ?? '');
  expect(loaded).toContain('util');
  expect(new Set(loaded.filter((name) => !builtinModules.includes(name)))).toEqual(
    new Set(['./chunk.js', './run-seldom.js', './live.js']),
  );
  // For a pager, and when there is one (below).
  const talking = loaded.filter((name) => /^(?:https?|http2|net|tls|dns|dgram|child_process)/.test(name));
  expect(new Set(talking)).toEqual(new Set(['child_process']));
  expect(code.includes('@aws-sdk/')).toBe(false);
  // With the ways out of Node.js that need no module broken as well.
  const folder = folderWith({
    'alone.cjs': `delete globalThis.fetch; delete globalThis.WebSocket; delete globalThis.EventSource;
require('node:net').Socket.prototype.connect = () => { throw new Error('connects'); };`,
  });
  const env = { NODE_OPTIONS: `--require ${folder}/alone.cjs` };
  const words = ['doctor', 'aws-auth.yaml'];
  expect(eksAccess(words, { cwd: folder, env })).toEqual(eksAccess(words, { cwd: folder }));
});

const OFTEN = ['eks-access.js', 'chunk.js'];
const SELDOM = [...OFTEN, 'run-seldom.js'];

test.each<readonly [string, readonly string[]]>([
  ['list aws-auth.yaml', OFTEN],
  ['explain role/dev aws-auth.yaml', OFTEN],
  ['doctor aws-auth.yaml --fix', OFTEN],
  ['help', OFTEN],
  ['--version', OFTEN],
  ['plan-migration aws-auth.yaml', SELDOM],
  ['policies', SELDOM],
  ['list --cluster prod', [...OFTEN, 'live.js']],
])('%s loads %j', (line, expected) => {
  const folder = folderWith({
    'modules.cjs': `process.on('exit', () => console.error('loaded ' + JSON.stringify(Object.keys(require.cache)) +
  (process.moduleLoadList.includes('NativeModule child_process') ? ' child_process' : '')));`,
  });
  const env = { NODE_OPTIONS: `--require ${folder}/modules.cjs`, AWS_CONFIG_FILE: '/dev/null' };
  const { stderr } = eksAccess(line.split(' '), { cwd: folder, env });
  const [, files = '[]', process] = /^loaded (\S*)( child_process)?$/m.exec(stderr) ?? [];
  const loaded = JSON.parse(files) as readonly string[];
  const own = loaded.map((path) => path.slice(path.lastIndexOf('/') + 1));
  expect(own.filter((name) => name !== 'modules.cjs')).toEqual(expected);
  // The SDK may start a process for credentials; what is about files starts none.
  if (!expected.includes('live.js')) expect(process).toBeUndefined();
});

test('its version is that of the project', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  expect(eksAccess(['--version']).stdout).toBe(`${version}\n`);
});
