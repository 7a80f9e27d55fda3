/** Words that native readers stumble over, and what to write instead; in what users read and in what is generated. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

/** The folders and pages that are held to this; the others join as they are cleaned. */
const PLACES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs',
  'cdk',
  'schemas',
  'samples',
  'build',
  'bench',
  'local',
];

const INSTEAD: Readonly<Record<string, string>> = {
  mend: 'fix',
  mends: 'fixes',
  mended: 'fixed',
  mending: 'fixing',
  somebody: 'name the actor: another tool, another stack, the stack author',
  whoever: 'name the actor: the owner of the provider stack, the creator of the cluster',
  twin: 'duplicate',
  twins: 'duplicates',
};
const WORDS = new RegExp(`\\b(?:${Object.keys(INSTEAD).join('|')})\\b`, 'gi');

const files = execFileSync('git', ['ls-files', '--', ...PLACES], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => /\.(?:md|ts|mjs|js|json|yaml)$/.test(path));

function stumbles(text: string): readonly string[] {
  return text
    .split('\n')
    .flatMap((line, index) =>
      [...line.matchAll(WORDS)].map(
        ([word]) => `line ${index + 1}: "${word}", write: ${INSTEAD[word.toLowerCase()] ?? ''}`,
      ),
    );
}

test.each(PLACES)('%s is in everyday words', (place) => {
  const here = files.filter((path) => path === place || path.startsWith(`${place}/`));
  expect(here).not.toEqual([]);
  const found = here.flatMap((path) =>
    stumbles(readFileSync(join(root, path), 'utf8')).map((stumble) => `${path}, ${stumble}`),
  );
  expect(found).toEqual([]);
});

test('such a word is noticed, whatever its case, and no longer word that holds it', () => {
  expect(stumbles('Fine.\nSomebody must mend its twin.')).toEqual([
    `line 2: "Somebody", write: ${INSTEAD['somebody'] ?? ''}`,
    'line 2: "mend", write: fix',
    'line 2: "twin", write: duplicate',
  ]);
  expect(stumbles('We recommend what amends it.')).toEqual([]);
});
