/** Each command of docs/recovery.md, run on a cluster that lets nobody in, in the order of the page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuthenticationMode } from '../../../access/desired-access';
import { ACCOUNT, ADMIN, givenCluster, type LiveWorld } from '../cli/live/cluster';
import { folderWith, root } from '../cli/program';
import { kubernetes, runBlock, type Terminal } from './shell';

const NODE = `${ACCOUNT}:role/node`;
const RESCUE = `${ACCOUNT}:role/rescue`;
const mapped = (arn: string, username: string, groups: string): string =>
  `- rolearn: ${arn}\n  username: ${username}\n  groups: [${groups}]\n`;
const NODES = mapped(NODE, 'system:node:{{EC2PrivateDNSName}}', 'system:bootstrappers, system:nodes');
const FINE = NODES + mapped(`${ACCOUNT}:role/ops`, '"@ops"', 'system:masters');
const BROKEN = FINE.replace('"@ops"', '@ops');

/** Blocks of commands by the heading above them. */
const page = readFileSync(join(root, 'docs/recovery.md'), 'utf8');
const blocks = new Map(
  page
    .split(/^#{2,3} /m)
    .map((section) => [
      section.slice(0, section.indexOf('\n')),
      [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block),
    ]),
);

function block(heading: string, index = 0): string {
  const text = blocks.get(heading)?.[index];
  if (text === undefined) throw new Error(`docs/recovery.md has no block ${index} under ${heading}`);
  return text;
}

async function given(authenticationMode: AuthenticationMode, more: object = {}): Promise<LiveWorld> {
  const awsAuth = { data: { mapRoles: BROKEN } };
  const world = await givenCluster({ authenticationMode, awsAuth, managedNodeRoles: [NODE], ...more });
  if (authenticationMode !== 'CONFIG_MAP') world.cluster.deleteAccessEntry(ADMIN);
  return world;
}

/** As a role that IAM lets do everything, and the cluster nothing. */
function terminalIn(world: LiveWorld, more: Partial<Terminal> = {}): Terminal {
  const values = {
    CLUSTER: 'prod',
    ROLE_ARN: RESCUE,
    NODE_ROLE_ARN: NODE,
    CREATOR_ROLE_ARN: ADMIN,
    DIGEST: '0123456789abcdef',
  };
  return { world, cwd: folderWith(), caller: `${ACCOUNT}:role/locked-out`, values, played: {}, ...more };
}

const mapRoles = ({ cluster }: LiveWorld): string | undefined => cluster.configMap()?.data?.['mapRoles'];
const letIn = ({ cluster }: LiveWorld): boolean => cluster.loginAs(RESCUE) !== undefined;

describe.each(['API', 'API_AND_CONFIG_MAP'] as const)('mode %s', (mode) => {
  test('an access entry, by eks-access, and its end by hand', async () => {
    const world = await given(mode);
    const terminal = terminalIn(world);
    expect(letIn(world)).toBe(false);
    const printed = await runBlock(block('An access entry through the EKS API'), terminal);
    expect(printed.at(-1)).toContain('assumed-role/rescue');
    await runBlock(block('How the access ends'), terminal);
    expect(letIn(world)).toBe(false);
  });

  test('an access entry, by the AWS CLI alone', async () => {
    const world = await given(mode);
    const printed = await runBlock(block('An access entry through the EKS API', 1), terminalIn(world));
    expect(printed.at(-2)).toContain('assumed-role/rescue');
    expect(letIn(world)).toBe(false);
  });

  test('the nodes, by an access entry of their type', async () => {
    const world = await given(mode);
    world.cluster.deleteAccessEntry(NODE);
    expect(world.cluster.loginAs(NODE, 'i-0123456789abcdef0')).toBeUndefined();
    await runBlock(block('Where nodes are out too', 2), terminalIn(world));
    expect(world.cluster.loginAs(NODE, 'i-0123456789abcdef0')?.groups).toContain('system:nodes');
  });
});

describe('mode CONFIG_MAP', () => {
  test.each([0, 1])(
    'the mode, then an access entry; then aws-auth is put right (block %d)',
    async (index) => {
      const world = await given('CONFIG_MAP');
      const terminal = terminalIn(world);
      const printed = await runBlock(block('Change the mode, then make an access entry', index), terminal);
      expect(printed.at(-1)).toContain('assumed-role/rescue');
      expect(printed.join('')).toContain(index === 1 ? ADMIN : RESCUE);
      expect(mapRoles(world)).toBe(BROKEN);
      const login = { ...terminal, caller: RESCUE };
      await runBlock(
        `aws eks update-kubeconfig --name prod --role-arn ROLE_ARN\n${block('Put aws-auth right')}`,
        login,
      );
      expect(mapRoles(world)).toBe(FINE);
      expect(world.cluster.loginAs(`${ACCOUNT}:role/ops`)?.groups).toEqual(['system:masters']);
    },
  );

  test('the role that made the cluster', async () => {
    const world = await given('CONFIG_MAP');
    const event = { userIdentity: { sessionContext: { sessionIssuer: { arn: ADMIN } } } };
    const played = { 'cloudtrail lookup-events': () => [JSON.stringify(event)] };
    const printed = await runBlock(block('The role that made the cluster'), terminalIn(world, { played }));
    expect(printed[0]).toContain(ADMIN);
    expect(mapRoles(world)).toBe(FINE);
  });

  test('something in the cluster writes the fixed text; nodes come back by a node group, and its trap', async () => {
    const world = await given('CONFIG_MAP', { awsAuth: { data: { mapRoles: '' } } });
    const { cluster } = world;
    const isNode = (): boolean => cluster.loginAs(NODE, 'i-0123456789abcdef0') !== undefined;
    // What EKS does for a node group, as people have reported it.
    const played = {
      'eks create-nodegroup': () => cluster.writeConfigMap({ data: { mapRoles: NODES } }),
      'eks delete-nodegroup': () =>
        cluster.writeConfigMap(({ metadata, data }) => ({
          metadata,
          data: { ...data, mapRoles: (data?.['mapRoles'] ?? '').replace(NODES, '') },
        })),
    };
    // The creator stands for a pod that may write aws-auth: ServiceAccounts are not of the local cluster.
    const terminal = terminalIn(world, { played, caller: ADMIN });
    expect(isNode()).toBe(false);
    await runBlock(block('Where nodes are out too'), terminal);
    expect(isNode()).toBe(true);
    const enter = 'aws eks update-kubeconfig --name prod --role-arn CREATOR_ROLE_ARN\n';
    const get = 'kubectl get configmap aws-auth -n kube-system -o yaml > aws-auth.yaml\n';
    cluster.writeConfigMap({ data: { mapRoles: BROKEN } });
    await runBlock(enter + get + block('Something that runs in the cluster'), terminal);
    const printed = await runBlock(enter + block('Where nodes are out too', 1), terminal);
    // Which is why the page says to look once more.
    expect(isNode()).toBe(false);
    expect(printed.at(-1)).not.toContain(NODE);
    expect(mapRoles(world)).toBe(FINE.replace(NODES, ''));
  });

  test('the copy of a migration', async () => {
    const world = await given('CONFIG_MAP');
    const copy = {
      metadata: { name: 'aws-auth.before-0123456789abcdef', namespace: 'kube-system' },
      data: { mapRoles: FINE },
    };
    const terminal = terminalIn(world, { caller: ADMIN });
    await kubernetes(world, ADMIN, 'POST', '/api/v1/namespaces/kube-system/configmaps', copy);
    const enter = 'aws eks update-kubeconfig --name prod --role-arn CREATOR_ROLE_ARN\n';
    const printed = await runBlock(enter + block('Put aws-auth right', 1), terminal);
    expect(printed.join('')).toContain('configmap/aws-auth.before-0123456789abcdef\n');
    expect(mapRoles(world)).toBe(FINE);
  });
});

test('the page has these blocks of commands, which are run above, and no others', () => {
  const counts = [...blocks]
    .filter(([, found]) => found.length > 0)
    .map(([heading, found]) => [heading, found.length]);
  expect(Object.fromEntries(counts)).toEqual({
    'An access entry through the EKS API': 2,
    'Change the mode, then make an access entry': 2,
    'The role that made the cluster': 1,
    'Something that runs in the cluster': 1,
    'Where nodes are out too': 3,
    'Put aws-auth right': 2,
    'How the access ends': 1,
  });
});
