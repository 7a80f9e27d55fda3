import { parseCommandLine, UsageError } from '../../../../local/demo/command-line';

const role = 'arn:aws:iam::111122223333:role';

test.each([
  [[], { templates: [], mode: 'CONFIG_MAP', json: false, help: false, parameters: {} }],
  [['a.yaml', 'b.yaml', '--mode', 'API'], { templates: ['a.yaml', 'b.yaml'], mode: 'API' }],
  [['--mode=API_AND_CONFIG_MAP', '--json'], { mode: 'API_AND_CONFIG_MAP', json: true }],
  [
    ['a.yaml', '--parameters', 'A=1', 'B=x=y', '--json'],
    { parameters: { A: '1', B: 'x=y' }, json: true, templates: ['a.yaml'] },
  ],
  [['--parameters', 'A=1', 'a.yaml'], { parameters: { A: '1' }, templates: ['a.yaml'] }],
  [['--aws-auth', 'x.yaml', '--guardrails', 'g.json'], { awsAuth: 'x.yaml', guardrails: 'g.json' }],
  [['a.yaml', '--follow'], { follow: true, templates: ['a.yaml'] }],
  [
    ['--cluster-role', `my-cluster=${role}/a`, `--cluster-role=b=${role}/b`],
    {
      clusterRoles: {
        'my-cluster': `${role}/a`,
        b: `${role}/b`,
      },
    },
  ],
  [
    ['--ssm', '/a/b=c=d', '--ssm=/e=', '--export', 'Net-Cluster=my-cluster'],
    { ssm: { '/a/b': 'c=d', '/e': '' }, exports: { 'Net-Cluster': 'my-cluster' } },
  ],
  [['--region', 'eu-central-1'], { region: 'eu-central-1' }],
  [
    ['--region=cn-north-1', '--cluster-role', 'my-cluster=arn:aws-cn:iam::111122223333:role/a'],
    { region: 'cn-north-1', clusterRoles: { 'my-cluster': 'arn:aws-cn:iam::111122223333:role/a' } },
  ],
  [['-h'], { help: true, follow: false, region: 'us-east-1' }],
])('%j', (words, expected) => {
  expect(parseCommandLine(words)).toMatchObject(expected);
});

test.each([
  [['--mode', 'BOTH'], /--mode is "BOTH": write one of CONFIG_MAP/],
  [['--mode'], /--mode needs a value/],
  [['--follow', '--mode', 'API'], /--follow needs a cluster that can move on/],
  [['--aws-auth', '--json'], /--aws-auth needs a value/],
  [['--cluster-role', 'a b=arn:aws:iam::111122223333:role/a'], /it names cluster "a b"/],
  [['--cluster-role', 'my-cluster'], /--cluster-role is "my-cluster": "" is not the ARN of an IAM role/],
  [['--parameters'], /at least one K=V/],
  [['--templat', 'x'], /no option --templat/],
  [['--mod', 'API'], /there is no option --mod: did you mean "--mode"\?/],
  [['--ssm', '/a'], /--ssm is "\/a": write NAME=VALUE/],
  [['--export', '=a'], /--export is "=a": write NAME=VALUE/],
  [
    ['--region', 'Frankfurt'],
    /--region is "Frankfurt", which is no region of AWS: write the code of one, as in us-east-1/,
  ],
  [
    ['--region', 'eu-west-9'],
    /--region is "eu-west-9", which is no region of AWS: did you mean "eu-west-1"\?/,
  ],
])('%j is refused', (words, message) => {
  expect(() => parseCommandLine(words)).toThrow(UsageError);
  expect(() => parseCommandLine(words)).toThrow(message);
});
