/** Whole stacks on the local CloudFormation: what its sequences of events come to in the cluster. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAST_DELETE_ANNOTATION } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { type Stack } from '../../../local/aws/cloudformation/stack/stack';
import { resource as entry } from './whole-stacks';
import { demonstrationAwsAuth, startSession, type Session } from '../../../local/demo/session';

const FOO = 'arn:aws:iam::111122223333:role/foo';
const BAR = 'arn:aws:iam::111122223333:role/bar';
const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

let session: Session;
let stop: () => Promise<void> = async () => undefined;
afterEach(() => stop());

async function given(mode: AuthenticationMode = 'CONFIG_MAP', guardrails?: object): Promise<void> {
  session = await startSession({
    clock: new SkippingClock(),
    mode,
    awsAuth: demonstrationAwsAuth(),
    ...(guardrails ? { guardrails } : {}),
  });
  stop = () => session.aws.stop();
}

/** Always refused, and only after `after` has succeeded. */
const mistake = (after: string): object => ({
  ...entry('arn:aws:iam::111122223333:group/x'),
  DependsOn: after,
});

const deploy = (
  name: string,
  resources: object,
  kind: 'createStack' | 'updateStack' = 'createStack',
): Promise<Stack> =>
  session.aws.cloudformation[kind]({ name, template: JSON.stringify({ Resources: resources }) });
const update = (name: string, resources: object): Promise<Stack> => deploy(name, resources, 'updateStack');
const remove = (name: string): Promise<Stack> => session.aws.cloudformation.deleteStack({ name });
const login = (arn: string) => session.cluster.loginAs(arn);
/** All but when the events of the records were asked for, and the mark that a Delete leaves which found nothing. */
const state = (): unknown => {
  const all = [
    session.cluster.configMap()?.data,
    { ...session.cluster.configMap()?.metadata.annotations, [LAST_DELETE_ANNOTATION]: undefined },
    session.cluster.accessEntries(),
  ];
  return JSON.parse(
    JSON.stringify(all).replace(/(\bat\\?":"?)\d+/g, (_, key: string) => `${key}0`),
  ) as unknown;
};

describe.each(modes)('mode %s', (mode) => {
  test('a failed create leaves nothing', async () => {
    await given(mode);
    const before = state();
    expect(await deploy('app', { A: entry(FOO), B: entry(BAR), Bad: mistake('A') })).toMatchObject({
      status: 'ROLLBACK_COMPLETE',
    });
    // A create that was cancelled may still be taking back what it wrote.
    await session.aws.lambda.idle();
    expect(state()).toEqual(before);
  });

  test('a failed update takes back what it changed, added and replaced', async () => {
    await given(mode);
    await deploy('app', { A: entry(FOO), B: entry(BAR) });
    const before = state();
    const third = 'arn:aws:iam::111122223333:role/third';
    const failed = await update('app', {
      A: entry(FOO, { Groups: ['team-z'] }),
      B: entry(third),
      C: entry('arn:aws:iam::111122223333:role/new'),
      Bad: { ...mistake('A'), DependsOn: ['A', 'B', 'C'] },
    });
    expect(failed).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    expect(state()).toEqual(before);
    expect(await remove('app')).toMatchObject({ status: 'DELETE_COMPLETE' });
    expect(login(FOO)).toBeUndefined();
    expect(login(BAR)).toBeUndefined();
  });

  test('a rename keeps access all the time, also when it is rolled back', async () => {
    await given(mode);
    await deploy('app', { Old: entry(FOO) });
    expect(await update('app', { New: entry(FOO), Bad: mistake('New') })).toMatchObject({
      status: 'UPDATE_ROLLBACK_COMPLETE',
    });
    expect(login(FOO)).toMatchObject({ username: 'x' });
    expect(await update('app', { New: entry(FOO) })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(login(FOO)).toMatchObject({ username: 'x' });
    await remove('app');
    expect(login(FOO)).toBeUndefined();
  });

  test('two resources that swap their principals both keep access', async () => {
    await given(mode);
    await deploy('app', { A: entry(FOO, { UserName: 'a' }), B: entry(BAR, { UserName: 'b' }) });
    expect(
      await update('app', { A: entry(BAR, { UserName: 'a' }), B: entry(FOO, { UserName: 'b' }) }),
    ).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(login(BAR)).toMatchObject({ username: 'a' });
    expect(login(FOO)).toMatchObject({ username: 'b' });
    await remove('app');
    expect(login(FOO)).toBeUndefined();
    expect(login(BAR)).toBeUndefined();
  });

  test('a move to another stack: ADOPT there, then remove here, keeps access', async () => {
    await given(mode);
    await deploy('here', { A: entry(FOO, { UserName: 'here' }), Other: entry(BAR) });
    expect(
      await deploy('there', { A: entry(FOO, { UserName: 'there', ExistingEntry: 'ADOPT' }) }),
    ).toMatchObject({ status: 'CREATE_COMPLETE' });
    expect(login(FOO)).toMatchObject({ username: 'there' });
    expect(await update('here', { Other: entry(BAR) })).toMatchObject({ status: 'UPDATE_COMPLETE' });
    expect(login(FOO)).toMatchObject({ username: 'there' });
    await remove('there');
    expect(login(FOO)).toBeUndefined();
  });

  test('a move that is given up hands the entry back', async () => {
    await given(mode);
    await deploy('here', { A: entry(FOO, { UserName: 'here' }) });
    await deploy('there', { A: entry(FOO, { UserName: 'there', ExistingEntry: 'ADOPT' }) });
    await remove('there');
    expect(login(FOO)).toMatchObject({ username: 'here' });
    await remove('here');
    expect(login(FOO)).toBeUndefined();
  });
});

test('deleting the provider while a stack imports its token is refused (CO-17)', async () => {
  await given();
  await deploy('app', { A: entry(FOO) });
  const refused = await remove('eks-access-provider');
  expect(refused.reason).toMatch(/EksAccessServiceToken cannot be deleted as it is in use by app/);
  expect(await remove('app')).toMatchObject({ status: 'DELETE_COMPLETE' });
});

test('a retained resource keeps its entry', async () => {
  await given();
  await deploy('app', { A: { ...entry(FOO), DeletionPolicy: 'Retain' } });
  await remove('app');
  expect(login(FOO)).toMatchObject({ username: 'x' });
});

test('a retried deployment with the same RequestId is served afresh (CR-25)', async () => {
  await given('CONFIG_MAP', { groups: ['team-a'], principalAccounts: ['*'] });
  const { cloudformation, controlPlane } = session.aws;
  controlPlane.setAuthorize((_, action) => action !== 'eks:DescribeCluster');
  const template = JSON.stringify({ Resources: { A: entry(FOO) } });
  const failed = await cloudformation.createStack({ name: 'app', template, disableRollback: true });
  expect(failed.status).toBe('CREATE_FAILED');
  controlPlane.setAuthorize(() => true);
  expect(await cloudformation.updateStack({ name: 'app', template })).toMatchObject({
    status: 'UPDATE_COMPLETE',
  });
  expect(login(FOO)).toMatchObject({ username: 'x' });
}, 90_000);

describe('samples', () => {
  const folder = join(__dirname, '../../../samples');
  const samples = readdirSync(folder).filter((name) => /^[1-5]-.*(?<!rbac)\.yaml$/.test(name));

  test('there are five', () => expect(samples).toHaveLength(5));

  describe.each(modes)('mode %s', (mode) => {
    test.each(samples)('%s is created and deleted, and leaves nothing', async (name) => {
      await given(mode);
      const before = state();
      const text = readFileSync(join(folder, name), 'utf8');
      const created = await session.create('sample', { name, text }, {});
      const impossible = mode === 'CONFIG_MAP' && name.startsWith('4-');
      expect(created.status).toBe(impossible ? 'ROLLBACK_COMPLETE' : 'CREATE_COMPLETE');
      if (!impossible) expect(state()).not.toEqual(before);
      expect(await session.remove('sample')).toMatchObject({ status: 'DELETE_COMPLETE' });
      expect(state()).toEqual(before);
    });
  });
});
