/** Four resource types × create, update, delete × three modes, through the front door. */
import { type AuthenticationMode } from '../../../access/desired-access';
import { givenWorld, NODES, PROVIDER, ROLE, roleEntry, type World } from './world';

const ATTRIBUTE_KEYS = [
  'AccessEntryArn',
  'Adopted',
  'AuthenticationMode',
  'Groups',
  'PrincipalArn',
  'UserName',
];
const FUNCTION = 'arn:aws:sts::111122223333:assumed-role/foo/session';
const JANE = 'arn:aws:iam::111122223333:user/team/jane';
const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

let world: World;
afterEach(async () => {
  const { violations, refused } = world.aws.answerBucket;
  const requests = world.aws.answerBucket.server.requests;
  await world.stop();
  expect(violations).toEqual([]);
  expect(refused).toEqual([]);
  for (const { headers, body } of requests) {
    expect(headers['content-type'] ?? '').toBe('');
    expect(Number(headers['content-length'])).toBe(body.length);
    expect(body.length).toBeLessThanOrEqual(4096);
  }
});

describe.each(modes)('mode %s', (mode) => {
  test('a role is mapped, changed and unmapped, with the same attributes each time (CR-10)', async () => {
    world = await givenWorld({ mode });
    const before = world.cluster.configMap()?.data;

    const created = await world.send({ type: 'Create', properties: roleEntry });
    expect(created).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'role|my-cluster|arn:aws:iam::111122223333:role/foo',
      Data: {
        PrincipalArn: ROLE,
        UserName: 'lambdafoo',
        Groups: 'team-a',
        AuthenticationMode: mode === 'CONFIG_MAP' ? 'CONFIG_MAP' : 'API',
        Adopted: 'false',
      },
    });
    expect(Object.keys(created.Data ?? {}).sort()).toEqual(ATTRIBUTE_KEYS);
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo', groups: ['team-a'] });

    const changed = { ...roleEntry, UserName: 'lambdabar', Groups: ['team-b', 'team-c'] };
    const physicalId = created.PhysicalResourceId;
    const updated = await world.send({ type: 'Update', properties: changed, old: roleEntry, physicalId });
    expect(updated).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: physicalId,
      Data: { UserName: 'lambdabar', Groups: 'team-b,team-c' },
    });
    expect(Object.keys(updated.Data ?? {}).sort()).toEqual(ATTRIBUTE_KEYS);
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({
      username: 'lambdabar',
      groups: ['team-b', 'team-c'],
    });

    const deleted = await world.send({ type: 'Delete', properties: changed, physicalId });
    expect(deleted).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: physicalId });
    expect(world.cluster.loginAs(FUNCTION)).toBeUndefined();
    expect(world.cluster.configMap()?.data).toEqual(before);
    expect(world.cluster.configMap()?.metadata.annotations ?? {}).toEqual({});
    expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
    expect(await world.send({ type: 'Delete', properties: changed, physicalId })).toMatchObject({
      Status: 'SUCCESS',
    });
  });

  test('a user is mapped under its ARN by default, and unmapped', async () => {
    world = await givenWorld({ mode });
    const properties = { Cluster: 'my-cluster', UserArn: JANE, Groups: ['viewers'] };
    const resourceType = 'Custom::EksMapUsersEntry';
    const created = await world.send({ type: 'Create', resourceType, properties });
    expect(created).toMatchObject({
      Status: 'SUCCESS',
      Data: { UserName: JANE, Groups: 'viewers', PrincipalArn: JANE },
    });
    expect(world.cluster.loginAs(JANE)).toMatchObject({ username: JANE, groups: ['viewers'] });
    await world.send({ type: 'Delete', resourceType, properties, physicalId: created.PhysicalResourceId });
    expect(world.cluster.loginAs(JANE)).toBeUndefined();
  });

  test('an account is mapped in aws-auth where the cluster reads it', async () => {
    world = await givenWorld({ mode });
    const properties = { Cluster: 'my-cluster', AccountId: '012345678901' };
    const resourceType = 'Custom::EksMapAccountsEntry';
    const stranger = 'arn:aws:iam::012345678901:user/zoe';
    const created = await world.send({ type: 'Create', resourceType, properties });
    if (mode === 'API') {
      expect(created).toMatchObject({
        Status: 'FAILED',
        Reason: expect.stringMatching(/mapAccounts|account/i) as string,
      });
      expect(created.PhysicalResourceId).toMatch(/^create-failed\|/);
      return;
    }
    expect(created).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'account|my-cluster|012345678901',
      Data: { AuthenticationMode: 'CONFIG_MAP', PrincipalArn: 'arn:aws:iam::012345678901:root' },
    });
    expect(world.cluster.loginAs(stranger)).toMatchObject({ username: stranger, groups: [] });
    await world.send({ type: 'Delete', resourceType, properties, physicalId: created.PhysicalResourceId });
    expect(world.cluster.loginAs(stranger)).toBeUndefined();
  });

  test('an access entry with policies lives where access entries do', async () => {
    world = await givenWorld({ mode });
    const properties = {
      ClusterName: 'my-cluster',
      PrincipalArn: ROLE,
      KubernetesGroups: ['team-a'],
      AccessPolicies: [
        { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } },
        {
          PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy',
          AccessScope: { Type: 'namespace', Namespaces: ['dev-*', 'app'] },
        },
      ],
      Tags: [{ Key: 'team', Value: 'a' }],
    };
    const resourceType = 'Custom::EksAccessEntry';
    const created = await world.send({ type: 'Create', resourceType, properties });
    if (mode === 'CONFIG_MAP') {
      expect(created).toMatchObject({
        Status: 'FAILED',
        Reason: expect.stringContaining('Custom::EksMapRolesEntry') as string,
      });
      return;
    }
    expect(created).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: 'access-entry|my-cluster|arn:aws:iam::111122223333:role/foo',
    });
    expect(world.cluster.accessEntry(ROLE)).toMatchObject({
      type: 'STANDARD',
      username: 'arn:aws:sts::111122223333:assumed-role/foo/{{SessionName}}',
      kubernetesGroups: ['team-a'],
      tags: expect.objectContaining({ team: 'a' }) as object,
      policies: expect.arrayContaining([
        expect.objectContaining({
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy',
          scope: 'cluster',
        }),
        expect.objectContaining({
          scope: 'namespace',
          namespaces: expect.arrayContaining(['app', 'dev-*']) as string[],
        }),
      ]) as unknown[],
    });
    expect(created.Data?.['AccessEntryArn']).toBe(world.cluster.accessEntry(ROLE)?.accessEntryArn);

    const fewer = { ...properties, AccessPolicies: properties.AccessPolicies.slice(0, 1), Tags: [] };
    const physicalId = created.PhysicalResourceId;
    expect(
      await world.send({ type: 'Update', resourceType, properties: fewer, old: properties, physicalId }),
    ).toMatchObject({ Status: 'SUCCESS' });
    expect(world.cluster.accessEntry(ROLE)?.policies).toHaveLength(1);
    expect(world.cluster.accessEntry(ROLE)?.tags).not.toHaveProperty('team');

    expect(await world.send({ type: 'Delete', resourceType, properties: fewer, physicalId })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
  });

  test('another principal replaces: the old one keeps access until its own Delete (CR-12, CR-16)', async () => {
    world = await givenWorld({ mode });
    const other = { ...roleEntry, RoleArn: 'arn:aws:iam::111122223333:role/bar' };
    const created = await world.send({ type: 'Create', properties: roleEntry });
    const updated = await world.send({
      type: 'Update',
      properties: other,
      old: roleEntry,
      physicalId: created.PhysicalResourceId,
    });
    expect(updated.PhysicalResourceId).toBe('role|my-cluster|arn:aws:iam::111122223333:role/bar');
    expect(world.cluster.loginAs(FUNCTION)).toMatchObject({ username: 'lambdafoo' });
    expect(world.cluster.loginAs('arn:aws:sts::111122223333:assumed-role/bar/s')).toMatchObject({
      username: 'lambdafoo',
    });
    await world.send({ type: 'Delete', properties: roleEntry, physicalId: created.PhysicalResourceId });
    expect(world.cluster.loginAs(FUNCTION)).toBeUndefined();
    expect(world.cluster.loginAs('arn:aws:sts::111122223333:assumed-role/bar/s')).toMatchObject({
      username: 'lambdafoo',
    });
  });
});

test('an Update that changes nothing writes nothing (CR-22)', async () => {
  world = await givenWorld();
  const created = await world.send({ type: 'Create', properties: roleEntry });
  const version = world.cluster.configMap()?.metadata.resourceVersion;
  await world.send({
    type: 'Update',
    properties: { ...roleEntry, Groups: ['team-a', 'team-a'] },
    old: roleEntry,
    physicalId: created.PhysicalResourceId,
  });
  expect(world.cluster.configMap()?.metadata.resourceVersion).toBe(version);
});

test.each([
  ['the ConfigMap is missing', null, undefined],
  ['its section is missing', { mapUsers: '[]\n' }, '[]\n'],
])('%s: it is created', async (_, awsAuth, mapUsers) => {
  // The provider has no mapping then, so it comes in by the access entry of an API cluster.
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP', awsAuth });
  const answer = await world.send({
    type: 'Create',
    properties: { ...roleEntry, AuthenticationMode: 'CONFIG_MAP' },
  });
  expect(answer).toMatchObject({ Status: 'SUCCESS', Data: { AuthenticationMode: 'CONFIG_MAP' } });
  expect(world.section('mapRoles')).toContain('"arn:aws:iam::111122223333:role/foo"');
  expect(world.section('mapUsers')).toBe(mapUsers);
});

test.each([
  ['API', 'CONFIG_MAP', /AuthenticationMode.*API/],
  ['CONFIG_MAP', 'API', /AuthenticationMode.*CONFIG_MAP/],
])('AuthenticationMode %s is refused on a cluster in mode %s', async (forced, mode, message) => {
  world = await givenWorld({ mode: mode as AuthenticationMode });
  const answer = await world.send({
    type: 'Create',
    properties: { ...roleEntry, AuthenticationMode: forced },
  });
  expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(message) as string });
});

test('a cluster that moves on takes its mappings along: new place first, then the old one gives up (GT-108)', async () => {
  world = await givenWorld();
  const created = await world.send({ type: 'Create', properties: roleEntry });
  world.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  const changed = { ...roleEntry, Groups: ['team-b'] };
  const updated = await world.send({
    type: 'Update',
    properties: changed,
    old: roleEntry,
    physicalId: created.PhysicalResourceId,
  });
  expect(updated).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: created.PhysicalResourceId,
    Data: { AuthenticationMode: 'API' },
  });
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
  expect(world.cluster.accessEntry(ROLE)).toMatchObject({
    username: 'lambdafoo',
    kubernetesGroups: ['team-b'],
  });
});

test('a Delete cleans the place that was used at Create, whatever the mode is now', async () => {
  world = await givenWorld();
  const created = await world.send({ type: 'Create', properties: roleEntry });
  world.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await world.send({ type: 'Delete', properties: roleEntry, physicalId: created.PhysicalResourceId });
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
});

test('two thousand duplicates of a principal go with one Delete, which is answered in time', async () => {
  world = await givenWorld({ timeoutSeconds: 12 });
  const created = await world.send({ type: 'Create', properties: roleEntry });
  const duplicate = '- rolearn: arn:aws:iam::111122223333:role/foo\n  username: duplicate\n';
  const theirs = '# theirs\n- rolearn: arn:aws:iam::111122223333:role/theirs\n';
  world.cluster.writeConfigMap((current) => ({
    ...current,
    data: {
      ...current.data,
      mapRoles: `${current.data?.['mapRoles'] ?? ''}${duplicate.repeat(2_000)}${theirs}`,
    },
  }));
  const physicalId = created.PhysicalResourceId;
  expect(await world.send({ type: 'Delete', properties: roleEntry, physicalId })).toMatchObject({
    Status: 'SUCCESS',
  });
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER + theirs);
});

test('a section that cannot be planned in time is refused with a sentence, not with silence', async () => {
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP', awsAuth: { mapRoles: '- a\r'.repeat(200_000) } });
  const properties = { ...roleEntry, AuthenticationMode: 'CONFIG_MAP' };
  expect(await world.send({ type: 'Create', properties })).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('more than 50000 list items') as string,
  });
  expect(world.section('mapRoles')).toBe('- a\r'.repeat(200_000));
});
