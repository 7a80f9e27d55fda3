/** Updates of a cluster: how they run, end, meet each other, and what EKS does after them (GT-104 to GT-106). */
import {
  DescribeClusterCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListUpdatesCommand,
  UpdateClusterConfigCommand,
} from '@aws-sdk/client-eks';
import {
  type ControlPlane,
  type NewCluster,
  startControlPlane,
} from '../../../../../local/aws/control-plane';
import { type ServerCertificate } from '../../../../../local/aws/server/certificates';
import { certificateOfRun } from '../../../../support/certificate';

let plane: ControlPlane;
let client: EKSClient;
let certificate: ServerCertificate;
beforeAll(async () => {
  certificate = await certificateOfRun();
});
beforeEach(async () => {
  plane = await startControlPlane({ certificate });
  client = new EKSClient({
    region: 'us-east-1',
    endpoint: plane.eks.url,
    credentials: plane.iam.credentialsFor(plane.iam.roleArn('provider')),
    maxAttempts: 1,
  });
});
afterEach(async () => {
  client.destroy();
  await plane.stop();
});

const given = (more: Partial<NewCluster> = {}) =>
  plane.createCluster({ name: 'c', authenticationMode: 'CONFIG_MAP', ...more });
const change = (authenticationMode: 'CONFIG_MAP' | 'API_AND_CONFIG_MAP' | 'API' = 'API_AND_CONFIG_MAP') =>
  client.send(new UpdateClusterConfigCommand({ name: 'c', accessConfig: { authenticationMode } }));
const describeUpdate = async (updateId: string | undefined) =>
  (await client.send(new DescribeUpdateCommand({ name: 'c', updateId }))).update;

test.each(['Failed', 'Cancelled'] as const)(
  'an update that is %s says why, and changes no mode',
  async (status) => {
    const local = await given();
    const errors = [{ errorCode: 'AccessDenied', errorMessage: 'not now', resourceIds: [] }];
    local.endUpdatesWith({ status, errors });
    const { update } = await change();
    expect(update).toMatchObject({ status: 'InProgress', type: 'AccessConfigUpdate', errors: [] });
    local.finishUpdates();
    expect(await describeUpdate(update?.id)).toMatchObject({ id: update?.id, status, errors });
    expect([local.authenticationMode, local.status, local.accessEntries()]).toEqual([
      'CONFIG_MAP',
      'ACTIVE',
      [],
    ]);
  },
);

test('another update keeps the mode from being changed until it ends', async () => {
  const local = await given();
  const id = local.beginUpdate('VersionRollback');
  expect((await client.send(new ListUpdatesCommand({ name: 'c' }))).updateIds).toEqual([id]);
  expect(await describeUpdate(id)).toMatchObject({ type: 'VersionRollback', status: 'InProgress' });
  await expect(change()).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: `Cannot AccessConfigUpdate because cluster c currently has update ${id} in progress`,
  });
  local.finishUpdates();
  expect((await change()).update?.id).not.toBe(id);
  expect(local.updates()).toMatchObject([
    { type: 'VersionRollback', status: 'Successful' },
    { type: 'AccessConfigUpdate', status: 'InProgress' },
  ]);
});

test('EKS’s own entries may come later than the mode', async () => {
  plane.consistency.ownEntryReads = 2;
  const [creatorArn = '', node = '', pods = ''] = ['creator', 'node', 'pods'].map((name) =>
    plane.iam.roleArn(name),
  );
  const local = await given({ creatorArn, managedNodeRoles: [node], fargateRoles: [pods] });
  await change();
  local.finishUpdates();
  const list = async () =>
    (await client.send(new ListAccessEntriesCommand({ clusterName: 'c' }))).accessEntries;
  expect([local.authenticationMode, await list()]).toEqual(['API_AND_CONFIG_MAP', []]);
  expect(await list()).toEqual([]);
  expect(await list()).toEqual([node, pods, creatorArn]);
  expect(local.accessEntry(pods)?.type).toBe('FARGATE_LINUX');
});

test('a local cluster on an Outpost keeps CONFIG_MAP', async () => {
  await given({ isLocal: true, version: '1.29', platformVersion: 'eks-local-outposts.5' });
  const { cluster } = await client.send(new DescribeClusterCommand({ name: 'c' }));
  expect(cluster).toMatchObject({
    version: '1.29',
    platformVersion: 'eks-local-outposts.5',
    outpostConfig: { outpostArns: [expect.stringContaining(':outpost/')] },
  });
  await expect(change()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining('only supports') as string,
  });
});

test('the right to list updates is another one than the right to describe one', async () => {
  const local = await given();
  const id = local.beginUpdate('VersionUpdate');
  plane.setAuthorize((_caller, action) => action !== 'eks:ListUpdates');
  expect(await describeUpdate(id)).toMatchObject({ id });
  await expect(client.send(new ListUpdatesCommand({ name: 'c' }))).rejects.toThrow('eks:ListUpdates');
});
