/** The plan of a live cluster: what EKS makes by itself, before and after the mode changes, and one digest for both. */
import { type ConfigMapManifest } from '../../../../local/aws/control-plane';
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from './cluster';

const NODE = `${ACCOUNT}:role/node`;
const FARGATE = `${ACCOUNT}:role/pods`;
const mapped = (arn: string, username: string, groups: string): string =>
  `- rolearn: ${arn}\n  username: ${JSON.stringify(username)}\n  groups: [${groups}]\n`;
const GROUPS = 'system:bootstrappers, system:nodes';
const awsAuth: ConfigMapManifest = {
  data: {
    mapRoles: [
      mapped(NODE, 'system:node:{{EC2PrivateDNSName}}', GROUPS),
      mapped(FARGATE, 'system:node:{{SessionName}}', `${GROUPS}, system:node-proxier`),
      mapped(`${ACCOUNT}:role/dev`, 'dev:{{SessionName}}', 'system:masters, developers'),
    ].join(''),
  },
};

interface Row {
  readonly verdict: string;
  readonly who: string;
  readonly madeBy: string | null;
}
interface Plan {
  readonly digest: string;
  readonly isReadyForApi: boolean;
  readonly rows: readonly Row[];
  readonly entries: readonly { readonly principalArn: string }[];
  readonly document: string | null;
}

async function planOf({ run }: LiveWorld, more = ''): Promise<Plan> {
  const { stdout, stderr } = await run(`plan-migration --cluster prod --json${more}`);
  expect(stderr).not.toContain('internal error');
  return JSON.parse(stdout) as Plan;
}

const told = ({ rows }: Plan): readonly string[] =>
  rows.map(({ verdict, who, madeBy }) => `${verdict} ${who} ${madeBy ?? '-'}`);

test('before the mode changes and after it', async () => {
  const world = await givenCluster({
    authenticationMode: 'CONFIG_MAP',
    awsAuth,
    managedNodeRoles: [NODE],
    fargateRoles: [FARGATE],
  });
  const before = await planOf(world);
  expect(told(before)).toEqual(['same role/node EKS', 'same role/pods EKS', 'same role/dev plan']);
  world.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  const after = await planOf(world, ' --to cli');
  expect(told(after)).toEqual(['same role/node there', 'same role/pods there', 'same role/dev plan']);
  expect(after).toMatchObject({ digest: before.digest, isReadyForApi: true });
  expect(after.document).toContain('CLUSTER=prod\n');
  world.cluster.deleteAccessEntry(NODE);
  expect(told(await planOf(world))).toContain('same role/node plan');
  world.cluster.putAccessEntry({
    principalArn: `${ACCOUNT}:role/dev`,
    username: 'dev:{{SessionName}}',
    kubernetesGroups: ['developers'],
    policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }],
  });
  const moved = await planOf(world);
  expect(moved.digest).toBe(before.digest);
  expect(moved.entries.map(({ principalArn }) => principalArn)).toEqual([NODE]);
});

test('what may not be read leaves the plan open', async () => {
  const world = await givenCluster({ authenticationMode: 'API_AND_CONFIG_MAP', awsAuth });
  world.plane.setAuthorize((_, action) => action !== 'eks:ListAccessEntries');
  const { code, stdout } = await world.run('plan-migration --cluster prod', { as: ADMIN });
  expect(stdout).toContain('may count instead');
  expect(code).toBe(2);
});
