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
  'eslint.config.mjs',
  'lambda/access-entry/claim.ts',
  'lambda/access-entry/reconcile.ts',
  'lambda/access-entry/store.ts',
  'lambda/aws-auth/document.ts',
  'lambda/aws-auth/entry-decoding.ts',
  'lambda/aws-auth/entry-replacement.ts',
  'lambda/aws-auth/go-yaml-scalar.ts',
  'lambda/aws-auth/go-yaml-value.ts',
  'lambda/aws-auth/plan.ts',
  'lambda/aws-auth/reconcile.ts',
  'lambda/aws-auth/yaml-parser.ts',
  'lambda/aws-auth/yaml-properties.ts',
  'lambda/aws-auth/yaml-scanner.ts',
  'lambda/aws-auth/yaml-token-queue.ts',
  'lambda/cloudformation/properties.ts',
  'lambda/cluster/eks-api.ts',
  'lambda/cluster/kubernetes-api.ts',
  'lambda/handler.ts',
  'lambda/leave.ts',
  'lambda/ownership.ts',
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
