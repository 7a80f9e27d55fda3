/** Answers of EKS and Kubernetes that nobody expects: one answer of ours in time, nothing leaked, no token sent elsewhere (CR-6). */
import { type Fault } from '../../../../local/aws/server/loopback-server';
import { FOO, mapped } from './cast';
import { givenWorld, NODES, PROVIDER, type World } from '../world';

const properties = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'x', Groups: ['a'] };
const json = { 'content-type': 'application/json' };
const status = (code: number, document: unknown): Fault => ({
  match: () => true,
  times: 99,
  respond: { status: code, headers: json, body: JSON.stringify(document) },
});
const page = (code: number, body: string, headers: Readonly<Record<string, string>> = {}): Fault => ({
  match: () => true,
  times: 99,
  respond: { status: code, headers: { 'content-type': 'text/html', ...headers }, body },
});
const once = (fault: Fault): Fault => ({ ...fault, times: 1 });
const kubernetesStatus = (code: number, reason: string, more: object = {}): Fault =>
  status(code, { kind: 'Status', reason, ...more });
const CLUSTER = 'arn:aws:eks:us-east-1:111122223333:cluster/my-cluster';
const FORGED = '\u001b[31mred\u0000\n\r{"level":"INFO","message":"forged"}';

interface Hostile {
  readonly about: string;
  readonly of: 'eks' | 'kubernetes';
  readonly fault: Fault;
  /** Default FAILED. `either`: one answer is what counts, a broken answer may be tried again or not. */
  readonly outcome?: 'SUCCESS' | 'either';
}

const hostile: readonly Hostile[] = [
  { about: 'a page instead of a ConfigMap', of: 'kubernetes', fault: page(200, '<html>k8s-aws-v1.x</html>') },
  { about: 'a text instead of a ConfigMap', of: 'kubernetes', fault: status(200, 'x') },
  { about: 'null instead of a ConfigMap', of: 'kubernetes', fault: status(200, null) },
  { about: 'a ConfigMap without metadata', of: 'kubernetes', fault: status(200, { data: {} }) },
  {
    about: 'a section that is a number',
    of: 'kubernetes',
    fault: status(200, { metadata: {}, data: { mapRoles: 7 } }),
  },
  {
    about: 'an annotation that is a number',
    of: 'kubernetes',
    fault: status(200, { metadata: { annotations: { 'cfn-eks-access/owners': 7 } }, data: {} }),
  },
  {
    about: 'a redirect',
    of: 'kubernetes',
    fault: page(302, '', { location: 'http://169.254.169.254/' }),
  },
  { about: 'Unauthorized for good', of: 'kubernetes', fault: kubernetesStatus(401, 'Unauthorized') },
  { about: 'a long page with 403', of: 'kubernetes', fault: page(403, `<b>${'x'.repeat(100_000)}`) },
  {
    about: 'a pause of hours',
    of: 'kubernetes',
    fault: page(429, '', { 'retry-after': '9999' }),
  },
  {
    about: 'a pause of less than nothing',
    of: 'kubernetes',
    fault: once(page(429, '', { 'retry-after': '-5' })),
    outcome: 'SUCCESS',
  },
  {
    about: 'a pause that is no number',
    of: 'kubernetes',
    fault: once(kubernetesStatus(429, 'TooManyRequests', { details: { retryAfterSeconds: 'x' } })),
    outcome: 'SUCCESS',
  },
  {
    about: 'a Status without details',
    of: 'kubernetes',
    fault: once(kubernetesStatus(429, 'TooManyRequests', { message: { a: 1 }, details: null })),
    outcome: 'either',
  },
  {
    about: 'a Status that is null',
    of: 'kubernetes',
    fault: once(status(500, null)),
    outcome: 'either',
  },
  {
    about: 'a message with control characters',
    of: 'kubernetes',
    fault: kubernetesStatus(422, 'Invalid', { message: FORGED + 'y'.repeat(9_000) }),
  },
  {
    about: 'a body of 8 MB',
    of: 'kubernetes',
    fault: status(200, { metadata: {}, data: { mapRoles: 'x'.repeat(8_000_000) } }),
  },
  {
    about: 'a connection that is cut',
    of: 'kubernetes',
    fault: { match: () => true, action: 'reset' },
    outcome: 'SUCCESS',
  },
  {
    about: 'a PUT whose answer is lost',
    of: 'kubernetes',
    fault: { match: ({ method }) => method === 'PUT', action: 'reset-after' },
    outcome: 'SUCCESS',
  },
  { about: 'a page instead of a cluster', of: 'eks', fault: page(200, '<html>') },
  { about: 'null instead of a cluster', of: 'eks', fault: status(200, null) },
  {
    about: 'a cluster without ARN and endpoint',
    of: 'eks',
    fault: status(200, { cluster: { status: 'ACTIVE' } }),
  },
];

let world: World;
afterEach(() => world.stop());

test.each(hostile)('$about', async ({ of, fault, outcome = 'FAILED' }) => {
  world = await givenWorld({ guardrails: {}, timeoutSeconds: outcome === 'SUCCESS' ? 10 : 2 });
  const server = of === 'eks' ? world.aws.controlPlane.eks : world.cluster.kubernetes;
  server.injectFault(fault);
  const answer = await world.send({ type: 'Create', properties });
  if (outcome !== 'either') expect(answer.Status).toBe(outcome);
  const { Reason = '' } = answer;
  expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(4_096);
  // eslint-disable-next-line no-control-regex -- they are what must not be there
  expect(Reason).not.toMatch(/[\u0000-\u001f]|k8s-aws-v1/);
  const lines = world
    .log()
    .split('\n')
    .filter((line) => line !== '');
  for (const line of lines) expect(JSON.parse(line)).not.toMatchObject({ message: 'forged' });
  expect(world.section('mapRoles')?.startsWith(NODES + PROVIDER)).toBe(true);
  expect(world.cluster.loginAs(FOO)?.username).toBe(answer.Status === 'SUCCESS' ? 'x' : undefined);
});

test.each(['http', 'https'])(
  'a cluster whose endpoint is another server (%s) never gets the token',
  async (scheme) => {
    world = await givenWorld({ guardrails: {}, timeoutSeconds: 2 });
    const evil = world.aws.answerBucket.server;
    const endpoint = evil.url.replace('http', scheme);
    const certificateAuthority = { data: Buffer.from(world.cluster.certificateAuthority).toString('base64') };
    const cluster = { name: 'my-cluster', arn: CLUSTER, status: 'ACTIVE', endpoint, certificateAuthority };
    world.aws.controlPlane.eks.injectFault(status(200, { cluster }));
    const answer = await world.send({ type: 'Create', properties });
    expect(answer.Status).toBe('FAILED');
    for (const { headers } of evil.requests) expect(headers).not.toHaveProperty('authorization');
    expect(evil.requests.filter(({ method }) => method !== 'PUT')).toEqual([]);
  },
);

test('a section named __proto__ is a section like another, and stays', async () => {
  world = await givenWorld({ guardrails: {} });
  const data = JSON.parse(
    JSON.stringify({ mapRoles: NODES + PROVIDER }).replace('{', '{"__proto__":"kept",'),
  ) as Record<string, string>;
  world.cluster.writeConfigMap((current) => ({ ...current, data }));
  const answer = await world.send({ type: 'Create', properties });
  expect(answer).toMatchObject({ Status: 'SUCCESS' });
  expect(Object.entries(world.cluster.configMap()?.data ?? {})).toContainEqual(['__proto__', 'kept']);
  expect(world.section('mapRoles')).not.toContain(mapped(FOO, 'x'));
});
