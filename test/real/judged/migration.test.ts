/**
 * What plan-migration prints, judged by programs of others: CloudFormation by cfn-lint, Terraform by the HCL parser that
 * checkov has, and the commands of the AWS CLI by the AWS CLI itself, against the local AWS.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { planMigration } from '../../../access/migration/plan';
import { rendered } from '../../../access/migration/render/render';
import { startControlPlane } from '../../../local/aws/control-plane';
import { seenAwsAuth } from '../../pure/access/explain/seen';
import { speak, type Spoken } from '../rig/kubernetes-door';
import { quietEnvironment } from '../rig/part';
import { findTools } from '../setup/tools';

const iam = (name: string): string => `arn:aws:iam::111122223333:${name}`;
const entry = (key: string, arn: string, username: string, groups: readonly string[]): string =>
  `- ${key}: ${arn}\n  username: ${JSON.stringify(username)}\n  groups: ${JSON.stringify(groups)}\n`;
/** What a shell, HCL, CloudFormation and the AWS CLI would each like to read as something else. */
const HOSTILE = `it's "x" \${y} $(z) %{if} \`w\` \\ é #`;
const DATA = {
  mapRoles: [
    entry('rolearn', iam('role/nodes'), 'system:node:{{EC2PrivateDNSName}}', [
      'system:bootstrappers',
      'system:nodes',
    ]),
    entry('rolearn', iam('role/admin'), 'admin:{{SessionName}}', ['system:masters', 'auditors']),
    entry('rolearn', 'arn:aws:iam::444455556666:role/partner', 'partner:{{AccountID}}', []),
    entry('rolearn', iam('role/hostile'), HOSTILE, [HOSTILE, '-x', 'file:///etc/passwd']),
  ].join(''),
  mapUsers: entry('userarn', iam('user/alice'), 'file:///etc/hostname', ['viewers']),
};

const tools = findTools();
const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-plans-'));
const quiet = quietEnvironment('judged', folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const plan = planMigration({ awsAuth: seenAwsAuth(DATA) });
const run = (program: string, parameters: readonly string[], input?: string): Promise<Spoken> =>
  speak(program, parameters, quiet, input);

test('the plan has something of each kind', () => {
  expect(plan.entries.map(({ entry: { type } }) => type).sort()).toEqual([
    'EC2_LINUX',
    'STANDARD',
    'STANDARD',
    'STANDARD',
    'STANDARD',
  ]);
});

test.each(['cloudformation', 'cloudformation-native'] as const)(
  'cfn-lint has nothing to say of %s',
  async (tool) => {
    const [file, faulty] = [join(folder, `${tool}.yaml`), join(folder, `${tool}-faulty.yaml`)];
    const text = rendered(tool, plan, 'prod');
    writeFileSync(file, text);
    writeFileSync(
      faulty,
      text.replace(
        /^Resources:$/m,
        'Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n    Properties: {Nmae: a}',
      ),
    );
    const lint = (path: string): Promise<Spoken> => run(tools.cfnLint, ['--format', 'parseable', path]);
    expect(await lint(faulty)).toMatchObject({ stdout: expect.stringContaining('E3002') as string });
    expect(await lint(file)).toEqual({ status: 0, stdout: '', stderr: '' });
  },
);

/** One list of blocks of a type: `{ type: { name: body } }`. */
interface Hcl {
  readonly resource?: readonly Readonly<
    Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>
  >[];
}

test('the HCL parser of another author reads the Terraform', async () => {
  const read = 'import hcl2, json, sys; print(json.dumps(hcl2.load(sys.stdin)))';
  const parse = (text: string): Promise<Spoken> =>
    run(join(dirname(tools.aws), 'python'), ['-c', read], text);
  const text = rendered('terraform', plan, 'prod');
  expect((await parse(text.replace(/}\s*$/, ''))).status).not.toBe(0);
  const { status, stdout, stderr } = await parse(text);
  expect([status, stderr]).toEqual([0, '']);
  const { resource = [] } = JSON.parse(stdout) as Hcl;
  const made = resource.flatMap((block) => Object.values(block['aws_eks_access_entry'] ?? {}));
  expect(made.map((body) => [body['principal_arn']].flat()[0])).toEqual(
    plan.entries.map(({ entry: { principalArn } }) => principalArn),
  );
});

test('a shell and the AWS CLI carry out the commands', async () => {
  const plane = await startControlPlane({ region: 'us-east-1' });
  try {
    const admin = plane.iam.roleArn('Administrator');
    const cluster = await plane.createCluster({
      name: 'prod',
      authenticationMode: 'API_AND_CONFIG_MAP',
      awsAuth: { data: DATA },
    });
    for (const {
      entry: { principalArn },
    } of plan.entries)
      plane.iam.addPrincipal(principalArn);
    const keys = plane.iam.credentialsFor(admin);
    const environment = {
      ...quiet,
      PATH: [dirname(tools.aws), quiet['PATH']].join(delimiter),
      AWS_ENDPOINT_URL_EKS: plane.eks.url,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      AWS_SESSION_TOKEN: keys.sessionToken ?? '',
      AWS_PAGER: '',
    };
    const { status, stderr } = await speak('sh', ['-s'], environment, rendered('cli', plan, 'prod'));
    expect([status, stderr]).toEqual([0, '']);
    for (const {
      entry: { principalArn, type, username, groups, policies },
    } of plan.entries)
      expect(cluster.accessEntry(principalArn)).toMatchObject({
        type,
        ...(type === 'STANDARD' ? { username, kubernetesGroups: groups } : {}),
        policies: policies.map(({ policyArn, scope }) => ({ policyArn, scope })),
      });
  } finally {
    await plane.stop();
  }
}, 120_000);
