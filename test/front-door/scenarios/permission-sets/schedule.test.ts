/** The provider's schedule follows a permission set that is provisioned anew, and nobody touches a stack. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { demonstrationAwsAuth } from '../../../../local/demo/session';
import { letProviderIn, map, PROVIDER } from '../following/followed';
import { deployAgain, entryOfSet, givenSets, ofSet, setRole, type SetWorld } from './sets';

let world: SetWorld;
afterEach(() => world.stop());

const MOVED = 'moved to the role that the permission set has now';
const place = (mode: AuthenticationMode): string => (mode === 'CONFIG_MAP' ? 'aws-auth' : 'access-entry');

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)('mode %s', (mode) => {
  beforeEach(async () => (world = await givenSets(mode)));

  test('the new role has the access of the former one, which goes, and the log says so', async () => {
    const first = world.provision('Admin', 'a1');
    await map(world, 'app', { A: ofSet('Admin', { UserName: undefined }) });
    expect(world.gives(first)).toContain('AWSReservedSSO_Admin_00000000000000a1/jane');
    expect((await world.run()).filter(({ message }) => message === MOVED)).toEqual([]);
    const second = world.provision('Admin', 'a2');
    expect(await world.run()).toContainEqual(
      expect.objectContaining({
        level: 'INFO',
        message: MOVED,
        set: 'Admin',
        role: second,
        logicalResourceId: 'A',
      }),
    );
    expect(world.gives(second)).toBe(
      `arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_00000000000000a2/jane by ${place(mode)}`,
    );
    expect(world.entries()).toEqual(mode === 'CONFIG_MAP' ? [] : [second]);
    expect(world.mapRoles()).not.toContain('00000000000000a1');
    expect((await world.run()).filter(({ level }) => level === 'WARN')).toEqual([]);
    const { aws, cluster } = world.session;
    expect((await aws.cloudformation.deleteStack({ name: 'app' })).status).toBe('DELETE_COMPLETE');
    expect(world.gives(second)).toBe('nothing');
    if (mode !== 'API') expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  });

  test('where the set has no role, or several, the mapping stays, and the log says why', async () => {
    const first = world.provision('Admin', 'a1');
    await map(world, 'app', { A: ofSet('Admin') });
    world.withdraw('Admin');
    const stays = (reason: string): unknown =>
      expect.objectContaining({
        level: 'WARN',
        set: 'Admin',
        reason: expect.stringContaining(reason) as string,
      });
    expect(await world.run()).toContainEqual(stays('no role in this account now'));
    world.provisionAnother('Admin', 'a2');
    world.provisionAnother('Admin', 'a3');
    expect(await world.run()).toContainEqual(stays('several roles'));
    if (mode === 'CONFIG_MAP') expect(world.mapRoles()).toContain(first.split('/').at(-1));
    else expect(world.entries()).toEqual([first]);
  });
});

test('an access entry goes over with its policies and tags', async () => {
  world = await givenSets('API');
  world.provision('Ops', 'a1');
  const AccessPolicies = [{ PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } }];
  const Tags = [{ Key: 'team', Value: 'ops' }];
  await map(world, 'app', { A: entryOfSet('Ops', { AccessPolicies, Tags }) });
  const { cluster, aws } = world.session;
  const before = cluster.accessEntry(setRole('Ops', 'a1'));
  const second = world.provision('Ops', 'a2');
  await world.run();
  const after = cluster.accessEntry(second);
  expect(after).toMatchObject({
    username: 'x',
    kubernetesGroups: ['team-a'],
    policies: before?.policies,
    tags: {
      team: 'ops',
      'cfn-eks-access:set': 'Ops',
      'cfn-eks-access:owner': before?.tags['cfn-eks-access:owner'],
      // Of the event that wrote the entry, never of a run.
      'cfn-eks-access:at': before?.tags['cfn-eks-access:at'],
    },
  });
  expect(world.entries()).toEqual([second]);
  expect((await aws.cloudformation.deleteStack({ name: 'app' })).status).toBe('DELETE_COMPLETE');
  expect(world.entries()).toEqual([]);
});

test('what the guardrails refuse by now stays with the former role', async () => {
  world = await givenSets('API_AND_CONFIG_MAP');
  const first = world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin', { Groups: ['ops'] }) });
  await deployAgain(world, { guardrails: { groups: ['team-*'] } });
  world.provision('Admin', 'a2');
  expect(await world.run()).toContainEqual(
    expect.objectContaining({ level: 'WARN', reason: expect.stringMatching(/groups/) as string }),
  );
  expect(world.entries()).toEqual([first]);
});

test('another owner’s entry of the new role is left, and so is the former one', async () => {
  world = await givenSets('API');
  const first = world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin') });
  const second = world.provision('Admin', 'a2');
  world.session.cluster.putAccessEntry({ principalArn: second, username: 'by-hand' });
  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({ level: 'WARN', role: second, message: `not ${MOVED}` }),
  );
  expect(world.gives(second)).toBe('by-hand by access-entry');
  expect([...world.entries()].sort()).toEqual([first, second]);
});

test('report only says what would move; IAM that denies is said once, and the run goes on', async () => {
  world = await givenSets('CONFIG_MAP', { followMode: 'report' });
  const first = world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin') });
  world.provision('Admin', 'a2');
  expect(await world.run()).toContainEqual(
    expect.objectContaining({ message: `would ${MOVED.replace('moved', 'move')}` }),
  );
  expect(world.mapRoles()).toContain(first.split('/').at(-1));
  world.denyIam();
  const lines = await world.run();
  expect(lines.filter(({ level }) => level === 'WARN')).toEqual([
    expect.objectContaining({ reason: expect.stringContaining('iam:ListRoles') as string }),
  ]);
  expect(lines).toContainEqual(expect.objectContaining({ message: 'the scheduled run is over' }));
});

test('IAM that does not answer takes 5 s of a run', async () => {
  world = await givenSets('CONFIG_MAP');
  world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin') });
  world.session.aws.controlPlane.iamServer.injectFault({ match: () => true, times: 1, action: 'stall' });
  const lines = await world.run();
  expect(lines.filter(({ level }) => level === 'WARN')).toEqual([
    expect.objectContaining({ reason: 'no answer within 5 s' }),
  ]);
  expect(lines).toContainEqual(expect.objectContaining({ message: 'the scheduled run is over' }));
});

test('a mode that moves on, and a set that is provisioned anew at the same time', async () => {
  world = await givenSets('CONFIG_MAP');
  world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin') });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  letProviderIn(world);
  const second = world.provision('Admin', 'a2');
  await world.run();
  expect(world.gives(second)).toBe('x by aws-auth');
  await world.run();
  expect(world.gives(second)).toBe('x by access-entry');
  expect(world.mapRoles()).not.toContain('AWSReservedSSO_Admin');
});

test('without the switch IAM is not asked', async () => {
  world = await givenSets('API');
  world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin') });
  await deployAgain(world, { permissionSets: false });
  const { iamServer } = world.session.aws.controlPlane;
  const asked = iamServer.requests.length;
  world.provision('Admin', 'a2');
  await world.run();
  expect(iamServer.requests).toHaveLength(asked);
  expect(PROVIDER).toBe('eks-access-provider');
});
