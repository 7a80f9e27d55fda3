/**
 * Each source that is denied, missing or slow leaves the result of the others, and says what permission to ask for: 2,
 * could not look.
 */
import { type Fault } from '../../../../local/aws/server/loopback-server';
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from './cluster';

const DEV = `${ACCOUNT}:role/dev`;
const AWS_AUTH = {
  data: {
    mapRoles: `- rolearn: ${ACCOUNT}:role/node
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
- rolearn: ${DEV}
  username: dev-b:{{SessionName}}
  groups: [team-b]
`,
  },
};

async function givenBoth(): Promise<LiveWorld> {
  const world = await givenCluster({ authenticationMode: 'API_AND_CONFIG_MAP', awsAuth: AWS_AUTH });
  world.cluster.putAccessEntry({ principalArn: `${ACCOUNT}:role/ci`, kubernetesGroups: ['ci'] });
  return world;
}

const denied = (...actions: readonly string[]) => ({
  deny: ({ plane }: LiveWorld) => plane.setAuthorize((_, action) => !actions.includes(action)),
});
const fault = (of: 'eks' | 'kubernetes', path: RegExp, what: object) => ({
  deny: ({ plane, cluster }: LiveWorld) =>
    (of === 'eks' ? plane.eks : cluster.kubernetes).injectFault({
      match: (request) => path.test(request.path),
      times: 100,
      ...what,
    } as Fault),
});

const ENTRIES = /role\/ci +arn:\S+ +ci +access entry/;
const IN_AWS_AUTH = /role\/dev +dev-b:\{\{SessionName\}\} +team-b +aws-auth:\d+/;
const OPEN = /\? +role\/dev +dev-b:\{\{SessionName\}\} +team-b +aws-auth:\d+/;

test.each<readonly [string, { deny: (world: LiveWorld) => void; as?: string }, readonly RegExp[]]>([
  [
    'aws-auth, by RBAC',
    { deny: () => undefined, as: `${ACCOUNT}:role/ci` },
    [
      ENTRIES,
      /aws-auth could not be read \(your user "arn:aws:sts::111122223333:assumed-role\/ci\/jane-example\.com" may not: ask for get on configmaps "aws-auth" in kube-system, or pass a file\): who gets in by it is not known\./,
    ],
  ],
  [
    'aws-auth, from whom no entry lets in',
    { deny: () => undefined, as: `${ACCOUNT}:role/stranger` },
    [
      ENTRIES,
      /the cluster does not let arn:aws:sts::111122223333:assumed-role\/stranger\/jane@example\.com in/,
    ],
  ],
  [
    'the list of access entries',
    denied('eks:ListAccessEntries'),
    [OPEN, /Access entries could not be read \(you may not: ask for eks:ListAccessEntries on cluster prod/],
  ],
  [
    'one access entry',
    denied('eks:DescribeAccessEntry'),
    [OPEN, /you may not: ask for eks:ListAccessEntries on cluster prod and eks:DescribeAccessEntry/],
  ],
  [
    'access policies',
    denied('eks:ListAssociatedAccessPolicies'),
    [ENTRIES, IN_AWS_AUTH, /ask for eks:ListAssociatedAccessPolicies on the access entries of cluster prod/],
  ],
  [
    'the cluster itself',
    denied('eks:DescribeCluster'),
    [
      ENTRIES,
      /EKS did not describe the cluster \(you may not: ask for eks:DescribeCluster on cluster prod\)/,
      /aws-auth could not be read \(EKS did not say where its Kubernetes API is; --kubeconfig does\)/,
    ],
  ],
  [
    'a slow EKS',
    fault('eks', /access-entries/, { action: 'stall' }),
    [OPEN, /Access entries could not be read \(no answer in 1 s: --timeout waits longer\)/],
  ],
  [
    'a slow API server',
    fault('kubernetes', /aws-auth/, { action: 'stall' }),
    [ENTRIES, /aws-auth could not be read \(no answer in 1 s: --timeout waits longer; a private endpoint/],
  ],
  [
    'a failing API server',
    fault('kubernetes', /aws-auth/, { respond: { status: 503, body: 'no' } }),
    [ENTRIES, /aws-auth could not be read \(the API server answered HTTP 503\)/],
  ],
])('%s', async (_, { deny, as = ADMIN }, expected) => {
  const world = await givenBoth();
  deny(world);
  const { code, stdout, stderr } = await world.run('list --cluster prod --timeout 1', {
    as,
    env: { COLUMNS: '1000' },
  });
  for (const text of expected) expect(stdout).toMatch(text);
  expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
});

test('node groups that cannot be read leave open who owns what, and not who gets in', async () => {
  const world = await givenBoth();
  denied('eks:ListNodegroups').deny(world);
  const { code, stdout } = await world.run('list --cluster prod');
  expect(stdout).toMatch(/Node groups could not be read \(you may not: ask for eks:ListNodegroups, /);
  expect(code).toBe(0);
});

test.each([
  ['list', 0],
  ['drift', 0],
  ['plan-migration', 0],
  ['migrate', 0],
  ['doctor', 2],
])('OIDC providers, which %s may not read', async (verb, expected) => {
  const world = await givenBoth();
  denied('eks:ListIdentityProviderConfigs').deny(world);
  const { code, stdout } = await world.run(`${verb} --cluster prod`);
  const isTold = stdout.includes('eks:ListIdentityProviderConfigs');
  expect({ code, isTold }).toEqual({ code: expected, isTold: verb === 'doctor' });
});

test('a file takes the place of what may not be read', async () => {
  const world = await givenBoth();
  const { code, stdout } = await world.run('list - --cluster prod', {
    as: `${ACCOUNT}:role/ci`,
    stdin: JSON.stringify({
      kind: 'ConfigMap',
      metadata: { name: 'aws-auth', namespace: 'kube-system' },
      ...AWS_AUTH,
    }),
  });
  expect(stdout).toContain('prod, eu-west-1 and stdin, API_AND_CONFIG_MAP\n');
  expect(stdout).toMatch(IN_AWS_AUTH);
  expect(code).toBe(0);
});

test.each<readonly [string, string | null, Readonly<Record<string, string>>, RegExp]>([
  [
    '--cluster prod',
    null,
    {},
    /^eks-access: Cannot look at cluster prod: there are no valid AWS credentials: /,
  ],
  [
    '--cluster prd',
    ADMIN,
    {},
    /^eks-access: There is no cluster "prd" in eu-west-1\.\nDid you mean prod\?\n$/,
  ],
  ['--cluster prod', ADMIN, { AWS_REGION: '' }, /^eks-access: No Region is known\.\nName it by --region/],
  ['--cluster arn:aws:eks:eu-west-1:111122223333:cluster/prod', ADMIN, {}, /it is the name of a cluster/],
  [
    '--cluster prod --kubeconfig missing',
    ADMIN,
    {},
    /Cannot read the kubeconfig missing: there is no such file/,
  ],
  ['--cluster prod --profile nobody', null, {}, /there are no valid AWS credentials/],
  ['--region eu-west-1', ADMIN, {}, /--region is for a cluster: name it by --cluster/],
  ['--cluster prod --mode API', ADMIN, {}, /--mode is for files: a cluster tells its own/],
  ['--cluster prod --timeout 0', ADMIN, {}, /--timeout cannot be "0": it is 1 to 9999 seconds/],
  ['--cluster prod --context x', ADMIN, {}, /--context is one of --kubeconfig/],
])('list %s as %s says what is wrong', async (line, as, env, message) => {
  const { run } = await givenCluster({ authenticationMode: 'API' });
  const ran = await run(`list ${line}`, { as, env: { COLUMNS: '1000', ...env } });
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(message);
});

test('an EKS that nobody hears', async () => {
  const { plane, run } = await givenCluster({ authenticationMode: 'API' });
  await plane.eks.stop();
  const ran = await run('list --cluster prod --timeout 2');
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/^eks-access: Cannot look at cluster prod: no answer /);
});
