/**
 * Builds the npm package of the command line: dist/cli with one CommonJS file, the page, package.json, the licence and
 * the documentation (docs/decisions/0012). Nothing is downloaded or loaded at run time but that file.
 */
import { build } from 'esbuild';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSite } from './site.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist/cli');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
// Private where it lies, because it holds the program only after the build.
const manifest = JSON.parse(readFileSync(join(root, 'cli/package.json'), 'utf8'));
delete manifest.private;

mkdirSync(out, { recursive: true });
await build({
  absWorkingDir: root,
  entryPoints: ['cli/main.ts'],
  outfile: join(out, 'eks-access.js'),
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'ascii',
  banner: { js: '#!/usr/bin/env node' },
  define: { EKS_ACCESS_VERSION: JSON.stringify(version) },
});
chmodSync(join(out, 'eks-access.js'), 0o755);
writeFileSync(join(out, 'package.json'), `${JSON.stringify({ ...manifest, version }, undefined, 2)}\n`);
await buildSite();
copyFileSync(join(root, 'dist/site/index.html'), join(out, 'page.html'));
copyFileSync(join(root, 'LICENSE'), join(out, 'LICENSE'));
// Links to other pages of the project lead nowhere in the package.
const readme = readFileSync(join(root, 'docs/eks-access.md'), 'utf8');
writeFileSync(join(out, 'README.md'), readme.replace(/ \(\[[^\]]*\]\((?!https:)[^)]*\)\)/g, ''));
