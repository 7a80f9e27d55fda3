/**
 * What `plan-migration --to` prints, carried out on the local AWS: everybody who could log in can, as before, beside
 * aws-auth and without it, and nobody else.
 */
import { EKSClient } from '@aws-sdk/client-eks';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { type Stack } from '../../../local/aws/cloudformation/stack/stack';
import { type LocalCluster } from '../../../local/aws/local-cluster';
import { DEFAULT_CLUSTER as CLUSTER } from '../../../local/demo/command-line';
import { startSession, type Session } from '../../../local/demo/session';
import { eksAccess, folderWith } from '../cli/program';
import { failuresOf } from '../scenarios/whole-stacks';
import { PROVIDER } from '../scenarios/world';
import { runScript } from './shell';
import { applyTerraform } from './terraform';

const iam = (name: string): string => `arn:aws:iam::111122223333:${name}`;
const entry = (key: string, arn: string, username: string, groups: string): string =>
  `- ${key}: ${arn}\n  username: ${JSON.stringify(username)}\n  groups: ${groups}\n`;
const HOSTILE = `it's "x" \${y} $(z) %{if} \`w\` \\ é #`;

const DATA = {
  mapRoles: [
    PROVIDER,
    entry(
      'rolearn',
      iam('role/nodes'),
      'system:node:{{EC2PrivateDNSName}}',
      '[system:bootstrappers, system:nodes]',
    ),
    entry('rolearn', iam('role/admin'), 'admin:{{SessionName}}', '[system:masters, auditors]'),
    entry('rolearn', iam('role/dev'), 'old', '[team-a]'),
    entry('rolearn', iam('role/dev'), 'dev:{{SessionName}}', '[team-b, team-c]'),
    entry('rolearn', iam('role/team/secret'), 'secret', '[system:masters]'),
    entry('rolearn', iam('role/ci'), 'ci', 'system:masters'),
    entry('rolearn', 'arn:aws:iam::444455556666:role/partner', 'partner:{{AccountID}}', '[]'),
    entry('rolearn', iam('role/hostile'), HOSTILE, JSON.stringify([HOSTILE, '-x', 'file:///etc/passwd'])),
    entry('rolearn', iam('role/reserved'), 'system:something', '[a]'),
  ].join(''),
  mapUsers:
    entry('userarn', iam('user/alice'), 'file:///etc/hostname', '[viewers]') +
    entry('userarn', iam('user/team/bob'), '-bob', '[]'),
};
const MOVING: readonly (readonly [arn: string, session?: string])[] = [
  [iam('role/nodes'), 'i-0123456789abcdef0'],
  [iam('role/admin'), 'jo'],
  [iam('role/dev'), 'jo@example.com'],
  [iam('role/ci')],
  ['arn:aws:iam::444455556666:role/partner'],
  [iam('role/hostile')],
  [iam('user/alice')],
  [iam('user/team/bob')],
];

let session: Session;
let eks: EKSClient;
beforeEach(async () => {
  session = await startSession({ clock: new SkippingClock(), mode: 'CONFIG_MAP', awsAuth: manifest() });
  const admin = iam('role/migrator');
  session.aws.iam.addPrincipal(admin);
  eks = new EKSClient({
    region: 'us-east-1',
    endpoint: session.aws.endpoints.eks,
    credentials: session.aws.iam.credentialsFor(admin),
  });
});
afterEach(async () => {
  eks.destroy();
  await session.aws.stop();
});

function manifest() {
  return { metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: DATA };
}

/** With the full control that is a group in one place and a policy in the other. */
function logins(cluster: LocalCluster): readonly unknown[] {
  return MOVING.map(([arn, name]) => {
    const login = cluster.loginAs(arn, name);
    if (login === undefined) return [arn];
    const { policies = [] } = cluster.accessEntries().find(({ principalArn }) => principalArn === arn) ?? {};
    const isAdmin =
      login.groups.includes('system:masters') ||
      (login.source === 'access-entry' &&
        policies.some(
          ({ policyArn, scope }) => scope === 'cluster' && /AmazonEKSClusterAdminPolicy$/.test(policyArn),
        ));
    const groups = login.groups.filter((group) => group !== 'system:masters').sort();
    return [arn, login.username, groups.includes('system:nodes') ? 'node' : groups, isAdmin];
  });
}

function planned(...words: readonly string[]): string {
  const cwd = folderWith({ 'live.json': JSON.stringify(session.cluster.configMap()) });
  const { stdout, code, stderr } = eksAccess(['plan-migration', 'live.json', ...words], { cwd });
  // role/reserved stays.
  expect(stderr).toContain('move and work as today');
  expect(code).toBe(1);
  return stdout;
}

async function stackOf(template: string): Promise<void> {
  const { aws } = session;
  const request = { name: 'moved', template, parameters: { ClusterName: CLUSTER } };
  const stack: Stack = await aws.cloudformation.createStack(request);
  expect([stack.status, failuresOf(stack)]).toEqual(['CREATE_COMPLETE', '']);
}

const TOOLS: Readonly<Record<string, (text: string) => Promise<unknown>>> = {
  cloudformation: stackOf,
  'cloudformation-native': stackOf,
  cli: (text) => runScript(text, { CLUSTER }, eks),
  terraform: (text) => applyTerraform(text, { cluster_name: CLUSTER }, eks),
};

test.each(Object.entries(TOOLS))('--to %s', async (tool, apply) => {
  const { cluster } = session;
  const before = logins(cluster);
  expect(before).toContainEqual([iam('role/ci'), 'ci', [], false]);
  expect(before).toContainEqual([iam('role/admin'), 'admin:jo', ['auditors'], true]);
  const text = planned('--to', tool);
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await apply(text);
  expect(logins(cluster)).toEqual(before);
  cluster.setAuthenticationMode('API');
  expect(logins(cluster)).toEqual(before);
  for (const arn of [iam('role/team/secret'), iam('role/secret'), iam('role/reserved'), iam('role/partner')])
    expect([arn, cluster.loginAs(arn)]).toEqual([arn, undefined]);
});

test.each(Object.entries(TOOLS))('--to %s --include gives what is asked for', async (tool, apply) => {
  const { cluster } = session;
  const text = planned('--to', tool, '--include', 'role/ci,role/secret');
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await apply(text);
  const admin = { policies: [expect.objectContaining({ scope: 'cluster' })] };
  expect(cluster.accessEntry(iam('role/ci'))).toMatchObject({ username: 'ci', ...admin });
  expect(cluster.accessEntry(iam('role/team/secret'))).toMatchObject({ username: 'secret', ...admin });
});

test('the shell reads quotes as a shell, and nothing that a shell would do more with', async () => {
  await expect(runScript('set -eu\n: "${CLUSTER:?x}"\n', {}, eks)).rejects.toThrow('exit 2');
  await expect(runScript('aws eks create-access-entry $(id)', {}, eks)).rejects.toThrow('would do more');
  await expect(runScript("aws eks create-access-entry --username 'file:///x'", {}, eks)).rejects.toThrow(
    'load',
  );
});
