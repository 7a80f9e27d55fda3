/**
 * The runbook's page about the provider's key, from the first sign to after the remedy: what of a provider with a key of
 * its owner's stops when the key is disabled, what goes on by itself, and what has to be run again.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { startLocalAws, type LocalAws } from '../../../../local/aws/local-aws';
import { type LocalCluster } from '../../../../local/aws/local-cluster';
import { deployPlainProvider } from '../../scenarios/plain-provider';
import { deploy, failuresOf, resource } from '../../scenarios/whole-stacks';
import { root } from '../program';
import { ACCOUNT, QUEUE, runReplay, tellQueue } from './given';
import { type Queue, startQueue } from './queue';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const [FOO, BAR] = [`${ACCOUNT}:role/foo`, `${ACCOUNT}:role/bar`];

let clock: SkippingClock;
let aws: LocalAws;
let queue: Queue;
let cluster: LocalCluster;
let token: string;
/** Events that Lambda gave up on and could not put into the queue: CloudWatch counts them as DeadLetterErrors. */
let lost: number;

beforeEach(async () => {
  lost = 0;
  clock = new SkippingClock();
  queue = await startQueue(QUEUE);
  aws = await startLocalAws({
    clock,
    functionEnvironment: ({ answerBucket }) => ({ EKS_ACCESS_RESPONSE_HOSTS: answerBucket }),
    onFailure: ({ event }) => {
      try {
        queue.put(JSON.stringify(event));
      } catch {
        lost += 1;
      }
    },
  });
  cluster = await aws.controlPlane.createCluster({
    name: 'my-cluster',
    authenticationMode: 'API',
    awsAuth: null,
  });
  await deployPlainProvider(aws, { Groups: '*', UserNames: '*', EncryptionKeyArn: KEY, FollowMode: 'false' });
  token = aws.cloudformation.stack('provider')?.outputValues['ServiceToken'] ?? '';
  const fn = aws.lambda.function(token);
  if (fn) aws.lambda.register({ ...fn, timeoutSeconds: 60 });
  tellQueue(aws, token, QUEUE);
  await deploy({ aws }, 'before', { Mapping: resource(FOO) });
  await aws.lambda.idle();
});

afterEach(async () => {
  await aws.stop();
  await queue.server.stop();
});

function setKey(state: 'Enabled' | 'Disabled' | 'PendingDeletion'): void {
  aws.lambda.keys.set(KEY, state);
  queue.hasKey = state === 'Enabled';
}

/** Nobody does anything but wait, until it has settled. */
async function wait<T>(promise: Promise<T>): Promise<T> {
  let [isOver, wake] = [false, (): void => undefined];
  const over = promise.finally(() => {
    isOver = true;
    wake();
  });
  const time = clock.begin(() => wake());
  while (!isOver) {
    const woken = new Promise<void>((resolve) => (wake = resolve));
    time.waits(null, time.skip().wakes);
    await woken;
    // What fell due is done before time goes on.
    await new Promise(setImmediate);
  }
  time.end();
  return over;
}

async function invoke(): Promise<string> {
  const client = new LambdaClient({
    region: aws.region,
    endpoint: aws.endpoints.lambda,
    credentials: aws.iam.credentialsFor(`${ACCOUNT}:role/Operator`, 'jane@example.com'),
    maxAttempts: 1,
  });
  const answer = client.send(new InvokeCommand({ FunctionName: token, Payload: Buffer.from('{}') }));
  return answer.then(
    () => 'invoked',
    (error: Error) => error.name,
  );
}

const groupsOf = (arn: string): unknown => cluster.loginAs(arn)?.groups;

test('the key is enabled before an event is too old: the stack goes on by itself', async () => {
  setKey('Disabled');
  const stack = deploy({ aws }, 'app', { Mapping: resource(BAR) });
  for (let tries = 0; tries < 5; tries += 1)
    await wait(new Promise<void>((resolve) => void clock.after(30_000, resolve)));
  expect(aws.lambda.deliveries.at(-1)).toMatchObject({ settled: false, tries: [] });
  setKey('Enabled');
  expect((await wait(stack)).status).toBe('CREATE_COMPLETE');
  expect([lost, queue.ids(), groupsOf(BAR)]).toEqual([0, [], ['team-a']]);
});

test('the key stays disabled: stacks fail, nobody loses access, and what failed is run again', async () => {
  const [page = ''] =
    /## The key of the provider is disabled\n.*?(?=\n## )/s.exec(
      readFileSync(join(root, 'docs/runbook.md'), 'utf8'),
    ) ?? [];
  // First signs: no line in the log, a refusal to all who invoke the function.
  const lines = aws.lambda.logs().length;
  for (const [state, refusal] of [
    ['PendingDeletion', 'KMSInvalidStateException'],
    ['Disabled', 'KMSDisabledException'],
  ] as const) {
    setKey(state);
    expect(await invoke()).toBe(refusal);
    expect(page).toContain(`\`${refusal}\``);
  }
  const changed = deploy({ aws }, 'before', { Mapping: resource(FOO, { Groups: ['team-b'] }) });
  const created = deploy({ aws }, 'app', { Mapping: resource(BAR) });
  const [before, app] = [await wait(changed), await wait(created)];
  expect(aws.lambda.logs()).toHaveLength(lines);
  const silence = 'CloudFormation did not receive a response from your Custom Resource';
  expect(failuresOf(before)).toContain(silence);
  expect(failuresOf(app)).toContain(silence);
  expect([before.status, app.status]).toEqual(['UPDATE_ROLLBACK_FAILED', 'ROLLBACK_FAILED']);
  for (const status of [before.status, app.status]) expect(page).toContain(status);
  expect([groupsOf(FOO), groupsOf(BAR)]).toEqual([['team-a'], undefined]);
  // Create, Update and what rolls them back, none of which the queue could take.
  await wait(aws.lambda.idle());
  expect([lost, aws.lambda.failures.map(({ condition }) => condition)]).toEqual([
    4,
    Array.from({ length: 4 }, () => 'EventAgeExceeded'),
  ]);
  expect((await runReplay(aws, queue)).stderr).toMatch(/Cannot read the queue: KmsDisabled: .* is disabled/);

  setKey('Enabled');
  expect((await runReplay(aws, queue)).stdout).toContain(': no undelivered events.');
  expect((await aws.cloudformation.continueUpdateRollback('before')).status).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await aws.cloudformation.deleteStack({ name: 'app' })).status).toBe('DELETE_COMPLETE');
  expect((await deploy({ aws }, 'before', { Mapping: resource(FOO, { Groups: ['team-b'] }) })).status).toBe(
    'UPDATE_COMPLETE',
  );
  expect((await deploy({ aws }, 'app', { Mapping: resource(BAR) })).status).toBe('CREATE_COMPLETE');
  expect([groupsOf(FOO), groupsOf(BAR)]).toEqual([['team-b'], ['team-a']]);
});
