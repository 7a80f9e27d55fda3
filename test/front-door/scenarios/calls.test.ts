/**
 * Calls of the EKS API for one operation: real events, the built bundle, requests counted at the server. They are the
 * table's (`plan-table.ts`), after the looks that every event takes; fewer cannot do it (`plan-laws.test.ts`).
 */
import { isForServiceLinkedRolesOnly, listPolicies } from '../../../local/aws/eks/policy-catalogue';
import { type LocalRequest } from '../../../local/aws/server/loopback-server';
import { type DrawnEntry, PLANS, policyName, type Row } from '../../pure/access/access-entry/plan-table';
import { givenWorld, type World } from './world';

const resourceType = 'Custom::EksAccessEntry';
let world: World;
beforeAll(async () => (world = await givenWorld({ mode: 'API' })));
afterAll(() => world.stop());

const roleOf = (logicalId: string) => `arn:aws:iam::111122223333:role/team/${logicalId}`;

function propertiesOf({ type, username, groups, policies, tags }: DrawnEntry, logicalId: string) {
  return {
    ClusterName: 'my-cluster',
    PrincipalArn: roleOf(logicalId),
    Type: type,
    ...(username === undefined ? {} : { Username: username, KubernetesGroups: groups }),
    AccessPolicies: policies.map(({ policyArn, scope, namespaces }) => ({
      PolicyArn: policyArn,
      AccessScope: { Type: scope, ...(scope === 'namespace' ? { Namespaces: namespaces } : {}) },
    })),
    ...(username === undefined ? {} : { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
  };
}

/** As the table calls them; those of the cluster and of the entry by their names in the API. */
function callOf({ method, path, body }: LocalRequest): string {
  const [, first, , , principal, associations, arn] = path.split('/');
  if (first === 'tags') return method === 'POST' ? 'Tag' : 'Untag';
  if (associations !== undefined) {
    if (method === 'GET') return 'List';
    if (method === 'DELETE') return `Disassociate ${policyName(decodeURIComponent(arn ?? ''))}`;
    const { policyArn } = JSON.parse(body.toString()) as { policyArn: string };
    return `Associate ${policyName(policyArn)}`;
  }
  if (principal !== undefined) return { GET: 'Describe', POST: 'Update', DELETE: 'Delete' }[method] ?? method;
  return method === 'POST' ? 'Create' : 'DescribeCluster';
}

function sorted(policies: DrawnEntry['policies'] = []): readonly string[] {
  return policies
    .map((policy) => JSON.stringify([policy.policyArn, policy.scope, [...policy.namespaces].sort()]))
    .sort();
}

function callsSince(from: number): readonly string[] {
  return world.aws.controlPlane.eks.requests.slice(from).map(callOf);
}

/** The entry that the table's row begins with, made by a Create of its own; gives its physical id. */
async function given(current: DrawnEntry, logicalId: string): Promise<string> {
  world.resourceStatus = 'CREATE_IN_PROGRESS';
  const properties = propertiesOf(current, logicalId);
  const { Status, PhysicalResourceId } = await world.send({
    type: 'Create',
    resourceType,
    logicalId,
    properties,
    // Its date, in seconds, is another than the Update's.
    age: 10,
  });
  expect(Status).toBe('SUCCESS');
  const made = world.cluster.accessEntry(roleOf(logicalId));
  if (Object.keys(current.foreignTags).length > 0 && made) {
    const policies = made.policies.map(({ policyArn, scope, namespaces }) => ({
      policy: policyArn,
      ...(scope === 'namespace' ? { namespaces } : {}),
    }));
    world.cluster.putAccessEntry({ ...made, policies, tags: { ...made.tags, ...current.foreignTags } });
  }
  return PhysicalResourceId;
}

test.each(PLANS.map((row, index) => [row.what, row, `Row${index}`] as const))(
  '%s',
  async (_, { current, desired, calls }: Row, logicalId) => {
    const properties = propertiesOf(desired, logicalId);
    const physicalId = current ? await given(current, logicalId) : '';
    const event = { resourceType, logicalId, properties };
    world.resourceStatus = current ? 'UPDATE_IN_PROGRESS' : 'CREATE_IN_PROGRESS';
    world.liveId = current && physicalId;
    const from = world.aws.controlPlane.eks.requests.length;
    const answer = await (current
      ? world.send({ ...event, type: 'Update', physicalId, old: propertiesOf(current, logicalId) })
      : world.send({ ...event, type: 'Create' }));
    expect(answer).toMatchObject({ Status: 'SUCCESS' });

    const hasPolicies = ['STANDARD', 'EC2'].includes(current?.type ?? '');
    expect(callsSince(from)).toEqual([
      'DescribeCluster',
      'Describe',
      ...(hasPolicies ? ['List'] : []),
      ...calls,
    ]);
    const entry = world.cluster.accessEntry(roleOf(logicalId));
    expect(entry?.type).toBe(desired.type);
    expect(sorted(entry?.policies)).toEqual(sorted(desired.policies));
    if (desired.username === undefined) return;
    const tags = Object.entries(entry?.tags ?? {}).filter(([key]) => !key.startsWith('cfn-eks-access:'));
    const foreign = current?.username === undefined ? {} : current.foreignTags;
    expect(Object.fromEntries(tags)).toEqual({ ...foreign, ...desired.tags });
    expect(entry?.username).toBe(desired.username);
    expect([...(entry?.kubernetesGroups ?? [])].sort()).toEqual([...desired.groups].sort());
  },
);

test('a Delete looks and deletes', async () => {
  const logicalId = 'Deleted';
  const [row] = PLANS.filter(({ what }) => what === 'all at once');
  const current = row?.current as DrawnEntry;
  const physicalId = await given(current, logicalId);
  const from = world.aws.controlPlane.eks.requests.length;
  const properties = propertiesOf(current, logicalId);
  expect(await world.send({ type: 'Delete', resourceType, logicalId, properties, physicalId })).toMatchObject(
    {
      Status: 'SUCCESS',
    },
  );
  expect(callsSince(from)).toEqual(['DescribeCluster', 'Describe', 'List', 'Delete']);
});

test('twenty policies, of which eight become others: eight go first, because EKS takes no more', async () => {
  const logicalId = 'Twenty';
  const takes = listPolicies('aws').filter(({ name }) => !isForServiceLinkedRolesOnly(name));
  const entryWith = (policies: typeof takes): DrawnEntry => ({
    type: 'STANDARD',
    username: 'joe',
    groups: [],
    policies: policies.map(({ arn: policyArn }) => ({ policyArn, scope: 'cluster', namespaces: [] })),
    tags: {},
    foreignTags: {},
  });
  const current = entryWith(takes.slice(0, 20));
  const desired = entryWith(takes.slice(8, 28));
  expect([current, desired].map(({ policies }) => policies.length)).toEqual([20, 20]);
  const physicalId = await given(current, logicalId);
  world.resourceStatus = 'UPDATE_IN_PROGRESS';
  world.liveId = physicalId;
  const from = world.aws.controlPlane.eks.requests.length;
  const [properties, old] = [propertiesOf(desired, logicalId), propertiesOf(current, logicalId)];
  expect(
    await world.send({ type: 'Update', resourceType, logicalId, properties, old, physicalId }),
  ).toMatchObject({
    Status: 'SUCCESS',
  });
  const verbs = callsSince(from).map((call) => call.replace(/ .*/, ''));
  const times = (verb: string) => Array.from({ length: 8 }, () => verb);
  expect(verbs).toEqual([
    ...['DescribeCluster', 'Describe', 'List', 'Tag'],
    ...times('Disassociate'),
    ...times('Associate'),
    'List',
  ]);
  expect(sorted(world.cluster.accessEntry(roleOf(logicalId))?.policies)).toEqual(sorted(desired.policies));
});

describe('associations', () => {
  const desired = PLANS.find(({ what }) => what === 'a new entry that has it all')?.desired as DrawnEntry;
  const associated = ['Associate View', 'Associate Edit', 'List'];
  afterEach(() =>
    Object.assign(world.aws.controlPlane.consistency, { lostAssociations: 0, associationReads: 0 }),
  );

  test.each([
    ['of which one is lost', 'Lost', { lostAssociations: 1 }, [...associated, 'Associate View', 'List']],
    ['that are shown one read later', 'Late', { associationReads: 1 }, [...associated, ...associated]],
  ])('%s are made again, and nothing else is', async (_, logicalId, fault, calls) => {
    Object.assign(world.aws.controlPlane.consistency, fault);
    world.resourceStatus = 'CREATE_IN_PROGRESS';
    const from = world.aws.controlPlane.eks.requests.length;
    const properties = propertiesOf(desired, logicalId);
    expect(await world.send({ type: 'Create', resourceType, logicalId, properties })).toMatchObject({
      Status: 'SUCCESS',
    });
    expect(callsSince(from)).toEqual(['DescribeCluster', 'Describe', 'Create', ...calls]);
    const { policies } = world.cluster.accessEntry(roleOf(logicalId)) ?? {};
    expect(sorted(policies)).toEqual(sorted(desired.policies));
  });
});

test('associations that never come to be seen: FAILED in time with what to do, and nothing is left', async () => {
  const short = await givenWorld({ mode: 'API', timeoutSeconds: 9 });
  try {
    short.aws.controlPlane.consistency.lostAssociations = Infinity;
    const before = short.cluster.accessEntries();
    const desired = PLANS.find(({ what }) => what === 'a new entry that has it all')?.desired as DrawnEntry;
    const answer = await short.send({
      type: 'Create',
      resourceType,
      properties: propertiesOf(desired, 'Never'),
    });
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(
        /^NotStabilized: AccessPolicies has \S+ViewPolicy, \S+EditPolicy, which EKS accepts .* run the stack operation again/,
      ) as string,
      PhysicalResourceId: expect.stringMatching(/^create-failed\|/) as string,
    });
    expect(short.cluster.accessEntries()).toEqual(before);
  } finally {
    await short.stop();
  }
});
