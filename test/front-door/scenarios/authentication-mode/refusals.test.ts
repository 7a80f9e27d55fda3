/** What a change of the mode is refused for, before anything is changed; and what never is. */
import { type Surroundings, type World } from '../world';
import { api, both, calls, changes, givenModeWorld, ID, settle } from './mode';

let world: World;
afterEach(() => world.stop());

const DEV = 'arn:aws:iam::111122223333:role/dev';
const role = (arn: string, name = 'x'): string => `- rolearn: ${arn}\n  username: ${name}\n`;
const failed = (reason: string | RegExp): object[] => [
  { Status: 'FAILED', Reason: expect.stringMatching(reason) as string },
];
const toApi = () => settle(world, { type: 'Update', old: both, properties: api, physicalId: ID });
async function givenAwsAuth(data: Readonly<Record<string, string>>): Promise<void> {
  world = await givenModeWorld('API_AND_CONFIG_MAP', { awsAuth: data });
}

test.each<readonly [string, Surroundings, RegExp]>([
  [
    'the guardrail is off',
    { guardrails: {} },
    /^AccessDenied: Mode is API_AND_CONFIG_MAP, which this provider does not allow; its owner can allow it with allowModeChange/,
  ],
  [
    'the cluster is not one of the guardrails',
    { guardrails: { allowModeChange: true, clusters: ['dev-*'] } },
    /^AccessDenied: Cluster is "my-cluster".* clusters/,
  ],
  [
    'the guardrails are broken',
    { environment: { EKS_ACCESS_GUARDRAILS: '{' } },
    /EKS_ACCESS_GUARDRAILS of the provider is invalid/,
  ],
  [
    'the cluster runs on an Outpost',
    { cluster: { isLocal: true } },
    /cluster my-cluster is a local cluster on an Outpost, which has aws-auth alone/,
  ],
  [
    'the platform version is too old',
    { cluster: { version: '1.28', platformVersion: 'eks.5' } },
    /platform version eks\.5, and Kubernetes 1\.28 has access entries from eks\.6 on/,
  ],
  ['Kubernetes is too old', { cluster: { version: '1.22', platformVersion: 'eks.30' } }, /Kubernetes 1\.22/],
])('%s', async (_, surroundings, reason) => {
  world = await givenModeWorld('CONFIG_MAP', surroundings);
  const { answers } = await settle(world, { type: 'Create' });
  expect(answers).toMatchObject(failed(reason));
  expect(answers[0]?.PhysicalResourceId).toMatch(/^create-failed\|/);
  expect([changes(world), world.cluster.authenticationMode]).toEqual([0, 'CONFIG_MAP']);
});

test.each<readonly [string, object, RegExp]>([
  ['no mode', { Cluster: 'my-cluster' }, /Mode is missing/],
  [
    'CONFIG_MAP',
    { ...both, Mode: 'CONFIG_MAP' },
    /Mode is "CONFIG_MAP": write one of API_AND_CONFIG_MAP, API/,
  ],
  ['a typo', { ...both, PlanDigset: 'x' }, /unknown property "PlanDigset".* did you mean PlanDigest\?/],
  ['a cluster that is not there', { ...both, Cluster: 'other' }, /there is no cluster "other"/],
  ['text that nothing filled in', { ...both, Cluster: '${Cluster}' }, /write !Sub|Cluster is/],
])('properties: %s', async (_, properties, reason) => {
  world = await givenModeWorld('CONFIG_MAP');
  expect((await settle(world, { type: 'Create', properties: properties as never })).answers).toMatchObject(
    failed(reason),
  );
  expect(changes(world)).toBe(0);
});

describe('the step to API is refused', () => {
  test('while a person, a node or an account gets in by aws-auth alone, naming each', async () => {
    await givenAwsAuth({
      mapRoles:
        role(DEV) +
        role('arn:aws:iam::111122223333:role/team/never', 'y') +
        role('arn:aws:iam::999988887777:role/dev'),
      mapUsers: '- userarn: arn:aws:iam::111122223333:user/ann\n  username: ann\n',
      mapAccounts: '- "444455556666"\n',
    });
    world.cluster.putAccessEntry({ principalArn: 'arn:aws:iam::111122223333:user/ann' });
    const { answers } = await toApi();
    expect(answers).toMatchObject(
      failed(
        /by aws-auth alone and would lose access: arn:aws:iam::111122223333:role\/dev, arn:aws:iam::999988887777:role\/dev, 444455556666; nothing was changed/,
      ),
    );
    expect(changes(world)).toBe(0);
    expect(world.log().match(/would lose access in mode API/g)).toHaveLength(3);
  });

  test('naming no more than an answer can hold', async () => {
    await givenAwsAuth({
      mapRoles: Array.from({ length: 200 }, (_, n) =>
        role(`arn:aws:iam::111122223333:role/${'r'.repeat(50)}${n}`),
      ).join(''),
    });
    const { answers } = await toApi();
    expect(answers).toMatchObject(failed(/ and 170 more, which the log names; nothing was changed/));
    expect(world.log().match(/would lose access in mode API/g)).toHaveLength(200);
  });

  test('with a mapping of a stack, which the message tells apart', async () => {
    await givenAwsAuth({ mapRoles: '' });
    world.cluster.putAccessEntry({
      principalArn: world.providerArn,
      policies: [{ policy: 'AmazonEKSClusterAdminPolicy' }],
    });
    const properties = {
      Cluster: 'my-cluster',
      RoleArn: DEV,
      UserName: 'dev',
      AuthenticationMode: 'CONFIG_MAP',
    };
    expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
    expect((await toApi()).answers).toMatchObject(failed(/role\/dev \(mapped by a stack\)/));
  });

  test('where a section cannot be parsed', async () => {
    await givenAwsAuth({ mapRoles: '- rolearn: [' });
    expect((await toApi()).answers).toMatchObject(
      failed(/mapRoles of aws-auth of cluster my-cluster cannot be parsed/),
    );
    expect(changes(world)).toBe(0);
  });

  test('where aws-auth cannot be read', async () => {
    world = await givenModeWorld('API_AND_CONFIG_MAP', { rights: false });
    expect((await toApi()).answers).toMatchObject(failed(/samples\/provider-rbac\.yaml/));
    expect(changes(world)).toBe(0);
  });
});

test('whom an access entry overrides, and the provider itself, hold nothing back', async () => {
  world = await givenModeWorld('API_AND_CONFIG_MAP');
  world.cluster.deleteAccessEntry(world.providerArn);
  world.cluster.writeConfigMap((current) => ({
    ...current,
    data: { mapRoles: (current.data?.['mapRoles'] ?? '') + role(DEV) },
  }));
  world.cluster.putAccessEntry({ principalArn: 'arn:aws:iam::111122223333:role/nodes', type: 'EC2_LINUX' });
  world.cluster.putAccessEntry({ principalArn: 'arn:aws:iam::111122223333:role/team/dev' });
  expect((await toApi()).answers).toMatchObject(failed(/PlanDigest is missing/));
});

test.each([both, api, {}])('a Delete asks nobody and changes nothing: %j', async (properties) => {
  world = await givenModeWorld('API_AND_CONFIG_MAP', {
    guardrails: {},
    environment: { EKS_ACCESS_GUARDRAILS: '{' },
  });
  const asked = world.stackApi.requests.length;
  const { answers } = await settle(world, { type: 'Delete', properties, physicalId: ID, age: 600 });
  expect(answers).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: ID }]);
  expect([calls(world, 'GET', /./), changes(world), world.stackApi.requests.length - asked]).toEqual([
    0, 0, 0,
  ]);
  expect(world.log()).toContain('goes one way');
});

describe('the way back changes nothing and succeeds', () => {
  const back = {
    type: 'Update' as const,
    old: { ...api, PlanDigest: 'x' },
    properties: both,
    physicalId: ID,
  };

  test.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)(
    'in mode %s, whatever the guardrails',
    async (mode) => {
      world = await givenModeWorld(mode, { environment: { EKS_ACCESS_GUARDRAILS: '{' } });
      expect((await settle(world, back)).answers).toMatchObject([
        { Status: 'SUCCESS', PhysicalResourceId: ID, Data: { AuthenticationMode: mode } },
      ]);
      expect(changes(world)).toBe(0);
      expect(world.log()).toContain('goes one way');
    },
  );

  test.each([403, 404])('where EKS answers %d about the cluster', async (status) => {
    world = await givenModeWorld('API');
    world.aws.controlPlane.eks.injectFault({
      match: () => true,
      times: 99,
      respond: {
        status,
        headers: {
          'x-amzn-errortype': status === 404 ? 'ResourceNotFoundException' : 'AccessDeniedException',
        },
        body: '{"message":"No cluster found for name: my-cluster."}',
      },
    });
    expect((await settle(world, back)).answers).toMatchObject([
      { Status: 'SUCCESS', PhysicalResourceId: ID },
    ]);
  });

  test('of a stack that had asked for a mode which its cluster does not have', async () => {
    world = await givenModeWorld('CONFIG_MAP');
    world.stackStatus = 'UPDATE_ROLLBACK_IN_PROGRESS';
    const { answers } = await settle(world, { type: 'Update', old: both, properties: both, physicalId: ID });
    expect(answers).toMatchObject([{ Status: 'SUCCESS', Data: { AuthenticationMode: 'CONFIG_MAP' } }]);
    expect(changes(world)).toBe(0);
  });
});

test('a resource that CloudFormation has cancelled takes no step', async () => {
  world = await givenModeWorld('CONFIG_MAP');
  world.resourceStatus = 'CREATE_FAILED';
  expect((await settle(world, { type: 'Create' })).answers).toMatchObject(failed(/no longer waits/));
  expect(changes(world)).toBe(0);
});
