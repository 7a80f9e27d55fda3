/** The bytes of an answer on the wire, and what becomes of a Create whose answers never arrive. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ENVIRONMENT } from '../../../access/contract';
import { type AuthenticationMode } from '../../../access/desired-access';
import { EKS_OPERATIONS, type EksOperation } from '../../support/eks-operations';
import { done, stateOf } from './attacks/cast';
import { givenWorld, ROLE, roleEntry, type World } from './world';

let world: World;
afterEach(() => world.stop());

const isPut = ({ method }: { readonly method: string }): boolean => method === 'PUT';
const modes: readonly AuthenticationMode[] = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

test('one PUT of the signed URL, byte for byte, with an empty content type and the length in bytes (CR-2)', async () => {
  const received: Buffer[] = [];
  const host = createServer((socket) => {
    socket.on('data', (bytes) => {
      received.push(bytes);
      if (/\}$/.test(bytes.toString())) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
    socket.on('error', () => undefined);
  });
  await once(host.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  const path =
    '/arn%3Aaws%3Acloudformation%3A%2F%7Cx|a+b%20%c3%bc/..%2f?Signature=a%2Fb%2b+%3D&X-Amz-Date=x&empty=';
  world = await givenWorld({ environment: { [ENVIRONMENT.responseHosts]: origin } });
  const tamper = (event: Record<string, unknown>): void => void (event['ResponseURL'] = origin + path);
  const UserName = 'Zoë-\u{1F600}';
  await world.invoke({ type: 'Create', properties: { ...roleEntry, UserName }, tamper });
  host.close();
  const [head = '', ...bodies] = Buffer.concat(received).toString().split('\r\n\r\n');
  expect(bodies).toHaveLength(1);
  const [requestLine, ...lines] = head.split('\r\n');
  expect(requestLine).toBe(`PUT ${path} HTTP/1.1`);
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  expect(headers).toEqual({
    'content-type': '',
    'content-length': String(Buffer.byteLength(bodies[0] ?? '')),
    host: origin.replace('http://', ''),
    connection: expect.any(String) as string,
  });
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ Status: 'SUCCESS', Data: { UserName } });
});

describe.each(modes)('a Create that wrote everything and could not answer, mode %s', (mode) => {
  const requestId = '11111111-2222-3333-4444-555555555555';
  const create = { type: 'Create' as const, properties: roleEntry, requestId };

  test('is answered by a later try of Lambda, once, and has written once (CR-1, CR-7, CR-24)', async () => {
    world = await givenWorld({ mode, timeoutSeconds: 20 });
    const before = stateOf(world.cluster);
    world.aws.answerBucket.injectFault({ match: isPut, times: 4, respond: { status: 403 } });
    const tries = [await world.invoke(create), await world.invoke(create)];
    expect(tries.map(({ status }) => status)).toEqual(['error', 'error']);
    const written = stateOf(world.cluster);
    const answer = done(await world.send(create));
    expect(stateOf(world.cluster)).toEqual(written);
    expect(world.cluster.loginAs(ROLE)).toMatchObject({ username: 'lambdafoo' });
    expect(world.aws.answerBucket.accepted).toHaveLength(1);
    done(await world.send({ ...create, type: 'Delete', physicalId: answer.PhysicalResourceId }));
    expect(stateOf(world.cluster)).toEqual(before);
  });

  test('is taken back by the Delete after a later try that gets nowhere (CR-13, CR-14)', async () => {
    world = await givenWorld({ mode, timeoutSeconds: 4 });
    const before = stateOf(world.cluster);
    world.aws.answerBucket.injectFault({ match: isPut, times: 2, respond: { status: 403 } });
    expect(await world.invoke(create)).toMatchObject({ status: 'error' });
    expect(world.cluster.loginAs(ROLE)).toMatchObject({ username: 'lambdafoo' });

    let isDown = true;
    world.aws.controlPlane.eks.injectFault({
      match: ({ method, path }) => isDown && EKS_OPERATIONS.DescribeCluster.test(`${method} ${path}`),
      times: 1_000,
      respond: { status: 500 },
    });
    const answer = await world.send({ ...create, age: 62 });
    expect(answer).toMatchObject({ Status: 'FAILED', PhysicalResourceId: `create-unknown|${requestId}` });
    isDown = false;

    world.resourceStatus = 'DELETE_IN_PROGRESS';
    world.liveId = answer.PhysicalResourceId;
    done(await world.send({ type: 'Delete', properties: roleEntry, physicalId: world.liveId }));
    expect(stateOf(world.cluster)).toEqual(before);
  });

  test('is taken back by the Delete with the id that CloudFormation makes up, and its last try changes nothing (CR-14, CR-28)', async () => {
    world = await givenWorld({ mode, timeoutSeconds: 20 });
    const before = stateOf(world.cluster);
    world.aws.answerBucket.injectFault({ match: isPut, times: 2, respond: { status: 403 } });
    expect(await world.invoke(create)).toMatchObject({ status: 'error' });
    expect(world.cluster.loginAs(ROLE)).toMatchObject({ username: 'lambdafoo' });

    world.resourceStatus = 'DELETE_IN_PROGRESS';
    world.liveId = 'app-LambdaKubeUser-1QKYQBE3T0DVN';
    const remove = { type: 'Delete' as const, properties: roleEntry, physicalId: world.liveId };
    done(await world.send(remove));
    expect(stateOf(world.cluster)).toEqual(before);

    for (const status of ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE', undefined]) {
      world.resourceStatus = status;
      expect(await world.send({ ...create, age: 180 })).toMatchObject({ Status: 'FAILED' });
      expect(stateOf(world.cluster)).toEqual(before);
    }
  });
});

test.each<EksOperation>([
  'DescribeCluster',
  'DescribeAccessEntry',
  'CreateAccessEntry',
  'AssociateAccessPolicy',
])(
  '%s comes back after the guard has answered: nothing more is asked for that event (CR-4, CR-29)',
  async (operation) => {
    world = await givenWorld({ mode: 'API', timeoutSeconds: 2 });
    const { eks } = world.aws.controlPlane;
    let answerIt: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answerIt = resolve));
    eks.injectFault({
      match: ({ method, path }) => EKS_OPERATIONS[operation].test(`${method} ${path}`),
      before: () => held,
    });
    const AccessPolicies = [{ PolicyArn: 'AmazonEKSViewPolicy', AccessScope: { Type: 'cluster' } }];
    const properties = { ...roleEntry, AccessPolicies };
    const answer = await world.send({ type: 'Create', logicalId: 'First', properties });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/ran out/) as string });
    const asked = eks.requests.length;
    answerIt();
    // The container goes on where it was frozen, if there is anything to go on with.
    const RoleArn = `${ROLE}-2`;
    done(await world.send({ type: 'Create', logicalId: 'Second', properties: { ...roleEntry, RoleArn } }));
    const agents = eks.requests.slice(asked).map(({ headers }) => headers['user-agent'] ?? '');
    expect(agents.length).toBeGreaterThan(0);
    expect(agents.filter((agent) => !agent.endsWith('md/resource#Second'))).toEqual([]);
  },
);

/** What the environment of the function may hold, and what stack authors then read. */
const BROKEN: readonly [string, Readonly<Record<string, string>>][] = [
  ['guardrails that are no JSON', { [ENVIRONMENT.guardrails]: '{' }],
  ['guardrails of an unknown key', { [ENVIRONMENT.guardrails]: '{"nonsense":1}' }],
  ['cluster roles that are no JSON', { [ENVIRONMENT.clusterRoles]: '[' }],
  ['a role that is no ARN', { [ENVIRONMENT.roleArn]: 'no ARN' }],
  ['an endpoint that is no URL', { AWS_ENDPOINT_URL_EKS: 'nowhere' }],
  ['an endpoint of a scheme that nobody speaks', { AWS_ENDPOINT_URL_EKS: 'ftp://127.0.0.1' }],
  ['a configuration of the SDK that is a folder', { AWS_CONFIG_FILE: '/' }],
  ['a time zone that is none', { TZ: 'Nowhere/Nothing' }],
];

test.each(BROKEN)('%s: the event is answered, and its Delete is served (CR-8)', async (_, environment) => {
  world = await givenWorld({ timeoutSeconds: 4, environment });
  const before = stateOf(world.cluster);
  const created = await world.send({ type: 'Create', properties: roleEntry });
  const physicalId = created.PhysicalResourceId;
  const deleted = await world.send({ type: 'Delete', properties: roleEntry, physicalId });
  if (created.Status === 'FAILED') expect(created.Reason).toMatch(/^[A-Z]\w+: \S/);
  expect(deleted.Status).toBe('SUCCESS');
  expect(stateOf(world.cluster)).toEqual(before);
});
