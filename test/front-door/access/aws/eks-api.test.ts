/** The seam to the SDK's client: where a call goes, what it carries, how it ends, and what is thrown. */
import { openEksApi, type EksApi } from '../../../../access/aws/eks-api';
import { isEksFailure, translateEksError } from '../../../../access/aws/eks-refusal';
import { type AwsConnection } from '../../../../access/aws/sdk-client';
import { userAgentOf } from '../../../../access/aws/user-agent';
import { ProviderError } from '../../../../access/errors';
import { startControlPlane, type ControlPlane } from '../../../../local/aws/control-plane';
import { startLoopbackServer, type LocalResponse } from '../../../../local/aws/server/loopback-server';

const clusterName = 'prod';

let plane: ControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
  await plane.createCluster({ name: clusterName, authenticationMode: 'API' });
});
afterAll(() => plane.stop());

/** Credentials of its own, and so a client of its own, which takes the endpoint from the environment as it is now. */
function open(endpoint: string, overrides: Partial<AwsConnection> = {}): EksApi {
  process.env['AWS_ENDPOINT_URL_EKS'] = endpoint;
  const credentials = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
  return openEksApi({
    region: 'us-east-1',
    credentials: async () => credentials,
    userAgent: userAgentOf(),
    signal: new AbortController().signal,
    ...overrides,
  });
}

const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

test('an operation goes to AWS_ENDPOINT_URL_EKS, signed, and its output has dates', async () => {
  const known = 'arn:aws:iam::111122223333:role/team/dev+x@y';
  const entry = plane.cluster(clusterName).putAccessEntry({ principalArn: known });
  const api = open(plane.eks.url);
  const { accessEntry } = await api.call('DescribeAccessEntry', { clusterName, principalArn: known });
  expect(accessEntry).toMatchObject({ principalArn: known, accessEntryArn: entry.accessEntryArn });
  expect(accessEntry?.createdAt).toBeInstanceOf(Date);
  expect(plane.eks.requests.at(-1)).toMatchObject({
    method: 'GET',
    path: `/clusters/prod/access-entries/${encodeURIComponent(known)}`,
  });
});

test('calls through several connections share one socket of the process', async () => {
  const before = plane.eks.connections();
  const credentials = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
  const provider = async (): Promise<typeof credentials> => credentials;
  for (const logicalId of ['One', 'Two', 'Three']) {
    const userAgent = userAgentOf({ stackId: 'arn:aws:cloudformation:r:a:stack/app/id', logicalId });
    await open(plane.eks.url, { credentials: provider, userAgent }).call('DescribeCluster', {
      name: clusterName,
    });
    expect(plane.eks.requests.at(-1)?.headers['user-agent']).toContain(`md/resource#${logicalId}`);
  }
  expect(plane.eks.connections() - before).toBe(1);
});

test('calls of one operation at the same time keep their own user agent and signal', async () => {
  const credentials = plane.iam.credentialsFor(plane.iam.roleArn('provider'));
  const provider = async (): Promise<typeof credentials> => credentials;
  const reason = new ProviderError('NotStabilized', 'the time ran out');
  const aborts = new Map(['One', 'Two', 'Three'].map((logicalId) => [logicalId, new AbortController()]));
  const before = plane.eks.requests.length;
  plane.eks.injectFault({
    match: ({ headers }) => {
      const isTwo = String(headers['user-agent']).includes('md/resource#Two');
      if (isTwo) aborts.get('Two')?.abort(reason);
      return isTwo;
    },
    action: 'stall',
  });
  const calls = [...aborts].map(([logicalId, { signal }]) => {
    const userAgent = userAgentOf({ stackId: 'arn:aws:cloudformation:r:a:stack/app/id', logicalId });
    const api = open(plane.eks.url, { credentials: provider, userAgent, signal });
    return api.call('DescribeCluster', { name: clusterName });
  });
  expect(await Promise.allSettled(calls)).toMatchObject([
    { status: 'fulfilled', value: { cluster: { name: clusterName } } },
    { status: 'rejected', reason },
    { status: 'fulfilled', value: { cluster: { name: clusterName } } },
  ]);
  const agents = plane.eks.requests.slice(before).map(({ headers }) => String(headers['user-agent']));
  expect(agents.map((agent) => /md\/resource#(\w+)$/.exec(agent)?.[1]).sort()).toEqual([
    'One',
    'Three',
    'Two',
  ]);
});

test('a path goes out as the SDK wrote it, dots and all', async () => {
  await thrownBy(open(plane.eks.url).call('DescribeAccessEntry', { clusterName, principalArn: '..' }));
  expect(plane.eks.requests.at(-1)).toMatchObject({ path: '/clusters/prod/access-entries/..' });
});

test('an empty label never goes out (GT-68)', async () => {
  const before = plane.eks.requests.length;
  await expect(
    open(plane.eks.url).call('DeleteAccessEntry', { clusterName, principalArn: '' }),
  ).rejects.toThrow('needs principalArn');
  expect(plane.eks.requests.length).toBe(before);
});

test('an abort ends a call under way, with the signal’s own reason', async () => {
  const abort = new AbortController();
  const reason = new ProviderError('NotStabilized', 'the time ran out');
  plane.eks.injectFault({
    match: () => {
      abort.abort(reason);
      return true;
    },
    action: 'stall',
  });
  const call = open(plane.eks.url, { signal: abort.signal }).call('DescribeCluster', { name: clusterName });
  expect(await thrownBy(call)).toBe(reason);
});

test('an abort before a call lets nothing go out', async () => {
  const before = plane.eks.requests.length;
  const reason = new ProviderError('NotStabilized', 'the time ran out');
  const call = open(plane.eks.url, { signal: AbortSignal.abort(reason) }).call('DescribeCluster', {
    name: clusterName,
  });
  expect(await thrownBy(call)).toBe(reason);
  expect(plane.eks.requests.length).toBe(before);
});

test('a silent endpoint is given ten seconds', async () => {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
  try {
    const arrived = new Promise<void>((resolve) =>
      plane.eks.injectFault({
        match: () => {
          resolve();
          return true;
        },
        action: 'stall',
      }),
    );
    const call = thrownBy(open(plane.eks.url).call('DescribeCluster', { name: clusterName }));
    let isOver = false;
    void call.then(() => (isOver = true));
    await arrived;
    await jest.advanceTimersByTimeAsync(9_900);
    expect(isOver).toBe(false);
    await jest.advanceTimersByTimeAsync(200);
    const error = await call;
    expect(error).toMatchObject({ message: `no answer from ${new URL(plane.eks.url).host} (ETIMEDOUT)` });
    expect(isEksFailure(error)).toBe(true);
  } finally {
    jest.useRealTimers();
  }
});

describe('one try, and an error that says what happened', () => {
  const html: LocalResponse = { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' };
  test.each<[string, LocalResponse | 'reset' | 'reset-after', string, string]>([
    ['a cut connection', 'reset', 'ServiceUnavailable', 'no answer from 127.0.0.1'],
    ['an answer that was lost', 'reset-after', 'ServiceUnavailable', 'ECONNRESET'],
    ['a proxy’s page', html, 'ServiceUnavailable', 'HTTP 502'],
    ['half a document', { status: 200, body: '{"cluster": {' }, 'ServiceUnavailable', 'HTTP 200'],
    ['a proxy that refuses', { ...html, status: 403 }, 'AccessDenied', 'HTTP 403'],
    ['throttling', { status: 429, body: '{}' }, 'Throttling', 'throttles'],
    [
      'an error that the model does not know (GT-67)',
      { status: 400, headers: { 'x-amzn-errortype': 'NewException' }, body: '{"message":"no, thanks"}' },
      'InvalidRequest',
      'no, thanks',
    ],
  ])('%s', async (_, fault, code, says) => {
    const name = 'prod';
    const before = plane.eks.requests.length;
    const match = (): boolean => true;
    plane.eks.injectFault(typeof fault === 'string' ? { match, action: fault } : { match, respond: fault });
    const error = await thrownBy(open(plane.eks.url).call('DescribeCluster', { name }));
    expect(plane.eks.requests.length - before).toBe(1);
    if (!isEksFailure(error)) throw error;
    const translated = translateEksError(error, { operation: 'DescribeCluster', cluster: name }).error;
    // A read changes nothing, whatever became of its answer.
    expect(translated).toMatchObject({ code, mayHaveActed: false });
    expect(translated.message).toContain(says);
  });

  test('an answer that breaks off is none', async () => {
    const broken = await startLoopbackServer({
      handle: () => ({ status: 200, headers: { 'content-length': '100' }, body: '{' }),
    });
    const call = thrownBy(open(broken.url).call('DescribeCluster', { name: clusterName }));
    while (broken.requests.length === 0) await new Promise(setImmediate);
    await new Promise(setImmediate);
    await broken.stop();
    const error = await call;
    expect(error).toMatchObject({ name: 'ConnectionError' });
  });

  test('no server listens', async () => {
    const gone = await startLoopbackServer({ handle: () => ({ status: 200 }) });
    await gone.stop();
    const error = await thrownBy(open(gone.url).call('DescribeCluster', { name: clusterName }));
    expect(error).toMatchObject({ message: `no answer from 127.0.0.1:${gone.port} (ECONNREFUSED)` });
  });
});

test('credentials that are missing are no failure of the service', async () => {
  const missing = new ProviderError('InternalFailure', 'no credentials');
  const credentials = (): Promise<never> => Promise.reject(missing);
  const error = await thrownBy(open(plane.eks.url, { credentials }).call('DescribeCluster', { name: 'x' }));
  expect(error).toBe(missing);
  expect(isEksFailure(error)).toBe(false);
});

test('a fault of the program is no failure of the service', async () => {
  const fault = new TypeError('undefined is not a function');
  const credentials = (): Promise<never> => Promise.reject(fault);
  const error = await thrownBy(open(plane.eks.url, { credentials }).call('DescribeCluster', { name: 'x' }));
  expect(error).toBe(fault);
  expect(isEksFailure(error)).toBe(false);
});
