/**
 * Builds the function: `dist/lambda/index.js`, one CommonJS file with everything in it, nothing downloaded at run
 * time, and fails when it outgrows the figures of docs/decisions/0007.
 *
 * - CommonJS: an ESM `import 'node:http'` alone costs 45-60 ms of load on Node 22 and 24.
 * - `module` before `main`: the CommonJS builds of `@smithy` do not tree-shake.
 * - Split and joined again: what is loaded with `import()` (the CloudFormation client) stays one lazy part in the one
 *   file. In a single pass esbuild makes every module that the part shares with the rest lazy by itself, and keeps more
 *   of them: 485 KB instead of 410, and 8 ms of load.
 * - The clients' chain of credential sources is replaced by the environment, the only one that Lambda has: the chain
 *   would be a quarter of the bundle.
 */
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const limits = { minified: 450_000, zipped: 140_000 };

const settings = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  alias: { '@aws-sdk/credential-provider-node': join(root, 'access/aws/credentials.ts') },
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
};

mkdirSync(join(root, 'dist/lambda'), { recursive: true });
const parts = mkdtempSync(join(root, 'dist/parts-'));
const split = await build({
  ...settings,
  entryPoints: ['lambda/index.ts'],
  format: 'esm',
  splitting: true,
  outdir: parts,
  metafile: true,
});
const joined = await build({
  ...settings,
  entryPoints: [join(parts, 'index.js')],
  format: 'cjs',
  write: false,
});
rmSync(parts, { recursive: true });

const code = joined.outputFiles[0].contents;
const zipped = deflateRawSync(code, { level: 9 }).length;
const target = join(root, 'dist/lambda/index.js');
// Left alone when nothing changed, so that whoever loads it while a second build runs never meets half a file.
if (readExisting(target)?.equals(Buffer.from(code)) !== true) writeFileSync(target, code);
writeFileSync(join(root, 'dist/lambda.meta.json'), JSON.stringify(split.metafile));

console.log(`dist/lambda/index.js: ${code.length} bytes minified, ${zipped} zipped`);
if (code.length > limits.minified || zipped > limits.zipped) {
  console.error(
    `the bundle may have ${limits.minified} bytes minified and ${limits.zipped} zipped; see dist/lambda.meta.json for who takes them`,
  );
  process.exitCode = 1;
}

function readExisting(path) {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
