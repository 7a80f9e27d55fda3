/** `--rbac`: bindings from files and stdin beside aws-auth and access entries. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { eksAccess, folderWith, root } from './program';

const object = (kind: string, name: string, namespace: string | undefined, subject: object) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind,
  metadata: { name, namespace },
  roleRef: { kind: 'ClusterRole', name: 'edit' },
  subjects: [subject],
});
const list = (...items: readonly object[]) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
const nobody = { kind: 'ServiceAccount', name: 'nobody', namespace: 'kube-system' };
const CLUSTER_WIDE = list(
  object('ClusterRoleBinding', 'team-b-edit', undefined, { kind: 'Group', name: 'team-b' }),
);
const NAMESPACED = list(
  object('RoleBinding', 'a', 'kube-system', nobody),
  object('RoleBinding', 'b', 'kube-public', nobody),
);
const HOSTILE = list(
  object('RoleBinding', '\u001b[2J', 'dev', { kind: 'Group', name: 'team-b' }),
  object('RoleBinding', 'x', 'dev', { kind: 'User', name: '{{\u202e\u001b[2J' }),
);
const cwd = folderWith({ 'wide.json': CLUSTER_WIDE, 'spaces.json': NAMESPACED, 'hostile.json': HOSTILE });
const BOTH = ['--rbac', 'wide.json', '--rbac', 'spaces.json'];
const SESSION = 'arn:aws:sts::111122223333:assumed-role/dev/jane';
const schema = JSON.parse(readFileSync(join(root, 'cli/output.schema.json'), 'utf8')) as object;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

test('explain has a line for each binding', () => {
  const { stdout, code } = eksAccess(['explain', SESSION, 'aws-auth.yaml', ...BOTH, '--plain'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain(
    'bindings\tcluster-wide as ClusterRole edit by ClusterRoleBinding team-b-edit\tfor group team-b\n',
  );
  expect(stdout).not.toContain('unseen\t');
});

test('list has a column for them, also in JSON, and none without --rbac', () => {
  const text = eksAccess(['list', 'aws-auth.yaml', ...BOTH], { cwd, env: { COLUMNS: '160' } }).stdout;
  expect(text).toMatch(/BOUND TO +FROM/);
  expect(text).toMatch(/^role\/DEV .* ClusterRole edit +aws-auth:23/m);
  expect(eksAccess(['list', 'aws-auth.yaml'], { cwd }).stdout).not.toContain('BOUND TO');
  const json: unknown = JSON.parse(eksAccess(['list', 'aws-auth.yaml', ...BOTH, '--json'], { cwd }).stdout);
  expect(validate(json) ? [] : validate.errors).toEqual([]);
  const { identities } = json as { readonly identities: readonly { readonly who: string }[] };
  expect(identities.filter(({ who }) => ['role/prod-node', 'role/DEV'].includes(who))).toMatchObject([
    { bindings: [] },
    {
      bindings: [
        {
          kind: 'ClusterRoleBinding',
          name: 'team-b-edit',
          namespace: null,
          role: { kind: 'ClusterRole', name: 'edit' },
          subject: { kind: 'Group', name: 'team-b' },
        },
      ],
    },
  ]);
});

test('doctor concludes nothing from a part of the bindings, and says so', () => {
  const bindings = (...words: readonly string[]) =>
    eksAccess(['doctor', 'aws-auth.yaml', '--plain', ...words], { cwd }).stdout.includes(
      'group-bound-nowhere',
    );
  const mapped = folderWith({
    'aws-auth.yaml': 'mapRoles: |\n  - rolearn: arn:aws:iam::111122223333:role/ops\n    groups: [ops]\n',
    'wide.json': CLUSTER_WIDE,
    'spaces.json': NAMESPACED,
  });
  const whole = eksAccess(['doctor', 'aws-auth.yaml', '--plain', ...BOTH], { cwd: mapped });
  expect(whole.stdout).toContain('group-bound-nowhere');
  const part = eksAccess(['doctor', 'aws-auth.yaml', '--rbac', 'wide.json'], { cwd: mapped });
  expect(part.stdout).not.toContain('group-bound-nowhere');
  expect(part.stdout.replace(/\s+/g, ' ')).toContain('RoleBindings of all namespaces were not seen');
  expect(bindings(...BOTH)).toBe(false);
});

test('one of the inputs can be stdin', () => {
  const { stdout } = eksAccess(['explain', SESSION, 'aws-auth.yaml', '--rbac', '-', '--plain'], {
    cwd,
    stdin: CLUSTER_WIDE,
  });
  expect(stdout).toContain('by ClusterRoleBinding team-b-edit');
  expect(eksAccess(['doctor', '-', '--rbac', '-'], { cwd, stdin: CLUSTER_WIDE })).toMatchObject({
    code: 2,
    stdout: '',
    stderr: 'eks-access: Only one input can be stdin (-): name files for the others.\n',
  });
});

test('what is no RBAC is refused, with the command that prints it', () => {
  expect(eksAccess(['list', 'aws-auth.yaml', '--rbac', 'aws-auth.yaml'], { cwd })).toMatchObject({
    code: 2,
    stdout: '',
    stderr:
      'eks-access: aws-auth.yaml: There is no RoleBinding or ClusterRoleBinding in it.\nPrint them with kubectl get clusterrolebindings,rolebindings -A -o yaml.\n',
  });
});

test.each(['list', 'doctor', `explain ${SESSION}`])(
  '%s prints nothing of a binding that acts on a terminal',
  (line) => {
    const { stdout } = eksAccess([...line.split(' '), 'aws-auth.yaml', '--rbac', 'hostile.json'], { cwd });
    expect(stdout).not.toBe('');
    // eslint-disable-next-line no-control-regex -- they are what is looked for
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  },
);
