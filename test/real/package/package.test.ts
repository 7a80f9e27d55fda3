/**
 * The npm package as its users get it: packed, installed beside the oldest aws-cdk-lib that it allows and the one that it
 * is made with, type-checked with `skipLibCheck: false` and synthesised; and as a Python package, whose App gives the same
 * templates.
 */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { run } from '../setup/command';
import { find } from '../setup/cache';
import { pythonTools } from '../setup/python';

const root = join(__dirname, '../../..');
const modules = join(root, 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-package-'));
const MINUTES = 60_000;
/** Most of it is packages that are fetched and installed. */
const LIMIT = 10 * MINUTES;
/** For those who work on the product: they link to its sources, which are in the repository alone. */
const FOR_DEVELOPERS =
  /^(CONTRIBUTING\.md|docs\/(decisions\/.*|design\.md|law\.md|mutation\.md|proof\.md|requirements\.md))$/;

interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly types: string;
  readonly peerDependencies: Readonly<Record<'aws-cdk-lib' | 'constructs', string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
const oldest = manifest.peerDependencies['aws-cdk-lib'].replace('^', '');
const newest = manifest.devDependencies['aws-cdk-lib'] ?? '';

let tarball: string;
let content: readonly string[];
let text: (file: string) => string;

/** An App with the package installed. */
async function install(cdk: string): Promise<string> {
  const app = join(folder, `cdk-${cdk}`);
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{"private":true}');
  const constructs = manifest.peerDependencies.constructs.replace('^', '');
  const packages = [`aws-cdk-lib@${cdk}`, `constructs@${constructs}`, '@types/node@20', tarball];
  await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], { cwd: app });
  return app;
}

/** Templates by the name of their stack; what differs between versions of CDK itself is left out. */
function templatesIn(outdir: string): Readonly<Record<string, unknown>> {
  const files = readdirSync(outdir).filter((file) => file.endsWith('.template.json'));
  return Object.fromEntries(
    files.map((file) => {
      const { Resources, Outputs } = JSON.parse(readFileSync(join(outdir, file), 'utf8')) as {
        readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
        readonly Outputs?: unknown;
      };
      const ours = Object.entries(Resources).filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata');
      return [file, { Resources: Object.fromEntries(ours), Outputs }];
    }),
  );
}

/** Type-checked, compiled and run. */
async function synthesised(app: string): Promise<Readonly<Record<string, unknown>>> {
  cpSync(join(__dirname, 'app.ts'), join(app, 'app.ts'));
  const compilerOptions = {
    target: 'es2022',
    module: 'node16',
    strict: true,
    skipLibCheck: false,
    types: ['node'],
  };
  writeFileSync(join(app, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['app.ts'] }));
  await run(process.execPath, [join(modules, 'typescript/bin/tsc'), '-p', app]);
  const env = { CDK_OUTDIR: join(app, 'cdk.out'), CDK_VALIDATION: 'false' };
  await run(process.execPath, [join(app, 'app.js')], { cwd: app, env });
  return templatesIn(env.CDK_OUTDIR);
}

beforeAll(async () => {
  // It was built before the tier began (pretest:real).
  const parameters = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  const [packed] = JSON.parse(await run('npm', parameters, { cwd: root })) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  tarball = join(folder, packed.filename);
  content = packed.files.map(({ path }) => path);
  await run('tar', ['xzf', tarball, '-C', folder]);
  text = (file) => readFileSync(join(folder, 'package', file), 'utf8');
}, 2 * MINUTES);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the tarball', () => {
  test('holds what people look for in it', () => {
    const wanted = ['.jsii', 'API.md', 'CHANGELOG.md', 'LICENSE', 'README.md', 'THIRD-PARTY-NOTICES'];
    const built = [
      'dist/lambda/index.js',
      'dist/cfn-eks-access.template.yaml',
      manifest.main,
      manifest.types,
    ];
    const more = ['schemas/guardrails.schema.json', 'samples/provider.yaml', 'docs/reference/guardrails.md'];
    expect([...wanted, ...built, ...more].filter((file) => !content.includes(file))).toEqual([]);
  });

  test('has what package.json exports', () => {
    const targets = Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    const missing = targets
      .map((target) => target.replace('./', ''))
      .filter((target) => !content.some((file) => file.startsWith(target.replace(/\*$/, ''))));
    expect(missing).toEqual([]);
  });

  test('has the notice of every package in the function', () => {
    const notices = text('THIRD-PARTY-NOTICES');
    expect(notices).toMatch(/^ {2}@aws-sdk\/client-eks \d+\.\d+\.\d+ \(Apache-2\.0\)$/m);
    expect(notices).toContain('Apache License');
  });

  test('has no page with a link to a file that is not in it', () => {
    const pages = content.filter(
      (file) => file.endsWith('.md') && file !== 'API.md' && !FOR_DEVELOPERS.test(file),
    );
    const broken = pages.flatMap((page) =>
      [...text(page).matchAll(/\]\((?!https?:|#|mailto:)([^)\s#]+)/g)]
        .map(([, target = '']) => normalize(join(dirname(page), target)).replace(/\/$/, ''))
        .filter((target) => !content.some((file) => file === target || file.startsWith(`${target}/`)))
        .map((target) => `${page}: ${target}`),
    );
    expect(pages.length).toBeGreaterThan(10);
    expect(broken).toEqual([]);
  });
});

describe('in TypeScript and Python', () => {
  let templates: Readonly<Record<string, unknown>>;

  test(
    'the App synthesises with the oldest aws-cdk-lib and with the newest, to the same',
    async () => {
      expect(oldest).not.toBe(newest);
      const old = await synthesised(await install(oldest));
      templates = await synthesised(await install(newest));
      expect(Object.keys(templates).sort()).toEqual(['home.template.json', 'user.template.json']);
      expect(JSON.stringify(templates)).toContain('Custom::EksMapRolesEntry');
      expect(old).toEqual(templates);
    },
    LIMIT,
  );

  test(
    'the App in Python does too',
    async () => {
      const python = find(pythonTools());
      if (python === undefined) throw new Error('Python is not there yet: run npm run setup:real');
      const app = join(folder, `cdk-${newest}`);
      const pacmak = join(modules, 'jsii-pacmak/bin/jsii-pacmak');
      const project = join(app, 'node_modules/cfn-eks-access');
      const pack = ['--no-npmignore', '--pack-command', 'npm pack --ignore-scripts'];
      const out = join(folder, 'bindings');
      await run(process.execPath, [pacmak, '--target', 'python', '--outdir', out, ...pack, project]);
      const wheel = readdirSync(join(out, 'python')).find((file) => file.endsWith('.whl')) ?? '';
      const venv = join(folder, 'venv');
      await run(python, ['-m', 'venv', venv]);
      const pip = ['-m', 'pip', '--quiet', '--disable-pip-version-check', '--no-input', 'install'];
      const packages = [join(out, 'python', wheel), `aws-cdk-lib==${newest}`];
      await run(join(venv, 'bin/python'), [...pip, ...packages]);
      const env = { CDK_OUTDIR: join(folder, 'python.out'), CDK_VALIDATION: 'false' };
      await run(join(venv, 'bin/python'), [join(__dirname, 'app.py')], { cwd: folder, env });
      expect(templatesIn(env.CDK_OUTDIR)).toEqual(templates);
    },
    LIMIT,
  );
});
