/** `npm start` and `npm run local` as a user runs them: each in a process of its own. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(script: string, words: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, script), ...words], {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const printed = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve(out);
    });
  });
  const finished = new Promise<Finished>((resolve) =>
    child.on('close', (code) => resolve({ code, out, err })),
  );
  return { child, printed, finished };
}

const run = (...words: string[]): Promise<Finished> => start('local/demo/main.ts', words).finished;
const file = (name: string, text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'npm-start-')), name);
  writeFileSync(path, text);
  return path;
};

interface SampleStep {
  readonly status: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly clusters: Readonly<
    Record<string, Record<'awsAuth' | 'accessEntries', { readonly after: string }>>
  >;
}

interface FirstStep {
  readonly step: string;
  readonly events: readonly Readonly<Record<'status' | 'type' | 'logicalId', string>>[];
  readonly awsAuth: Readonly<Record<'before' | 'after', string>>;
}

/** What the README shows of the first step is what it prints. */
function expectShown({ step, events, awsAuth }: FirstStep): void {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const shown = (/\$ npm ci && npm start\n([\s\S]*?)```/.exec(readme)?.[1] ?? '').split('\n');
  expect(shown[0]).toBe(`▶ ${step}`);
  const told = shown.flatMap(
    (line) => /^ {2}[\d:]{8} +(\S+) +(\S+) +(\S+)$/.exec(line)?.slice(1).join(' ') ?? [],
  );
  expect(told).toHaveLength(3);
  expect(events.map(({ status, type, logicalId }) => `${status} ${type} ${logicalId}`)).toEqual(
    expect.arrayContaining(told),
  );
  const lines = (text: string): readonly string[] =>
    text.split('\n').map((line) => line.trim().replace(/(FunctionRole)-\w+/, '$1'));
  const added = shown.flatMap((line) => /^ {4}\+(.*)$/.exec(line)?.[1] ?? []);
  expect(added).toHaveLength(3);
  for (const line of added.flatMap(lines)) {
    expect(lines(awsAuth.after)).toContain(line);
    expect(lines(awsAuth.before)).not.toContain(line);
  }
}

describe('the demonstration', () => {
  test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'])(
    'mode %s: created, updated, rolled back, deleted, and nothing is left',
    async (mode) => {
      const { code, out, err } = await run('--mode', mode, '--json');
      expect([code, err]).toEqual([0, '']);
      const steps = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, { before: string; after: string } & string>);
      expect(steps.map(({ status }) => status)).toEqual([
        'CREATE_COMPLETE',
        'UPDATE_COMPLETE',
        'UPDATE_ROLLBACK_COMPLETE',
        'DELETE_COMPLETE',
      ]);
      const place = mode === 'CONFIG_MAP' ? 'awsAuth' : 'accessEntries';
      const other = mode === 'CONFIG_MAP' ? 'accessEntries' : 'awsAuth';
      expect(steps.map((step) => step[place]?.after.includes('lambdafoo'))).toEqual([
        true,
        false,
        false,
        false,
      ]);
      expect(steps.map((step) => step[place]?.after.includes('lambdabar'))).toEqual([
        false,
        true,
        true,
        false,
      ]);
      expect(steps.at(-1)?.[place]?.after).toBe(steps[0]?.[place]?.before);
      for (const step of steps) expect(step[other]?.after).toBe(step[other]?.before);
      if (mode === 'CONFIG_MAP') expectShown(JSON.parse(out.split('\n')[0] ?? '') as FirstStep);
    },
  );

  test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'])(
    'mode %s: sample 6 makes a cluster, whose access is shown, and leaves nothing',
    async (mode) => {
      const role = 'new-cluster=arn:aws:iam::111122223333:role/cloudformation-execution';
      const sample = 'samples/6-new-cluster.yaml';
      const { code, out } = await run(sample, '--mode', mode, '--cluster-role', role, '--json');
      expect(code).toBe(0);
      const [created, deleted, ...others] = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as SampleStep);
      expect(others).toEqual([]);
      expect([created?.status, deleted?.status]).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
      expect(created?.outputs['CallerUserName']).toBe('caller');
      const place = mode === 'CONFIG_MAP' ? 'awsAuth' : 'accessEntries';
      expect(created?.clusters['new-cluster']?.[place].after).toContain('admin:{{SessionName}}');
      expect(deleted?.clusters['new-cluster']).toMatchObject({
        awsAuth: { after: '' },
        accessEntries: { after: '' },
      });
    },
  );

  test.each([
    ['7-console-viewer', 'API_AND_CONFIG_MAP', 'accessEntries', 'kubernetesGroups: [console-viewers]'],
    ['8-users-by-role', 'CONFIG_MAP', 'awsAuth', '"developer:{{SessionName}}"'],
    ['9-argo-cd-spoke', 'API', 'accessEntries', 'policy: AmazonEKSClusterAdminPolicy (cluster)'],
    ['10-karpenter-nodes', 'CONFIG_MAP', 'awsAuth', '"system:node:{{EC2PrivateDNSName}}"'],
  ] as const)('sample %s in mode %s is made, and leaves nothing', async (sample, mode, place, mapped) => {
    const { code, out } = await run(`samples/${sample}.yaml`, '--mode', mode, '--json');
    expect(code).toBe(0);
    const steps = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, { before: string; after: string } & string>);
    expect(steps.map(({ status }) => status)).toEqual(['CREATE_COMPLETE', 'DELETE_COMPLETE']);
    expect(steps[0]?.[place]?.after).toContain(mapped);
    expect(steps[1]?.[place]?.after).toBe(steps[0]?.[place]?.before);
  });

  test.each([
    ['CONFIG_MAP', ['edit-plus-custom-resources:team-a', 'view'], []],
    ['API_AND_CONFIG_MAP', ['edit-plus-custom-resources:team-a'], ['policy: AmazonEKSViewPolicy (cluster)']],
    ['API', ['edit-plus-custom-resources:team-a'], ['policy: AmazonEKSViewPolicy (cluster)']],
  ] as const)('mode %s: sample 12 says who gets which named right', async (mode, groups, policies) => {
    const sample = 'samples/12-named-rights.yaml';
    // What its head asks for, and nothing else.
    const rights = / Rights=(\S+) /.exec(readFileSync(join(root, sample), 'utf8'))?.[1]?.split(',');
    const guardrails = file('guardrails.json', JSON.stringify({ rights }));
    const { code, out } = await run(sample, '--mode', mode, '--guardrails', guardrails);
    expect(code).toBe(0);
    const [created = '', deleted = ''] = out.split('▶ ').slice(1);
    const place = {
      'edit-plus-custom-resources:team-a': 'edit-plus-custom-resources in namespace team-a',
      view: 'view in the whole cluster',
    };
    // The two mappings are made at once: which of them comes first is not said.
    expect([...created.matchAll(/^ +group (.*)$/gm)].map(([, words]) => words).sort()).toEqual(
      groups.map((group) => `cfn-eks-access:${group} is named right ${place[group]}`),
    );
    expect([...created.matchAll(/^ +\+ +(policy: .*)$/gm)].map(([, words]) => words)).toEqual(policies);
    const right = 'cfn-eks-access:edit-plus-custom-resources';
    expect([...created.matchAll(/^ +\+(RoleBinding .*)$/gm)].map(([, words]) => words)).toEqual([
      `RoleBinding ${right} in namespace team-a: ClusterRole ${right} for Group ${right}:team-a`,
    ]);
    expect(deleted).toContain('DELETE_COMPLETE');
  });

  test('sample 12 is refused by the default guardrails, which name the one to set', async () => {
    const { code, out } = await run(
      'samples/12-named-rights.yaml',
      '--guardrails',
      file('guardrails.json', '{}'),
    );
    expect(code).toBe(1);
    expect(out).toMatch(
      /Rights has edit-plus-custom-resources in "team-a".* can allow it with rights in EKS_ACCESS_GUARDRAILS/,
    );
  });

  test('reached as the role that made the cluster', async () => {
    const { code, out } = await run('--cluster-role', 'my-cluster=arn:aws:iam::111122223333:role/creator');
    expect(code).toBe(0);
    expect(out).toContain('the provider reaches it as arn:aws:iam::111122223333:role/creator (clusterRoles)');
  });

  test('as text in a pipe: events and diffs, without colour', async () => {
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out).toMatch(/CREATE_COMPLETE +Custom::EksMapRolesEntry +LambdaKubeUser/);
    expect(out).toMatch(/^ +\+ .*username: "lambdafoo"$/m);
    expect(out).toMatch(/UPDATE_ROLLBACK_COMPLETE +AWS::CloudFormation::Stack/);
    expect(out).not.toContain('\u001b');
  });
});

test('--follow: the cluster moves on under the stack, which nobody touches, and the schedule says what it did', async () => {
  const { code, out, err } = await run('--follow', '--json');
  expect([code, err]).toEqual([0, '']);
  const steps = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { status: string; log?: string[]; accessEntries: { after: string } });
  expect(steps.map(({ status }) => status)).toEqual([
    'CREATE_COMPLETE',
    'FOLLOWED',
    'FOLLOWED',
    'DELETE_COMPLETE',
  ]);
  expect(steps[1]?.log).toContainEqual('followed the cluster: mode API_AND_CONFIG_MAP, moved 1, left 0');
  expect(steps.map(({ accessEntries }) => accessEntries.after.includes('lambdafoo'))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});

describe('a template of one’s own', () => {
  test('with its own aws-auth and parameters', async () => {
    const awsAuth = file(
      'aws-auth.yaml',
      'kind: ConfigMap\ndata:\n  mapRoles: |\n    # mine\n    - {rolearn: "arn:aws:iam::111122223333:role/x", username: x}\n',
    );
    const { code, out } = await run(
      'samples/1-lambda-role.yaml',
      '--aws-auth',
      awsAuth,
      '--parameters',
      'UserName=me',
      'Groups=a,b',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/\+ .*"?username"?: "me"/);
    expect(out).toContain('# mine');
  });

  const entry = (properties: string): string =>
    file(
      't.yaml',
      `Resources:\n  A:\n    Type: Custom::EksMapRolesEntry\n    Properties:\n      ServiceToken: !ImportValue EksAccessServiceToken\n${properties}`,
    );

  test('that CloudFormation would fail ends with exit code 1 and the reason in its events', async () => {
    const { code, out, err } = await run(
      entry('      Cluster: my-cluster\n      RoleArn: arn:aws:iam::111122223333:role/x\n      Grops: [a]\n'),
    );
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('unknown property "Grops" of Custom::EksMapRolesEntry: did you mean Groups?');
  });

  test.each<[string, () => readonly string[], RegExp]>([
    ['a missing file', () => ['nowhere.yaml'], /^there is no file nowhere\.yaml\n$/],
    ['a folder', () => ['samples'], /^samples is a folder: a file is wanted\n$/],
    ['a broken template', () => [file('t.yaml', 'Resources: [\n')], /^.*t\.yaml.*line \d+.*\n$/],
    ['a wrong reference', () => [entry('      Cluster: !Ref Clustr\n')], /^.*t\.yaml.*Clustr.*\n$/],
    [
      'a missing parameter',
      () => [file('t.yaml', 'Parameters: {A: {Type: String}}\nResources: {B: {Type: AWS::IAM::User}}\n')],
      /^.*A.*\n$/,
    ],
    ['an unknown mode', () => ['--mode', 'X'], /^--mode is "X".*\n$/],
    ['an aws-auth that is none', () => ['--aws-auth', file('x.yaml', '- a\n')], /^.*is not a ConfigMap.*\n$/],
    [
      'guardrails with a typo',
      () => ['--guardrails', file('g.json', '{"cluster": []}')],
      /^.*"cluster".*\n$/,
    ],
    ['a word that is no option', () => ['--region', 'eu-west-9'], /^--region is "eu-west-9".*\n$/],
  ])(
    '%s: one sentence, exit code 2, no stack trace, and JSON where it was asked for',
    async (_, words, sentence) => {
      const { code, out, err } = await run(...words(), '--json');
      expect(code).toBe(2);
      expect(err).toMatch(sentence);
      expect(JSON.parse(out)).toEqual({ error: err.trimEnd() });
    },
  );

  test('npm run local says it in the same form', async () => {
    const { code, out, err } = await start('local/demo/serve.ts', ['--json', '--nope']).finished;
    expect(code).toBe(2);
    expect(JSON.parse(out)).toEqual({ error: err.trimEnd() });
  });
});

test('--help explains it', async () => {
  const { code, out } = await run('--help', '--json');
  expect(code).toBe(0);
  const { help } = JSON.parse(out) as { readonly help: string };
  for (const word of ['--mode', '--parameters', '--aws-auth', '--json', '--guardrails', '--follow'])
    expect(help).toContain(word);
});

test('npm run local prints where everything is, and Ctrl-C leaves nothing behind', async () => {
  const { child, printed, finished } = start('local/demo/serve.ts', ['--json']);
  const where = JSON.parse(await printed) as Record<string, string>;
  expect(Object.keys(where)).toEqual([
    'eks',
    'sts',
    'iam',
    'cloudformation',
    'lambda',
    's3',
    'ssm',
    'otherServices',
    'kubernetes',
    'kubeconfig',
    'account',
    'region',
  ]);
  expect(existsSync(where['kubeconfig'] ?? '')).toBe(true);
  const answer = await fetch(`${where['eks']}/clusters`);
  expect(answer.status).toBe(403);
  const followed = new Promise((resolve) => child.stderr.on('data', (text: Buffer) => resolve(String(text))));
  child.stdin.write('follow\n');
  expect(await followed).toContain('the scheduled run is over: clusters 1, ClustersLookedAt 1');
  child.kill('SIGINT');
  expect((await finished).code).toBe(0);
  expect(existsSync(where['kubeconfig'] ?? '')).toBe(false);
  const refused = await new Promise((resolve) => {
    createConnection({ port: Number(new URL(where['eks'] ?? '').port), host: '127.0.0.1' })
      .on('error', (error: NodeJS.ErrnoException) => resolve(error.code))
      .on('connect', () => resolve('connected'));
  });
  expect(refused).toBe('ECONNREFUSED');
});

test('npm run local prints what a shell takes, with every service that it has', async () => {
  const { child, printed, finished } = start('local/demo/serve.ts', ['--no-provider']);
  await printed;
  child.kill('SIGINT');
  const { code, out, err } = await finished;
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^cluster my-cluster, authentication mode CONFIG_MAP; no provider is deployed\n/);
  const exported = Object.fromEntries(
    [...out.matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name = '', value]) => [name, value]),
  );
  for (const service of ['EKS', 'STS', 'IAM', 'CLOUDFORMATION', 'LAMBDA', 'S3'])
    expect(exported[`AWS_ENDPOINT_URL_${service}`]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(Object.keys(exported)).toEqual(
    expect.arrayContaining(['AWS_ENDPOINT_URL', 'AWS_SECRET_ACCESS_KEY', 'AWS_REGION', 'KUBECONFIG']),
  );
});
