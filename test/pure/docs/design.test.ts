/** What the design and CONTRIBUTING name is there: files by their path or their name, import rules by their name. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = join(__dirname, '../../..');
const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
const paths = new Set(files);
const names = new Set(files.map((path) => basename(path)));

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const designPage = read('docs/design.md');

/** `lambda/putting/put.ts` from the root of the project, or `put.ts` alone, as programs are named in text. */
function namedFiles(text: string): readonly string[] {
  const matches = text.matchAll(/(?<![\w*}])(?:\.\.\/)*([\w.-]+(?:\/[\w.-]+)*\.(?:ts|mjs|cjs))\b/g);
  return [...new Set([...matches].map(([, path = '']) => path))];
}

const isThere = (path: string): boolean => (path.includes('/') ? paths.has(path) : names.has(path));

test.each(['docs/design.md', 'CONTRIBUTING.md', 'docs/decisions/0008-the-house.md'])(
  'every program that %s names exists',
  (page) => {
    const named = namedFiles(read(page));
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  },
);

test('a file that is not there is noticed', () => {
  const named = namedFiles(
    '`lambda/putting/put.ts` → [gone](../lambda/gone.ts) → `put.ts: put()` → elsewhere.ts',
  );
  expect(named).toEqual(['lambda/putting/put.ts', 'lambda/gone.ts', 'put.ts', 'elsewhere.ts']);
  expect(named.filter((path) => !isThere(path))).toEqual(['lambda/gone.ts', 'elsewhere.ts']);
});

test('every import rule has its place in the table of rooms', () => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the configuration is CommonJS, as its tool wants it
  const { forbidden } = require(join(root, '.dependency-cruiser.cjs')) as {
    readonly forbidden: readonly { readonly name: string }[];
  };
  const rules = forbidden.map(({ name }) => name);
  const [, rooms = ''] = designPage.split('## Rooms');
  const cited = [...rooms.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)].map(([, name]) => name);
  expect(cited.filter((name) => name !== undefined && !rules.includes(name))).toEqual([]);
  expect(rules.filter((name) => !cited.includes(name))).toEqual([]);
});
