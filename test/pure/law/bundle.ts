/**
 * The simulation as one script, the product in it: with timers that run on the time of the simulation, and, to see that
 * the law bites, with patches on the product's own source.
 */
import { build, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { Script } from 'node:vm';
import type * as Simulation from './entry';

export type { Simulation };

/** A change of the product that the law has to notice. */
export interface Patch {
  /** From the top of the repository. */
  readonly file: string;
  /** Occurs there exactly once. */
  readonly text: string;
  readonly becomes: string;
}

const root = join(__dirname, '../../..');

export async function loadSimulation(patches: readonly Patch[] = []): Promise<typeof Simulation> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['test/pure/law/entry.ts'],
    inject: ['test/pure/law/engine/globals.ts'],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    write: false,
    logLevel: 'silent',
    plugins: [virtualTimers(), patched(patches), ...counting()],
  });
  const module = { exports: {} };
  const script = new Script(`(function (module, exports, require) {${outputFiles[0]?.text ?? ''}\n})`, {
    filename: 'law-simulation.js',
  });
  const run = script.runInThisContext() as (module: object, exports: object, require: NodeRequire) => void;
  run(module, module.exports, createRequire(join(root, 'package.json')));
  return module.exports as typeof Simulation;
}

function virtualTimers(): Plugin {
  return {
    name: 'virtual-timers',
    setup: (build) =>
      build.onResolve({ filter: /^node:timers\/promises$/ }, () => ({
        path: join(root, 'test/pure/law/engine/timers.ts'),
      })),
  };
}

/** The counters of `npm run coverage`. */
function counting(): readonly Plugin[] {
  if (process.env['COUNTING'] === undefined) return [];
  return [createRequire(__filename)('../../counting/plugin') as Plugin];
}

/** Throws where a patch does not fit the source any more: then it proves nothing. */
function patched(patches: readonly Patch[]): Plugin {
  return {
    name: 'patches',
    setup: (build) =>
      build.onLoad({ filter: /\/(access|lambda)\/.*\.ts$/ }, async ({ path }) => {
        const own = patches.filter(({ file }) => file === relative(root, path));
        if (own.length === 0) return undefined;
        const source = await readFile(path, 'utf8');
        return { contents: own.reduce(applyPatch, source), loader: 'ts' };
      }),
  };
}

function applyPatch(source: string, { file, text, becomes }: Patch): string {
  const found = source.split(text).length - 1;
  if (found !== 1) throw new Error(`the text of the patch is ${found} times in ${file}: ${text}`);
  return source.replace(text, () => becomes);
}
