/**
 * A role that was deleted and made again under its name: EKS binds its access entry to the deleted one, so that nobody gets
 * in (GT-79). An Update heals it where IAM may be asked; the schedule tells it, and heals it where it may.
 */
import {
  followed,
  given,
  map,
  mapping,
  PROVIDER,
  role,
  type Followed,
  type Line,
} from './following/followed';
import {
  contentOf,
  entryOf,
  MADE_AGAIN,
  makeAgain,
  mapped,
  NOT_MADE_AGAIN,
  POLICY,
  runAgain,
  switchedTo,
  told,
} from './outlived-role';
import { deploy, failuresOf } from './whole-stacks';
import { deployProvider } from '../../../local/demo/provider';

const HEALED = 'the role was deleted and made again: its access entry, which let nobody in, was made again';
const TOLD =
  'the role was deleted and made again: its access entry belongs to the deleted role and lets nobody in';
const UNKNOWN = 'whether the role was deleted and made again is not known';
const UNKNOWN_ROLES = 'whether roles were deleted and made again is not known';

let world: Followed;
afterEach(() => world.stop());

function logged(message: string): readonly Line[] {
  return world.session.aws.lambda
    .logs()
    .flatMap(({ text }) => text.split('\n'))
    .filter((text) => text.startsWith('{'))
    .map((text) => JSON.parse(text) as Line)
    .filter((line) => line.message === message);
}

/** Permission sets are looked for by ListRoles. */
const isGetRole = ({ body }: { readonly body: Buffer }): boolean => body.includes('Action=GetRole');
const iamRequests = (): number => world.session.aws.controlPlane.iamServer.requests.filter(isGetRole).length;

describe.each(['report', 'true'])('healRecreatedRoles: %s', (value) => {
  test('an Update that changes nothing else makes the entry again, with everything that it had', async () => {
    world = await mapped(value);
    const foreign = entryOf(world);
    if (!foreign) throw new Error('no entry');
    const policies = foreign.policies.map(({ policyArn }) => ({ policy: policyArn }));
    world.session.cluster.putAccessEntry({ ...foreign, policies, tags: { ...foreign.tags, cost: '42' } });
    const before = contentOf(world);
    makeAgain(world);
    expect(world.login('foo')).toBeUndefined();
    await runAgain(world);
    expect(world.login('foo')).toMatchObject({ username: 'x' });
    expect(contentOf(world)).toEqual(before);
    expect(before.tags).toMatchObject({ cost: '42' });
    expect(logged(HEALED)).toMatchObject([{ level: 'WARN', logicalResourceId: 'A' }]);
    await runAgain(world, '3');
    expect(logged(HEALED)).toHaveLength(1);
    await world.session.aws.cloudformation.deleteStack({ name: 'app' });
    expect(entryOf(world)).toBeUndefined();
  });

  test('an Update of a role that was not made again only reads', async () => {
    world = await mapped(value);
    const { requests } = world.session.aws.controlPlane.eks;
    const asked = requests.length;
    await runAgain(world);
    expect(requests.slice(asked).filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(logged(HEALED)).toEqual([]);
  });
});

test('the schedule tells it, and changes nothing', async () => {
  world = await mapped('report');
  makeAgain(world);
  const before = entryOf(world);
  for (let run = 0; run < 2; run += 1) {
    const lines = await world.run();
    expect(told(lines, TOLD)).toMatchObject([
      {
        level: 'WARN',
        cluster: 'my-cluster',
        principal: role('foo'),
        logicalResourceId: 'A',
        remedy: 'run the mapping again with another Revision',
      },
    ]);
    expect(told(lines, MADE_AGAIN)).toEqual([]);
  }
  expect(entryOf(world)).toEqual(before);
  expect(world.login('foo')).toBeUndefined();
});

test('with healRecreatedRoles: true the schedule makes the entry again, once', async () => {
  world = await mapped('true');
  const before = contentOf(world);
  const entry = entryOf(world);
  makeAgain(world);
  const lines = await world.run();
  // All that a run which is killed before the new entry is there will have said of it.
  const { username, kubernetesGroups: groups, policies, tags } = entry ?? {};
  expect(told(lines, TOLD)).toMatchObject([{ entry: { username, groups, policies, tags } }]);
  expect(told(lines, MADE_AGAIN)).toMatchObject([{ principal: role('foo'), logicalResourceId: 'A' }]);
  expect(world.login('foo')).toMatchObject({ username: 'x' });
  expect(contentOf(world)).toEqual(before);
  expect(told(await world.run(), TOLD)).toEqual([]);
  await world.session.aws.cloudformation.deleteStack({ name: 'app' });
  expect(entryOf(world)).toBeUndefined();
});

test('off, which is the default, IAM is never asked', async () => {
  world = await given('API');
  world.session.aws.iam.addPrincipal(role('foo'));
  await map(world, 'app', { A: mapping('foo', { Revision: '1' }) });
  makeAgain(world);
  const asked = iamRequests();
  await map(world, 'app', { A: mapping('foo', { Revision: '2' }) });
  const lines = await world.run();
  expect(iamRequests()).toBe(asked);
  expect([...told(lines, TOLD), ...told(lines, UNKNOWN_ROLES)]).toEqual([]);
  expect(world.login('foo')).toBeUndefined();
});

test('where iam:GetRole is denied an event says one line and succeeds, and the schedule says it once', async () => {
  world = await mapped('true');
  await map(world, 'other', { B: mapping('bar') });
  makeAgain(world);
  world.session.aws.controlPlane.setAuthorize((_, action) => action !== 'iam:GetRole');
  await runAgain(world);
  expect(logged(UNKNOWN)).toMatchObject([
    { level: 'INFO', reason: 'iam:GetRole was answered AccessDenied (403)' },
  ]);
  const lines = await world.run();
  expect(told(lines, UNKNOWN_ROLES)).toMatchObject([
    { level: 'WARN', roles: 2, remedy: expect.stringContaining('iam:GetRole') as string },
  ]);
  expect(told(lines, TOLD)).toEqual([]);
});

test('IAM that does not answer holds up neither an event nor a run for long', async () => {
  world = await mapped('report');
  const stall = { match: isGetRole, times: 2, action: 'stall' } as const;
  world.session.aws.controlPlane.iamServer.injectFault(stall);
  await runAgain(world);
  expect(logged(UNKNOWN)).toMatchObject([{ reason: 'no answer within 3 s' }]);
  expect(told(await world.run(), UNKNOWN_ROLES)).toHaveLength(1);
});

test('roles of other accounts and users are not asked about', async () => {
  world = await mapped('true');
  const other = 'arn:aws:iam::999999999999:role/foo';
  const user = 'arn:aws:iam::111122223333:user/foo';
  const { session } = world;
  const failed = failuresOf(
    await deploy(session, 'other', {
      B: { ...mapping('x', { RoleArn: other }) },
      C: {
        Type: 'Custom::EksMapUsersEntry',
        Properties: {
          ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
          Cluster: 'my-cluster',
          UserArn: user,
        },
      },
    }),
  );
  expect(failed).toBe('');
  const asked = iamRequests();
  await world.run();
  expect(iamRequests() - asked).toBe(1);
});

test('a role that was made again under another path is another one: its entry stays as it is', async () => {
  world = await mapped('true');
  makeAgain(world, role('foo'), role('team/foo'));
  const before = entryOf(world);
  await runAgain(world);
  await world.run();
  expect(entryOf(world)).toEqual(before);
});

describe('the schedule leaves the entry of', () => {
  test('a mapping that the guardrails refuse by now', async () => {
    world = await mapped('true');
    makeAgain(world);
    const before = entryOf(world);
    await deployProvider(world.session.aws, {
      functionName: PROVIDER,
      guardrails: { groups: ['other'] },
      ...switchedTo('true'),
    });
    world = followed(world.session);
    expect(told(await world.run(), NOT_MADE_AGAIN)).toMatchObject([
      { level: 'WARN', reason: expect.stringContaining('team-a') as string },
    ]);
    expect(entryOf(world)).toEqual(before);
  });

  test('a resource that its stack has let go of', async () => {
    world = await mapped('true');
    await map(world, 'app', {
      A: { ...mapping('foo', { AccessPolicies: [POLICY], Revision: '1' }), DeletionPolicy: 'Retain' },
      B: mapping('bar'),
    });
    await map(world, 'app', { B: mapping('bar') });
    makeAgain(world);
    const before = entryOf(world);
    expect(told(await world.run(), NOT_MADE_AGAIN)).toMatchObject([
      { level: 'INFO', reason: 'CloudFormation no longer has the resource of the mapping' },
    ]);
    expect(entryOf(world)).toEqual(before);
  });
});
