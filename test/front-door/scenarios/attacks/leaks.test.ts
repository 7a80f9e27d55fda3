/** No secret leaves the function by its log, its Reasons or its answers, and nobody forges a line of the log (CR-43). */
import { FOO } from './cast';
import { givenWorld, type World } from '../world';

const properties = { Cluster: 'my-cluster', RoleArn: FOO, UserName: 'x', Groups: ['a'] };

let world: World;
afterEach(() => world.stop());

const answered = (): string =>
  world.aws.answerBucket.accepted.map(({ body }) => body.toString('utf8')).join('\n');

describe('a value that CloudFormation must not show, in a property that does not exist', () => {
  const secret = 'CANARY-NOECHO';
  const misspelt = { ...properties, DbPassword: secret, Nested: { Deep: [secret] } };

  test('is in no log', async () => {
    world = await givenWorld({ guardrails: {} });
    await world.send({ type: 'Create', properties: misspelt });
    await world.send({ type: 'Update', properties, old: misspelt, physicalId: 'x' });
    await world.send({ type: 'Delete', properties: misspelt, physicalId: 'x' });
    expect(world.log()).not.toContain(secret);
    expect(answered()).not.toContain(secret);
  });

  test('is in no answer, and the answer names the property', async () => {
    world = await givenWorld({ guardrails: {} });
    const { Reason } = await world.send({ type: 'Create', properties: misspelt });
    expect(Reason).toMatch(/unknown property "(DbPassword|Nested)"/);
    expect(answered()).not.toContain(secret);
  });
});

const inKnown: readonly (readonly [string, unknown])[] = [
  ['Groups', { Password: 'CANARY-NOECHO' }],
  ['UserName', { Password: 'CANARY-NOECHO' }],
  ['Revision', { Password: ['CANARY-NOECHO'] }],
  ['AccessPolicies', { Password: 'CANARY-NOECHO' }],
  ['AccessPolicies', [{ PolicyArn: { Password: 'CANARY-NOECHO' }, AccessScope: { Type: 'cluster' } }]],
  ['Rights', [[{ Name: 'view', Password: 'CANARY-NOECHO' }]]],
];
test('such a value below a property that exists is told to nobody either', async () => {
  world = await givenWorld({ guardrails: {} });
  for (const [name, value] of inKnown) {
    const { Reason } = await world.send({ type: 'Create', properties: { ...properties, [name]: value } });
    expect(Reason).toMatch(new RegExp(`^InvalidRequest: ${name}`));
  }
  expect(world.log() + answered()).not.toContain('CANARY');
});

const SESSION_TOKEN = 'SESSIONTOKENSECRETSESSIONTOKENSECRET';
test('what EKS quotes of a request that it does not trust is told to nobody', async () => {
  world = await givenWorld({ guardrails: {}, timeoutSeconds: 2 });
  const message =
    'The request signature we calculated does not match the signature you provided.\n\nThe Canonical String for this ' +
    `request should have been\n'GET\n/clusters/my-cluster\n\nx-amz-security-token:${SESSION_TOKEN}'`;
  world.aws.controlPlane.eks.injectFault({
    match: () => true,
    times: 99,
    respond: {
      status: 403,
      headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InvalidSignatureException' },
      body: JSON.stringify({ message }),
    },
  });
  const { Status } = await world.send({ type: 'Create', properties });
  expect(Status).toBe('FAILED');
  expect(world.log() + answered()).not.toContain(SESSION_TOKEN.slice(0, 12));
});

test('the signature, the bearer token and the secret key are in no log and no answer', async () => {
  world = await givenWorld({ guardrails: {} });
  const created = await world.send({ type: 'Create', properties });
  await world.send({ type: 'Delete', properties, physicalId: created.PhysicalResourceId });
  const { secretAccessKey, sessionToken } = world.aws.iam.credentialsFor(world.providerArn);
  const secrets = [
    secretAccessKey,
    sessionToken,
    'k8s-aws-v1.',
    'X-Amz-Signature',
    ...world.aws.answerBucket.server.requests.map(({ query }) => query.get('X-Amz-Signature') ?? ''),
  ].filter((secret): secret is string => secret !== undefined && secret !== '');
  expect(secrets.length).toBeGreaterThanOrEqual(5);
  for (const secret of secrets) expect(world.log() + answered()).not.toContain(secret);
});

const FORGED = 'x\n{"level":"INFO","message":"forged","requestId":"1"}\u001b[31m\u2028';
const places: readonly (readonly [string, (event: Record<string, unknown>) => unknown])[] = [
  ['LogicalResourceId', (event) => (event['LogicalResourceId'] = FORGED)],
  ['ResourceType', (event) => (event['ResourceType'] = FORGED)],
  ['RequestId', (event) => (event['RequestId'] = FORGED)],
  ['RequestType', (event) => (event['RequestType'] = FORGED)],
  ['StackId', (event) => (event['StackId'] = FORGED)],
  ['a user name', (event) => (event['ResourceProperties'] = { ...properties, UserName: FORGED })],
  ['the name of a property', (event) => (event['ResourceProperties'] = { ...properties, [FORGED]: '1' })],
  [
    'PhysicalResourceId',
    (event) => Object.assign(event, { RequestType: 'Delete', PhysicalResourceId: FORGED }),
  ],
];

test.each(places)(
  'a line break in %s forges no line of the log and no line of a Reason',
  async (_, forge) => {
    world = await givenWorld({ guardrails: {} });
    await world.invoke({ type: 'Create', properties, tamper: (event) => void forge(event) });
    const lines = world
      .log()
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(JSON.parse(line)).not.toMatchObject({ message: 'forged' });
    const reasons = world.aws.answerBucket.accepted.map(
      ({ document }) => (document as { Reason?: string }).Reason,
    );
    // eslint-disable-next-line no-control-regex -- they are what must not be there
    for (const reason of reasons) expect(reason ?? '').not.toMatch(/[\u0000-\u001f\u2028]/);
  },
);
