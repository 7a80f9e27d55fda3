/** `recover` as the built program, as a caller who has IAM rights and is let in by no cluster. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuthenticationMode } from '../../../../access/desired-access';
import { folderWith, type Ran } from '../program';
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from './cluster';

const NODE = `${ACCOUNT}:role/node`;
const RESCUE = `${ACCOUNT}:role/rescue`;
const CALLER = `${ACCOUNT}:role/locked-out`;
const BROKEN = `- rolearn: ${NODE}
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
- rolearn: ${ACCOUNT}:role/ops
  username: @ops
  groups: [system:masters]
`;

async function given(authenticationMode: AuthenticationMode, more: object = {}): Promise<LiveWorld> {
  const world = await givenCluster({
    authenticationMode,
    awsAuth: { data: { mapRoles: BROKEN } },
    managedNodeRoles: [NODE],
    ...more,
  });
  world.plane.iam.addPrincipal(RESCUE);
  return world;
}

const recover = ({ run }: LiveWorld, line: string): Promise<Ran> =>
  run(`recover --cluster prod ${line}`.trim(), { as: CALLER, env: { COLUMNS: '1000' } });
const rescue = (world: LiveWorld, more = ''): Promise<Ran> =>
  recover(world, `--admin role/rescue --for 2h --approve${more}`);

/** All that recovering may change. */
const stateOf = ({ cluster }: LiveWorld) =>
  JSON.stringify([cluster.authenticationMode, cluster.accessEntries(), cluster.configMap()]);
const isAdmin = ({ cluster }: LiveWorld): boolean =>
  cluster.loginAs(RESCUE) !== undefined &&
  (cluster.accessEntry(RESCUE)?.policies ?? []).some(({ policyArn }) =>
    policyArn.endsWith('/AmazonEKSClusterAdminPolicy'),
  );

test.each([
  ['CONFIG_MAP', /^1\. Change the mode to API_AND_CONFIG_MAP, then make an access entry$/m],
  ['API_AND_CONFIG_MAP', /^2\. Make an access entry through the EKS API$/m],
  ['API', /^2\. Make an access entry through the EKS API$/m],
] as const)('mode %s: it tells the ways, and does nothing', async (mode, way) => {
  const world = await given(mode);
  const before = stateOf(world);
  const { code, stdout, stderr } = await recover(world, '--admin role/rescue');
  expect(stdout).toMatch(way);
  expect(stdout).toContain(`--admin ${RESCUE} --for 2h --approve`);
  expect({ code, stderr, state: stateOf(world) }).toEqual({ code: 0, stderr: '', state: before });
});

test.each(['API_AND_CONFIG_MAP', 'API'] as const)(
  'mode %s: --approve says each step before it makes an administrator with an end',
  async (mode) => {
    const world = await given(mode);
    world.cluster.deleteAccessEntry(ADMIN);
    const from = Date.now();
    const { code, stdout, stderr } = await rescue(world);
    expect([code, isAdmin(world)]).toEqual([0, true]);
    const tags = world.cluster.accessEntry(RESCUE)?.tags ?? {};
    expect(tags['cfn-eks-access:owner']).toBe('v1/cli/recover');
    const until = tags['cfn-eks-access:expires'] ?? '';
    expect(Date.parse(until) - from).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(2 * 3_600_000);
    expect(stdout).toContain(`${RESCUE} is an administrator of prod until ${until}.\n`);
    expect(stderr.split('\n').filter((line) => line.endsWith(' …'))).toEqual([
      expect.stringMatching(/^make an access entry for .*role\/rescue/),
      expect.stringMatching(/^give it AmazonEKSClusterAdminPolicy/),
    ]);
  },
);

test('mode CONFIG_MAP: without --change-mode nothing is changed; with it the mode is, and aws-auth stays', async () => {
  const world = await given('CONFIG_MAP');
  const before = stateOf(world);
  const refused = await rescue(world);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toMatch(/is in mode CONFIG_MAP.*\n--change-mode changes it/);
  expect(stateOf(world)).toBe(before);
  const awsAuth = world.cluster.configMap();
  expect(await rescue(world, ' --change-mode')).toMatchObject({ code: 0 });
  expect([world.cluster.authenticationMode, isAdmin(world)]).toEqual(['API_AND_CONFIG_MAP', true]);
  expect(world.cluster.configMap()).toEqual(awsAuth);
});

test.each<[string, (world: LiveWorld) => void, RegExp]>([
  [
    'is running',
    ({ cluster }) => void cluster.beginUpdate('VersionUpdate'),
    /currently has update .* in progress.*\nNothing was done\./,
  ],
  [
    'fails',
    ({ cluster }) => cluster.endUpdatesWith({ status: 'Failed' }),
    /The change of the mode came to nothing: Failed\.\nWhy: aws eks describe-update --name prod --update-id [0-9a-f-]{36}/,
  ],
  [
    'is cancelled',
    ({ cluster }) => cluster.endUpdatesWith({ status: 'Cancelled' }),
    /The change of the mode came to nothing: Cancelled\./,
  ],
])('an update of the cluster %s: nobody gets an access entry', async (_, disturb, message) => {
  const world = await given('CONFIG_MAP');
  const before = stateOf(world);
  disturb(world);
  const ran = await rescue(world, ' --change-mode');
  expect([ran.code, ran.stdout, stateOf(world)]).toEqual([2, '', before]);
  expect(ran.stderr).toMatch(message);
});

test('who made the cluster gets its entry from EKS at the change of the mode, and is an administrator by that', async () => {
  const world = await given('CONFIG_MAP');
  const { code, stdout } = await recover(world, '--admin role/Administrator --approve --change-mode');
  expect(stdout).toContain(`${ADMIN} is an administrator of prod`);
  expect([code, world.cluster.accessEntry(ADMIN)?.tags]).toEqual([0, {}]);
});

test('an access entry of another owner stays as it is', async () => {
  const world = await given('API');
  world.cluster.putAccessEntry({ principalArn: RESCUE, kubernetesGroups: ['team'], tags: { a: 'b' } });
  const before = stateOf(world);
  const ran = await rescue(world);
  expect([ran.code, stateOf(world)]).toEqual([2, before]);
  expect(ran.stderr).toContain('that was not made by recover (type STANDARD), and it is not changed.');
});

test('a role of nodes is refused: its nodes would be people', async () => {
  const world = await given('API_AND_CONFIG_MAP');
  const before = stateOf(world);
  const ran = await recover(world, '--admin role/node --approve');
  expect([ran.code, stateOf(world)]).toEqual([2, before]);
  expect(ran.stderr).toContain('is a role of the nodes of prod');
});

test('EKS fails between the steps: what was done is said, and the same command goes on', async () => {
  const world = await given('API');
  world.plane.setAuthorize((_, action) => action !== 'eks:AssociateAccessPolicy');
  const ran = await rescue(world);
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(
    /Could not give it Amazon.*: you may not: ask for eks:AssociateAccessPolicy on cluster prod\.\nDone before: make an access entry/,
  );
  expect(isAdmin(world)).toBe(false);
  world.plane.setAuthorize(() => true);
  expect((await rescue(world)).code).toBe(0);
  expect(isAdmin(world)).toBe(true);
});

test('once more with another time moves the end, and nothing else', async () => {
  const world = await given('API');
  await rescue(world);
  const before = world.cluster.accessEntry(RESCUE);
  await recover(world, '--admin role/rescue --for 1d --approve');
  const after = world.cluster.accessEntry(RESCUE);
  const end = (of: typeof after): number => Date.parse(of?.tags['cfn-eks-access:expires'] ?? '');
  expect(end(after) - end(before)).toBeGreaterThan(21 * 3_600_000);
  expect({ ...after, tags: {} }).toEqual({ ...before, tags: {} });
});

test.each<[string, string, RegExp]>([
  ['eks:DescribeCluster', '', /EKS did not describe the cluster \(you may not: ask for eks:DescribeCluster/],
  [
    'eks:CreateAccessEntry',
    '',
    /you may not: ask for eks:CreateAccessEntry, eks:TagResource on cluster prod\.\nNothing was done\./,
  ],
  ['eks:DescribeAccessEntry', '', /could not be read: you may not: ask for eks:DescribeAccessEntry/],
])('%s is denied: nothing is done, and the permission is said', async (action, more, message) => {
  const world = await given('API');
  const before = stateOf(world);
  world.plane.setAuthorize((_, asked) => asked !== action);
  const ran = await rescue(world, more);
  expect([ran.code, ran.stdout, stateOf(world)]).toEqual([2, '', before]);
  expect(ran.stderr).toMatch(message);
});

test('a principal that IAM does not know: in the words of EKS', async () => {
  const world = await given('API');
  const ran = await recover(world, `--admin ${ACCOUNT}:role/path/rescue --approve`);
  expect(ran.code).toBe(2);
  expect(ran.stderr).toContain('invalid principal');
});

test('a file takes the place of what nobody can read: its fixed text, and the ways of that cluster', async () => {
  const world = await given('CONFIG_MAP');
  const cwd = folderWith();
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata:\n  mapRoles: |\n${BROKEN.replace(/^/gm, '    ').trimEnd()}\n`;
  writeFileSync(join(cwd, 'copy.yaml'), text);
  const options = { as: CALLER, cwd, env: { COLUMNS: '1000' } };
  const told = await world.run('recover copy.yaml --cluster prod', options);
  expect(told.stdout).toContain('Fixed: section-unparsable.');
  expect(told.stdout).toContain('username: "@ops"');
  const alone = await world.run('recover copy.yaml --fix', options);
  expect(alone).toMatchObject({ code: 0, stdout: text.replace('@ops', '"@ops"') });
});
