/**
 * What lets nodes join belongs to the cluster: no event of a stack takes it away, in whichever place it is (CR-20).
 * Node entries cannot be tagged, so that no record tells whose they are.
 */
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { demonstrationAwsAuth, startSession } from '../../../../local/demo/session';
import { ACCOUNT, done, failedWith, NODE, NODE_SESSION, stateOf } from './cast';
import { resource, deploy } from '../whole-stacks';
import { givenWorld, NODES, PROVIDER, type World } from '../world';

const nodeGroups = ['system:bootstrappers', 'system:nodes'];
const allowNodes = { allowNodes: true, allowTakeover: 'any' };
const spellings: readonly (readonly [string, object])[] = [
  ['Type: EC2_LINUX', { Type: 'EC2_LINUX' }],
  [
    'the user name and groups of nodes',
    { UserName: 'system:node:{{EC2PrivateDNSName}}', Groups: nodeGroups },
  ],
];

let world: World | undefined;
let stop: () => Promise<void> = async () => undefined;
afterEach(async () => {
  await stop();
  await world?.stop();
  world = undefined;
  stop = async () => undefined;
});

describe.each(spellings)('a node role that another tool maps in aws-auth, asked for by %s', (_, wish) => {
  const properties = { Cluster: 'my-cluster', RoleArn: NODE, ...wish };

  async function givenMapping(): Promise<{
    readonly world: World;
    readonly id: string;
    readonly before: unknown;
  }> {
    world = await givenWorld({ mode: 'API_AND_CONFIG_MAP', guardrails: allowNodes });
    const before = stateOf(world.cluster);
    const { PhysicalResourceId: id } = done(await world.send({ type: 'Create', properties }));
    return { world, id, before };
  }

  test('an Update of nothing but ServiceTimeout leaves aws-auth alone', async () => {
    const { world, id } = await givenMapping();
    const update = { type: 'Update', old: properties, physicalId: id } as const;
    const answer = await world.send({ ...update, properties: { ...properties, ServiceTimeout: '900' } });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
    expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
    expect(world.cluster.accessEntry(NODE)).toMatchObject({ type: 'EC2_LINUX' });
  });

  test('a Delete that comes twice removes the access entry and nothing else', async () => {
    const { world, id, before } = await givenMapping();
    for (const _ of [1, 2]) {
      const answer = await world.send({ type: 'Delete', properties, physicalId: id });
      expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: id });
      expect(stateOf(world.cluster)).toEqual(before);
      expect(world.cluster.loginAs(NODE, NODE_SESSION)?.groups).toEqual(expect.arrayContaining(nodeGroups));
    }
  });

  test('a stack that fails and rolls back leaves the nodes as they were', async () => {
    const awsAuth = { ...demonstrationAwsAuth(), data: { mapRoles: NODES + PROVIDER } };
    const session = await startSession({
      clock: new SkippingClock(),
      mode: 'API_AND_CONFIG_MAP',
      awsAuth,
      guardrails: allowNodes,
    });
    stop = () => session.aws.stop();
    const before = stateOf(session.cluster);
    const plain = { UserName: undefined, Groups: undefined };
    const { status } = await deploy(session, 'app', {
      Nodes: resource(NODE, { ...plain, ...wish }),
      Bad: { ...resource(`${ACCOUNT}:group/x`), DependsOn: 'Nodes' },
    });
    expect(status).toBe('ROLLBACK_COMPLETE');
    expect(stateOf(session.cluster)).toEqual(before);
  });
});

test('an equal entry that EKS makes while a Create runs is not the stack’s', async () => {
  world = await givenWorld({ mode: 'API', awsAuth: null, guardrails: allowNodes });
  const { cluster, aws } = world;
  const properties = { Cluster: 'my-cluster', RoleArn: NODE, Type: 'EC2_LINUX' };
  aws.controlPlane.eks.injectFault({
    match: ({ method, path }) => method === 'POST' && path.endsWith('/access-entries'),
    before: () => void cluster.putAccessEntry({ principalArn: NODE, type: 'EC2_LINUX' }),
  });
  const created = await world.send({ type: 'Create', properties });
  const theirs = cluster.accessEntry(NODE);
  const physicalId = created.PhysicalResourceId;
  expect(await world.send({ type: 'Delete', properties, physicalId })).toMatchObject({ Status: 'SUCCESS' });
  expect(cluster.accessEntry(NODE)).toEqual(theirs);
  expect(created).toMatchObject(failedWith(/^AlreadyExists/));
});

describe.each(['API', 'API_AND_CONFIG_MAP'] as const)('the access entry of nodes, mode %s', (mode) => {
  async function expectRefused(
    guardrails: object,
    existingEntries: readonly string[],
    reason: RegExp,
  ): Promise<void> {
    world = await givenWorld({ mode, guardrails });
    world.cluster.putAccessEntry({ principalArn: NODE, type: 'EC2_LINUX' });
    const before = stateOf(world.cluster);
    const taken = { ClusterName: 'my-cluster', PrincipalArn: NODE, Username: 'nobody' };
    for (const ExistingEntry of existingEntries) {
      const properties = { ...taken, ExistingEntry };
      const answer = await world.send({ type: 'Create', resourceType: 'Custom::EksAccessEntry', properties });
      expect(answer).toMatchObject(failedWith(reason));
      expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
      expect(stateOf(world.cluster)).toEqual(before);
    }
  }

  test('is not overwritten without ExistingEntry', () =>
    expectRefused({}, ['FAIL'], /^(AccessDenied|AlreadyExists)/));

  for (const guardrails of [{}, allowNodes]) {
    test(`is not taken over with the guardrails ${JSON.stringify(guardrails)}`, () =>
      expectRefused(guardrails, ['ADOPT', 'REPLACE'], /^AccessDenied/));
  }
});
