/** Files that function processes load, built by esbuild into a folder of their own. */
import { build } from 'esbuild';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';

const root = join(__dirname, '..');

export interface Bundle {
  readonly file: string;
  readonly minified: number;
  /** Deflate, level 9: what a zip file holds. */
  readonly zipped: number;
}

export interface Bundles {
  /** A copy of dist/lambda/index.js, so that a build that runs meanwhile changes nothing. */
  readonly product: Bundle;
  /** The same work with @kubernetes/client-node, client-eks and client-sts (bench/README.md). */
  readonly variantA: Bundle;
  /** The program of `document-edit.ts`. */
  readonly documentProcess: string;
  remove(): void;
}

export async function buildBundles(): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-bench-'));
  const product = join(folder, 'product.js');
  copyFileSync(join(root, 'dist/lambda/index.js'), product);
  const made = async (entry: string, name: string): Promise<string> => {
    const outfile = join(folder, name);
    // As build/lambda.mjs does it: variant A gains by it as well.
    await build({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile,
      bundle: true,
      minify: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
      charset: 'ascii',
      legalComments: 'none',
      logLevel: 'error',
    });
    return outfile;
  };
  return {
    product: measured(product),
    variantA: measured(await made('bench/variant-a/index.ts', 'variant-a.js')),
    documentProcess: await made('bench/document-process.ts', 'document-process.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function measured(file: string): Bundle {
  const code = readFileSync(file);
  return { file, minified: code.length, zipped: deflateRawSync(code, { level: 9 }).length };
}
