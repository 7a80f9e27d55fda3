/** The import rules of `.dependency-cruiser.cjs` hold in the repository, and each of them can fail. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';

const root = join(__dirname, '../../..');
const CONFIGURATION = '.dependency-cruiser.cjs';
const ROOMS = ['access', 'cli', 'site', 'lambda', 'cdk', 'schemas', 'local', 'build', 'bench', 'test'];

interface Rule {
  readonly name: string;
  readonly from: { readonly path?: string; readonly pathNot?: string };
}
interface Cruise {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the configuration is CommonJS, as its tool wants it
const { forbidden } = require(join(root, CONFIGURATION)) as { readonly forbidden: readonly Rule[] };

/** For each rule one import that it forbids: the file that has it → what it imports; what is named planted imports back. */
const PLANTED: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'the-core-knows-no-face': ['access/planted-1.ts', 'lambda/target.ts'],
  'back-ends-are-siblings': ['access/aws-auth/planted-2.ts', 'access/access-entry/target.ts'],
  'explanations-are-for-faces': ['access/aws-auth/planted-15.ts', 'access/explain/target.ts'],
  'explanations-judge-nothing-anew': ['access/explain/planted-16.ts', 'access/guardrails/target.ts'],
  'plans-are-for-faces': ['lambda/planted-32.ts', 'access/migration/target.ts'],
  'recoveries-are-for-faces': ['lambda/planted-33.ts', 'access/recovery/target.ts'],
  'rules-of-rights-are-for-faces': ['lambda/planted-34.ts', 'access/policies/target.ts'],
  'the-dialect-imports-nothing': ['access/go-yaml/planted-3.ts', 'access/target.ts'],
  'the-regular-list-is-sealed': ['access/aws-auth/planted-4.ts', 'access/go-yaml/regular/target.ts'],
  'what-decides-is-pure': ['access/aws-auth/planted-5.ts', 'access/aws-auth/store.ts'],
  'what-decides-needs-no-node': ['access/planted-6.ts', 'node:fs'],
  'vendor-clients-at-the-edge': ['access/access-entry/planted-7.ts', '@aws-sdk/client-eks'],
  'no-kubernetes-client-in-the-function': ['access/cluster/planted-8.ts', '@kubernetes/client-node'],
  'the-protocol-knows-no-back-end': ['lambda/cloudformation/planted-9.ts', 'access/aws-auth/target.ts'],
  'constructs-share-the-contract': ['cdk/planted-10.ts', 'lambda/target.ts'],
  'the-command-line-judges-nothing': ['cli/planted-30.ts', 'access/aws-auth/target.ts'],
  'the-page-judges-nothing': ['site/planted-42.ts', 'access/aws-auth/plan.ts'],
  'the-page-has-no-library': ['site/planted-43.ts', 'js-yaml'],
  'the-model-of-the-page-knows-no-browser': ['site/model/planted-44.ts', 'site/target.ts'],
  'nothing-knows-the-page': ['cli/planted-45.ts', 'site/target.ts'],
  'a-cluster-is-reached-by-one-door': ['cli/planted-32.ts', 'cli/reach-cluster/target.ts'],
  'reaching-a-cluster-judges-nothing': ['cli/reach-cluster/planted-33.ts', 'access/aws-auth/target.ts'],
  'nothing-knows-the-command-line': ['lambda/planted-31.ts', 'cli/target.ts'],
  'the-product-does-not-know-the-local-aws': ['lambda/planted-11.ts', 'local/target.ts'],
  'the-product-does-not-know-its-tests': ['local/planted-12.ts', 'test/target.ts'],
  'the-dialect-has-three-doors': ['access/aws-auth/planted-14.ts', 'access/go-yaml/scanner.ts'],
  'the-function-does-not-know-cdk': ['lambda/planted-13.ts', 'cdk/target.ts'],
  'the-schedule-serves-no-event': ['lambda/scheduled/planted-28.ts', 'lambda/target.ts'],
  'events-know-no-schedule': ['lambda/planted-29.ts', 'lambda/scheduled/target.ts'],
  // A circle is reported once, at the file whose name comes first.
  'no-circles': ['lambda/planted-20.ts', 'lambda/planted-27.ts'],
  'the-local-aws-stands-alone': ['local/aws/planted-21.ts', 'access/aws-auth/reading/target.ts'],
  'the-local-aws-reads-aws-auth-as-the-product-does': [
    'local/aws/kubernetes/aws-auth-lookup.ts',
    'access/target.ts',
  ],
  'the-local-aws-does-not-know-the-demo': ['local/aws/planted-22.ts', 'local/demo/target.ts'],
  'services-know-no-cloudformation': ['local/aws/eks/planted-23.ts', 'local/aws/cloudformation/target.ts'],
  'stacks-flow-one-way-from-the-api': [
    'local/aws/cloudformation/stack/planted-24.ts',
    'local/aws/cloudformation/api/target.ts',
  ],
  'stacks-flow-one-way-from-the-stack': [
    'local/aws/cloudformation/resources/planted-25.ts',
    'local/aws/cloudformation/stack/target.ts',
  ],
  'stacks-flow-one-way-from-the-resources': [
    'local/aws/cloudformation/template/planted-26.ts',
    'local/aws/cloudformation/resources/target.ts',
  ],
};

const repository = cruise(root);
const planted = cruise(plant());

test('no import of the repository is forbidden', () => {
  expect(violations(repository)).toEqual([]);
});

test('every rule has a planted import', () => {
  expect(Object.keys(PLANTED).sort()).toEqual(forbidden.map(({ name }) => name).sort());
});

test.each(Object.entries(PLANTED))('%s: a planted import is refused', (rule, [from]) => {
  expect(violations(planted)).toContainEqual(expect.stringContaining(`${rule}: ${from} `));
});

test.each(forbidden)('$name is about files that exist', ({ from }) => {
  const files = repository.modules.map(({ source }) => source);
  const bound = files.filter(
    (file) =>
      (from.path === undefined || new RegExp(from.path).test(file)) &&
      (from.pathNot === undefined || !new RegExp(from.pathNot).test(file)),
  );
  expect(bound).not.toEqual([]);
});

function violations({ summary }: Cruise): readonly string[] {
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

/** A folder of nothing but the planted imports, under the repository's own configuration. */
function plant(): string {
  const folder = mkdtempSync(join(tmpdir(), 'planted-'));
  for (const name of [
    CONFIGURATION,
    '.dependency-cruiser.faces.cjs',
    '.dependency-cruiser.local-aws.cjs',
    'tsconfig.json',
    'package.json',
  ])
    cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [from, to] of Object.values(PLANTED)) {
    write(folder, from, importOf(from, to));
    if (to.endsWith('.ts')) write(folder, to, to.includes('planted') ? importOf(to, from) : 'export {};\n');
  }
  return folder;
}

function importOf(from: string, to: string): string {
  const target = to.endsWith('.ts')
    ? relative(dirname(from), to)
        .replace(/\.ts$/, '')
        .replace(/^(?!\.)/, './')
    : to;
  // Of the SDK nothing but a type: rooms that share its types are bound by it just the same.
  return to.startsWith('@aws-sdk/')
    ? `import type * as target from '${target}';\nexport type Target = typeof target;\n`
    : `import * as target from '${target}';\nvoid target;\n`;
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function cruise(folder: string): Cruise {
  const rooms = readdirSync(folder).filter((name) => ROOMS.includes(name));
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const output = run([cli, '--config', CONFIGURATION, '--output-type', 'json', ...rooms], folder);
  return JSON.parse(output) as Cruise;
}

/** The tool's exit code counts the violations; they are in what it prints. */
function run(parameters: readonly string[], cwd: string): string {
  try {
    return execFileSync(process.execPath, parameters, { cwd, encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (error) {
    const { stdout } = error as { readonly stdout?: string };
    if (!stdout) throw error;
    return stdout;
  }
}
