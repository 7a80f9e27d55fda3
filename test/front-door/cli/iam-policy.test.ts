/** `iam-policy`: guardrails from a file as an IAM policy. */
import { eksAccess, folderWith } from './program';

const WHERE = ['--account', '111122223333', '--region', 'eu-west-1'];
const many = JSON.stringify({
  clusters: Array.from({ length: 60 }, (_, index) => `cluster-of-team-${index}`),
});
const cwd = folderWith({
  'g.json': '\ufeff{"clusters": ["team-*"]}',
  'empty.json': '{}',
  'many.json': many,
  'unknown.json': '{"clsters": []}',
  'text.json': 'clusters: []',
  'hostile.json': '{"clusters": ["\\u001b[2J"], "groups": 1}',
});
const run = (...words: readonly string[]) => eksAccess(['iam-policy', ...words], { cwd });

test('one document on stdout, whatever is to be said on stderr', () => {
  const { code, stdout, stderr } = run('--guardrails', 'g.json', ...WHERE);
  expect(code).toBe(0);
  const policy = JSON.parse(stdout) as { Version: string; Statement: { Sid: string; Resource: unknown }[] };
  expect(policy.Version).toBe('2012-10-17');
  expect(policy.Statement.find(({ Sid }) => Sid === 'Create')?.Resource).toEqual([
    'arn:aws:eks:eu-west-1:111122223333:cluster/team-*',
  ]);
  expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(
    expect.arrayContaining(['NeverProviderRole', 'OtherAccounts', 'NeverClusterAdmin']),
  );
  expect(stderr).toContain("What IAM cannot say, the provider's own check says alone");
});

test('what does not fit one managed policy is said, and is in parts in JSON', () => {
  expect(run('--guardrails', 'many.json', ...WHERE).stderr).toMatch(
    /a managed policy takes 6144: --json has it in \d that fit/,
  );
  const { stdout } = run('--guardrails', 'many.json', ...WHERE, '--json');
  const { allow, deny } = JSON.parse(stdout) as Record<'allow' | 'deny', { Statement: unknown[] }[]>;
  expect(allow.length + deny.length).toBeGreaterThan(2);
});

test("the partition is the Region's", () => {
  expect(
    run('--guardrails', 'empty.json', '--account', '111122223333', '--region', 'us-gov-west-1').stdout,
  ).toContain('arn:aws-us-gov:eks:us-gov-west-1:111122223333:cluster/*');
});

test.each<readonly [string, string]>([
  ['--guardrails unknown.json', 'unknown.json: unknown key "clsters", did you mean clusters?'],
  ['--guardrails text.json', 'text.json is not JSON.'],
  [
    '--guardrails hostile.json',
    'hostile.json: groups is 1, and groups must be a list of Kubernetes groups or patterns.',
  ],
  ['--guardrails missing.json', 'Cannot read missing.json: there is no such file.'],
  ['', 'Name the file with the guardrails: --guardrails FILE, or - for stdin.'],
  ['--guardrails g.json extra', 'iam-policy takes options alone.'],
  ['--guardrails g.json --partition aws-cn', '--partition cannot be "aws-cn": Region eu-west-1 is in aws.'],
  [
    '--guardrails g.json --node-role node',
    '--node-role cannot be "node": it is the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME.',
  ],
  ['--guardrails g.json --fail-on warn', '--fail-on is for doctor, not for iam-policy.'],
])('%s is refused', (line, message) => {
  const { code, stdout, stderr } = run(...line.split(' ').filter((word) => word !== ''), ...WHERE);
  expect({ code, stdout, message: stderr.split('\n')[0] }).toEqual({
    code: 2,
    stdout: '',
    message: `eks-access: ${message}`,
  });
});

test.each<readonly [readonly string[], string]>([
  [['--region', 'eu-west-1'], 'Say where the role is to work: --account is missing.'],
  [['--account', '111122223333'], 'Say where the role is to work: --region is missing.'],
  [['--account', '1', '--region', 'eu-west-1'], '--account cannot be "1": it has 12 digits.'],
  [
    ['--account', '111122223333', '--region', 'Frankfurt'],
    '--region cannot be "Frankfurt": it is a Region such as eu-west-1.',
  ],
])('%j is not enough', (words, message) => {
  const { code, stdout, stderr } = run('--guardrails', 'g.json', ...words);
  expect({ code, stdout, message: stderr.split('\n')[0] }).toEqual({
    code: 2,
    stdout: '',
    message: `eks-access: ${message}`,
  });
});

test('its options are for it alone', () => {
  expect(eksAccess(['list', 'aws-auth.yaml', '--guardrails', 'g.json'], { cwd })).toEqual({
    code: 2,
    stdout: '',
    stderr: 'eks-access: --guardrails is for iam-policy, not for list.\n',
  });
});
