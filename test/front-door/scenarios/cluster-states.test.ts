/** Clusters that are not ACTIVE: what they can have already, what is waited for, and what no waiting helps (GT-107). */
import { type ClusterStatus } from '../../../local/aws/control-plane';
import { stateOf } from './attacks/cast';
import { givenWorld, rbac, roleEntry, type Surroundings, type World } from './world';

const FOO = 'arn:aws:iam::111122223333:role/service/foo';
const ID = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';

let world: World;
afterEach(() => world.stop());

async function given(status: ClusterStatus, surroundings: Surroundings): Promise<void> {
  world = await givenWorld({ timeoutSeconds: 3, ...surroundings });
  world.cluster.setStatus(status);
}

/** From the look after the next one at the cluster. */
function becomes(status: ClusterStatus): void {
  let looks = 0;
  world.aws.controlPlane.eks.injectFault({
    match: ({ method, path }) => method === 'GET' && path === '/clusters/my-cluster' && ++looks === 2,
    before: () => world.cluster.setStatus(status),
  });
}

const looks = (): number =>
  world.aws.controlPlane.eks.requests.filter(({ path }) => path === '/clusters/my-cluster').length;

describe.each(['API', 'API_AND_CONFIG_MAP'] as const)('mode %s', (mode) => {
  test('a cluster that EKS is making takes access entries, and gives them back', async () => {
    await given('CREATING', { mode });
    const before = stateOf(world.cluster);
    const created = await world.send({ type: 'Create', properties: roleEntry });
    expect(created).toMatchObject({ Status: 'SUCCESS', Data: { AuthenticationMode: 'API' } });
    expect(world.cluster.accessEntry(FOO)).toMatchObject({ kubernetesGroups: ['team-a'] });
    expect(looks()).toBe(1);
    const deleted = await world.send({ type: 'Delete', properties: roleEntry, physicalId: ID });
    expect(deleted).toMatchObject({ Status: 'SUCCESS' });
    expect(stateOf(world.cluster)).toEqual(before);
    expect(world.cluster.kubernetes.requests).toEqual([]);
  });

  test('once it is ACTIVE they are changed and removed like any other', async () => {
    await given('CREATING', { mode });
    const before = stateOf(world.cluster);
    await world.send({ type: 'Create', properties: roleEntry });
    world.cluster.setStatus('ACTIVE');
    const properties = { ...roleEntry, Groups: ['team-b'] };
    const updated = await world.send({ type: 'Update', properties, old: roleEntry, physicalId: ID });
    expect(updated).toMatchObject({ Status: 'SUCCESS', Data: { Groups: 'team-b' } });
    await world.send({ type: 'Delete', properties, physicalId: ID });
    expect(stateOf(world.cluster)).toEqual(before);
  });
});

test.each([
  ['CREATING', 'ACTIVE', 'CONFIG_MAP', {}],
  ['CREATING', 'ACTIVE', 'API_AND_CONFIG_MAP', { AuthenticationMode: 'CONFIG_MAP' }],
  ['PENDING', 'ACTIVE', 'CONFIG_MAP', {}],
  ['PENDING', 'CREATING', 'API', {}],
] as const)(
  'a cluster that is %s and becomes %s in time is waited for, mode %s',
  async (status, next, mode, more) => {
    await given(status, { mode, timeoutSeconds: 30 });
    becomes(next);
    const properties = { ...roleEntry, ...more };
    expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
    expect(looks()).toBeGreaterThan(1);
  },
);

test.each([
  ['CONFIG_MAP', 'UPDATING'],
  ['API_AND_CONFIG_MAP', 'UPDATING'],
  ['API', 'UPDATING'],
] as const)('mode %s: a cluster that is %s is served at once', async (mode, status) => {
  await given(status, { mode });
  expect(await world.send({ type: 'Create', properties: roleEntry })).toMatchObject({ Status: 'SUCCESS' });
  expect(looks()).toBe(1);
});

describe.each([
  [
    'CREATING',
    'CONFIG_MAP',
    /^NotStabilized: cluster "my-cluster" is CREATING, and it must be ACTIVE before/,
  ],
  ['PENDING', 'CONFIG_MAP', /^NotStabilized: cluster "my-cluster" is PENDING/],
  ['PENDING', 'API', /^NotStabilized: cluster "my-cluster" is PENDING/],
  ['FAILED', 'CONFIG_MAP', /^InvalidRequest: cluster "my-cluster" is FAILED: delete it and create it again/],
  ['FAILED', 'API', /is FAILED: delete it and create it again/],
  ['DELETING', 'API_AND_CONFIG_MAP', /is DELETING: no principal can be mapped on it any more/],
] as const)('a cluster that stays %s, mode %s', (status, mode, reason) => {
  test('is refused in a sentence, and nothing is changed', async () => {
    await given(status, { mode });
    const before = stateOf(world.cluster);
    const answer = await world.send({ type: 'Create', properties: roleEntry });
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer.Reason).toMatch(reason);
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    expect(stateOf(world.cluster)).toEqual(before);
    // Where no waiting helps, none is done.
    if (status === 'FAILED' || status === 'DELETING') expect(looks()).toBe(1);
  });
});

test.each(['CREATING', 'PENDING', 'DELETING'] as const)(
  'a Delete on a cluster that is %s and has no Kubernetes API succeeds: aws-auth cannot hold anything (CR-19)',
  async (status) => {
    await given(status, { mode: 'CONFIG_MAP', rights: false });
    const deleted = await world.send({ type: 'Delete', properties: roleEntry, physicalId: ID });
    expect(deleted).toMatchObject({ Status: 'SUCCESS' });
    expect(world.cluster.kubernetes.requests).toEqual([]);
  },
);

/**
 * Of a Create that never answered, or that DeleteStack has cancelled: CloudFormation makes up its id, and nobody knows whether
 * it wrote. While the stack goes back, what denies the Delete has denied the Create just before. Later, as with DisableRollback,
 * a Delete that was denied must not say that all is gone. A Create that said that it was denied has the marker for its id.
 */
test('a denied Delete under an id that CloudFormation made up passes in a rollback, and fails later (CR-14)', async () => {
  world = await givenWorld({ mode: 'CONFIG_MAP', rights: false });
  world.resourceStatus = 'DELETE_IN_PROGRESS';
  const deleted = (physicalId: string) => world.send({ type: 'Delete', properties: roleEntry, physicalId });
  const outcomes: Record<string, string> = {};
  for (const status of [
    'ROLLBACK_IN_PROGRESS',
    'UPDATE_ROLLBACK_IN_PROGRESS',
    'DELETE_IN_PROGRESS',
    'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
  ]) {
    world.stackStatus = status;
    const { Status, Reason = '' } = await deleted('app-LambdaKubeUser-1A2B3C4D5E6F');
    outcomes[status] = `${Status} ${Reason.includes('samples/provider-rbac.yaml')}`;
    expect(await deleted('create-failed|0a1b2c3d')).toMatchObject({ Status: 'SUCCESS' });
  }
  expect(outcomes).toEqual({
    ROLLBACK_IN_PROGRESS: 'SUCCESS false',
    UPDATE_ROLLBACK_IN_PROGRESS: 'SUCCESS false',
    DELETE_IN_PROGRESS: 'FAILED true',
    UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'FAILED true',
  });
  world.cluster.applyRbac(rbac);
  expect(await deleted('app-LambdaKubeUser-1A2B3C4D5E6F')).toMatchObject({ Status: 'SUCCESS' });
});
