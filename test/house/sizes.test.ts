/** A file holds one idea. 150 lines is where it is asked whether it still does, 250 is where it does not. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const SOFT = 150;
const HARD = 250;

/** Files over the soft budget that hold one idea all the same. */
const ONE_IDEA = [
  'bench/contention.ts',
  'cdk/provider.ts',
  'cdk/stacks/plain-parameters.ts',
  'access/access-entry/claim.ts',
  'access/access-entry/back-end.ts',
  'access/access-entry/store.ts',
  'access/aws-auth/editing/edit.ts',
  'access/aws-auth/reading/decode-entry.ts',
  'access/aws-auth/editing/replace.ts',
  'access/go-yaml/resolve-scalar.ts',
  'access/go-yaml/decode.ts',
  'access/aws-auth/plan.ts',
  'access/aws-auth/back-end.ts',
  'access/go-yaml/parser.ts',
  'access/go-yaml/scanner.ts',
  'access/go-yaml/token-queue.ts',
  'lambda/cloudformation/properties.ts',
  'access/aws/eks-api.ts',
  'access/cluster/kubernetes-api.ts',
  'lambda/handler.ts',
  'lambda/remove.ts',
  'access/aws-auth/owners-annotation.ts',
  'local/answers.ts',
  'local/cloudformation/actions.ts',
  'local/cloudformation/change-sets.ts',
  'local/cloudformation/custom-resource.ts',
  'local/cloudformation/deployment.ts',
  'local/cloudformation/engine.ts',
  'local/cloudformation/operation.ts',
  'local/cloudformation/parameters.ts',
  'local/cloudformation/resolve.ts',
  'local/cloudformation/resources/lambda.ts',
  'local/cloudformation/resources/plain.ts',
  'local/control-plane.ts',
  'local/eks/access-entries.ts',
  'local/eks/call.ts',
  'local/iam.ts',
  'local/kubernetes/config-map-store.ts',
  'local/kubernetes/login.ts',
  'local/kubernetes/managed-fields.ts',
  'local/kubernetes/validation.ts',
  'local/lambda.ts',
  'local/lambda/container-runtime.js',
  'local/lambda/execution.ts',
  'local/provider.ts',
  'schemas/generate.ts',
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
  expect(
    files.filter(({ lines, path }) => lines > HARD && path !== 'local/cloudformation/engine.ts'),
  ).toEqual([]);
});

test(`files of more than ${SOFT} lines are named, and only those`, () => {
  const over = files.filter(({ lines }) => lines > SOFT).map(({ path }) => path);
  expect(over.sort()).toEqual([...ONE_IDEA].sort());
});
