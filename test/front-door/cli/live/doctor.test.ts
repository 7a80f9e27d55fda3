/** What is wrong with a live cluster: what files cannot tell, and fixes that are printed and never written. */
import { load } from 'js-yaml';
import { PROVIDER_GROUP } from '../../../../access/contract';
import { type ConfigMapManifest } from '../../../../local/aws/control-plane';
import { SAMPLE } from '../../../pure/access/explain/sample';
import { eksAccess } from '../program';
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from './cluster';

const NODE = `${ACCOUNT}:role/node`;
const FARGATE = `${ACCOUNT}:role/pods`;
const CLUSTER_ROLE = `${ACCOUNT}:role/eks-cluster`;
const nodes = (arn: string): string => `- rolearn: ${arn}
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
`;
const masters = (name: string): string => `- rolearn: ${ACCOUNT}:role/${name}
  username: ${name}
  groups: [system:masters]
`;
const withRoles = (mapRoles: string): ConfigMapManifest => ({ data: { mapRoles } });

async function rulesOf({ run }: LiveWorld, options = ''): Promise<readonly string[]> {
  const { stdout } = await run(`doctor --cluster prod --plain${options}`);
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split('\t').slice(2, 4).join(' '));
}

test('a cluster with nothing wrong, in each mode', async () => {
  for (const authenticationMode of ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const) {
    const world = await givenCluster({
      authenticationMode,
      awsAuth: authenticationMode === 'API' ? null : withRoles(nodes(NODE) + masters('one') + masters('two')),
      managedNodeRoles: [NODE],
    });
    if (authenticationMode === 'API')
      world.cluster.putAccessEntry({
        principalArn: `${ACCOUNT}:role/two`,
        policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }],
      });
    const { code, stdout, stderr } = await world.run('doctor --cluster prod --fail-on info');
    expect({ code, stdout, stderr }).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^Refused all the same\? eks-access explain ARN.*\n$/) as string,
    });
    expect(stdout).toMatch(/^prod, eu-west-1: no problems\. /);
  }
});

test('a node group and a Fargate profile without an entry', async () => {
  const world = await givenCluster({
    authenticationMode: 'CONFIG_MAP',
    awsAuth: withRoles(nodes(CLUSTER_ROLE) + masters('one') + masters('two')),
    managedNodeRoles: [NODE],
    fargateRoles: [FARGATE],
  });
  expect(await rulesOf(world)).toEqual([
    `node-mapping-missing ${NODE}`,
    `node-mapping-missing ${FARGATE}`,
    `cluster-role-as-node ${CLUSTER_ROLE}`,
  ]);
  const { code, stdout } = await world.run('doctor --cluster prod');
  expect(stdout).toContain('No entry lets nodes of role/node in, the role of node group "node".');
  expect(stdout).toContain('No entry lets pods of role/pods in, the role of Fargate profile "pods".');
  expect(stdout).toContain('groups: ["system:bootstrappers", "system:nodes", "system:node-proxier"]');
  expect(code).toBe(1);
});

test('only the creator has full control; another tool writes the map', async () => {
  const world = await givenCluster({
    authenticationMode: 'CONFIG_MAP',
    awsAuth: withRoles(nodes(NODE)),
  });
  world.cluster.writeConfigMap(
    withRoles(nodes(NODE) + masters('one').replace('system:masters', 'viewers')),
    'argocd-controller',
  );
  expect(await rulesOf(world)).toEqual(['other-writer ', 'creator-only ']);
});

test('a role that was made again is told where IAM may be asked, of this account alone', async () => {
  const world = await givenCluster({ authenticationMode: 'API', managedNodeRoles: [NODE] });
  const { cluster, plane } = world;
  const [mine, theirs] = [`${ACCOUNT}:role/team/again`, 'arn:aws:iam::444455556666:role/again'];
  plane.iam.addPrincipal(mine);
  for (const principalArn of [mine, theirs]) {
    cluster.putAccessEntry({ principalArn, kubernetesGroups: ['x'] });
    cluster.ageAccessEntry(principalArn, 60_000);
  }
  expect(await rulesOf(world)).not.toContain(`stale-principal ${mine}`);
  expect(plane.iamServer.requests).toEqual([]);
  const asked = await rulesOf(world, ' --iam');
  expect(asked).toContain(`stale-principal ${mine}`);
  expect(asked).not.toContain(`stale-principal ${theirs}`);
  plane.setAuthorize((_, action) => action !== 'iam:GetRole');
  const denied = await world.run('doctor --cluster prod --iam');
  expect(denied.stdout.replaceAll('\n', ' ')).toContain(
    'IAM roles could not be read (you may not: ask for iam:GetRole',
  );
  expect(denied.code).toBe(2);
});

test('what could not be read is 2, whatever was found', async () => {
  const world = await givenCluster({ authenticationMode: 'API_AND_CONFIG_MAP' });
  for (const denied of ['eks:ListAccessEntries', 'eks:ListNodegroups', 'eks:ListIdentityProviderConfigs']) {
    world.plane.setAuthorize((_, action) => action !== denied);
    const { code, stdout } = await world.run('doctor --cluster prod --fail-on never');
    expect(stdout).toContain(denied);
    expect(code).toBe(2);
  }
});

test('the mapping of a provider is told by its group', async () => {
  const { cluster, run } = await givenCluster({ authenticationMode: 'API' });
  cluster.putAccessEntry({ principalArn: `${ACCOUNT}:role/p`, kubernetesGroups: [PROVIDER_GROUP] });
  expect((await run('list --cluster prod')).stdout).toMatch(/role\/p .* the provider\n/);
});

test('--fix prints what kubectl replace takes, and writes nothing', async () => {
  const awsAuth = load(SAMPLE) as ConfigMapManifest;
  const world = await givenCluster({ authenticationMode: 'CONFIG_MAP', awsAuth });
  const before = world.cluster.configMap();
  const { stdout, stderr } = await world.run('doctor --cluster prod --fix-grants');
  expect(world.cluster.configMap()).toEqual(before);
  const fixed = load(stdout) as ConfigMapManifest & { metadata: { resourceVersion: string } };
  // So that it is refused where aws-auth has changed since.
  expect(fixed.metadata.resourceVersion).toBe(before?.metadata.resourceVersion);
  expect(fixed.data?.['mapUsers']).toContain('username: "@bob"');
  expect(stderr).toContain('fixed section-unparsable');
  expect(eksAccess(['doctor', '-'], { stdin: stdout }).code).toBe(0);
  const verbs = world.cluster.kubernetes.requests.map(({ method }) => method);
  expect(new Set(verbs)).toEqual(new Set(['GET']));
});

test('the next command names the cluster and how it was reached', async () => {
  const awsAuth = load(SAMPLE) as ConfigMapManifest;
  const { run } = await givenCluster({ authenticationMode: 'CONFIG_MAP', awsAuth });
  const { stderr } = await run('doctor --cluster prod --region eu-west-1');
  expect(stderr).toContain('eks-access doctor --cluster prod --region eu-west-1 --fix > fixed.yaml\n');
});

test('the caller of the tests gets in', async () => {
  const { run } = await givenCluster({ authenticationMode: 'API' });
  expect((await run(`explain ${ADMIN} --cluster prod`)).code).toBe(0);
});
