/**
 * Many events at the same time in one process, as Lambda's Managed Instances run up to 64: each has its own answer, log,
 * user agent and deadline (CR-32).
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances.html
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ENVIRONMENT, PROVIDER_GROUP } from '../../../access/contract';
import { type FunctionContext } from '../../../lambda/wiring';
import { type Answer, eventOf, givenWorld, NODES, PROVIDER, type Sent, type World } from '../scenarios/world';

const bundle = join(__dirname, '../../../dist/lambda/index.js');
type Handler = (event: unknown, context: FunctionContext) => Promise<void>;

const AT_ONCE = 64;
const before = { ...process.env };
const written: string[] = [];
let world: World;
let handler: Handler;

beforeAll(async () => {
  world = await givenWorld({ awsAuth: { mapRoles: NODES + PROVIDER } });
  const { aws, providerArn, stackApi } = world;
  const entries = await aws.controlPlane.createCluster({ name: 'entries', authenticationMode: 'API' });
  entries.putAccessEntry({ principalArn: providerArn, kubernetesGroups: [PROVIDER_GROUP] });
  const silent = await aws.controlPlane.createCluster({ name: 'silent', authenticationMode: 'CONFIG_MAP' });
  silent.kubernetes.injectFault({ match: () => true, times: Infinity, action: 'stall' });
  const { accessKeyId, secretAccessKey, sessionToken } = aws.iam.credentialsFor(providerArn, 'provider');
  process.env = {
    ...before,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_ENDPOINT_URL_EKS: aws.endpoints.eks,
    AWS_ENDPOINT_URL_CLOUDFORMATION: stackApi.url,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    [ENVIRONMENT.responseHosts]: aws.answerBucket.url,
    [ENVIRONMENT.roleArn]: providerArn,
    [ENVIRONMENT.guardrails]: '{}',
  };
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean(written.push(String(text))));
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the bundle is CommonJS, as Lambda loads it
  ({ handler } = require(bundle) as { readonly handler: Handler });
});
afterAll(async () => {
  jest.restoreAllMocks();
  process.env = before;
  await world.stop();
});

interface Served {
  readonly requestId: string;
  readonly logicalId: string;
  readonly answer: Answer | undefined;
}

/** Seconds that Lambda gives to the invocation. */
async function serve(sent: Sent & { readonly logicalId: string }, seconds: number): Promise<Served> {
  const { aws, serviceToken } = world;
  const requestId = randomUUID();
  const ends = Date.now() + seconds * 1_000;
  await handler(eventOf(aws, serviceToken, { ...sent, requestId }), {
    awsRequestId: `lambda-${requestId}`,
    invokedFunctionArn: serviceToken,
    logGroupName: 'group',
    logStreamName: 'stream',
    getRemainingTimeInMillis: () => ends - Date.now(),
  });
  const answers = aws.answerBucket.accepted.filter((answer) => answer.requestId === requestId);
  expect(answers).toHaveLength(1);
  return { requestId, logicalId: sent.logicalId, answer: answers[0]?.document as Answer };
}

type Kind = 'aws-auth' | 'entry' | 'wrong' | 'silent';
/** In turn: mappings in either place, a template that is wrong, a cluster that never answers. */
const kinds: readonly Kind[] = [
  'aws-auth',
  'entry',
  'aws-auth',
  'entry',
  'wrong',
  'aws-auth',
  'silent',
  'entry',
];
const CLUSTER = { 'aws-auth': 'my-cluster', entry: 'entries', wrong: 'my-cluster', silent: 'silent' };

const resources = Array.from({ length: AT_ONCE }, (_, index) => {
  const kind = kinds[index % kinds.length] ?? 'wrong';
  const RoleArn = `arn:aws:iam::111122223333:role/many-${index}`;
  const properties = {
    Cluster: CLUSTER[kind],
    RoleArn,
    UserName: `user-${index}`,
    Groups: [`team-${index}`],
    ...(kind === 'wrong' ? { Grups: 'x' } : {}),
  };
  return { kind, logicalId: `Entry${index}`, stack: `stack-${index}`, RoleArn, properties };
});

const isMapped = ({ kind }: { readonly kind: Kind }): boolean => kind === 'aws-auth' || kind === 'entry';

test('64 Creates and 64 Deletes at once: each has its own answer, log and deadline', async () => {
  for (const { RoleArn } of resources) world.aws.iam.addPrincipal(RoleArn);
  const of = (name: string) => world.aws.controlPlane.cluster(name);
  const entriesBefore = of('entries').accessEntries();
  const created = await Promise.all(
    resources.map(({ kind, logicalId, stack, properties }) =>
      serve({ type: 'Create', logicalId, stack, properties }, kind === 'silent' ? 3 : 300),
    ),
  );
  for (const [index, { kind, RoleArn }] of resources.entries()) {
    const answer = created[index]?.answer;
    const reason = { wrong: /unknown property "Grups"/, silent: /ran out before the work was done/ };
    if (kind === 'wrong' || kind === 'silent') expect(answer?.Reason).toMatch(reason[kind]);
    else {
      expect(answer).toMatchObject({
        Status: 'SUCCESS',
        PhysicalResourceId: `role|${CLUSTER[kind]}|${RoleArn}`,
        Data: { UserName: `user-${index}`, Groups: `team-${index}` },
      });
      const login = of(CLUSTER[kind]).loginAs(RoleArn);
      expect(login).toMatchObject({ username: `user-${index}` });
      expect(login?.groups).toContain(`team-${index}`);
    }
  }
  expectOwnLogs(created);
  expectOwnUserAgents();

  const deleted = await Promise.all(
    resources.map(({ logicalId, stack, properties }, index) => {
      const physicalId = created[index]?.answer?.PhysicalResourceId ?? '';
      return serve({ type: 'Delete', logicalId, stack, properties, physicalId }, 300);
    }),
  );
  expect(deleted.map(({ answer }) => answer?.Status)).toEqual(resources.map(() => 'SUCCESS'));
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
  expect(of('entries').accessEntries()).toEqual(entriesBefore);
}, 120_000);

/** Every line about a request names its own resource, its own invocation, and nobody else's mapping. */
function expectOwnLogs(served: readonly Served[]): void {
  const lines = written
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const { requestId, logicalId } of served) {
    const own = lines.filter((line) => line['requestId'] === requestId);
    expect(own.length).toBeGreaterThan(1);
    for (const line of own) {
      expect(line).toMatchObject({
        logicalResourceId: logicalId,
        function_request_id: `lambda-${requestId}`,
      });
      const others = JSON.stringify(line).match(/\b(?:role\/many|user|team|stack)-\d+\b/g) ?? [];
      expect(new Set(others.map((name) => `Entry${name.replace(/\D+/, '')}`))).toEqual(
        others.length === 0 ? new Set() : new Set([logicalId]),
      );
    }
  }
  expect(lines.every(({ requestId }) => served.some((one) => one.requestId === requestId))).toBe(true);
}

/** Of the calls that name a principal: the user agent is that of the resource which maps it. */
function expectOwnUserAgents(): void {
  const calls = world.aws.controlPlane.eks.requests.filter(({ url, body }) =>
    /many-\d+/.test(decodeURIComponent(url) + body.toString()),
  );
  expect(calls.length).toBeGreaterThan(2 * resources.filter(({ kind }) => kind === 'entry').length - 1);
  for (const { url, body, headers } of calls) {
    const [, index] = /many-(\d+)/.exec(decodeURIComponent(url) + body.toString()) ?? [];
    expect(headers['user-agent']).toMatch(new RegExp(`md/stack#stack-${index} md/resource#Entry${index}$`));
  }
  const asked = world.stackApi.requests.map(({ headers, body }) => [
    new URLSearchParams(body.toString()).get('LogicalResourceId'),
    /md\/resource#(\S+)$/.exec(headers['user-agent'] ?? '')?.[1],
  ]);
  expect(asked.length).toBe(resources.filter(isMapped).length);
  for (const [named, agent] of asked) expect(agent).toBe(named);
}
