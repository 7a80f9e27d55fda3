/** The built function, `dist/lambda/index.js`: nothing is compiled when a stack is synthesised or deployed. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * CloudFormation takes inline code up to 4 MB as a zip, and templates up to 1 MB of text; CDK checks neither
 * (CO-15). 700 KB of code keeps the plain template under 800,000 bytes.
 */
export const MAX_BUNDLE_BYTES = 700_000;

export interface Bundle {
  /** Folder that holds `index.js` and nothing else. */
  readonly directory: string;
  /** Text of `index.js`, ASCII only. */
  readonly code: string;
  /** Of `index.js`, in hexadecimal. */
  readonly sha256: string;
  /** Version of this package. */
  readonly version: string;
}

/** Reads the bundle. Throws when it was not built, is too large for a template, or is not ASCII. */
export function readBundle(directory: string = join(packageRoot(), 'dist', 'lambda')): Bundle {
  const file = join(directory, 'index.js');
  if (!existsSync(file)) {
    throw new Error('the function bundle dist/lambda/index.js is missing: run `npm run build:lambda` first');
  }
  const bytes = readFileSync(file);
  const code = bytes.toString('utf8');
  checkBundle(code);
  return {
    directory,
    code,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    version: packageVersion(packageRoot()),
  };
}

/** Throws when the code does not fit into a template (CO-14, CO-15). */
export function checkBundle(code: string): void {
  const size = Buffer.byteLength(code);
  if (size > MAX_BUNDLE_BYTES) {
    throw new Error(
      `the function bundle has ${size} bytes, ${MAX_BUNDLE_BYTES} is the most that the plain template holds: look for a dependency that came in with the last change`,
    );
  }
  // eslint-disable-next-line no-control-regex -- the range is the definition of ASCII
  const nonAscii = /[^\x00-\x7f]/.exec(code);
  if (nonAscii) {
    throw new Error(
      `the function bundle holds the non-ASCII character ${JSON.stringify(nonAscii[0])} at ${nonAscii.index}: build it with esbuild's charset ascii`,
    );
  }
}

/** One line that says which code this is, for descriptions. */
export function describeBundle({ version, sha256 }: Bundle): string {
  return `cfn-eks-access ${version}, index.js sha256 ${sha256}`;
}

/** The folder of this package, found from the sources as well as from dist/cdk. */
export function packageRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && packageName(folder) === 'cfn-eks-access') return folder;
    if (dirname(folder) === folder)
      throw new Error('the package.json of cfn-eks-access is missing: install the package again');
  }
}

function packageName(folder: string): string | undefined {
  return readPackage(folder).name;
}

function packageVersion(folder: string): string {
  return readPackage(folder).version ?? '0.0.0';
}

function readPackage(folder: string): { readonly name?: string; readonly version?: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    name?: string;
    version?: string;
  };
}
