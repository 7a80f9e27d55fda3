/** A change that takes longer than one invocation: it is passed on, and answered once, whatever goes wrong between. */
import { type LocalRequest } from '../../../../local/aws/server/loopback-server';
import { type World } from '../world';
import { both, calls, changes, givenModeWorld, ID, settle, TYPE, UPDATE_CONFIG } from './mode';

let world: World;
afterEach(() => world.stop());

/** The time of an invocation is short, so that it is soon passed on. */
const SHORT = { timeoutSeconds: 3 };

const isChange = ({ method, path }: LocalRequest): boolean => method === 'POST' && UPDATE_CONFIG.test(path);
const isUpdateRead = ({ path }: LocalRequest): boolean => /\/updates\/[^/]+$/.test(path);
const create = { type: 'Create' as const, properties: both };
const succeeded = {
  Status: 'SUCCESS',
  PhysicalResourceId: ID,
  Data: { AuthenticationMode: 'API_AND_CONFIG_MAP' },
};

/** The update ends when it has been read so often: after the first invocation, which has time for a few reads. */
const endsAfter = (reads: number): void => void (world.aws.controlPlane.consistency.updateReads = reads);
const inOrder = (hops: readonly number[]): boolean => hops.every((hop, index) => hop === index + 1);

test('is answered once, by the last of several invocations, which says the mode', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(9);
  const { answers, hops } = await settle(world, create);
  expect(answers).toMatchObject([succeeded]);
  expect(hops.length).toBeGreaterThan(1);
  expect([inOrder(hops), changes(world)]).toEqual([true, 1]);
  expect(world.cluster.authenticationMode).toBe('API_AND_CONFIG_MAP');
});

test('each hop that comes twice, and once more after the end, changes nothing and says the same', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(9);
  world.aws.lambda.injectFault({ times: 99, duplicates: 1 });
  const { answers } = await settle(world, create);
  expect(answers.length).toBeGreaterThan(0);
  for (const answer of answers) expect(answer).toMatchObject(succeeded);
  expect(changes(world)).toBe(1);

  world.resourceStatus = 'CREATE_COMPLETE';
  world.liveId = ID;
  const before = [changes(world), world.cluster.updates()];
  for (const { event } of [...world.aws.lambda.deliveries])
    await world.aws.lambda.invoke(world.serviceToken, event);
  await world.aws.lambda.idle();
  expect([changes(world), world.cluster.updates()]).toEqual(before);
});

test.each(['first', 'middle', 'last'] as const)(
  'an answer or a hop that is lost at the %s invocation',
  async (which) => {
    world = await givenModeWorld('CONFIG_MAP', SHORT);
    endsAfter(9);
    const { lambdaApi, answerBucket } = world.aws;
    let sent = 0;
    if (which === 'last') answerBucket.injectFault({ match: () => true, action: 'reset' });
    else
      lambdaApi.injectFault({
        match: () => (sent += 1) === (which === 'first' ? 1 : 2),
        action: which === 'first' ? 'reset' : 'reset-after',
      });
    const { answers } = await settle(world, create);
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) expect(answer).toMatchObject(succeeded);
    expect(changes(world)).toBe(1);
  },
);

test('an invocation that hears nothing of its hand-over until its deadline answers, and so does the next one', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(9);
  // Carried out, and confirmed too late.
  world.aws.lambdaApi.injectFault({ match: () => true, action: 'drip' });
  const { answers } = await settle(world, create);
  // CloudFormation takes the first one; whichever that is, there is one update, and the next operation finds it.
  expect(answers.map(({ Status }) => Status).sort()).toEqual(['FAILED', 'SUCCESS']);
  expect(answers.map(({ PhysicalResourceId }) => PhysicalResourceId)).toEqual([ID, ID]);
  expect(changes(world)).toBe(1);
});

test('a hop whose answer cannot be delivered fails, and Lambda runs it again', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(5);
  world.aws.answerBucket.injectFault({
    match: () => true,
    times: 2,
    respond: { status: 403, body: '' },
  });
  const { answers, hops } = await settle(world, create);
  expect(hops).not.toEqual([]);
  expect(answers).toMatchObject([succeeded]);
  expect(world.aws.lambda.deliveries.at(-1)?.tries.map(({ status }) => status)).toEqual(['error', 'success']);
});

test.each([
  ['the answer of UpdateClusterConfig is lost', { match: isChange, action: 'reset-after' as const }],
  ['UpdateClusterConfig does not arrive', { match: isChange, action: 'reset' as const }],
  [
    'EKS fails to describe the update',
    { match: isUpdateRead, times: 2, respond: { status: 500, body: '{"message":"oops"}' } },
  ],
  [
    'EKS throttles',
    {
      match: isUpdateRead,
      times: 2,
      respond: {
        status: 429,
        headers: { 'x-amzn-errortype': 'ThrottlingException' },
        body: '{"message":"Rate exceeded"}',
      },
    },
  ],
])('%s', async (_, fault) => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(3);
  world.aws.controlPlane.eks.injectFault(fault);
  expect((await settle(world, create)).answers).toMatchObject([succeeded]);
  expect(world.cluster.updates()).toHaveLength(1);
});

test('the same event once more joins the update that it began', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(Infinity);
  const sent = { ...create, requestId: '0f0f0f0f-0000-4000-8000-000000000000' };
  const first = settle(world, sent);
  await new Promise<void>((resolve) =>
    world.aws.controlPlane.eks.injectFault({ match: isUpdateRead, before: () => resolve() }),
  );
  const second = settle(world, sent);
  await new Promise<void>((resolve) =>
    world.aws.controlPlane.eks.injectFault({
      match: ({ path }) => path.endsWith('/updates'),
      before: () => resolve(),
    }),
  );
  world.cluster.finishUpdates();
  await Promise.all([first, second]);
  for (const { document } of world.aws.answerBucket.accepted) expect(document).toMatchObject(succeeded);
  expect(world.cluster.updates()).toHaveLength(1);
});

test('another caller’s change of the mode is joined', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(5);
  const { aws } = world;
  const sdk = await import('@aws-sdk/client-eks');
  const client = new sdk.EKSClient({
    region: 'us-east-1',
    endpoint: aws.endpoints.eks,
    credentials: aws.iam.credentialsFor(aws.iam.roleArn('person')),
  });
  const accessConfig = { authenticationMode: 'API_AND_CONFIG_MAP' } as const;
  await client.send(new sdk.UpdateClusterConfigCommand({ name: 'my-cluster', accessConfig }));
  client.destroy();
  expect((await settle(world, create)).answers).toMatchObject([succeeded]);
  expect(world.cluster.updates()).toHaveLength(1);
});

test('an update of another kind is waited for, then the mode is changed', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  world.cluster.beginUpdate('VersionUpdate');
  world.aws.lambdaApi.injectFault({ match: () => true, before: () => world.cluster.finishUpdates() });
  const { answers, hops } = await settle(world, create);
  expect(answers).toMatchObject([succeeded]);
  expect(hops).not.toEqual([]);
  expect(world.cluster.updates()).toMatchObject([
    { type: 'VersionUpdate', status: 'Successful' },
    { type: 'AccessConfigUpdate', status: 'Successful' },
  ]);
});

test('after 12 hops the last invocation answers, and the next operation goes on', async () => {
  world = await givenModeWorld('CONFIG_MAP', { timeoutSeconds: 2 });
  endsAfter(Infinity);
  const { answers, hops } = await settle(world, create);
  expect(hops).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(answers).toMatchObject([
    {
      Status: 'FAILED',
      PhysicalResourceId: ID,
      Reason: expect.stringMatching(
        /is in progress; no time is left to wait: run the stack operation again/,
      ) as string,
    },
  ]);
  world.cluster.finishUpdates();
  expect((await settle(world, create)).answers).toMatchObject([succeeded]);
  expect(changes(world)).toBe(1);
}, 60_000);

test('nothing is passed on for which CloudFormation would not wait', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(Infinity);
  const { answers, hops } = await settle(world, { ...create, age: 580 });
  expect(hops).toEqual([]);
  expect(answers).toMatchObject([{ Status: 'FAILED', PhysicalResourceId: ID }]);
});

test('a hop for which CloudFormation no longer waits changes nothing', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  world.resourceStatus = 'DELETE_COMPLETE';
  const { answers } = await settle(world, { ...create, age: 60 });
  expect(answers).toMatchObject([
    { Status: 'FAILED', Reason: expect.stringContaining('no longer waits') as string },
  ]);
  expect(changes(world)).toBe(0);
});

test('a provider that may not invoke itself says so', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(Infinity);
  world.aws.controlPlane.setAuthorize((_, action) => action !== 'lambda:InvokeFunction');
  const { answers } = await settle(world, create);
  expect(answers).toMatchObject([
    {
      Status: 'FAILED',
      PhysicalResourceId: ID,
      Reason: expect.stringContaining('lambda:InvokeFunction') as string,
    },
  ]);
});

test.each([
  ['no number', { hop: 'x' }],
  ['too many', { hop: 13 }],
  ['an id that is a path', { hop: 1, updateId: '../../clusters' }],
  ['another resource type', { hop: 1, event: { ResourceType: 'Custom::EksMapRolesEntry' } }],
  ['no event', { hop: 1, event: undefined }],
])('a hop that the function has not sent does nothing: %s', async (_, forged) => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  const event = { kind: 'cfn-eks-access/mode-hop', event: { ResourceType: TYPE }, ...forged };
  const result = await world.aws.lambda.invoke(world.serviceToken, event);
  expect(result).toMatchObject({ status: 'error' });
  expect(world.aws.answerBucket.accepted).toEqual([]);
  expect(calls(world, 'GET', /./)).toBe(0);
});

test('the ResponseURL, which a hop carries, is in no log and no answer', async () => {
  world = await givenModeWorld('CONFIG_MAP', SHORT);
  endsAfter(9);
  const { hops } = await settle(world, create);
  expect(hops).not.toEqual([]);
  const said = world.log() + world.aws.answerBucket.accepted.map(({ body }) => body.toString()).join();
  expect(said).not.toMatch(/X-Amz-Signature|ResponseURL/);
});
