/**
 * Compiles the constructs with jsii, for npm and, from the same assembly (.jsii), for other languages. What they share
 * with the function (the contract and the pure core) comes along; the validators are bundled, so that the package needs
 * nothing at run time but its peers aws-cdk-lib and constructs. It is done in a folder of its own, because jsii
 * compiles all files that it sees and writes a tsconfig.json.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stage = join(root, 'dist/stage');
const out = join(root, 'dist/cdk');

rmSync(stage, { recursive: true, force: true });
for (const file of ['package.json', 'README.md', 'LICENSE', ...sourcesOf('cdk/index.ts')]) copyToStage(file);
symlinkSync(join(root, 'node_modules'), join(stage, 'node_modules'));

// The lowest peer is no devDependency (JSII0006): the tier of real parts synthesises with it (test/real/package).
const jsii = join(root, 'node_modules/jsii/bin/jsii');
const compiled = spawnSync(
  process.execPath,
  [jsii, stage, '--fail-on-warnings', '--silence-warnings', 'JSII0006'],
  {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env: {
      ...process.env,
      JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION: '1',
      JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1',
      JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION: '1',
    },
  },
);
if (compiled.status !== 0) {
  process.stderr.write(compiled.stdout + compiled.stderr);
  process.exit(compiled.status ?? 1);
}

rmSync(out, { recursive: true, force: true });
cpSync(join(stage, 'dist/cdk'), out, { recursive: true, filter: (file) => !file.endsWith('.tsbuildinfo') });
copyFileSync(join(stage, '.jsii'), join(root, '.jsii'));
const { metafile } = await build({
  absWorkingDir: root,
  metafile: true,
  entryPoints: ['schemas/generated/validators.js'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile: join(out, 'schemas/generated/validators.js'),
  logLevel: 'warning',
});
// For build/notices.mjs.
writeFileSync(join(root, 'dist/validators.meta.json'), JSON.stringify(metafile));
copyFileSync(join(root, 'schemas/generated/validators.d.ts'), join(out, 'schemas/generated/validators.d.ts'));
rmSync(stage, { recursive: true });
console.log('dist/cdk: the constructs, with declarations; .jsii: their assembly');

/** The file and all that it imports, itself and through others, types included. */
function sourcesOf(entry) {
  const found = new Set([entry]);
  // A set hands out what is added to it while it is gone through.
  for (const file of found) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, path] of text.matchAll(/\bfrom '(\.{1,2}\/[^']+)'/g)) {
      const target = relative(root, join(root, dirname(file), path));
      const source = [`${target}.ts`, `${target}.d.ts`].find((candidate) =>
        existsSync(join(root, candidate)),
      );
      if (source === undefined) throw new Error(`${file} imports ${path}, which is no TypeScript file`);
      found.add(source);
    }
  }
  return found;
}

function copyToStage(file) {
  mkdirSync(dirname(join(stage, file)), { recursive: true });
  copyFileSync(join(root, file), join(stage, file));
}
