/** Comments cite rules by number; a reader must find every one of them in docs/rules.md, with its source. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const skipped = [
  'node_modules',
  'dist',
  'cdk.out',
  'coverage',
  '.git',
  'package-lock.json',
  'docs/rules.md',
  'docs/requirements.md',
];
const files = filesIn('').filter((path) => /\.(ts|js|mjs|yaml|yml|json|md|go|py)$/.test(path));

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (skipped.includes(path)) return [];
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const rules = readFileSync(join(root, 'docs/rules.md'), 'utf8');
const stated = new Set(
  [...rules.matchAll(/^- <a id=.*?><\/a>\*\*((?:GT|CR|CO)-\d+)\*\* /gm)].map(([, rule]) => rule),
);

const cited = new Map<string, string>();
for (const path of files) {
  const text = readFileSync(join(root, path), 'utf8');
  for (const [, family, first, last] of text.matchAll(
    /\b(GT|CR|CO)-(\d+)(?:(?:\.\.| to (?:GT|CR|CO)-)(\d+))?/g,
  )) {
    for (let number = Number(first); number <= Number(last ?? first); number += 1)
      cited.set(`${family}-${number}`, path);
  }
  // `GT-82, 93, 97`
  for (const [list] of text.matchAll(/\b(?:GT|CR|CO)-\d+(?:, \d+)+/g)) {
    const [family, numbers = ''] = list.split(/-(.*)/s);
    for (const number of numbers.split(', ')) cited.set(`${family}-${number}`, path);
  }
}

test('every cited rule is stated', () => {
  expect(cited.size).toBeGreaterThan(60);
  const missing = [...cited].filter(([rule]) => !stated.has(rule)).map(([rule, path]) => `${rule} (${path})`);
  expect(missing).toEqual([]);
});

test('every stated rule is cited', () => {
  expect([...stated].filter((rule) => rule !== undefined && !cited.has(rule))).toEqual([]);
});

test('every rule has the anchor that links to it name', () => {
  const anchors = [...rules.matchAll(/<a id="([^"]*)"><\/a>\*\*([^*]*)\*\*/g)];
  expect(anchors.map(([, id]) => id)).toEqual(anchors.map(([, , rule]) => rule?.toLowerCase()));
  expect(anchors).toHaveLength(stated.size);
});

const FOR_USERS =
  /^(?:README\.md|docs\/(?!rules\.md|law\.md|mutation\.md|proof\.md|design\.md|decisions\/).*\.md)$/;

test.each(files.filter((path) => FOR_USERS.test(path)))('%s shows no rule but as a link to it', (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const bare = text.replace(/\[(GT|CR|CO)-\d+\]\([^)]*rules\.md#\1-\d+\)/gi, '').match(/\b(?:GT|CR|CO)-\d+/g);
  expect(bare).toBeNull();
});
