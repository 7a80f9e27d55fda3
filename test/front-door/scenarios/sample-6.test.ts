/**
 * samples/6-new-cluster.yaml, a cluster from nothing: made, changed and deleted in every authentication mode, with a
 * function whose code really logs in.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Stack } from '../../../local/aws/cloudformation/stack/stack';
import { type LocalAws } from '../../../local/aws/local-aws';
import { type LocalCluster } from '../../../local/aws/control-plane';
import { deployPlainProvider, startAws } from './plain-provider';
import { failuresOf } from './whole-stacks';

const template = readFileSync(join(__dirname, '../../../samples/6-new-cluster.yaml'), 'utf8');
const NODES = 'arn:aws:iam::111122223333:role/new-cluster-nodes';
const modes = [
  { AuthenticationMode: 'CONFIG_MAP', CreatorIsAdmin: 'true' },
  { AuthenticationMode: 'API_AND_CONFIG_MAP', CreatorIsAdmin: 'true' },
  { AuthenticationMode: 'API', CreatorIsAdmin: 'false' },
];

let aws: LocalAws;
let deployer: string;
beforeEach(async () => {
  aws = await startAws();
  deployer = aws.iam.roleArn('cloudformation-execution');
});
afterEach(() => aws.stop());

/** As the head of the sample says: in mode API the provider reaches nothing as another role. */
async function deployProvider(mode: string): Promise<void> {
  const trust = await deployPlainProvider(aws, {
    Clusters: 'new-cluster',
    NodeRoles: NODES,
    ...(mode === 'API' ? {} : { ClusterRoleClusters: 'new-cluster', ClusterRoleArns: deployer }),
  });
  const statements = trust === undefined ? [] : [JSON.parse(trust) as object];
  aws.iam.addPrincipal(deployer, { Version: '2012-10-17', Statement: statements });
}

const request = (parameters: Readonly<Record<string, string>>) => ({
  name: 'app',
  template,
  parameters,
  capabilities: ['CAPABILITY_NAMED_IAM'],
});
const create = (parameters: Readonly<Record<string, string>>): Promise<Stack> =>
  aws.cloudformation.createStack(request(parameters));
const update = (parameters: Readonly<Record<string, string>>): Promise<Stack> =>
  aws.cloudformation.updateStack(request(parameters));
const cluster = (): LocalCluster => aws.controlPlane.cluster('new-cluster');

function at(stack: Stack, logicalId: string, status: string): number {
  const index = stack.events.findIndex((event) => event.logicalId === logicalId && event.status === status);
  if (index < 0) throw new Error(`${logicalId} never came to ${status}`);
  return index;
}

async function deleted(): Promise<void> {
  const stack = await aws.cloudformation.deleteStack({ name: 'app' });
  expect([stack.status, failuresOf(stack)]).toEqual(['DELETE_COMPLETE', '']);
  expect(aws.controlPlane.clusters()).toEqual([]);
  const last = new Map(stack.events.map(({ logicalId, status }) => [logicalId, status]));
  expect([...last].filter(([, status]) => status !== 'DELETE_COMPLETE')).toEqual([]);
}

test.each(modes)('$AuthenticationMode: made, changed and deleted', async (parameters) => {
  const { AuthenticationMode: mode, CreatorIsAdmin: creatorIsAdmin } = parameters;
  await deployProvider(mode);
  const created = await create(parameters);
  expect([created.status, failuresOf(created)]).toEqual(['CREATE_COMPLETE', '']);
  const { CallerUserName, CallerGroups, AuthenticationMode, AdminRoleArn, DeveloperRoleArn } =
    created.outputValues;
  expect([CallerUserName, CallerGroups]).toEqual(['caller', 'developers,system:authenticated']);
  expect(AuthenticationMode).toBe(mode === 'CONFIG_MAP' ? 'CONFIG_MAP' : 'API');
  expect(cluster().authenticationMode).toBe(mode);
  expect(cluster().loginAs(NODES, 'i-0123456789abcdef0')?.groups).toContain('system:nodes');
  expect(cluster().loginAs(AdminRoleArn ?? '', 'jo')?.username).toBe('admin:jo');
  expect(cluster().loginAs(DeveloperRoleArn ?? '', 'jo')?.groups).toEqual(['developers']);
  expect(cluster().loginAs(deployer) !== undefined).toBe(creatorIsAdmin === 'true');
  expect(at(created, 'NodeMapping', 'CREATE_COMPLETE')).toBeLessThan(
    at(created, 'Nodes', 'CREATE_IN_PROGRESS'),
  );

  const updated = await update({ ...parameters, DeveloperGroup: 'team-a' });
  expect([updated.status, failuresOf(updated)]).toEqual(['UPDATE_COMPLETE', '']);
  expect(updated.outputValues['CallerGroups']).toBe('team-a,system:authenticated');
  expect(cluster().loginAs(DeveloperRoleArn ?? '', 'jo')?.groups).toEqual(['team-a']);
  await deleted();
});

test('the mode moves on: everybody can still log in, and the stack can be deleted', async () => {
  await deployProvider('CONFIG_MAP');
  const created = await create({ AuthenticationMode: 'CONFIG_MAP' });
  expect([created.status, failuresOf(created)]).toEqual(['CREATE_COMPLETE', '']);
  const { AdminRoleArn = '', DeveloperRoleArn = '' } = created.outputValues;
  const moved = await update({ AuthenticationMode: 'API_AND_CONFIG_MAP', DeveloperGroup: 'team-a' });
  expect([moved.status, failuresOf(moved)]).toEqual(['UPDATE_COMPLETE', '']);
  for (const arn of [NODES, AdminRoleArn, DeveloperRoleArn])
    expect(cluster().loginAs(arn, 'i-0123456789abcdef0')).toBeDefined();
  expect(moved.outputValues['CallerGroups']).toBe('team-a,system:authenticated');
  await deleted();
});

test('a function that the cluster does not let in fails the stack, which rolls back to nothing', async () => {
  await deployProvider('API');
  const stranger = template
    .replace('CLUSTER: !Ref Cluster', 'CLUSTER: another-cluster')
    .replace('30_000', '0');
  const created = await aws.cloudformation.createStack({
    ...request({ AuthenticationMode: 'API', CreatorIsAdmin: 'false' }),
    template: stranger,
  });
  expect(created.status).toBe('ROLLBACK_COMPLETE');
  expect(failuresOf(created)).toContain('WhoAmI');
  const lines = aws.lambda.logs().map(({ text }) => text);
  expect(lines.filter((line) => line.includes('the cluster answers 401'))).not.toEqual([]);
  expect(aws.controlPlane.clusters()).toEqual([]);
});

test('a cluster of mode CONFIG_MAP that nobody could get into is refused', async () => {
  await deployProvider('CONFIG_MAP');
  const created = await create({ AuthenticationMode: 'CONFIG_MAP', CreatorIsAdmin: 'false' });
  expect(created.status).toBe('ROLLBACK_COMPLETE');
  expect(failuresOf(created)).toContain('bootstrapClusterCreatorAdminPermissions must be true');
  expect(aws.controlPlane.clusters()).toEqual([]);
});

test('whether the creator is an administrator cannot be changed: the update rolls back, and nothing is lost', async () => {
  await deployProvider('API');
  const created = await create({ AuthenticationMode: 'API', CreatorIsAdmin: 'false' });
  const updated = await update({ AuthenticationMode: 'API', CreatorIsAdmin: 'true' });
  expect(updated.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(failuresOf(updated)).toContain('AccessConfig.BootstrapClusterCreatorAdminPermissions');
  expect(cluster().loginAs(created.outputValues['AdminRoleArn'] ?? '', 'jo')).toBeDefined();
  expect((await aws.cloudformation.deleteStack({ name: 'app' })).status).toBe('DELETE_COMPLETE');
});
