/**
 * One contract for the EKS API, held against ministack's and against the local one that the other tests rely on, for what
 * ministack does as AWS does; where it is more lenient, docs/rules.md and the vectors of the local API's own tests decide
 * (docs/proof.md).
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  CreateClusterCommand,
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DisassociateAccessPolicyCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  UpdateAccessEntryCommand,
} from '@aws-sdk/client-eks';
import { type ControlPlane, startControlPlane } from '../../../local/aws/control-plane';
import { startMinistack } from '../cdk-cli/ministack';
import { type Part, startReaper } from '../rig/part';
import { findTools } from '../setup/tools';

const account = '111122223333';
const clusterName = 'contract';
const principalArn = `arn:aws:iam::${account}:role/team/deployer`;
const view = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const edit = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy';
const named = { clusterName, principalArn };

const folder = mkdtempSync(join(tmpdir(), 'cfn-eks-access-contract-'));
const mark = randomUUID();
const reaper = startReaper(mark);
let plane: ControlPlane;
let part: Part;
const clients: Record<string, EKSClient> = {};

beforeAll(async () => {
  const [local, ministack] = await Promise.all([
    startControlPlane({ accountId: account }),
    startMinistack({ tools: findTools(), folder, mark }),
  ]);
  plane = local;
  ({ part } = ministack);
  await plane.createCluster({ name: clusterName, authenticationMode: 'API_AND_CONFIG_MAP' });
  const client = (
    endpoint: string,
    credentials: { accessKeyId: string; secretAccessKey: string },
  ): EKSClient => new EKSClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 1 });
  clients['the local EKS API'] = client(plane.eks.url, plane.iam.credentialsFor(plane.iam.roleArn('tester')));
  clients['ministack'] = client(ministack.url, { accessKeyId: account, secretAccessKey: 'test' });
  await clients['ministack'].send(
    new CreateClusterCommand({
      name: clusterName,
      roleArn: `arn:aws:iam::${account}:role/eks`,
      resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
    }),
  );
});

afterAll(async () => {
  for (const client of Object.values(clients)) client.destroy();
  await Promise.all([plane.stop(), part.kill()]);
  await reaper.finish();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['ministack', 'the local EKS API'])('%s', (server) => {
  const eks = (): EKSClient => clients[server] as EKSClient;
  const create = (more: object = {}) =>
    eks().send(
      new CreateAccessEntryCommand({
        ...named,
        kubernetesGroups: ['team-a'],
        username: 'deployer',
        tags: { a: 'b' },
        ...more,
      }),
    );
  const describeEntry = async () => (await eks().send(new DescribeAccessEntryCommand(named))).accessEntry;

  afterEach(async () => {
    await eks()
      .send(new DeleteAccessEntryCommand(named))
      .catch(() => undefined);
  });

  test('create, describe, list: one entry, with an ARN of its cluster', async () => {
    const { accessEntry } = await create();
    expect(accessEntry).toMatchObject({
      clusterName,
      principalArn,
      accessEntryArn: expect.stringContaining(
        `arn:aws:eks:us-east-1:${account}:access-entry/${clusterName}/`,
      ) as string,
      kubernetesGroups: ['team-a'],
      username: 'deployer',
      type: 'STANDARD',
      tags: { a: 'b' },
    });
    expect(await describeEntry()).toEqual(accessEntry);
    const { accessEntries } = await eks().send(new ListAccessEntriesCommand({ clusterName }));
    expect(accessEntries).toContain(principalArn);
  });

  test('already exists', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({
      name: 'ResourceInUseException',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('not found, by every call that names an entry', async () => {
    const notFound = { name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } };
    await expect(describeEntry()).rejects.toMatchObject(notFound);
    await expect(eks().send(new UpdateAccessEntryCommand({ ...named, username: 'x' }))).rejects.toMatchObject(
      notFound,
    );
    await expect(eks().send(new DeleteAccessEntryCommand(named))).rejects.toMatchObject(notFound);
    await expect(eks().send(new ListAssociatedAccessPoliciesCommand(named))).rejects.toMatchObject(notFound);
  });

  test('not found: the cluster', async () => {
    await expect(eks().send(new DescribeClusterCommand({ name: 'nowhere' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('nowhere') as string,
    });
  });

  test('update changes the user name and replaces the groups', async () => {
    await create();
    await eks().send(
      new UpdateAccessEntryCommand({ ...named, username: 'other', kubernetesGroups: ['team-b', 'team-c'] }),
    );
    expect(await describeEntry()).toMatchObject({
      username: 'other',
      kubernetesGroups: ['team-b', 'team-c'],
      tags: { a: 'b' },
    });
  });

  test('policies: associated, changed in scope, listed, taken away', async () => {
    await create();
    const list = async () => {
      const { associatedAccessPolicies = [] } = await eks().send(
        new ListAssociatedAccessPoliciesCommand(named),
      );
      const scopes = associatedAccessPolicies.map(({ policyArn, accessScope }) =>
        [policyArn, accessScope?.type, ...(accessScope?.namespaces ?? [])].join(' '),
      );
      return scopes.sort();
    };
    const associate = (
      policyArn: string,
      accessScope: { type: 'cluster' | 'namespace'; namespaces?: string[] },
    ) => eks().send(new AssociateAccessPolicyCommand({ ...named, policyArn, accessScope }));
    await associate(view, { type: 'cluster' });
    await associate(edit, { type: 'namespace', namespaces: ['dev', 'dev-*'] });
    expect(await list()).toEqual([`${edit} namespace dev dev-*`, `${view} cluster`]);
    await associate(edit, { type: 'namespace', namespaces: ['prod'] });
    expect(await list()).toEqual([`${edit} namespace prod`, `${view} cluster`]);
    await eks().send(new DisassociateAccessPolicyCommand({ ...named, policyArn: view }));
    expect(await list()).toEqual([`${edit} namespace prod`]);
  });

  test('deleted is gone, and can be made again', async () => {
    await create();
    await eks().send(new DeleteAccessEntryCommand(named));
    expect((await eks().send(new ListAccessEntriesCommand({ clusterName }))).accessEntries).not.toContain(
      principalArn,
    );
    expect((await create({ tags: {} })).accessEntry).toMatchObject({ principalArn });
  });
});
