/** The README's first sentence: the same templates keep working while the cluster moves, and nobody touches a stack. */
import { followed, given, letProviderIn, map, mapping, role, type Followed } from './followed';
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { demonstrationAwsAuth, startSession } from '../../../../local/demo/session';
import { deploy, failuresOf } from '../whole-stacks';

let world: Followed;
afterEach(() => world.stop());

const JANE = 'arn:aws:iam::111122223333:user/team/jane';
const ADMIN_POLICY = { policyArn: expect.stringMatching(/AmazonEKSClusterAdminPolicy$/) as string };

test('everyone who could log in before can after each change of the mode, under the same name, and no stack was touched', async () => {
  world = await given();
  const { cluster, aws } = world.session;
  await map(world, 'app', {
    Plain: mapping('plain'),
    Pathed: mapping('team/dev/pathed', { UserName: 'pathed' }),
    Named: mapping('named', { UserName: undefined }),
    Admin: mapping('admin', { UserName: 'boss', Groups: ['system:masters', 'team-a'] }),
    Node: mapping('self-managed', {
      UserName: 'system:node:{{EC2PrivateDNSName}}',
      Groups: ['system:bootstrappers', 'system:nodes'],
    }),
    Jane: {
      Type: 'Custom::EksMapUsersEntry',
      Properties: {
        ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
        Cluster: 'my-cluster',
        UserArn: JANE,
        Groups: ['viewers'],
      },
    },
  });
  const principals = [role('plain'), role('pathed'), role('named'), role('admin'), JANE];
  const names = (): unknown => principals.map((arn) => cluster.loginAs(arn, 'session')?.username);
  const before = names();
  expect(before).toEqual([
    'x',
    'pathed',
    expect.stringContaining('assumed-role/named/session'),
    'boss',
    JANE,
  ]);
  const events = aws.lambda.deliveries.length;

  expect(await world.run()).not.toContainEqual(expect.objectContaining({ level: 'WARN' }));
  expect(names()).toEqual(before);
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(names()).toEqual(before);

  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'followed the cluster',
      mode: 'API_AND_CONFIG_MAP',
      moved: 6,
      left: 0,
    }),
  );
  expect(names()).toEqual(before);
  expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  expect(world.owners()).toBeUndefined();
  expect(cluster.accessEntry(role('team/dev/pathed'))).toBeDefined();
  expect(cluster.accessEntry(role('admin'))?.policies).toMatchObject([ADMIN_POLICY]);
  expect(cluster.accessEntry(role('self-managed'))).toMatchObject({ type: 'EC2_LINUX' });
  expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 0, left: 0 }));

  cluster.setAuthenticationMode('API');
  expect(names()).toEqual(before);
  // CloudFormation has sent nothing.
  expect(aws.lambda.deliveries).toHaveLength(events);

  expect(await aws.cloudformation.deleteStack({ name: 'app' })).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(names()).toEqual(principals.map(() => undefined));
  expect(cluster.accessEntry(role('self-managed'))).toBeUndefined();
});

test('the record moves as it is: owner and date are those of the event that wrote the mapping', async () => {
  world = await given();
  const stack = await map(world, 'app', { A: mapping('foo') });
  const [record] = Object.values(
    (world.owners() as { stacks: Record<string, Record<string, { at: number; wrote: string }>> }).stacks[
      stack.id
    ] ?? {},
  );
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await world.run();
  expect(world.session.cluster.accessEntry(role('foo'))?.tags).toEqual({
    'cfn-eks-access:owner': `v1/${stack.id}/A`,
    'cfn-eks-access:at': String(record?.at),
    'cfn-eks-access:wrote': record?.wrote,
  });
});

test('a stack goes on with its mapping after it has moved: update, rename, rollback, delete', async () => {
  world = await given();
  const { cluster, aws } = world.session;
  await map(world, 'app', { A: mapping('foo') });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await world.run();
  await map(world, 'app', { A: mapping('foo', { UserName: 'y' }) });
  expect(world.login('foo')).toMatchObject({ username: 'y', source: 'access-entry' });
  await map(world, 'app', { Renamed: mapping('foo', { UserName: 'y' }) });
  expect(world.login('foo')).toMatchObject({ username: 'y' });
  await aws.cloudformation.deleteStack({ name: 'app' });
  expect(world.login('foo')).toBeUndefined();
  expect(cluster.accessEntry(role('foo'))).toBeUndefined();
});

test('what an adopting mapping has found in aws-auth comes back when its stack is deleted, also after the move', async () => {
  world = await given();
  const { cluster, aws } = world.session;
  await map(world, 'app', { A: mapping('payments-deployer', { ExistingEntry: 'ADOPT' }) });
  expect(world.login('payments-deployer')).toMatchObject({ username: 'x' });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await world.run();
  expect(world.login('payments-deployer')).toMatchObject({ username: 'x', source: 'access-entry' });
  expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
  await aws.cloudformation.deleteStack({ name: 'app' });
  expect(world.login('payments-deployer')).toMatchObject({ username: 'payments-deployer' });
  expect(cluster.configMap()?.data).toEqual(demonstrationAwsAuth().data);
});

test('on a cluster that was in mode API before a run came by, the run completes what it finds in aws-auth', async () => {
  world = await given();
  const { cluster } = world.session;
  await map(world, 'app', { A: mapping('foo') });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  cluster.setAuthenticationMode('API');
  letProviderIn(world);
  expect(world.login('foo')).toBeUndefined();
  expect(await world.run()).toContainEqual(expect.objectContaining({ mode: 'API', moved: 1, left: 0 }));
  expect(world.login('foo')).toMatchObject({ username: 'x' });
  expect(world.owners()).toBeUndefined();
});

test('a cluster that the provider reaches as another role (clusterRoles) is followed as well', async () => {
  const creator = role('ci/creator');
  world = followed(
    await startSession({
      clock: new SkippingClock(),
      mode: 'CONFIG_MAP',
      awsAuth: { metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: {} },
      clusterRoles: { 'my-cluster': creator },
    }),
  );
  const { cluster } = world.session;
  await map(world, 'app', { A: mapping('foo') });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 1, left: 0 }));
  expect(world.login('foo')).toMatchObject({ username: 'x', source: 'access-entry' });
});

test('a mapping whose stack has let go of it (Retain) moves like the others', async () => {
  world = await given();
  const { cluster, aws } = world.session;
  await map(world, 'app', { A: { ...mapping('foo'), DeletionPolicy: 'Retain' } });
  await aws.cloudformation.deleteStack({ name: 'app' });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 1, left: 0 }));
  expect(world.login('foo')).toMatchObject({ username: 'x', source: 'access-entry' });
});

test('of the four types: roles and users move, access entries stay, and a whole account is told before it is shut out', async () => {
  world = await given();
  const { cluster, aws } = world.session;
  const ANY_OF_ACCOUNT = 'arn:aws:iam::444455556666:role/any';
  const custom = (type: string, properties: object): object => ({
    Type: `Custom::${type}`,
    Properties: { ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' }, ...properties },
  });
  await map(world, 'app', {
    Role: mapping('foo'),
    User: custom('EksMapUsersEntry', { Cluster: 'my-cluster', UserArn: JANE, UserName: 'jane' }),
    Account: custom('EksMapAccountsEntry', { Cluster: 'my-cluster', AccountId: '444455556666' }),
  });
  const entry = custom('EksAccessEntry', {
    ClusterName: 'my-cluster',
    PrincipalArn: role('bar'),
    Username: 'bar',
  });
  expect(failuresOf(await deploy(world.session, 'early', { Entry: entry }))).toMatch(
    /authentication mode CONFIG_MAP, which has no access entries: use Custom::EksMapRolesEntry/,
  );
  const names = (): unknown =>
    [role('foo'), JANE, ANY_OF_ACCOUNT, role('bar')].map((arn) => cluster.loginAs(arn, 's')?.username);
  const account = names();
  expect(account).toEqual(['x', 'jane', expect.stringContaining('444455556666') as string, undefined]);

  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  expect(names()).toEqual(account);
  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'left in aws-auth',
      logicalResourceId: 'Account',
      reason: expect.stringContaining('cannot map a whole account') as string,
    }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ moved: 2, left: 1 }));
  expect(names()).toEqual(account);
  await map(world, 'late', { Entry: entry });
  const [foo, jane, any] = account as unknown[];
  expect(names()).toEqual([foo, jane, any, 'bar']);
  const events = aws.lambda.deliveries.length;
  await world.run();
  expect(names()).toEqual([foo, jane, any, 'bar']);

  cluster.setAuthenticationMode('API');
  await world.run();
  expect(names()).toEqual([foo, jane, undefined, 'bar']);
  expect(aws.lambda.deliveries).toHaveLength(events);
  for (const name of ['app', 'late'])
    expect(await aws.cloudformation.deleteStack({ name })).toMatchObject({ status: 'DELETE_COMPLETE' });
  expect(names()).toEqual([undefined, undefined, undefined, undefined]);
});
