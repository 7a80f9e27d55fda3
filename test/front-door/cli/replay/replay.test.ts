/**
 * Events that were never answered, from the queue back to the function: a stack that waited is served, nothing is lost,
 * and nothing that could answer for a resource is shown.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import { SkippingClock } from '../../../../local/aws/lambda/skipping-clock';
import { startLocalAws, type LocalAws } from '../../../../local/aws/local-aws';
import { deployProvider } from '../../../../local/demo/provider';
import { deploy, resource } from '../../scenarios/whole-stacks';
import { type Ran, root } from '../program';
import { ACCOUNT, QUEUE, runReplay, tellQueue } from './given';
import { type Queue, startQueue } from './queue';

let aws: LocalAws;
let queue: Queue;
let functionArn: string;

beforeEach(async () => {
  aws = await startLocalAws({ clock: new SkippingClock(), retryDelays: [1, 1] });
  queue = await startQueue(QUEUE);
  ({ serviceToken: functionArn } = await deployProvider(aws));
  await aws.controlPlane.createCluster({
    name: 'my-cluster',
    authenticationMode: 'API',
    awsAuth: null,
  });
  tellQueue(aws, functionArn, QUEUE);
});

afterEach(async () => {
  await aws.stop();
  await queue.server.stop();
});

const replay = (line?: string): Promise<Ran> => runReplay(aws, queue, line);

/** As the runbook stops all changes: Lambda puts events straight into the queue. */
function stopChanges(isStopped: boolean): void {
  const { reservedConcurrency: _, ...fn } = aws.lambda.function(functionArn) ?? fail('no function');
  aws.lambda.register(isStopped ? { ...fn, reservedConcurrency: 0 } : fn);
}

function fail(why: string): never {
  throw new Error(why);
}

/** What Lambda gave up on, as Lambda puts it into the queue. */
function undelivered(): readonly string[] {
  return aws.lambda.failures.map(({ event, condition, awsRequestId }) =>
    queue.put(JSON.stringify(event), {
      RequestID: awsRequestId,
      ErrorCode: '429',
      ErrorMessage: condition,
    }),
  );
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const ROLE = `${ACCOUNT}:role/foo`;

async function withWaitingStack(): Promise<{
  readonly id: string;
  readonly stack: ReturnType<typeof deploy>;
}> {
  stopChanges(true);
  const stack = deploy({ aws }, 'app', { Mapping: resource(ROLE) });
  await aws.lambda.idle();
  const [id = fail('nothing was undelivered'), ...others] = undelivered();
  expect(others).toEqual([]);
  stopChanges(false);
  return { id, stack };
}

test('a stack that waits is served by the event that was not delivered', async () => {
  const { id, stack } = await withWaitingStack();
  const [, look, run] =
    /^1\. `eks-access (replay)`.*^3\. `eks-access (replay --approve)`/ms.exec(read('docs/runbook.md')) ?? [];
  expect([look, run]).toEqual(['replay', 'replay --approve']);
  const seen = await replay();
  expect(seen).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Next: eks-access replay --approve') as string,
  });
  expect(seen.stdout).toMatch(/eks-access-provider: 1 undelivered event, of which 1 can be run again\./);
  expect(seen.stdout).toMatch(/→ {2}Create +app +Mapping +\d+ s +ConcurrencyExhausted +can be run again/);
  // Looked at, and there for others at once.
  expect(queue.visible()).toEqual([id]);
  const ran = await replay('--approve');
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/✓ {2}Create +app +Mapping .*the function has taken it/);
  expect((await stack).status).toBe('CREATE_COMPLETE');
  expect(queue.ids()).toEqual([]);
  expect((await replay()).stdout).toBe('eks-access-provider: no undelivered events.\n');
});

test('no form of the output has the ResponseURL or its signature', async () => {
  const { id, stack } = await withWaitingStack();
  const [{ event }] = aws.lambda.failures as unknown as [
    { readonly event: { readonly ResponseURL: string } },
  ];
  queue.put('not JSON', { ErrorMessage: `could not PUT ${event.ResponseURL}` });
  const { search } = new URL(event.ResponseURL);
  const signatures = [...new URLSearchParams(search).values()].filter((value) => value.length > 20);
  expect(signatures.length).toBeGreaterThan(0);
  for (const line of ['', '--json', '--plain', '--approve', '--json']) {
    const { stdout, stderr } = await replay(line);
    for (const secret of [search, ...signatures]) expect(stdout + stderr).not.toContain(secret);
  }
  expect(queue.ids()).not.toContain(id);
  await stack;
});

test('--json is by the schema', async () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(read('cli/output.schema.json')) as object,
  );
  const { stack } = await withWaitingStack();
  queue.put('{');
  for (const line of ['--json', '--approve --json', '--approve --discard x --json']) {
    const { stdout } = await replay(line);
    expect(validate(JSON.parse(stdout)) ? [] : validate.errors).toEqual([]);
  }
  await stack;
});

test('each event once, and what is not known is left and named', async () => {
  const { stack } = await withWaitingStack();
  const [{ event }] = aws.lambda.failures as unknown as [{ readonly event: Record<string, unknown> }];
  // The record of an on-failure destination, around the same event.
  queue.put(JSON.stringify({ requestContext: { condition: 'RetriesExhausted' }, requestPayload: event }));
  const strange = queue.put(JSON.stringify({ hello: 'world' }));
  const foreign = queue.put(JSON.stringify({ ...event, ServiceToken: `${functionArn}-2` }));
  const ran = await replay('--approve');
  expect(ran.code).toBe(1);
  expect(ran.stdout).toContain(
    '4 undelivered events: 1 taken by the function, 1 deleted as a duplicate, 2 still in the queue.',
  );
  expect(ran.stdout).toMatch(
    new RegExp(`! {2}message ${strange} .*neither an event of CloudFormation nor one of the provider`),
  );
  expect(ran.stdout).toContain(`left: it is for another function, ${functionArn}-2`);
  expect(queue.visible()).toEqual([strange, foreign]);
  await stack;
  expect(aws.lambda.deliveries).toHaveLength(2);
  // Deleted only by name, and only with approval.
  expect(await replay(`--discard ${strange}`)).toMatchObject({ code: 2, stdout: '' });
  expect(await replay('--approve --discard nothing')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('The queue has no message "nothing"') as string,
  });
  expect(queue.visible()).toEqual([strange, foreign]);
  await replay(`--approve --discard ${strange}`);
  expect(queue.visible()).toEqual([foreign]);
});

test('an event that the function does not take stays, and so does its duplicate', async () => {
  const { id, stack } = await withWaitingStack();
  const [{ event }] = aws.lambda.failures as unknown as [{ readonly event: unknown }];
  const second = queue.put(JSON.stringify(event));
  aws.controlPlane.setAuthorize((_, action) => action !== 'lambda:InvokeFunction');
  const refused = await replay('--approve');
  expect(refused.code).toBe(2);
  expect(refused.stdout).toContain(
    `still in the queue: you may not: ask for lambda:InvokeFunction on ${functionArn}`,
  );
  expect(refused.stdout).toContain(`the same event as message ${id}, which was not run`);
  expect(queue.visible()).toEqual([id, second]);
  aws.controlPlane.setAuthorize(() => true);
  expect((await replay('--approve')).code).toBe(0);
  expect((await stack).status).toBe('CREATE_COMPLETE');
});

test('an event whose ResponseURL has expired is left: CloudFormation could not be answered', async () => {
  stopChanges(false);
  const key = {
    stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/old/1',
    logicalResourceId: 'M',
    requestId: 'r',
  };
  const id = queue.put(
    JSON.stringify({
      RequestType: 'Delete',
      ResponseURL: aws.answerBucket.presign(key, undefined, 3 * 3_600_000),
      StackId: key.stackId,
      RequestId: 'r',
      LogicalResourceId: 'M',
      PhysicalResourceId: 'x',
    }),
  );
  const { code, stdout } = await replay('--approve');
  expect(stdout).toMatch(/! {2}Delete +old +M +3 h +left: CloudFormation takes no answer to it any more/);
  expect([code, queue.visible()]).toEqual([1, [id]]);
});

test('a run of the schedule is run again like an event', async () => {
  queue.put(JSON.stringify({ kind: 'cfn-eks-access/scheduled-run', everyMinutes: 15 }));
  expect((await replay('--approve')).code).toBe(0);
  await aws.lambda.idle();
  expect(aws.lambda.deliveries.map(({ tries }) => tries.map(({ status }) => status))).toEqual([['success']]);
  expect(queue.ids()).toEqual([]);
});

test.each([
  ['--function nothing', 'Cannot look at function nothing: '],
  ['--function arn:aws:iam::1:role/x', 'it is the name or the ARN of a function'],
  ['--cluster prod', '--cluster is for what looks at a cluster, not for replay'],
  ['--profile nobody', 'no valid AWS credentials'],
])('%s says what is missing', async (line, words) => {
  aws.lambdaApi.injectFault({
    match: ({ path }) => path.includes('/functions/nothing/'),
    respond: { status: 404, headers: { 'x-amzn-errortype': 'ResourceNotFoundException' }, body: '{}' },
  });
  const { code, stderr } = await replay(line);
  expect(stderr).toContain(words);
  expect(code).toBe(2);
});
