/**
 * Compiles the constructs for npm: dist/cdk/index.js with declarations, CommonJS. What they share with the function
 * (the contract and the pure validators) comes along; the validators are bundled, so that the package needs nothing
 * at run time but its peers aws-cdk-lib and constructs.
 */
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(root, 'dist/cdk');
rmSync(out, { recursive: true, force: true });

// A project file, because tsc takes no `types` and `paths` for single files together with the settings of ours.
const project = join(root, 'dist/tsconfig.constructs.json');
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(
  project,
  JSON.stringify({
    extends: '../tsconfig.json',
    compilerOptions: {
      module: 'node16',
      moduleResolution: 'node16',
      rootDir: '..',
      outDir: './cdk',
      noEmit: false,
      declaration: true,
      stripInternal: true,
      types: ['node'],
      typeRoots: ['../node_modules/@types'],
    },
    include: [],
    files: ['../cdk/index.ts'],
  }),
);
const compiled = spawnSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', project], {
  stdio: 'inherit',
});
rmSync(project);
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

await build({
  absWorkingDir: root,
  entryPoints: ['schemas/generated/validators.js'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile: join(out, 'schemas/generated/validators.js'),
  logLevel: 'warning',
});
copyFileSync(join(root, 'schemas/generated/validators.d.ts'), join(out, 'schemas/generated/validators.d.ts'));
writeFileSync(join(out, 'index.js'), "module.exports = require('./cdk/index.js');\n");
writeFileSync(join(out, 'index.d.ts'), "export * from './cdk/index';\n");
console.log('dist/cdk: the constructs, with declarations');
