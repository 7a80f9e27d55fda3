/** How a cluster is reached: by a token of the caller's own credentials, or as a kubeconfig says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { presignToken } from '../../../../access/cluster/token';
import { folderWith } from '../program';
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from './cluster';

const LOCKED_OUT = `${ACCOUNT}:role/locked-out`;

/** A kubeconfig with two contexts: `admin` gets in, `stranger` does not and is the current one. */
async function kubeconfigFor({ plane, cluster }: LiveWorld, server = cluster.endpoint): Promise<string> {
  const tokenOf = (arn: string) =>
    presignToken({
      clusterName: 'prod',
      region: 'eu-west-1',
      dnsSuffix: 'amazonaws.com',
      credentials: plane.iam.credentialsFor(arn),
      now: Date.now(),
    });
  const path = join(folderWith(), 'kubeconfig');
  const authority = Buffer.from(cluster.certificateAuthority).toString('base64');
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'prod', cluster: { server, 'certificate-authority-data': authority } }],
    users: [
      { name: 'admin', user: { token: await tokenOf(ADMIN) } },
      { name: 'stranger', user: { token: await tokenOf(LOCKED_OUT) } },
    ],
    contexts: ['admin', 'stranger'].map((user) => ({ name: user, context: { cluster: 'prod', user } })),
    'current-context': 'stranger',
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

test('the token is signed by the caller, and no kubeconfig is needed', async () => {
  const { cluster, run } = await givenCluster({ authenticationMode: 'CONFIG_MAP' });
  const { code, stdout } = await run('list --cluster prod', { env: { KUBECONFIG: '/nowhere' } });
  expect(stdout).toContain('role/node');
  expect(code).toBe(0);
  const asked = cluster.kubernetes.requests.map(({ method, path }) => `${method} ${path}`);
  expect(asked).toEqual(['GET /api/v1/namespaces/kube-system/configmaps/aws-auth']);
});

test('--kubeconfig with its current context, or another', async () => {
  const world = await givenCluster({ authenticationMode: 'CONFIG_MAP' });
  const path = await kubeconfigFor(world);
  const line = `list --cluster prod --kubeconfig ${path}`;
  expect(await world.run(line)).toMatchObject({
    code: 2,
    stdout: expect.stringContaining('the cluster does not let ') as string,
  });
  const ran = await world.run(`${line} --context admin`, { as: LOCKED_OUT });
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  expect(ran.stdout).toContain('role/node');
  expect((await world.run(`${line} --context prod`)).stderr).toContain(
    'has no context "prod".\nIt has admin, stranger.\n',
  );
});

test('a kubeconfig of another cluster is said', async () => {
  const world = await givenCluster({ authenticationMode: 'CONFIG_MAP' });
  const other = await world.plane.createCluster({ name: 'other', authenticationMode: 'CONFIG_MAP' });
  const path = await kubeconfigFor(world, other.endpoint);
  const { stderr } = await world.run(`list --cluster prod --kubeconfig ${path}`, { env: { COLUMNS: '500' } });
  expect(stderr).toContain(
    `The kubeconfig reaches ${other.endpoint}, and EKS says that the cluster is at ${world.cluster.endpoint}.\n`,
  );
});

test('a kubeconfig shows aws-auth to who may not describe the cluster', async () => {
  const world = await givenCluster({ authenticationMode: 'API_AND_CONFIG_MAP' });
  world.plane.setAuthorize((_, action) => action !== 'eks:DescribeCluster');
  const path = await kubeconfigFor(world);
  const ran = await world.run(`list --cluster prod --kubeconfig ${path} --context admin`);
  expect(ran.stdout).toContain('role/node');
  expect(ran.stdout).toContain('its authentication mode is not known');
  expect(ran.code).toBe(2);
});

test('of a hundred and fifty access entries all are read, eight at once', async () => {
  const { cluster, plane, run } = await givenCluster({ authenticationMode: 'API' });
  const names = Array.from({ length: 150 }, (_, index) => `role-${index}`);
  for (const name of names) cluster.putAccessEntry({ principalArn: `${ACCOUNT}:role/${name}` });
  let open = 0;
  let most = 0;
  plane.eks.injectFault({
    match: ({ path }) => /access-entries\/.+/.test(path),
    times: 1000,
    before: async () => {
      open += 1;
      most = Math.max(most, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
    },
  });
  const { code, stdout } = await run('list --cluster prod --plain');
  expect(stdout.split('\n').filter((line) => line.startsWith('in force'))).toHaveLength(151);
  expect(most).toBeLessThanOrEqual(8);
  expect(code).toBe(0);
});

test.each(['API', 'API_AND_CONFIG_MAP', 'CONFIG_MAP'] as const)(
  'no aws-auth in mode %s is no failure',
  async (authenticationMode) => {
    const { run } = await givenCluster({ authenticationMode, awsAuth: null });
    const { code, stdout } = await run('list --cluster prod');
    expect(stdout).toContain('There is no aws-auth ConfigMap');
    expect(code).toBe(0);
  },
);

test('an aws-auth without data maps nobody', async () => {
  const { run } = await givenCluster({ authenticationMode: 'CONFIG_MAP', awsAuth: {} });
  const { code, stdout } = await run('list --cluster prod');
  expect(stdout).toContain("Nobody is mapped in aws-auth. In mode CONFIG_MAP only the cluster's creator");
  expect(code).toBe(0);
});
