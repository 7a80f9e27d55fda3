/** What the schedule leaves where it is, and says so (CR-60). */
import { given, map, mapping, PROVIDER, role, type Followed } from './followed';
import { deployProvider } from '../../../../local/demo/provider';
import { demonstrationAwsAuth } from '../../../../local/demo/session';

let world: Followed;
afterEach(() => world.stop());

const LEFT = 'left in aws-auth';
const data = (): unknown => world.session.cluster.configMap()?.data;

/** The mapping `A` is where it was, and the run has said why. */
async function expectStays(reason: RegExp): Promise<void> {
  const before = [data(), world.owners(), world.session.cluster.accessEntries()];
  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({
      level: 'WARN',
      message: LEFT,
      logicalResourceId: 'A',
      cluster: 'my-cluster',
      reason: expect.stringMatching(reason) as string,
    }),
  );
  expect(lines).toContainEqual(
    expect.objectContaining({ message: 'followed the cluster', moved: 0, left: 1 }),
  );
  expect([data(), world.owners(), world.session.cluster.accessEntries()]).toEqual(before);
}

test.each<[string, object, RegExp]>([
  ['what its template forces there', mapping('foo', { AuthenticationMode: 'CONFIG_MAP' }), /forces it/],
  [
    'a group that no access entry can have',
    mapping('foo', { Groups: ['system:authenticated'] }),
    /cannot begin with system:/,
  ],
  [
    'a whole account',
    {
      Type: 'Custom::EksMapAccountsEntry',
      Properties: {
        ServiceToken: { 'Fn::ImportValue': 'EksAccessServiceToken' },
        Cluster: 'my-cluster',
        AccountId: '444455556666',
      },
    },
    /cannot map a whole account/,
  ],
])('%s', async (_, resource, reason) => {
  world = await given();
  await map(world, 'app', { A: resource });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await expectStays(reason);
});

test('a place that the template forces only later is remembered, though nothing changes in aws-auth', async () => {
  world = await given();
  await map(world, 'app', { A: mapping('foo') });
  const before = data();
  await map(world, 'app', { A: mapping('foo', { AuthenticationMode: 'CONFIG_MAP' }) });
  expect(data()).toEqual(before);
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await expectStays(/forces it/);
});

test('what the guardrails no longer allow', async () => {
  world = await given();
  await map(world, 'app', { A: mapping('foo') });
  await deployProvider(world.session.aws, { functionName: PROVIDER, guardrails: { groups: ['team-b'] } });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await expectStays(/Groups has "team-a", which this provider does not allow/);
});

test('a role whose path is known to nobody: EKS finds no such role, and nobody waits for it', async () => {
  world = await given();
  world.session.aws.iam.addPrincipal(role('team/foo'));
  await map(world, 'app', { A: mapping('foo') });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await expectStays(/which EKS does not find: .*its ARN must have its path/);
  expect(world.login('foo')).toMatchObject({ username: 'x' });
});

test('an entry that another tool has changed since: drift is told, and only what was written moves', async () => {
  world = await given();
  const { cluster } = world.session;
  await map(world, 'app', { A: mapping('foo') });
  const edited = (text: string): string => text.replace('"team-a"', '"team-a", "ops"');
  cluster.writeConfigMap(({ metadata, data: current = {} }) => ({
    metadata,
    data: { ...current, mapRoles: edited(current['mapRoles'] ?? '') },
  }));
  const drift = expect.objectContaining({
    level: 'WARN',
    message: 'drift: another tool has changed the mapping',
    logicalResourceId: 'A',
    gives: expect.stringContaining('ops') as string,
  }) as unknown;
  expect(await world.run()).toContainEqual(drift);
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  await expectStays(/another tool has changed its entry/);
  // As the line says: the mapping is run again.
  await map(world, 'app', { A: mapping('foo', { Revision: '2' }) });
  expect(world.login('foo')).toMatchObject({ source: 'access-entry', groups: ['team-a'] });
  expect(await world.run()).not.toContainEqual(drift);
});

test('an access entry of another owner that gives something else', async () => {
  world = await given();
  const { cluster } = world.session;
  await map(world, 'app', { A: mapping('foo') });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  cluster.putAccessEntry({ principalArn: role('foo'), username: 'theirs', kubernetesGroups: ['ops'] });
  await expectStays(/already|now has an access entry/);
});

test('an access entry of another owner that gives the same: nothing is left to do', async () => {
  world = await given();
  const { cluster } = world.session;
  await map(world, 'app', { A: mapping('foo') });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  const theirs = cluster.putAccessEntry({
    principalArn: role('foo'),
    username: 'x',
    kubernetesGroups: ['team-a'],
  });
  const lines = await world.run();
  expect(lines).toContainEqual(expect.objectContaining({ moved: 0, left: 0 }));
  expect(cluster.accessEntry(role('foo'))).toEqual(theirs);
  expect(world.mapRoles()).toContain('role/foo');
});

test('whatever has no record, and the provider’s own way in', async () => {
  world = await given('API_AND_CONFIG_MAP');
  const before = data();
  expect(await world.run()).toContainEqual(expect.objectContaining({ moved: 0, left: 0 }));
  expect(data()).toEqual(before);
  expect(data()).toEqual(demonstrationAwsAuth().data);
});

test('with followMode report: everything, and it says what would move', async () => {
  world = await given('CONFIG_MAP', { followMode: 'report' });
  await map(world, 'app', { A: mapping('foo') });
  world.session.cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  const before = [data(), world.owners(), world.session.cluster.accessEntries()];
  const lines = await world.run();
  expect(lines).toContainEqual(
    expect.objectContaining({
      message: 'would move from aws-auth into an access entry',
      logicalResourceId: 'A',
    }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ moved: 0, left: 1 }));
  expect([data(), world.owners(), world.session.cluster.accessEntries()]).toEqual(before);
});

test('without followMode there is no schedule, and a function that is invoked all the same does nothing', async () => {
  world = await given('CONFIG_MAP', { followMode: 'false' });
  const { aws, cluster } = world.session;
  expect(aws.scheduler.all).toEqual([]);
  await map(world, 'app', { A: mapping('foo') });
  cluster.setAuthenticationMode('API_AND_CONFIG_MAP');
  const before = data();
  const arn = aws.lambda.function(`arn:aws:lambda:us-east-1:111122223333:function:${PROVIDER}`)?.arn ?? '';
  const result = await aws.lambda.invoke(arn, { kind: 'cfn-eks-access/scheduled-run', everyMinutes: 15 });
  expect(result).toMatchObject({ status: 'success' });
  expect(data()).toEqual(before);
});

test('a mapping that CloudFormation no longer has is told as an orphan, and stays', async () => {
  world = await given();
  const { aws } = world.session;
  await map(world, 'app', { A: { ...mapping('foo'), DeletionPolicy: 'Retain' }, B: mapping('bar') });
  await aws.cloudformation.deleteStack({ name: 'app' });
  await map(world, 'app', { B: mapping('bar') });
  const orphans = (await world.run()).filter(({ message }) => message.startsWith('orphan'));
  expect(orphans).toMatchObject([{ level: 'WARN', logicalResourceId: 'A', cluster: 'my-cluster' }]);
  expect(world.login('foo')).toMatchObject({ username: 'x' });
});
