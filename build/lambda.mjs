/**
 * Builds the function: `dist/lambda/index.js`, one CommonJS file with everything in it, nothing downloaded at run
 * time, and fails when it outgrows the figures of docs/decisions/0007.
 *
 * - CommonJS, also where the SDK's source has `import('node:http')`: an ESM import of it alone costs 45-60 ms on Node 22
 *   and 24.
 * - `module` before `main`: the CommonJS builds of `@smithy` do not tree-shake.
 * - No `import()` of a part that shares modules with the rest: esbuild then makes every shared module lazy, and the
 *   whole file loads 5 ms later. So the clients of CloudFormation (2 ms) and STS are imported like any other and only
 *   made when they are first asked, and the SDK's lazily loaded event streams, which nothing here uses, are left out.
 * - What of the SDK is left out, because nothing here runs it: `bundled-sdk.mjs`.
 * - How it is minified, and how it answers where it cannot be loaded: `function-bundle.mjs`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { functionBundle } from './function-bundle.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const limits = { minified: 450_000, zipped: 140_000 };

const { code, metafile } = await functionBundle();
const bytes = Buffer.from(code);
const zipped = deflateRawSync(bytes, { level: 9 }).length;
mkdirSync(join(root, 'dist/lambda'), { recursive: true });
const target = join(root, 'dist/lambda/index.js');
// Left alone when nothing changed, so that a process that loads it during a second build never reads half a file.
if (readExisting(target)?.equals(bytes) !== true) writeFileSync(target, bytes);
writeFileSync(join(root, 'dist/lambda.meta.json'), JSON.stringify(metafile));

// What npm start prints may be JSON, so that the build talks beside it.
console.error(`dist/lambda/index.js: ${bytes.length} bytes minified, ${zipped} zipped`);
if (bytes.length > limits.minified || zipped > limits.zipped) {
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
