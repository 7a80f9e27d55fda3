/**
 * Builds the npm package of the command line: dist/cli with the program, the page, package.json, the licence and the
 * documentation (docs/decisions/0012). Nothing is downloaded at run time.
 */
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version, writeProgram } from './cli-program.mjs';
import { buildSite } from './site.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist/cli');
// Private where it lies, because it holds the program only after the build.
const manifest = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8'));
delete manifest.private;

await writeProgram(out);
chmodSync(join(out, 'eks-access.js'), 0o755);
writeFileSync(join(out, 'package.json'), `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
await buildSite();
copyFileSync(join(root, 'dist/site/index.html'), join(out, 'page.html'));
copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
// Links to other pages of the project lead nowhere in the package.
const readme = readFileSync(join(root, 'docs/eks-access.md'), 'utf8');
writeFileSync(join(out, 'README.md'), readme.replace(/ \(\[[^\]]*\]\((?!https:)[^)]*\)\)/g, ''));
