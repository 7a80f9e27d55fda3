/**
 * On a cluster that reads both places an access entry overrides the aws-auth entry of the same principal (GT-50): what
 * is in the other place is an existing entry too, and ExistingEntry decides.
 */
import { done, failedWith, FOO, ADMIN, mapped, NODE, NODE_SESSION, PROVIDER_ROLE, stateOf } from './cast';
import { givenWorld, NODES, PROVIDER, type Sent, type Surroundings, type World } from '../world';

const DEPLOYER = 'arn:aws:iam::111122223333:role/payments-deployer';
const byHand =
  mapped(ADMIN, 'admin', ['system:masters']) + mapped(DEPLOYER, 'payments-deployer', ['payments:deployers']);

let world: World;
afterEach(() => world.stop());

async function given(more: Surroundings = {}): Promise<void> {
  const awsAuth = { mapRoles: NODES + byHand + PROVIDER };
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP', awsAuth, ...more });
}

const role = (RoleArn: string, more: object = {}): Sent['properties'] => ({
  Cluster: 'my-cluster',
  RoleArn,
  UserName: 'sso:nobody',
  Groups: ['only-view'],
  ...more,
});
const create = (properties: Sent['properties'], stack = 'app') =>
  world.send({ type: 'Create', stack, properties });
const remove = (properties: Sent['properties'], physicalId: string, stack = 'app') =>
  world.send({ type: 'Delete', stack, properties, physicalId });
const login = (arn: string): unknown => world.cluster.loginAs(arn, arn === NODE ? NODE_SESSION : undefined);

interface Victim {
  readonly who: string;
  readonly arn: string;
  readonly reason: RegExp;
}
const person = { who: 'a cluster admin', arn: ADMIN, reason: /^AlreadyExists.*aws-auth.*ExistingEntry/ };
const deployer = { who: 'a deployer', arn: DEPLOYER, reason: /^AlreadyExists.*aws-auth.*ExistingEntry/ };
const untouchable: readonly Victim[] = [
  { who: 'the nodes', arn: NODE, reason: /^AccessDenied.*nodes/ },
  { who: 'the provider', arn: PROVIDER_ROLE, reason: /^AccessDenied.*provider/ },
];

describe.each([person, deployer, ...untouchable])('$who, mapped in aws-auth', ({ arn, reason }) => {
  test('is not overridden by an access entry without ExistingEntry', async () => {
    await given();
    // The provider gets in by aws-auth then, as samples/provider-rbac.yaml lets it.
    world.cluster.deleteAccessEntry(PROVIDER_ROLE);
    const before = [login(arn), stateOf(world.cluster)];
    for (const sent of [
      { properties: role(arn) },
      {
        resourceType: 'Custom::EksAccessEntry',
        properties: { ClusterName: 'my-cluster', PrincipalArn: arn, Username: 'sso:nobody' },
      },
    ]) {
      const answer = await world.send({ type: 'Create', ...sent });
      expect([login(arn), stateOf(world.cluster)]).toEqual(before);
      expect(answer).toMatchObject(failedWith(reason));
      expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    }
  });
});

describe.each(untouchable)('$who, mapped in aws-auth', ({ arn, reason }) => {
  test('are not taken over by ExistingEntry either', async () => {
    await given();
    world.cluster.deleteAccessEntry(PROVIDER_ROLE);
    const before = stateOf(world.cluster);
    for (const ExistingEntry of ['ADOPT', 'REPLACE']) {
      expect(await create(role(arn, { ExistingEntry }))).toMatchObject(failedWith(reason));
      expect(stateOf(world.cluster)).toEqual(before);
    }
  });
});

test('ADOPT leaves the entry of aws-auth there, overridden; Delete lets it come back', async () => {
  await given();
  const before = [login(DEPLOYER), stateOf(world.cluster)];
  const properties = role(DEPLOYER, { ExistingEntry: 'ADOPT' });
  const { PhysicalResourceId } = done(await create(properties));
  expect(login(DEPLOYER)).toMatchObject({ username: 'sso:nobody' });
  expect(world.section('mapRoles')).toBe(NODES + byHand + PROVIDER);
  done(await remove(properties, PhysicalResourceId));
  expect([login(DEPLOYER), stateOf(world.cluster)]).toEqual(before);
});

test('REPLACE removes the entry of aws-auth, and Delete ends all access', async () => {
  await given();
  const properties = role(DEPLOYER, { ExistingEntry: 'REPLACE' });
  const { PhysicalResourceId } = done(await create(properties));
  expect(login(DEPLOYER)).toMatchObject({ username: 'sso:nobody' });
  expect(world.section('mapRoles')).toBe(NODES + mapped(ADMIN, 'admin', ['system:masters']) + PROVIDER);
  done(await remove(properties, PhysicalResourceId));
  expect(login(DEPLOYER)).toBeUndefined();
});

test('a record of another stack in aws-auth counts on the other side too', async () => {
  await given();
  const theirs = role(FOO, { UserName: 'one', Groups: ['one'], AuthenticationMode: 'CONFIG_MAP' });
  done(await create(theirs, 'one'));
  const before = [login(FOO), stateOf(world.cluster)];
  const answer = await create(role(FOO), 'two');
  expect([login(FOO), stateOf(world.cluster)]).toEqual(before);
  expect(answer).toMatchObject(failedWith(/^AlreadyExists.*LambdaKubeUser of stack one/));
});

describe('an access entry, and a mapping that is forced into aws-auth', () => {
  const forced = role(FOO, { UserName: 'mine', Groups: ['dev'], AuthenticationMode: 'CONFIG_MAP' });
  const theirs = { principalArn: FOO, username: 'theirs', kubernetesGroups: ['ops'] };

  test('of another tool: a mapping that would never be in force is refused', async () => {
    await given();
    world.cluster.putAccessEntry(theirs);
    const before = stateOf(world.cluster);
    for (const ExistingEntry of [undefined, 'FAIL', 'ADOPT']) {
      const answer = await create({ ...forced, ...(ExistingEntry ? { ExistingEntry } : {}) });
      expect(answer).toMatchObject(failedWith(/access entry/));
      expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
      expect(stateOf(world.cluster)).toEqual(before);
    }
  });

  test('of another tool: REPLACE puts ours into force, and theirs goes', async () => {
    await given();
    world.cluster.putAccessEntry(theirs);
    const properties = { ...forced, ExistingEntry: 'REPLACE' };
    const { PhysicalResourceId } = done(await create(properties));
    expect(login(FOO)).toMatchObject({ username: 'mine' });
    expect(world.cluster.accessEntry(FOO)).toBeUndefined();
    done(await remove(properties, PhysicalResourceId));
    expect(login(FOO)).toBeUndefined();
  });

  test('of another stack: AlreadyExists names it', async () => {
    await given();
    done(await create(role(FOO), 'one'));
    const before = stateOf(world.cluster);
    const answer = await create(forced, 'two');
    expect(answer).toMatchObject(failedWith(/^AlreadyExists.*LambdaKubeUser of stack one/));
    expect(stateOf(world.cluster)).toEqual(before);
  });
});

describe('the same access in the other place parts nobody from theirs, now or at Delete', () => {
  test('an access entry beside an equal entry of aws-auth', async () => {
    await given();
    const before = [login(DEPLOYER), stateOf(world.cluster)];
    const properties = role(DEPLOYER, { UserName: 'payments-deployer', Groups: ['payments:deployers'] });
    const { PhysicalResourceId } = done(await create(properties));
    expect(login(DEPLOYER)).toMatchObject({ username: 'payments-deployer' });
    expect(world.section('mapRoles')).toBe(NODES + byHand + PROVIDER);
    done(await remove(properties, PhysicalResourceId));
    expect([login(DEPLOYER), stateOf(world.cluster)]).toEqual(before);
  });

  test('an entry of aws-auth beside an equal access entry', async () => {
    await given();
    world.cluster.putAccessEntry({ principalArn: FOO, username: 'x:foo', kubernetesGroups: ['dev'] });
    const before = [login(FOO), stateOf(world.cluster)];
    const properties = role(FOO, { UserName: 'x:foo', Groups: ['dev'], AuthenticationMode: 'CONFIG_MAP' });
    const { PhysicalResourceId } = done(await create(properties));
    done(await remove(properties, PhysicalResourceId));
    expect([login(FOO), stateOf(world.cluster)]).toEqual(before);
  });
});

test('where aws-auth cannot be read the access entry is made, and a warning says so', async () => {
  await given({ rights: false, timeoutSeconds: 3 });
  expect(await create(role(FOO))).toMatchObject({ Status: 'SUCCESS', Data: { AuthenticationMode: 'API' } });
  expect(login(FOO)).toMatchObject({ username: 'sso:nobody' });
  const lines = world
    .log()
    .split('\n')
    .filter((line) => line !== '');
  expect(lines.filter((line) => line.includes('"WARN"') && line.includes('aws-auth'))).not.toEqual([]);
});
