/**
 * The code of the command line: `cli/main.ts` and all that it imports, in four CommonJS files (docs/decisions/0012).
 *
 * - `eks-access.js` and `chunk.js` are what most runs need, `run-seldom.js` the other commands, `live.js` what reaches a
 *   cluster: in one file, `list` and `doctor` parsed much code that they never ran.
 * - esbuild splits ES modules alone, so that each part becomes CommonJS after that.
 * - swc minifies what esbuild has minified, by `second-pass.mjs`: few bytes less, but V8 compiles the result in three
 *   quarters of the time.
 */
import { build, transform } from 'esbuild';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noOldUrlParser } from './no-old-url-parser.mjs';
import { secondPass } from './second-pass.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What reaches a cluster is a file of its own, which commands on files do not load. */
const liveFile = {
  name: 'live-file',
  setup({ onResolve }) {
    onResolve({ filter: /\/reach-cluster\/reach-cluster$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './live.js', external: true } : undefined,
    );
  },
};

const settings = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  charset: 'ascii',
};

/** Writes them into the folder `out`. `plugins`: esbuild's, beside those that every build has. */
export async function writeProgram(out, plugins = []) {
  mkdirSync(out, { recursive: true });
  const [{ outputFiles: parts }] = await Promise.all([
    build({
      ...settings,
      entryPoints: ['cli/main.ts'],
      entryNames: 'eks-access',
      // Without a hash, because the package names its files. Two of a name would be an error of esbuild.
      chunkNames: '[name]',
      outdir: out,
      format: 'esm',
      splitting: true,
      write: false,
      plugins: [liveFile, ...plugins],
      define: { EKS_ACCESS_VERSION: JSON.stringify(version) },
    }),
    build({
      ...settings,
      entryPoints: ['cli/reach-cluster/reach-cluster.ts'],
      outfile: join(out, 'live.js'),
      format: 'cjs',
      // Of the SDK and the Kubernetes client what is used, and not what a CommonJS module may export.
      mainFields: ['module', 'main'],
      legalComments: 'eof',
      plugins: [noOldUrlParser, ...plugins],
    }),
  ]);
  for (const { path, text } of parts) {
    const code = await commonJs(text);
    writeFileSync(path, basename(path) === 'eks-access.js' ? `#!/usr/bin/env node\n${code}` : code);
  }
}

async function commonJs(text) {
  const { code: long } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    // By require: Node.js does not see all names that a minified CommonJS file exports to an import.
    supported: { 'dynamic-import': false },
  });
  return secondPass(long);
}
