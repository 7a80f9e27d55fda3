/** What passes by itself is waited for, as long as there is time; what does not fails at once, with its sentence. */
import { type LocalRequest, type LocalResponse } from '../../../local/aws/server/loopback-server';
import { givenWorld, ROLE, roleEntry, type World } from './world';

const ID = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
const POLICY = { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } };
const properties = { ...roleEntry, AccessPolicies: [POLICY] };

let world: World;
afterEach(() => world.stop());

function refused(
  status: number,
  name: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): LocalResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': name, ...headers },
    body: JSON.stringify({ message }),
  };
}

const isCreate = ({ method, path }: LocalRequest): boolean =>
  method === 'POST' && path.endsWith('/access-entries');
const isAssociate = ({ method, path }: LocalRequest): boolean =>
  method === 'POST' && path.endsWith('/access-policies');
const isUpdate = ({ method, path }: LocalRequest): boolean =>
  method === 'POST' && /\/access-entries\/[^/]+$/.test(path);
const isDelete = ({ method, path }: LocalRequest): boolean =>
  method === 'DELETE' && /\/access-entries\/[^/]+$/.test(path);

/** The next `times` calls of this kind are refused so. */
function refuse(match: (request: LocalRequest) => boolean, respond: LocalResponse, times = 1): void {
  world.aws.controlPlane.eks.injectFault({ match, respond, times });
}

const calls = (match: (request: LocalRequest) => boolean): number =>
  world.aws.controlPlane.eks.requests.filter(match).length;

const running = (what: string): string =>
  `Cannot ${what} because cluster my-cluster currently has update 0000-1 (VersionRollback) in progress`;

describe('is waited for:', () => {
  test.each<[string, () => void, (request: LocalRequest) => boolean]>([
    ['a role that was just made', () => world.aws.iam.declareMissing(ROLE, 2), isCreate],
    [
      'an entry that EKS does not show to AssociateAccessPolicy yet',
      () => void (world.aws.controlPlane.consistency.associateMisses = 2),
      isAssociate,
    ],
    ['throttling', () => refuse(isCreate, refused(429, 'ThrottlingException', 'Rate exceeded'), 2), isCreate],
    [
      'throttling that says how long, in milliseconds',
      () => refuse(isCreate, refused(429, 'ThrottlingException', 'x', { 'x-amz-retry-after': '300' }), 2),
      isCreate,
    ],
    [
      'throttling that says how long, in seconds',
      () => refuse(isCreate, refused(503, 'SlowDown', 'x', { 'retry-after': '1' }), 2),
      isCreate,
    ],
    [
      'an update of the cluster',
      () => {
        world.cluster.setStatus('UPDATING');
        refuse(isCreate, refused(400, 'InvalidRequestException', running('CreateAccessEntry')), 2);
      },
      isCreate,
    ],
    [
      'an update of the cluster that EKS calls a resource in use',
      () => {
        world.cluster.setStatus('UPDATING');
        refuse(isCreate, refused(409, 'ResourceInUseException', running('CreateAccessEntry')), 2);
      },
      isCreate,
    ],
  ])('%s', async (_, given, match) => {
    world = await givenWorld({ mode: 'API' });
    given();
    expect(await world.send({ type: 'Create', properties })).toMatchObject({
      Status: 'SUCCESS',
      PhysicalResourceId: ID,
    });
    expect(calls(match)).toBe(3);
    expect(world.cluster.accessEntry(ROLE)).toMatchObject({
      kubernetesGroups: ['team-a'],
      policies: [{ policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy' }],
    });
  });

  test('another caller who is changing the entry, by Update and by Delete', async () => {
    world = await givenWorld({ mode: 'API' });
    await world.send({ type: 'Create', properties });
    const inUse = refused(409, 'ResourceInUseException', 'The access entry is being modified');
    refuse(isUpdate, inUse, 2);
    refuse(isDelete, inUse, 2);
    const changed = { ...properties, Groups: ['team-b'] };
    expect(
      await world.send({ type: 'Update', properties: changed, old: properties, physicalId: ID }),
    ).toMatchObject({ Status: 'SUCCESS', Data: { Groups: 'team-b' } });
    expect(calls(isUpdate)).toBe(3);
    expect(await world.send({ type: 'Delete', properties: changed, physicalId: ID })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
  });
});

describe('until the time is up, and then says what it waited for (CR-31):', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'a role that does not come',
      () => world.aws.iam.declareMissing(ROLE),
      /^NotStabilized: RoleArn is .*role\/service\/foo, which EKS does not find: the role or user must exist/,
    ],
    [
      'an entry that EKS does not show to AssociateAccessPolicy',
      () => void (world.aws.controlPlane.consistency.associateMisses = 1_000),
      /^NotStabilized: EKS does not show the access entry of .* that was just made/,
    ],
    [
      'throttling',
      () => refuse(isCreate, refused(429, 'ThrottlingException', 'Rate exceeded'), 1_000),
      /^Throttling: EKS throttles eks:CreateAccessEntry in this account: deploy fewer stacks at once/,
    ],
    [
      'an update of the cluster',
      () => refuse(isCreate, refused(409, 'ResourceInUseException', running('CreateAccessEntry')), 1_000),
      /^ResourceConflict: cluster my-cluster is being updated: run the stack operation again once it is ACTIVE; EKS says: Cannot CreateAccessEntry .*VersionRollback/,
    ],
  ])('%s', async (_, given, reason) => {
    world = await givenWorld({ mode: 'API', timeoutSeconds: 8 });
    given();
    const answer = await world.send({ type: 'Create', properties });
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer.Reason).toMatch(reason);
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
  });
});

describe('fails at once:', () => {
  test.each<[string, () => void, (request: LocalRequest) => boolean, RegExp]>([
    [
      'a cluster that takes no more access entries',
      () =>
        refuse(
          isCreate,
          refused(400, 'ResourceLimitExceededException', 'Access entry limit of 3000 exceeded'),
        ),
      isCreate,
      /^InvalidRequest: cluster my-cluster takes no more access entries, of which EKS allows 3,000/,
    ],
    [
      'an access entry that takes no more policies',
      () => refuse(isAssociate, refused(400, 'ResourceLimitExceededException', 'limit of 20 exceeded')),
      isAssociate,
      /^InvalidRequest: the access entry of .*role\/service\/foo on cluster my-cluster takes no more access policies, of which EKS allows 20/,
    ],
    [
      'throttling for longer than there is time',
      () => refuse(isCreate, refused(429, 'ThrottlingException', 'x', { 'retry-after': '3600' })),
      isCreate,
      /^Throttling: EKS throttles eks:CreateAccessEntry in this account/,
    ],
  ])('%s', async (_, given, match, reason) => {
    world = await givenWorld({ mode: 'API' });
    given();
    const answer = await world.send({ type: 'Create', properties });
    expect(answer).toMatchObject({ Status: 'FAILED' });
    expect(answer.Reason).toMatch(reason);
    expect(calls(match)).toBe(1);
    expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
  });
});
