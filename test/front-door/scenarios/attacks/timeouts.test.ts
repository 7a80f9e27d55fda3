/**
 * A service that is silent at the wrong moment: one answer in time with a true id, and after the Delete that
 * CloudFormation sends next nothing is left (CR-4, CR-13, CR-29).
 */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type Fault, type LocalRequest } from '../../../../local/aws/server/loopback-server';
import { ACCOUNT, done, FOO, stateOf } from './cast';
import { givenWorld, type World } from '../world';

const properties = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'x', Groups: ['a'] };
const withPolicy = {
  ...properties,
  AccessPolicies: [{ PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } }],
};
const ID = `role|my-cluster|${FOO}`;

interface Silence {
  readonly about: string;
  readonly mode: AuthenticationMode;
  readonly of: 'eks' | 'kubernetes';
  readonly faults: readonly Fault[];
  readonly mayHaveWritten: boolean;
  readonly wish?: object;
}

const is = (method: string, path: RegExp) => (request: LocalRequest) =>
  request.method === method && path.test(request.path);
const stall = (match: Fault['match']): Fault => ({ match, times: 3, action: 'stall' });
const lose = (match: Fault['match']): Fault => ({ match, action: 'reset-after' });
const describeCluster = is('GET', /clusters\/my-cluster$/);
const getAwsAuth = is('GET', /aws-auth$/);
const putAwsAuth = is('PUT', /aws-auth$/);
const createEntry = is('POST', /access-entries$/);
const associate = is('POST', /access-policies$/);
const second = (match: Fault['match']): Fault['match'] => {
  let seen = 0;
  return (request) => match(request) && (seen += 1) > 1;
};

const silences: readonly Silence[] = [
  {
    about: 'DescribeCluster',
    mode: 'API',
    of: 'eks',
    faults: [stall(describeCluster)],
    mayHaveWritten: false,
  },
  {
    about: 'GET aws-auth',
    mode: 'CONFIG_MAP',
    of: 'kubernetes',
    faults: [stall(getAwsAuth)],
    mayHaveWritten: false,
  },
  {
    about: 'PUT aws-auth',
    mode: 'CONFIG_MAP',
    of: 'kubernetes',
    faults: [stall(putAwsAuth)],
    mayHaveWritten: true,
  },
  {
    about: 'what follows a PUT of aws-auth whose answer was lost',
    mode: 'CONFIG_MAP',
    of: 'kubernetes',
    faults: [lose(putAwsAuth), { match: second(getAwsAuth), action: 'stall' }],
    mayHaveWritten: true,
  },
  {
    about: 'CreateAccessEntry',
    mode: 'API',
    of: 'eks',
    faults: [stall(createEntry)],
    mayHaveWritten: true,
  },
  {
    about: 'what follows a CreateAccessEntry whose answer was lost',
    mode: 'API',
    of: 'eks',
    faults: [lose(createEntry), { match: createEntry, action: 'stall' }],
    mayHaveWritten: true,
  },
  {
    about: 'AssociateAccessPolicy',
    mode: 'API',
    of: 'eks',
    faults: [stall(associate)],
    mayHaveWritten: true,
    wish: withPolicy,
  },
];

const worlds: World[] = [];
afterEach(async () => {
  await Promise.all(worlds.splice(0).map((world) => world.stop()));
});

async function given(mode: AuthenticationMode): Promise<World> {
  const world = await givenWorld({ mode, guardrails: {}, timeoutSeconds: 3 });
  worlds.push(world);
  return world;
}

/** What a silence comes to: the answers' ids and statuses, and whether the state is what it was before. */
async function outcomeOf({ mode, of, faults, wish = properties }: Silence): Promise<unknown[]> {
  const world = await given(mode);
  const before = stateOf(world.cluster);
  const server = of === 'eks' ? world.aws.controlPlane.eks : world.cluster.kubernetes;
  for (const fault of faults) server.injectFault(fault);
  const created = await world.send({ type: 'Create', properties: wish as typeof properties });
  const physicalId = created.PhysicalResourceId;
  const deleted = await world.send({ type: 'Delete', properties: wish as typeof properties, physicalId });
  const isAsBefore = JSON.stringify(stateOf(world.cluster)) === JSON.stringify(before);
  return [created.Status, physicalId.replace(/\|.*-.*-.*-.*-.*/, '|…'), deleted.Status, isAsBefore];
}

// Together, because each of them waits for the deadline of a function.
test('one answer, the true id, and nothing left after the Delete', async () => {
  const outcomes = await Promise.all(
    silences.map(async (silence) => ({ about: silence.about, outcome: await outcomeOf(silence) })),
  );
  expect(outcomes).toEqual(
    silences.map(({ about, mayHaveWritten }) => ({
      about,
      outcome: ['FAILED', mayHaveWritten ? ID : 'create-failed|…', 'SUCCESS', true],
    })),
  );
});

test('a PUT that was under way at the deadline commits nothing after the Delete', async () => {
  const world = await given('CONFIG_MAP');
  let commit: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (commit = resolve));
  world.cluster.kubernetes.injectFault({ match: putAwsAuth, before: () => held });
  const { PhysicalResourceId } = await world.send({ type: 'Create', properties });
  if (PhysicalResourceId !== ID) throw new Error(`the id is ${PhysicalResourceId}`);
  world.resourceStatus = 'DELETE_IN_PROGRESS';
  done(await world.send({ type: 'Delete', properties, physicalId: ID }));
  world.resourceStatus = 'CREATE_IN_PROGRESS';
  commit();
  // A write of another resource, after which the one that was held has been answered.
  const bar = { ...properties, RoleArn: `${ACCOUNT}:role/bar` };
  done(await world.send({ type: 'Create', logicalId: 'Bar', properties: bar }));
  expect(world.cluster.loginAs(FOO)).toBeUndefined();
  expect(JSON.stringify(world.owners())).not.toContain('role/foo');
});
