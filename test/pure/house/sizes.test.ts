/** A file holds one idea. 150 lines is where it is asked whether it still does, 250 is where it does not. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const SOFT = 150;
const HARD = 250;

/** Files over the soft budget that hold one idea all the same. */
const ONE_IDEA = [
  '.dependency-cruiser.cjs',
  'access/access-entry/store.ts',
  'access/aws-auth/plan.ts',
  'access/back-end.ts',
  'access/go-yaml/parser.ts',
  'access/go-yaml/scanner.ts',
  'access/go-yaml/token-queue.ts',
  'access/ownership.ts',
  'bench/contention.ts',
  'build/error-texts.ts',
  'build/generate-schemas.ts',
  'cdk/provider-props.ts',
  'cdk/provider.ts',
  'local/aws/cloudformation/stack/engine.ts',
  'local/aws/cloudformation/template/resolve.ts',
  'local/aws/local-aws.ts',
];

const files = execFileSync('git', ['ls-files', '*.ts', '*.mjs', '*.js', '*.cjs'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && !/^(test|schemas\/generated)\//.test(path))
  .map((path) => ({ path, lines: readFileSync(join(root, path), 'utf8').split('\n').length - 1 }));

test(`no file has more than ${HARD} lines`, () => {
  expect(files.length).toBeGreaterThan(200);
  expect(files.filter(({ lines }) => lines > HARD)).toEqual([]);
});

test(`files of more than ${SOFT} lines are named, and only those`, () => {
  const over = files.filter(({ lines }) => lines > SOFT).map(({ path }) => path);
  expect(over.sort()).toEqual([...ONE_IDEA].sort());
});
