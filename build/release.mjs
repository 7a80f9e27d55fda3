/**
 * Makes dist/release/: the packages for npm, the plain template, the page, a bill of materials (CycloneDX) and the SHA-256 of each.
 *
 *   node build/release.mjs             dry run: everything but the publishing, from what `npm run build` has left
 *   node build/release.mjs --publish   publishes to npm, with provenance: in a CI job that has an OIDC token (npm's
 *                                      trusted publishing), from a clean tree whose tag is the version
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist/release');
const isPublished = process.argv.includes('--publish');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const BUILT = [
  '.jsii',
  'THIRD-PARTY-NOTICES',
  'dist/lambda/index.js',
  'dist/cfn-eks-access.template.yaml',
  'dist/cli',
];

const missing = BUILT.filter((file) => !existsSync(join(root, file)));
if (missing.length > 0) throw new Error(`${missing.join(', ')} is missing: run npm run build first`);
const headings = [`## [${version}]`, ...(isPublished ? [] : ['## [Unreleased]'])];
const changes = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
if (!headings.some((heading) => changes.includes(heading)))
  throw new Error(`CHANGELOG.md has no section ${headings.join(' or ')}: write what users see of ${version}`);
if (isPublished) checkTree();

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
for (const folder of ['.', 'dist/cli'])
  run('npm', [
    'pack',
    '--silent',
    '--ignore-scripts',
    '--pack-destination',
    out,
    folder === '.' ? root : join(root, folder),
  ]);
copyFileSync(join(root, 'dist/cfn-eks-access.template.yaml'), join(out, 'cfn-eks-access.template.yaml'));
// For a person who wants to know that the page at hand is this one.
copyFileSync(join(root, 'dist/cli/page.html'), join(out, 'eks-access-page.html'));
// What is in the function is in the lock file, as packages for development: nothing is installed with the package.
writeFileSync(
  join(out, 'sbom.cdx.json'),
  run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only']),
);
const files = readdirSync(out).sort();
const sums = files.map(
  (file) =>
    `${createHash('sha256')
      .update(readFileSync(join(out, file)))
      .digest('hex')}  ${file}`,
);
writeFileSync(join(out, 'SHA256SUMS'), `${sums.join('\n')}\n`);

for (const file of files.filter((name) => name.endsWith('.tgz'))) {
  const how = isPublished ? ['--provenance', '--access', 'public'] : ['--dry-run'];
  run('npm', ['publish', '--ignore-scripts', ...how, join(out, file)]);
}
console.log(`${isPublished ? 'published' : 'dry run of'} ${version}\n${sums.join('\n')}`);

function checkTree() {
  if (run('git', ['status', '--porcelain']).trim() !== '')
    throw new Error('the working tree is not clean: commit first');
  const tags = run('git', ['tag', '--points-at', 'HEAD']).split('\n');
  if (!tags.includes(`v${version}`)) throw new Error(`the commit has no tag v${version}: tag it`);
}

function run(program, parameters) {
  return execFileSync(program, parameters, { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000 });
}
