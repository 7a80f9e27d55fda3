/** `WaitForEffect`: the answer comes when the mapping reads as written and the time is over; nothing fails for it. */
import { type AuthenticationMode } from '../../../access/desired-access';
import { type LocalRequest } from '../../../local/aws/server/loopback-server';
import { givenWorld, PROVIDER, ROLE, roleEntry, type World } from './world';

const ID = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
const USER = 'arn:aws:iam::111122223333:user/alice';
const POLICY = { PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } };
const AHEAD = 'waiting for the mapping to take effect';
const SEEN = 'waited for the mapping to take effect';
const NOT_SEEN = 'the mapping is written, but did not read as written in the time of WaitForEffect';

let world: World;
afterEach(() => world.stop());

const waited = (seconds: number): Readonly<Record<string, unknown>> => ({
  ...roleEntry,
  WaitForEffect: String(seconds),
});

interface Line {
  readonly message: string;
  readonly seenAfterMs?: number;
  readonly waitedMs?: number;
}

function lines(...messages: readonly string[]): readonly Line[] {
  return world
    .log()
    .split('\n')
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Line)
    .filter(({ message }) => messages.includes(message));
}

const isRead = ({ method, path }: LocalRequest): boolean =>
  method === 'GET' && path.includes('/access-entries/');
const isEntryRead = (request: LocalRequest): boolean =>
  isRead(request) && !request.path.endsWith('access-policies');
const isWrite = ({ method }: LocalRequest): boolean => method !== 'GET';

/** From the first write on, this many reads of such a kind are answered so. */
function hideFor(
  times: number,
  match: (request: LocalRequest) => boolean,
  body: object,
  status: number,
): void {
  const { eks } = world.aws.controlPlane;
  eks.injectFault({
    match: (request) => match(request) && eks.requests.some(isWrite),
    times,
    respond: {
      status,
      headers: {
        'content-type': 'application/json',
        ...(status === 404 ? { 'x-amzn-errortype': 'ResourceNotFoundException' } : {}),
      },
      body: JSON.stringify(body),
    },
  });
}

const notFound = { message: 'The specified principalArn could not be found.' };

/** What EKS and the cluster were asked after the last write, until the answer. */
function readsAfterWrite(): readonly LocalRequest[] {
  const { requests } = world.aws.controlPlane.eks;
  return requests.slice(requests.findLastIndex(isWrite) + 1).filter(isRead);
}

test.each<[AuthenticationMode, string, object]>([
  ['API', 'Custom::EksMapRolesEntry', { ...roleEntry, AccessPolicies: [POLICY] }],
  ['API_AND_CONFIG_MAP', 'Custom::EksMapUsersEntry', { Cluster: 'my-cluster', UserArn: USER }],
  [
    'API',
    'Custom::EksAccessEntry',
    { ClusterName: 'my-cluster', PrincipalArn: ROLE, KubernetesGroups: ['a'] },
  ],
  ['CONFIG_MAP', 'Custom::EksMapRolesEntry', roleEntry],
  ['CONFIG_MAP', 'Custom::EksMapUsersEntry', { Cluster: 'my-cluster', UserArn: USER, Groups: ['a'] }],
  ['CONFIG_MAP', 'Custom::EksMapAccountsEntry', { Cluster: 'my-cluster', AccountId: '111122223333' }],
])(
  'mode %s, %s: what was written is seen at the first look, and the time passes',
  async (mode, type, own) => {
    world = await givenWorld({ mode });
    const properties = { ...own, WaitForEffect: '2' };
    const answer = await world.send({ type: 'Create', resourceType: type, properties });
    expect(answer).toMatchObject({
      Status: 'SUCCESS',
      Data: { AuthenticationMode: mode === 'CONFIG_MAP' ? mode : 'API' },
    });
    const [line, ...others] = lines(SEEN, NOT_SEEN);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ message: SEEN });
    expect(line?.waitedMs).toBeGreaterThanOrEqual(2_000);
    expect(readsAfterWrite().filter(isEntryRead)).toHaveLength(mode === 'CONFIG_MAP' ? 0 : 1);
  },
);

test('an entry and policies that EKS does not show yet are looked for again', async () => {
  world = await givenWorld({ mode: 'API' });
  hideFor(1, isEntryRead, notFound, 404);
  hideFor(
    1,
    // Not when they are read back, which every put does before its answer.
    (request) =>
      isRead(request) && request.path.endsWith('access-policies') && readsAfterWrite().some(isEntryRead),
    { associatedAccessPolicies: [] },
    200,
  );
  const properties = { ...waited(5), AccessPolicies: [POLICY] };
  expect(await world.send({ type: 'Create', properties })).toMatchObject({ Status: 'SUCCESS' });
  const [line] = lines(SEEN);
  // The third look sees both.
  expect(line?.seenAfterMs).toBeGreaterThanOrEqual(4_000);
  expect(readsAfterWrite().filter(isEntryRead)).toHaveLength(3);
});

test.each([
  ['is not shown', notFound, 404],
  ['may not be read', { message: 'not authorized' }, 403],
  ['is throttled', { message: 'Rate exceeded' }, 429],
])('an entry that %s until the time is over fails nothing', async (_, body, status) => {
  world = await givenWorld({ mode: 'API' });
  hideFor(100, isEntryRead, body, status);
  expect(await world.send({ type: 'Create', properties: waited(1) })).toMatchObject({
    Status: 'SUCCESS',
    PhysicalResourceId: ID,
  });
  expect(lines(SEEN, NOT_SEEN)).toMatchObject([{ level: 'WARN', message: NOT_SEEN }]);
  expect(world.cluster.accessEntry(ROLE)).toMatchObject({ kubernetesGroups: ['team-a'] });
});

test('a look that is never answered takes no more than the time of the wait', async () => {
  world = await givenWorld({ mode: 'API' });
  const { eks } = world.aws.controlPlane;
  eks.injectFault({ match: (request) => isRead(request) && eks.requests.some(isWrite), action: 'stall' });
  expect(await world.send({ type: 'Create', properties: waited(1) })).toMatchObject({ Status: 'SUCCESS' });
  expect(lines(NOT_SEEN)).toHaveLength(1);
});

test('the answer comes before Lambda ends the function, whatever is asked for', async () => {
  world = await givenWorld({ mode: 'API', timeoutSeconds: 6 });
  expect(await world.send({ type: 'Create', properties: waited(40) })).toMatchObject({ Status: 'SUCCESS' });
  // A third of six seconds is the answer's, and one is between the two.
  expect(lines(SEEN)).toHaveLength(1);
});

test('an Update that changes the mapping waits, one that does not and a Delete do not', async () => {
  world = await givenWorld({ mode: 'API' });
  await world.send({ type: 'Create', properties: roleEntry });
  expect(lines(AHEAD)).toEqual([]);
  const update = { type: 'Update', physicalId: ID } as const;
  await world.send({ ...update, properties: waited(30), old: roleEntry });
  const deployed = { ...waited(30), Revision: '2' };
  await world.send({ ...update, properties: deployed, old: waited(30) });
  expect(lines(AHEAD)).toEqual([]);
  const changed = { ...waited(1), Groups: ['team-b'] };
  expect(await world.send({ ...update, properties: changed, old: deployed })).toMatchObject({
    Status: 'SUCCESS',
    Data: { Groups: 'team-b' },
  });
  expect(lines(AHEAD)).toHaveLength(1);
  await world.send({ type: 'Delete', properties: changed, physicalId: ID });
  expect(lines(AHEAD)).toHaveLength(1);
  expect(world.cluster.accessEntry(ROLE)).toBeUndefined();
});

test('after the answer nothing is read', async () => {
  world = await givenWorld({ mode: 'API' });
  const { eks } = world.aws.controlPlane;
  await world.send({ type: 'Create', properties: waited(1) });
  const asked = eks.requests.length;
  // The container goes on with the next event: what the first one had left would be asked now.
  await world.send({
    type: 'Delete',
    properties: { Cluster: 'my-cluster', RoleArn: ROLE },
    physicalId: 'create-failed|x',
  });
  expect(eks.requests).toHaveLength(asked);
});

test.each([
  ['41', /^InvalidRequest: WaitForEffect is 41: it must be <= 40/],
  ['-1', /^InvalidRequest: WaitForEffect is "-1" and must be a whole number/],
  ['2.5', /^InvalidRequest: WaitForEffect is "2.5" and must be a whole number/],
  ['soon', /^InvalidRequest: WaitForEffect is "soon" and must be a whole number/],
])('WaitForEffect: %s is refused before anything is changed', async (value, reason) => {
  world = await givenWorld({ mode: 'CONFIG_MAP' });
  const answer = await world.send({ type: 'Create', properties: { ...roleEntry, WaitForEffect: value } });
  expect(answer).toMatchObject({ Status: 'FAILED' });
  expect(answer.Reason).toMatch(reason);
  expect(world.section('mapRoles')).toContain(PROVIDER);
  expect(world.owners()).toBeUndefined();
});
