/** Mappings of permission sets through whole stacks, in every mode: made, changed, provisioned anew, deleted. */
import { type AuthenticationMode } from '../../../../access/desired-access';
import { type Stack } from '../../../../local/aws/cloudformation/stack/stack';
import { demonstrationAwsAuth } from '../../../../local/demo/session';
import { letProviderIn, map } from '../following/followed';
import { deploy, failuresOf, resource } from '../whole-stacks';
import { deployAgain, entryOfSet, givenSets, ofSet, setRole, type SetWorld } from './sets';

let world: SetWorld;
afterEach(() => world.stop());

const idOf = (stack: Stack, logicalId: string): string | undefined =>
  stack.resources.get(logicalId)?.physicalId;
const removed = async (name: string): Promise<string> => {
  return (await world.session.aws.cloudformation.deleteStack({ name })).status;
};
const failure = async (resources: object, name = 'app'): Promise<string> =>
  failuresOf(await deploy(world.session, name, resources));

const where: Readonly<Record<AuthenticationMode, string>> = {
  CONFIG_MAP: 'x by aws-auth',
  API_AND_CONFIG_MAP: 'x by access-entry',
  API: 'x by access-entry',
};

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'] as const)('mode %s', (mode) => {
  beforeEach(async () => (world = await givenSets(mode)));

  test('the role is found by the name of its set, and not by that of another one whose name begins so', async () => {
    const admin = world.provision('Admin', 'a1');
    const other = world.provision('Admin_x', 'b2');
    const stack = await map(world, 'app', { A: ofSet('Admin') });
    expect([world.gives(admin), world.gives(other)]).toEqual([where[mode], 'nothing']);
    expect(idOf(stack, 'A')).toBe('role|my-cluster|arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_*');
    expect(world.entries()).toEqual(mode === 'CONFIG_MAP' ? [] : [admin]);
    if (mode === 'CONFIG_MAP')
      expect(world.mapRoles()).toContain(
        '"arn:aws:iam::111122223333:role/AWSReservedSSO_Admin_00000000000000a1"',
      );
    expect(await removed('app')).toBe('DELETE_COMPLETE');
    expect(world.gives(admin)).toBe('nothing');
  });

  test('an Update after the set was provisioned anew maps the new role, and takes the former one out', async () => {
    const first = world.provision('Admin', 'a1');
    const before = await map(world, 'app', { A: ofSet('Admin') });
    const second = world.provision('Admin', 'a2');
    const { cluster } = world.session;
    const after = await map(world, 'app', { A: ofSet('Admin', { Revision: '2' }) });
    expect(idOf(after, 'A')).toBe(idOf(before, 'A'));
    expect(world.gives(second)).toBe(where[mode]);
    expect(world.entries()).toEqual(mode === 'CONFIG_MAP' ? [] : [second]);
    expect(cluster.configMap()?.data?.['mapRoles'] ?? '').not.toContain(first.split('/').at(-1));
    expect(await removed('app')).toBe('DELETE_COMPLETE');
    expect([world.gives(first), world.gives(second)]).toEqual(['nothing', 'nothing']);
    if (mode !== 'API') expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  });

  test('the Delete of what another tool, or the schedule, has removed succeeds', async () => {
    const admin = world.provision('Admin', 'a1');
    const { cluster } = world.session;
    await map(world, 'app', { A: ofSet('Admin') });
    cluster.deleteAccessEntry(admin);
    if (mode === 'CONFIG_MAP') cluster.writeConfigMap(demonstrationAwsAuth());
    expect(await removed('app')).toBe('DELETE_COMPLETE');
    expect(world.gives(admin)).toBe('nothing');
  });

  test('a Delete needs no IAM, and finds what is left of a set whose role is gone', async () => {
    world.provision('Admin', 'a1');
    await map(world, 'app', { A: ofSet('Admin') });
    world.withdraw('Admin');
    world.denyIam();
    await deployAgain(world, { permissionSets: false });
    expect(await removed('app')).toBe('DELETE_COMPLETE');
    expect(world.entries()).toEqual([]);
    expect(world.mapRoles()).not.toContain('AWSReservedSSO_Admin');
    expect(world.owners()).toBeUndefined();
  });

  test('a Delete leaves what another stack has mapped of the same set, and what nobody has recorded', async () => {
    const one = world.provision('Admin', 'a1');
    const two = world.provision('Admin', 'a2');
    await map(world, 'other', { B: ofSet('Admin', { UserName: 'other' }) });
    world.withdraw('Admin');
    const three = world.provision('Admin', 'a3');
    await map(world, 'app', { A: ofSet('Admin') });
    expect(await removed('app')).toBe('DELETE_COMPLETE');
    expect(world.gives(three)).toBe('nothing');
    if (mode === 'CONFIG_MAP') expect(world.mapRoles()).toContain(two.split('/').at(-1));
    else expect(world.entries()).toEqual([two]);
    expect(world.mapRoles()).not.toContain(one.split('/').at(-1));
  });
});

test('the template may name the role instead of its set, and the set again, while access goes on', async () => {
  world = await givenSets('API_AND_CONFIG_MAP');
  const arn = world.provision('Admin', 'a1');
  await map(world, 'app', { A: resource(arn) });
  await map(world, 'app', { A: ofSet('Admin') });
  expect(world.gives(arn)).toBe('x by access-entry');
  await map(world, 'app', { A: resource(arn) });
  expect(world.gives(arn)).toBe('x by access-entry');
  expect(await removed('app')).toBe('DELETE_COMPLETE');
  expect(world.entries()).toEqual([]);
});

test('the same in aws-auth, and a change that fails is taken back', async () => {
  world = await givenSets('CONFIG_MAP');
  const arn = world.provision('Admin', 'a1');
  await map(world, 'app', { A: resource(arn) });
  const failing = { A: ofSet('Admin'), B: { ...ofSet('Missing'), DependsOn: 'A' } };
  const stack = await deploy(world.session, 'app', failing);
  expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.gives(arn)).toBe('x by aws-auth');
  expect(await removed('app')).toBe('DELETE_COMPLETE');
  expect(world.session.cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
});

test('a mapping by the set and one by the role’s ARN are the same principal', async () => {
  world = await givenSets('CONFIG_MAP');
  const arn = world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin') });
  expect(await failure({ B: resource(arn) }, 'second')).toMatch(/B: .*AlreadyExists.*A of stack app/);
  expect(await failure({ A: ofSet('Other') }, 'third')).toContain('has no role');
  world.provision('Other', 'c1');
  const both = await deploy(world.session, 'fourth', {
    One: ofSet('Other'),
    Two: { ...resource(setRole('Other', 'c1')), DependsOn: 'One' },
  });
  expect(failuresOf(both)).toMatch(/Two: .*AlreadyExists.*One of stack fourth/);
  expect(both.status).toBe('ROLLBACK_COMPLETE');
});

test('a renamed resource keeps the mapping, and its rollback too', async () => {
  world = await givenSets('API');
  const arn = world.provision('Admin', 'a1');
  await map(world, 'app', { A: ofSet('Admin') });
  const broken = await deploy(world.session, 'app', {
    B: ofSet('Admin'),
    C: { ...ofSet('Missing'), DependsOn: 'B' },
  });
  expect(broken.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect(world.gives(arn)).toBe('x by access-entry');
  const renamed = await deploy(world.session, 'app', { B: ofSet('Admin') });
  expect(renamed.status).toBe('UPDATE_COMPLETE');
  expect(world.gives(arn)).toBe('x by access-entry');
  expect(await removed('app')).toBe('DELETE_COMPLETE');
  expect(world.gives(arn)).toBe('nothing');
});

test('Custom::EksAccessEntry takes a set as well; GetAtt gives the role of now', async () => {
  world = await givenSets('API');
  const { aws } = world.session;
  world.provision('Read.Only+1', 'a1');
  const template = (revision: string) => ({
    name: 'app',
    template: JSON.stringify({
      Resources: { A: entryOfSet('Read.Only+1', { Tags: [{ Key: 'k', Value: 'v' }], Revision: revision }) },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['A', 'PrincipalArn'] } } },
    }),
  });
  const created = await aws.cloudformation.createStack(template('1'));
  expect(created.outputs).toMatchObject([{ value: setRole('Read.Only+1', 'a1') }]);
  const again = world.provision('Read.Only+1', 'a2');
  const updated = await aws.cloudformation.updateStack(template('2'));
  expect(updated.outputs).toMatchObject([{ value: again }]);
  expect(idOf(updated, 'A')).toBe(
    'access-entry|my-cluster|arn:aws:iam::111122223333:role/AWSReservedSSO_Read.Only+1_*',
  );
  expect(world.entries()).toEqual([again]);
  expect(await removed('app')).toBe('DELETE_COMPLETE');
  expect(world.entries()).toEqual([]);
});

test('a mapping that moves to an access entry by its schedule is still the set’s', async () => {
  world = await givenSets('CONFIG_MAP');
  const arn = world.provision('A,b', 'a1');
  await map(world, 'app', { A: ofSet('A,b') });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  letProviderIn(world);
  await world.run();
  expect(world.gives(arn)).toBe('x by access-entry');
  expect(world.entries()).toEqual([arn]);
  expect(await removed('app')).toBe('DELETE_COMPLETE');
  expect(world.entries()).toEqual([]);
});
