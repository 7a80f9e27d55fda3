/** 0 nothing found, or YES; 1 found, or NO; 2 could not look, or CANNOT SAY. Results on stdout, all else on stderr. */
import { CLEAN, eksAccess, folderWith } from './program';

const SECRET = 'apiVersion: v1\nkind: Secret\nmetadata: {name: db, namespace: default}\n';
const WARNED = `${CLEAN}  mapAccounts: '["444455556666"]'\n`;
const binding = (subject: string): string =>
  `kind: ClusterRoleBinding\nmetadata: {name: x}\nroleRef: {kind: ClusterRole, name: view}\nsubjects: [${subject}]\n`;
const cwd = folderWith({
  'clean-rbac.yaml': binding('{kind: Group, name: a}'),
  'rbac.yaml': binding('{kind: User, name: "a:{{SessionName}}"}'),
  'clean.yaml': CLEAN,
  'warned.yaml': WARNED,
  'secret.yaml': SECRET,
  'empty.yaml': '\n',
  'empty.json': '{}',
});

test.each<readonly [number, string]>([
  [0, 'list clean.yaml'],
  [0, 'list aws-auth.yaml'],
  [2, 'list aws-auth.yaml --mode API_AND_CONFIG_MAP'],
  [2, 'list aws-auth.yaml --mode API'],
  [0, 'list aws-auth.yaml --mode CONFIG_MAP'],
  [2, 'list secret.yaml'],
  [2, 'list missing.yaml'],
  [2, 'list empty.yaml'],
  [2, 'list clean.yaml other.yaml'],
  [0, 'explain role/node clean.yaml'],
  [0, 'explain role/dev aws-auth.yaml'],
  [1, 'explain role/other clean.yaml'],
  [1, 'explain arn:aws:iam::111122223333:user/bob aws-auth.yaml'],
  [2, 'explain role/other aws-auth.yaml'],
  [2, 'explain role/node clean.yaml --mode API_AND_CONFIG_MAP --access-entries missing.json'],
  [2, 'explain role/other secret.yaml'],
  [2, 'explain'],
  [2, 'recover clean.yaml'],
  [0, 'recover aws-auth.yaml --fix'],
  [2, 'recover clean.yaml --fix'],
  [2, 'recover secret.yaml'],
  [2, 'recover --approve'],
  [2, 'recover clean.yaml --admin role/x --approve'],
  [2, 'recover clean.yaml --change-mode'],
  [2, 'recover clean.yaml --for 2h'],
  [2, 'recover clean.yaml --admin role/x --for 5m'],
  [2, 'recover clean.yaml --admin arn:aws:sts::111122223333:assumed-role/x/y'],
  [2, 'recover clean.yaml --admin role/AWSReservedSSO_Ops_0123456789abcdef'],
  [2, 'doctor clean.yaml --admin role/x'],
  [0, 'doctor clean.yaml'],
  [1, 'doctor aws-auth.yaml'],
  [2, 'doctor secret.yaml'],
  [0, 'doctor warned.yaml'],
  [0, 'doctor warned.yaml --fail-on error'],
  [1, 'doctor warned.yaml --fail-on warn'],
  [1, 'doctor warned.yaml --fail-on=info'],
  [0, 'doctor aws-auth.yaml --fail-on never'],
  [0, 'doctor warned.yaml --fail-on warn --ignore account-open'],
  [1, 'doctor aws-auth.yaml --fix'],
  [0, 'doctor aws-auth.yaml --fix-grants'],
  [2, 'doctor secret.yaml --fix'],
  [0, 'list clean.yaml --rbac rbac.yaml'],
  [2, 'list clean.yaml --rbac missing.yaml'],
  [2, 'list clean.yaml --rbac secret.yaml'],
  [0, 'explain role/node clean.yaml --rbac rbac.yaml'],
  [1, 'explain role/other clean.yaml --rbac rbac.yaml'],
  [2, 'explain role/node clean.yaml --rbac secret.yaml'],
  [0, 'doctor clean.yaml --rbac clean-rbac.yaml'],
  [1, 'doctor clean.yaml --rbac rbac.yaml'],
  [2, 'doctor clean.yaml --rbac secret.yaml'],
  [0, 'plan-migration clean.yaml'],
  [1, 'plan-migration aws-auth.yaml'],
  [1, 'plan-migration aws-auth.yaml --to terraform'],
  [2, 'plan-migration clean.yaml --mode API_AND_CONFIG_MAP'],
  [2, 'plan-migration clean.yaml --include 99'],
  [2, 'plan-migration clean.yaml --to ansible'],
  [2, 'plan-migration secret.yaml'],
  [2, 'list clean.yaml --to cli'],
  [2, 'doctor clean.yaml --as-written'],
  [0, 'policies'],
  [0, 'policies AmazonEKSViewPolicy'],
  [0, 'policies view-plus-nodes'],
  [2, 'policies AmazonEKSViewPolcy'],
  [2, 'policies arn:aws:iam::aws:policy/AmazonEKSClusterPolicy'],
  [2, 'policies AmazonEKSViewPolicy AmazonEKSEditPolicy'],
  [2, 'policies --fail-on warn'],
  [2, 'drift'],
  [2, 'drift clean.yaml'],
  [2, 'list clean.yaml --stack x'],
  [2, 'explain clean.yaml --fix'],
  [2, 'policies --rbac rbac.yaml'],
  [2, 'policies --cluster prod'],
  [0, 'iam-policy --guardrails empty.json --account 111122223333 --region eu-west-1'],
  [2, 'iam-policy --guardrails clean.yaml --account 111122223333 --region eu-west-1'],
  [2, 'iam-policy'],
  [0, 'page'],
  [2, 'page clean.yaml'],
  [0, 'help'],
  [0, 'help role-arn-path'],
  [2, 'help role-arn-pth'],
  [0, '--version'],
  [0, '--help'],
  [2, 'frobnicate'],
  [2, 'doctor --fail-on sometimes clean.yaml'],
  [2, 'list clean.yaml --fix'],
  [2, 'list clean.yaml --json --plain'],
  [2, 'doctor clean.yaml --fix --json'],
])('%d: eks-access %s', (code, line) => {
  const ran = eksAccess(line.split(' '), { cwd });
  expect(ran).toMatchObject({ code });
  // What could not be looked at leaves no result.
  const isAnswer = /^CANNOT SAY|were not looked at|No way in is certain/.test(ran.stdout);
  if (!line.includes('--json')) expect(ran.stdout === '').toBe(code === 2 && !isAnswer);
  if (code === 2 && !isAnswer) expect(ran.stderr).toMatch(/^eks-access: /);
});

test.each<readonly [string, string]>([
  ['dcotor clean.yaml', 'eks-access: There is no command "dcotor".\nDid you mean doctor?\n'],
  ['doctor clean.yaml --ingore x', 'eks-access: There is no option --ingore.\nDid you mean --ignore?\n'],
  [
    'doctor clean.yaml --ignore role-arn-pth',
    'eks-access: There is no rule "role-arn-pth".\nDid you mean role-arn-path?\n',
  ],
  [
    'list clean.yaml --mode API_AND_CONFIGMAP',
    'eks-access: --mode cannot be "API_AND_CONFIGMAP".\nDid you mean API_AND_CONFIG_MAP?\n',
  ],
  [
    'policies arn:aws:eks::aws:cluster-access-policy/AmazonEKSEdit',
    'eks-access: There is no access policy "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEdit" in the table of 2026-11.\nDid you mean AmazonEKSEditPolicy?\n',
  ],
  [
    'policies Admin',
    'eks-access: There is no access policy "Admin" in the table of 2026-11.\nDid you mean AmazonEKSAdminPolicy?\n',
  ],
  ['policies --mode API', 'eks-access: --mode is for what looks at a cluster, not for policies.\n'],
  ['list missing.yaml', 'eks-access: Cannot read missing.yaml: there is no such file.\n'],
  [
    'list secret.yaml',
    'eks-access: secret.yaml: This is Secret "db" in namespace default, not ConfigMap kube-system/aws-auth.\nRun: kubectl get configmap aws-auth -n kube-system -o yaml\n',
  ],
])('%s says what to do instead', (line, stderr) => {
  const ran = eksAccess(line.split(' '), { cwd, env: { COLUMNS: '200' } });
  expect(ran).toEqual({ code: 2, stdout: '', stderr });
});

test('--fix changes what is safe and no other byte; --fix-grants all that has a fix', () => {
  const safe = eksAccess(['doctor', 'aws-auth.yaml', '--fix'], { cwd });
  expect(safe.stdout).toContain('- "444455556666"');
  expect(safe.stdout).not.toContain('dev-a:');
  expect(safe.stdout).toContain('username: @bob');
  expect(safe.stderr).toContain('fixed duplicate-shadowed, arn:aws:iam::111122223333:role/dev\n');
  expect(safe.stderr).toContain('left  role-arn-path, error, line 14\n');
  const all = eksAccess(['doctor', '-', '--fix-grants'], { cwd, stdin: safe.stdout });
  expect(all.stdout).toContain('username: "@bob"');
  const after = eksAccess(['doctor', '-', '--plain'], { cwd, stdin: all.stdout });
  expect(after.code).toBe(0);
  expect(after.stdout.split('\n').map((line) => line.split('\t')[2])).toEqual([
    'account-open',
    'needs-real-arn',
    ...(after.stdout.includes('sso-needs-gate') ? ['sso-needs-gate'] : []),
    undefined,
  ]);
});

test.each(['\ufeff', ''])(
  '--fix keeps the byte order mark %j, line ends and what it does not know',
  (mark) => {
    const text =
      `${mark}${WARNED.replace('["444455556666"]', '[444455556666] # ours')}unknown: "\u00e9"`.replaceAll(
        '\n',
        '\r\n',
      );
    const { stdout } = eksAccess(['doctor', '--fix'], { cwd, stdin: text });
    expect(stdout).toBe(text.replace('[444455556666]', '["444455556666"]'));
  },
);

test('an ignored rule is not fixed either', () => {
  const { stdout } = eksAccess(['doctor', 'aws-auth.yaml', '--fix', '--ignore', 'duplicate-shadowed'], {
    cwd,
  });
  expect(stdout).toContain('dev-a:');
});
