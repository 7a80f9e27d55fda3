/** What the EKS API does over several calls: updates, pages, tokens, tags, rights, signatures. */
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  CreateClusterCommand,
  DeleteAccessEntryCommand,
  DeleteClusterCommand,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  DescribeUpdateCommand,
  DisassociateAccessPolicyCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAccessPoliciesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
  ListTagsForResourceCommand,
  paginateListAccessEntries,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAccessEntryCommand,
  UpdateClusterConfigCommand,
  type EKSClientConfig,
} from '@aws-sdk/client-eks';
import { type ServerCertificate } from '../../../../../local/aws/server/certificates';
import { certificateOfRun } from '../../../../support/certificate';
import {
  startControlPlane,
  type AuthenticationMode,
  type ControlPlane,
} from '../../../../../local/aws/control-plane';

const principalArn = 'arn:aws:iam::111122223333:role/dev';
const entry = { clusterName: 'c', principalArn };
const viewPolicy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const adminPolicy = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

let plane: ControlPlane;
let client: EKSClient;
const clientWith = (config: EKSClientConfig = {}): EKSClient =>
  new EKSClient({
    region: 'us-east-1',
    endpoint: plane.eks.url,
    credentials: plane.iam.credentialsFor(plane.iam.roleArn('provider')),
    maxAttempts: 1,
    ...config,
  });
let certificate: ServerCertificate;
beforeAll(async () => {
  certificate = await certificateOfRun();
});
beforeEach(async () => {
  plane = await startControlPlane({ certificate });
  client = clientWith();
});
afterEach(async () => {
  client.destroy();
  await plane.stop();
});
const cluster = (authenticationMode: AuthenticationMode = 'API') =>
  plane.createCluster({ name: 'c', authenticationMode, creatorArn: plane.iam.roleArn('creator') });

describe('clusters', () => {
  test('DescribeCluster shows what a client needs to connect', async () => {
    const { endpoint, certificateAuthority } = await cluster('API_AND_CONFIG_MAP');
    const { cluster: described } = await client.send(new DescribeClusterCommand({ name: 'c' }));
    expect(described).toMatchObject({
      arn: 'arn:aws:eks:us-east-1:111122223333:cluster/c',
      status: 'ACTIVE',
      endpoint,
      certificateAuthority: { data: Buffer.from(certificateAuthority).toString('base64') },
      accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' },
    });
    expect(described?.createdAt).toBeInstanceOf(Date);
  });

  test('CreateCluster is asynchronous and makes the caller its creator', async () => {
    const subnets = { subnetIds: ['subnet-1', 'subnet-2'] };
    const accessConfig = { authenticationMode: 'API' } as const;
    const made = await client.send(
      new CreateClusterCommand({
        name: 'new',
        roleArn: plane.iam.roleArn('eks'),
        resourcesVpcConfig: subnets,
        accessConfig,
      }),
    );
    expect([made.cluster?.status, made.cluster?.endpoint]).toEqual(['CREATING', undefined]);
    const states: unknown[] = [];
    for (let read = 0; read < 2; read += 1)
      states.push((await client.send(new DescribeClusterCommand({ name: 'new' }))).cluster?.status);
    expect(states).toEqual(['CREATING', 'ACTIVE']);
    expect(plane.cluster('new').accessEntries()).toMatchObject([
      { principalArn: plane.iam.roleArn('provider'), policies: [{ policyArn: adminPolicy }] },
    ]);
    await expect(
      client.send(new CreateClusterCommand({ name: 'new', roleArn: 'r', resourcesVpcConfig: subnets })),
    ).rejects.toThrow('Cluster already exists with name: new');
  });

  test.each([
    [{ subnetIds: ['subnet-1'] }, {}, 'Subnets specified must be in at least two different AZs'],
    [{ subnetIds: ['subnet-1', 'subnet-1'] }, {}, 'Subnets specified must be in at least two different AZs'],
    [{}, { version: '1.3' }, 'unsupported Kubernetes version 1.3'],
    [{}, { version: 'latest' }, 'unsupported Kubernetes version latest'],
  ])('CreateCluster with %j and %j is refused, and makes nothing', async (network, more, message) => {
    const resourcesVpcConfig = { subnetIds: ['subnet-1', 'subnet-2'], ...network };
    const create = new CreateClusterCommand({ name: 'n', roleArn: 'r', resourcesVpcConfig, ...more });
    await expect(client.send(create)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
    expect((await client.send(new ListClustersCommand({}))).clusters).toEqual([]);
  });

  test('a cluster on an Outpost takes one subnet; version and subnets are described', async () => {
    const create = new CreateClusterCommand({
      name: 'n',
      roleArn: 'r',
      version: '1.35',
      resourcesVpcConfig: { subnetIds: ['subnet-1'] },
      outpostConfig: { outpostArns: ['arn:aws:outposts:::o'], controlPlaneInstanceType: 'm5.large' },
    });
    const { cluster: made } = await client.send(create);
    expect([made?.version, made?.resourcesVpcConfig?.subnetIds]).toEqual(['1.35', ['subnet-1']]);
  });

  test('DeleteCluster is asynchronous; then the cluster and its API are gone', async () => {
    await cluster();
    expect((await client.send(new DeleteClusterCommand({ name: 'c' }))).cluster?.status).toBe('DELETING');
    expect((await client.send(new DescribeClusterCommand({ name: 'c' }))).cluster?.status).toBe('DELETING');
    await expect(client.send(new DescribeClusterCommand({ name: 'c' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No cluster found for name: c.',
    });
    expect((await client.send(new ListClustersCommand({}))).clusters).toEqual([]);
  });

  test('an update of the mode runs for a while, then the creator has an entry (GT-105, GT-106)', async () => {
    const local = await cluster('CONFIG_MAP');
    const config = { name: 'c', accessConfig: { authenticationMode: 'API_AND_CONFIG_MAP' } } as const;
    const { update } = await client.send(new UpdateClusterConfigCommand(config));
    expect([local.authenticationMode, local.status]).toEqual(['CONFIG_MAP', 'UPDATING']);
    const describe = new DescribeUpdateCommand({ name: 'c', updateId: update?.id });
    expect((await client.send(describe)).update?.status).toBe('InProgress');
    expect((await client.send(describe)).update?.status).toBe('Successful');
    expect([local.authenticationMode, local.status]).toEqual(['API_AND_CONFIG_MAP', 'ACTIVE']);
    expect(local.accessEntries()).toMatchObject([
      {
        principalArn: plane.iam.roleArn('creator'),
        policies: [{ policyArn: adminPolicy, scope: 'cluster' }],
      },
    ]);
    await expect(
      client.send(new DescribeUpdateCommand({ name: 'c', updateId: 'none' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});

test('entries that come into force take managed nodes along, and no other entry of aws-auth (GT-106)', async () => {
  const mapRoles = `- rolearn: ${plane.iam.roleArn('dev')}\n  username: dev\n`;
  const node = plane.iam.roleArn('node');
  const local = await plane.createCluster({
    name: 'c',
    authenticationMode: 'CONFIG_MAP',
    awsAuth: { data: { mapRoles } },
    managedNodeRoles: [node],
  });
  local.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(local.accessEntries()).toMatchObject([
    { principalArn: node, type: 'EC2_LINUX', kubernetesGroups: ['system:nodes'] },
  ]);
});

describe('access entries', () => {
  test('Update replaces, Delete takes the policies along (GT-89, GT-101)', async () => {
    const local = await cluster();
    await client.send(
      new CreateAccessEntryCommand({ ...entry, kubernetesGroups: ['g'], username: 'u', tags: { a: 'b' } }),
    );
    await client.send(
      new AssociateAccessPolicyCommand({ ...entry, policyArn: viewPolicy, accessScope: { type: 'cluster' } }),
    );
    await client.send(new UpdateAccessEntryCommand({ ...entry, username: 'v' }));
    expect(local.accessEntry(principalArn)).toMatchObject({
      username: 'v',
      kubernetesGroups: [],
      tags: { a: 'b' },
      policies: [{ policyArn: viewPolicy }],
    });
    await client.send(new DeleteAccessEntryCommand(entry));
    await client.send(new CreateAccessEntryCommand(entry));
    expect(local.accessEntry(principalArn)).toMatchObject({ tags: {}, policies: [] });
  });

  test('an entry made again has another ARN', async () => {
    await cluster();
    const first = await client.send(new CreateAccessEntryCommand(entry));
    await client.send(new DeleteAccessEntryCommand(entry));
    const second = await client.send(new CreateAccessEntryCommand(entry));
    expect(first.accessEntry?.accessEntryArn).toMatch(
      /^arn:aws:eks:us-east-1:111122223333:access-entry\/c\/role\/111122223333\/dev\/[0-9a-f-]{36}$/,
    );
    expect(second.accessEntry?.accessEntryArn).not.toBe(first.accessEntry?.accessEntryArn);
  });

  test('times are seconds of the clock; a change of scope keeps the time of the association', async () => {
    await plane.stop();
    let now = Date.parse('2026-01-02T03:04:05.678Z');
    plane = await startControlPlane({ certificate, clock: () => now });
    client.destroy();
    client = clientWith();
    await cluster();
    const { accessEntry } = await client.send(new CreateAccessEntryCommand(entry));
    expect(accessEntry?.createdAt).toEqual(new Date('2026-01-02T03:04:05.678Z'));
    const associate = new AssociateAccessPolicyCommand({
      ...entry,
      policyArn: viewPolicy,
      accessScope: { type: 'cluster' },
    });
    await client.send(associate);
    now += 60_000;
    expect((await client.send(associate)).associatedAccessPolicy).toMatchObject({
      associatedAt: new Date('2026-01-02T03:04:05.678Z'),
      modifiedAt: new Date('2026-01-02T03:05:05.678Z'),
    });
    await client.send(new UpdateAccessEntryCommand({ ...entry, username: 'v' }));
    const { accessEntry: updated } = await client.send(new DescribeAccessEntryCommand(entry));
    expect([updated?.createdAt, updated?.modifiedAt]).toEqual([accessEntry?.createdAt, new Date(now)]);
  });

  test('Associate changes the scope in place, Disassociate takes one policy away (GT-96)', async () => {
    const local = await cluster();
    local.putAccessEntry({
      principalArn,
      policies: [{ policy: 'AmazonEKSViewPolicy' }, { policy: 'AmazonEKSEditPolicy' }],
    });
    await client.send(
      new AssociateAccessPolicyCommand({
        ...entry,
        policyArn: viewPolicy,
        accessScope: { type: 'namespace', namespaces: ['a'] },
      }),
    );
    await client.send(
      new DisassociateAccessPolicyCommand({ ...entry, policyArn: viewPolicy.replace('View', 'Edit') }),
    );
    const { associatedAccessPolicies } = await client.send(new ListAssociatedAccessPoliciesCommand(entry));
    expect(associatedAccessPolicies).toMatchObject([
      { policyArn: viewPolicy, accessScope: { type: 'namespace', namespaces: ['a'] } },
    ]);
    await expect(
      client.send(new DisassociateAccessPolicyCommand({ ...entry, policyArn: adminPolicy })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message:
        "The specified policyArn could not be found. You can view your available access policies with 'list-access-policies'",
    });
  });

  test.each([
    [
      'the request alone, before the cluster',
      { clusterName: 'none', principalArn, username: 'system:x' },
      'The username must not begin with system:',
    ],
    [
      'the principal, before the cluster',
      { clusterName: 'none', principalArn: 'dev' },
      'The principalArn parameter format is not valid',
    ],
    [
      'the cluster, before the fields of the type',
      { clusterName: 'none', principalArn, type: 'EC2_LINUX', username: 'x' },
      'No cluster found for name: none.',
    ],
    [
      'the fields of the type, before the principal is looked up',
      {
        clusterName: 'c',
        principalArn: 'arn:aws:iam::111122223333:role/gone',
        type: 'EC2_LINUX',
        kubernetesGroups: ['g'],
      },
      'The specified kubernetesGroups is invalid: setting kubernetesGroups is not allowed when the type is "EC2_LINUX"',
    ],
  ])('Create checks %s (GT-87)', async (_what, request, message) => {
    await cluster();
    plane.iam.declareMissing('arn:aws:iam::111122223333:role/gone');
    await expect(client.send(new CreateAccessEntryCommand(request))).rejects.toThrow(message);
  });

  test('a principal spreads after so many tries (GT-74), an entry likewise (GT-110)', async () => {
    await cluster();
    plane.consistency.associateMisses = 1;
    plane.iam.declareMissing(principalArn, 2);
    const create = () => client.send(new CreateAccessEntryCommand(entry));
    await expect(create()).rejects.toThrow('invalid principal');
    await expect(create()).rejects.toThrow('invalid principal');
    await create();
    const associate = () =>
      client.send(
        new AssociateAccessPolicyCommand({
          ...entry,
          policyArn: viewPolicy,
          accessScope: { type: 'cluster' },
        }),
      );
    await expect(associate()).rejects.toThrow('The specified principalArn could not be found');
    await associate();
  });

  test('the clientRequestToken makes Create safe to repeat (GT-69)', async () => {
    const local = await cluster();
    const create = { ...entry, clientRequestToken: 't' };
    const first = await client.send(new CreateAccessEntryCommand(create));
    const second = await client.send(new CreateAccessEntryCommand(create));
    expect(second.accessEntry).toEqual(first.accessEntry);
    await expect(
      client.send(new CreateAccessEntryCommand({ ...create, username: 'x' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(client.send(new CreateAccessEntryCommand(entry))).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    expect(local.accessEntries().map(({ username }) => username)).not.toContain('x');
  });

  test('a failed Create does not use its token up', async () => {
    await cluster();
    plane.iam.declareMissing(principalArn, 1);
    const create = { ...entry, clientRequestToken: 't' };
    await expect(client.send(new CreateAccessEntryCommand(create))).rejects.toThrow('invalid principal');
    expect((await client.send(new CreateAccessEntryCommand(create))).accessEntry?.principalArn).toBe(
      principalArn,
    );
  });
});

describe('lists', () => {
  test('come in pages, in the order of creation', async () => {
    const local = await cluster();
    const arns = Array.from({ length: 7 }, (_, index) => `${principalArn}${index}`);
    for (const arn of arns) local.putAccessEntry({ principalArn: arn });
    const pages: (readonly string[])[] = [];
    for await (const { accessEntries } of paginateListAccessEntries(
      { client, pageSize: 3 },
      { clusterName: 'c' },
    ))
      pages.push(accessEntries ?? []);
    expect(pages.map(({ length }) => length)).toEqual([3, 3, 2]);
    expect(pages.flat()).toEqual([plane.iam.roleArn('creator'), ...arns]);
  });

  test('take a filter by policy; a wrong nextToken is refused', async () => {
    const local = await cluster();
    local.putAccessEntry({ principalArn });
    const filtered = await client.send(
      new ListAccessEntriesCommand({ clusterName: 'c', associatedPolicyArn: adminPolicy }),
    );
    expect(filtered.accessEntries).toEqual([plane.iam.roleArn('creator')]);
    await expect(
      client.send(new ListAccessEntriesCommand({ clusterName: 'c', nextToken: 'x' })),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  test('access policies carry the partition (GT-94)', async () => {
    const { accessPolicies } = await client.send(new ListAccessPoliciesCommand({}));
    expect(accessPolicies).toContainEqual({ name: 'AmazonEKSViewPolicy', arn: viewPolicy });
    expect(accessPolicies?.length).toBeGreaterThanOrEqual(33);
  });
});

test('tags are put, taken away and shown with the entry', async () => {
  const local = await cluster();
  const { accessEntryArn: resourceArn } = local.putAccessEntry({ principalArn, tags: { a: '1', b: '2' } });
  await client.send(new TagResourceCommand({ resourceArn, tags: { b: '3', c: '4' } }));
  await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
  expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({
    b: '3',
    c: '4',
  });
  expect((await client.send(new DescribeAccessEntryCommand(entry))).accessEntry?.tags).toEqual({
    b: '3',
    c: '4',
  });
  await expect(
    client.send(new TagResourceCommand({ resourceArn: 'nonsense', tags: {} })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
  await expect(
    client.send(new TagResourceCommand({ resourceArn, tags: { 'AWS:x': '1' } })),
  ).rejects.toMatchObject({ name: 'BadRequestException' });
});

describe('rights', () => {
  test('the hook sees action, resource and condition keys, and its no is AWS’s wording (GT-115, GT-119)', async () => {
    const local = await cluster();
    const { accessEntryArn } = local.putAccessEntry({ principalArn });
    const asked: unknown[] = [];
    plane.setAuthorize((caller, action, resource, context) => {
      asked.push([caller, action, resource, context]);
      return action !== 'eks:AssociateAccessPolicy';
    });
    const associate = {
      ...entry,
      policyArn: viewPolicy,
      accessScope: { type: 'namespace' as const, namespaces: ['a'] },
    };
    await expect(client.send(new AssociateAccessPolicyCommand(associate))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: `User: arn:aws:sts::111122223333:assumed-role/provider/session is not authorized to perform: eks:AssociateAccessPolicy on resource: ${accessEntryArn}`,
    });
    expect(asked).toMatchObject([
      [
        'arn:aws:sts::111122223333:assumed-role/provider/session',
        'eks:AssociateAccessPolicy',
        accessEntryArn,
        {
          'eks:policyArn': viewPolicy,
          'eks:accessScope': 'namespace',
          'eks:namespaces': ['a'],
          'eks:clusterName': 'c',
        },
      ],
    ]);
    await client.send(
      new CreateAccessEntryCommand({
        ...entry,
        principalArn: `${principalArn}2`,
        kubernetesGroups: ['g'],
        tags: { t: 'v' },
      }),
    );
    expect(asked.at(-2)).toMatchObject([
      expect.anything(),
      'eks:CreateAccessEntry',
      'arn:aws:eks:us-east-1:111122223333:cluster/c',
      {
        'eks:principalArn': `${principalArn}2`,
        'eks:kubernetesGroups': ['g'],
        'eks:accessEntryType': 'STANDARD',
        'aws:RequestTag/t': 'v',
        'aws:TagKeys': ['t'],
      },
    ]);
    expect(asked.at(-1)).toMatchObject([
      expect.anything(),
      'eks:TagResource',
      expect.anything(),
      { 'aws:TagKeys': ['t'] },
    ]);
  });

  test.each([
    ['an unknown key', { accessKeyId: 'ASIAUNKNOWN', secretAccessKey: 's' }, 'UnrecognizedClientException'],
    ['a key without its session token', { sessionToken: '' }, 'UnrecognizedClientException'],
    ['another secret', { secretAccessKey: 's' }, 'InvalidSignatureException'],
  ])('%s is refused', async (_what, wrong, name) => {
    const known = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
    const stranger = clientWith({ credentials: { ...known, ...wrong } });
    await expect(stranger.send(new ListClustersCommand({}))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 403 },
    });
    stranger.destroy();
  });
});

test('the control plane stops with connections open, and its ports are free again', async () => {
  const local = await cluster();
  await client.send(new ListClustersCommand({}));
  const ports = { eks: plane.eks.port, sts: plane.sts.port, kubernetes: local.kubernetes.port };
  await plane.stop();
  plane = await startControlPlane({ ports });
  await cluster();
  expect([plane.eks.port, plane.sts.port, plane.cluster('c').kubernetes.port]).toEqual(Object.values(ports));
});
