/** Where a question and its documents come from: files, stdin, what the AWS CLI prints. */
import { SAMPLE } from '../../pure/access/explain/sample';
import { CLEAN, eksAccess, folderWith, type Surroundings } from './program';

const ARN = 'arn:aws:iam::111122223333';
const entry = (name: string, more: object = {}): object => ({
  accessEntry: {
    clusterName: 'prod',
    principalArn: `${ARN}:role/${name}`,
    kubernetesGroups: ['ci-runners'],
    accessEntryArn: `arn:aws:eks:eu-west-1:111122223333:access-entry/prod/role/111122223333/${name}/1`,
    createdAt: '2026-01-01T00:00:00+00:00',
    modifiedAt: 1767225600,
    tags: {},
    username: 'ci',
    type: 'STANDARD',
    ...more,
  },
});
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
const policies = {
  associatedAccessPolicies: [{ policyArn: POLICY, accessScope: { type: 'cluster', namespaces: [] } }],
  clusterName: 'prod',
  principalArn: `${ARN}:role/ci-deploy`,
};
const json = (...values: readonly unknown[]) =>
  values.map((value) => JSON.stringify(value, null, 4)).join('\n');

const cwd = folderWith({
  'clean.yaml': CLEAN,
  'entry.json': json(entry('ci-deploy')),
  'entries.json': json(entry('ci-deploy'), policies, entry('other')),
  'list.json': json([entry('ci-deploy'), entry('other')]),
  'names.json': json({ accessEntries: [`${ARN}:role/ci-deploy`] }),
  'groups.json': json(entry('ci-deploy', { kubernetesGroups: 'ci-runners' })),
  'no-arn.json': json({ accessEntry: { username: 'x' } }),
  'not.json': 'apiVersion: v1',
  'error.txt': 'error: You must be logged in to the server (Unauthorized)\n',
});
const run = (line: string, surroundings: Surroundings = {}) =>
  eksAccess(line.split(' '), { cwd, env: { COLUMNS: '160' }, ...surroundings });

test.each(['list', 'list -', 'doctor', 'doctor -'])('%s reads stdin as it reads a file', (line) => {
  const piped = run(line, { stdin: SAMPLE });
  const file = run(`${line.split(' ')[0] ?? ''} aws-auth.yaml`);
  expect(piped.stdout).toBe(file.stdout.replace('aws-auth.yaml', 'stdin'));
  expect(piped.code).toBe(file.code);
});

test('UTF-16, as PowerShell writes it, is read and said', () => {
  const ran = run('list', { stdin: Buffer.from(`\ufeff${CLEAN}`, 'utf16le') });
  expect(ran.stdout).toContain('role/node');
  expect(ran.stderr).toContain('The file is UTF-16LE');
});

test('the output of get-caller-identity, pasted on stdin', () => {
  const arn = 'arn:aws:sts::111122223333:assumed-role/dev/jane@example.com';
  const stdin = json({ UserId: 'AROAEXAMPLEEXAMPLE123:jane@example.com', Account: '111122223333', Arn: arn });
  expect(run('explain - aws-auth.yaml', { stdin })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining(
      'YES. They log in as "dev-b:jane-example.com" with group team-b.\n',
    ) as string,
  });
  expect(run('explain -', { stdin }).code).toBe(2);
  expect(run('explain - -', { stdin }).stderr).toContain('Only one input can be stdin');
});

test.each(['entry.json', 'entries.json', 'list.json'])('%s counts before aws-auth', (file) => {
  const { stdout } = run(`list aws-auth.yaml --mode API_AND_CONFIG_MAP --access-entries ${file}`);
  expect(stdout).toMatch(/role\/ci-deploy +ci +ci-runners.* +access entry/);
  expect(stdout).toMatch(/! {2}role\/ci-deploy +aws-auth:17 {2}overridden by the access entry/);
  expect(stdout.includes('AmazonEKSClusterAdminPolicy')).toBe(file === 'entries.json');
});

test('access entries from stdin, beside a file', () => {
  const line = 'explain role/ci-deploy aws-auth.yaml --mode API_AND_CONFIG_MAP --access-entries -';
  expect(run(line, { stdin: json(entry('ci-deploy')) }).stdout).toMatch(
    /^YES\. .*"ci" with group ci-runners/,
  );
});

test('access entries alone, in mode API', () => {
  expect(run('list --mode API --access-entries entry.json').stdout).toContain('1 identity can log in.');
  expect(run('list --access-entries entry.json').stderr).toContain('Name the file with aws-auth as well');
});

test('access entries that were not given leave the answer open', () => {
  expect(run('explain role/dev aws-auth.yaml --mode API_AND_CONFIG_MAP')).toMatchObject({
    code: 2,
    stdout: expect.stringMatching(/^CANNOT SAY\. The access entries/) as string,
  });
});

test.each<readonly [string, string]>([
  ['names.json', 'names.json has names of access entries, and not what they say.'],
  ['groups.json', 'groups.json: kubernetesGroups has to be a list of texts, and is "ci-runners".'],
  ['no-arn.json', 'no-arn.json: principalArn is missing, which has to be text.'],
  ['not.json', 'not.json is not JSON.'],
])('%s is refused', (file, message) => {
  const ran = run(`list aws-auth.yaml --access-entries ${file}`);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain(`eks-access: ${message}\n`);
});

test.each<readonly [string, string, Surroundings]>([
  ['doctor error.txt', 'About an error: eks-access help - < error.txt   About a caller: ', {}],
  ['list', 'eks-access explain - aws-auth.yaml < FILE', { stdin: `${ARN}:role/dev\n` }],
  [`list ${ARN}:role/dev`, `About a principal: eks-access explain ${ARN}:role/dev aws-auth.yaml`, {}],
  ['explain aws-auth.yaml role/dev', 'About a principal: eks-access explain role/dev aws-auth.yaml', {}],
])('%s: a question in place of the document is told how to ask it', (line, hint, surroundings) => {
  const ran = run(line, surroundings);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toContain(hint);
});

test('an error in place of a file, and where the hint leads', () => {
  const error = 'error: You must be logged in to the server (Unauthorized)';
  const ran = eksAccess(['doctor', error], { cwd });
  expect(ran.stderr).toContain('About an error: eks-access help "ERROR"');
  expect(run('help -', { stdin: `${error}\n` })).toEqual(
    eksAccess(['help', error], { cwd, env: { COLUMNS: '160' } }),
  );
});
