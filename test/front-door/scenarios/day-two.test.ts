/** Day two, as docs/day-two.md says it: roll out on a cluster in use, move to another provider, leave, uninstall. */
import { PROVIDER_GROUP } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { SkippingClock } from '../../../local/aws/lambda/skipping-clock';
import { deployProvider } from '../../../local/demo/provider';
import { demonstrationAwsAuth, startSession, type Session } from '../../../local/demo/session';
import { deploy, failuresOf, resource } from './whole-stacks';

const FOO = 'arn:aws:iam::111122223333:role/foo';
const PAYMENTS = 'arn:aws:iam::111122223333:role/payments-deployer';
const SECOND = 'second-provider';
const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

let session: Session;
afterEach(() => session.aws.stop());

async function given(mode: AuthenticationMode): Promise<void> {
  const awsAuth = demonstrationAwsAuth();
  const { mapRoles = '' } = awsAuth.data ?? {};
  const second = [
    `- rolearn: arn:aws:iam::111122223333:role/${SECOND}`,
    `  username: cfn-eks-access`,
    `  groups: [${PROVIDER_GROUP}]`,
  ];
  session = await startSession({
    clock: new SkippingClock(),
    mode,
    awsAuth: { ...awsAuth, data: { ...awsAuth.data, mapRoles: `${mapRoles}${second.join('\n')}\n` } },
  });
}

/** Who the cluster takes them for; what they log in as, and nothing of where it is written. */
const login = (arn: string): unknown => session.cluster.loginAs(arn);
const everything = (): unknown => [session.cluster.configMap()?.data, session.cluster.accessEntries()];

async function secondProvider(mode: AuthenticationMode): Promise<string> {
  const { aws, cluster } = session;
  const { serviceToken, roleArn } = await deployProvider(aws, {
    functionName: SECOND,
    exportName: 'SecondServiceToken',
  });
  if (mode !== 'CONFIG_MAP')
    cluster.putAccessEntry({ principalArn: roleArn, kubernetesGroups: [PROVIDER_GROUP] });
  return serviceToken;
}

describe.each(modes)('mode %s', (mode) => {
  test('a mapping moves to another provider by another logical id, and nobody is without access', async () => {
    await given(mode);
    const before = everything();
    await deploy(session, 'app', { Mapping: resource(FOO) });
    const asBefore = login(FOO);
    const serviceToken = await secondProvider(mode);
    const moved = { Mapping2: resource(FOO, { ServiceToken: serviceToken }) };
    const stack = await deploy(session, 'app', moved);
    expect([stack.status, failuresOf(stack)]).toEqual(['UPDATE_COMPLETE', '']);
    expect(login(FOO)).toEqual(asBefore);
    // The first provider is out of the way now.
    await session.aws.cloudformation.deleteStack({ name: 'eks-access-provider' });
    const changed = await deploy(session, 'app', {
      Mapping2: resource(FOO, { ServiceToken: serviceToken, Groups: ['team-b'] }),
    });
    expect([changed.status, failuresOf(changed)]).toEqual(['UPDATE_COMPLETE', '']);
    expect(login(FOO)).toMatchObject({ groups: ['team-b'] });
    await session.aws.cloudformation.deleteStack({ name: 'app' });
    expect(login(FOO)).toBeUndefined();
    if (mode === 'CONFIG_MAP') expect(everything()).toEqual(before);
  });

  test('the service token of a mapping cannot change under its logical id', async () => {
    await given(mode);
    await deploy(session, 'app', { Mapping: resource(FOO) });
    const serviceToken = await secondProvider(mode);
    const stack = await deploy(session, 'app', { Mapping: resource(FOO, { ServiceToken: serviceToken }) });
    expect(stack.status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failuresOf(stack)).toContain('service token');
    expect(login(FOO)).toMatchObject({ groups: ['team-a'] });
  });

  test('a retained mapping outlives its stack, and the next stack takes it over with REPLACE', async () => {
    await given(mode);
    const retained = { ...resource(FOO), DeletionPolicy: 'Retain' };
    await deploy(session, 'app', { Mapping: retained });
    await session.aws.cloudformation.deleteStack({ name: 'app' });
    expect(login(FOO)).toMatchObject({ groups: ['team-a'] });
    const refused = await deploy(session, 'next', { Mapping: resource(FOO) });
    expect(failuresOf(refused)).toMatch(/stack app|app/);
    await session.aws.cloudformation.deleteStack({ name: 'next' });
    const stack = await deploy(session, 'next', { Mapping: resource(FOO, { ExistingEntry: 'REPLACE' }) });
    expect([stack.status, failuresOf(stack)]).toEqual(['CREATE_COMPLETE', '']);
    await session.aws.cloudformation.deleteStack({ name: 'next' });
    expect(login(FOO)).toBeUndefined();
  });

  test('when every stack is gone, the cluster is as it was before the first', async () => {
    await given(mode);
    const before = everything();
    await deploy(session, 'one', { Mapping: resource(FOO) });
    await deploy(session, 'two', {
      Mapping: resource('arn:aws:iam::111122223333:role/bar', { Groups: ['team-b'] }),
    });
    for (const name of ['one', 'two']) await session.aws.cloudformation.deleteStack({ name });
    expect(everything()).toEqual(before);
    const provider = await session.aws.cloudformation.deleteStack({ name: 'eks-access-provider' });
    expect(provider.status).toBe('DELETE_COMPLETE');
  });

  test('the provider cannot be deleted while a stack imports its service token', async () => {
    await given(mode);
    await deploy(session, 'app', { Mapping: resource(FOO) });
    const provider = await session.aws.cloudformation.deleteStack({ name: 'eks-access-provider' });
    expect(provider).toMatchObject({
      status: 'CREATE_COMPLETE',
      reason: 'Export EksAccessServiceToken cannot be deleted as it is in use by app',
    });
    expect(login(FOO)).toMatchObject({ groups: ['team-a'] });
  });
});

describe.each(['CONFIG_MAP', 'API_AND_CONFIG_MAP'] as const)('mode %s, a cluster in use', (mode) => {
  test.each([
    ['ADOPT', ['payments:deployers']],
    ['REPLACE', undefined],
  ] as const)('a stack takes over what is mapped by hand with %s', async (ExistingEntry, afterwards) => {
    await given(mode);
    const before = everything();
    const stack = await deploy(session, 'app', {
      Mapping: resource(PAYMENTS, { ExistingEntry, Groups: ['payments:deployers', 'team-a'] }),
    });
    expect([stack.status, failuresOf(stack)]).toEqual(['CREATE_COMPLETE', '']);
    expect(login(PAYMENTS)).toMatchObject({ groups: ['payments:deployers', 'team-a'] });
    await session.aws.cloudformation.deleteStack({ name: 'app' });
    expect((login(PAYMENTS) as { groups?: unknown } | undefined)?.groups).toEqual(afterwards);
    if (ExistingEntry === 'ADOPT') expect(everything()).toEqual(before);
  });
});
