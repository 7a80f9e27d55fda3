/** Exactly one answer, in time, or a failed invocation that Lambda runs again; nothing written after it. */
import { version } from '../../../package.json';
import { OWNERS_ANNOTATION } from '../../../access/contract';
import { givenWorld, NODES, PROVIDER, roleEntry, type World } from './world';

let world: World;
afterEach(() => world.stop());

const isPut = ({ method }: { readonly method: string }): boolean => method === 'PUT';
const create = { type: 'Create' as const, properties: roleEntry };

describe('delivering the answer', () => {
  test.each([
    ['the connection is cut', { action: 'reset' as const }],
    ['the answer is taken and the confirmation lost', { action: 'reset-after' as const }],
    ['the bucket is busy', { respond: { status: 503 } }],
    ['the bucket refuses once', { respond: { status: 403 } }],
  ])('%s: it is tried again', async (_, fault) => {
    world = await givenWorld();
    world.aws.answerBucket.injectFault({ match: isPut, ...fault });
    await world.invoke(create);
    const answers = world.aws.answerBucket.accepted;
    expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1);
    expect(answers.at(-1)?.document).toMatchObject({ Status: 'SUCCESS' });
    expect(world.section('mapRoles')).toContain('lambdafoo');
  });

  test('what cannot be delivered fails the invocation, and the retry of Lambda delivers it (CR-7)', async () => {
    world = await givenWorld({ timeoutSeconds: 5 });
    world.aws.answerBucket.injectFault({ match: isPut, times: 2, respond: { status: 403 } });
    const requestId = '11111111-2222-3333-4444-555555555555';
    expect(await world.invoke({ ...create, requestId })).toMatchObject({
      status: 'error',
      error: { errorMessage: expect.stringContaining('could not be delivered') as string },
    });
    expect(world.aws.answerBucket.accepted).toEqual([]);
    expect(await world.invoke({ ...create, requestId })).toMatchObject({ status: 'success' });
    expect(world.aws.answerBucket.accepted.map(({ document }) => document)).toEqual([
      expect.objectContaining({ Status: 'SUCCESS' }),
    ]);
  });

  test('a redirect is not followed', async () => {
    world = await givenWorld();
    world.aws.answerBucket.injectFault({
      match: isPut,
      times: 9,
      respond: { status: 301, headers: { location: 'http://127.0.0.1:1/' } },
    });
    expect(await world.invoke(create)).toMatchObject({ status: 'error' });
  });
});

test('every AWS call says which stack and resource it is for (CR-52)', async () => {
  world = await givenWorld({ mode: 'API_AND_CONFIG_MAP' });
  await world.send({ ...create, stack: 'shop', logicalId: 'ShopAccess' });
  const properties = { ...roleEntry, RoleArn: `${roleEntry.RoleArn}2` };
  await world.send({ ...create, properties, stack: 'bank', logicalId: 'BankAccess' });
  const asked = [world.aws.controlPlane.eks, world.stackApi].map(({ requests }) =>
    requests.map(({ headers }) => / cfn-eks-access\/\d.*$/.exec(headers['user-agent'] ?? '')?.[0]),
  );
  const [shop, bank] = ['md/stack#shop md/resource#ShopAccess', 'md/stack#bank md/resource#BankAccess'].map(
    (of) => ` cfn-eks-access/${version} ${of}`,
  );
  for (const agents of asked) expect([...new Set(agents)]).toEqual([shop, bank]);
});

test.each([['Ü/ber\r\nX-Evil: 1'], ['"\u0000'], ['e'.repeat(4_000)]])(
  'a logical id that no header may hold breaks no call: %j',
  async (logicalId) => {
    world = await givenWorld();
    await world.send({ ...create, logicalId });
    const headers = world.aws.controlPlane.eks.requests.map((request) => request.headers);
    expect(headers.length).toBeGreaterThan(0);
    for (const { 'user-agent': agent, ...others } of headers) {
      expect(agent).toMatch(/ md\/resource#[!-~]+$/);
      expect(others).not.toHaveProperty('x-evil');
    }
  },
);

describe('the deadline guard (CR-4)', () => {
  test.each([
    [
      'the EKS API',
      (w: World) => w.aws.controlPlane.eks.injectFault({ match: () => true, times: 9, action: 'stall' }),
    ],
    [
      'the Kubernetes API',
      (w: World) => w.cluster.kubernetes.injectFault({ match: () => true, times: 9, action: 'stall' }),
    ],
  ])('%s never answers: FAILED before Lambda ends the function, and nothing written', async (_, stall) => {
    world = await givenWorld({ timeoutSeconds: 2 });
    const before = world.cluster.configMap();
    stall(world);
    const answer = await world.send(create);
    expect(answer).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringMatching(/ran out before the work was done/) as string,
    });
    expect(answer.PhysicalResourceId).toMatch(/^create-failed\|/);
    expect(world.cluster.configMap()).toEqual(before);
  });

  test('a write that was under way may have happened: the id is the real one, so that its Delete cleans up', async () => {
    world = await givenWorld({ timeoutSeconds: 2 });
    world.cluster.kubernetes.injectFault({ match: isPut, times: 9, action: 'stall' });
    const answer = await world.send(create);
    expect(answer).toMatchObject({
      Status: 'FAILED',
      PhysicalResourceId: 'role|my-cluster|arn:aws:iam::111122223333:role/foo',
    });
    expect(
      await world.send({ ...create, type: 'Delete', physicalId: answer.PhysicalResourceId }),
    ).toMatchObject({ Status: 'SUCCESS' });
    expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
  });

  test('the next event in the same container is none the worse (CR-32)', async () => {
    world = await givenWorld({ timeoutSeconds: 2 });
    world.cluster.kubernetes.injectFault({ match: () => true, action: 'stall' });
    expect(await world.send(create)).toMatchObject({ Status: 'FAILED' });
    expect(await world.send(create)).toMatchObject({ Status: 'SUCCESS' });
  });
});

describe('events that may not be served', () => {
  test.each([
    ['no ResponseURL', (event: Record<string, unknown>) => void delete event['ResponseURL']],
    [
      'a foreign ResponseURL',
      (event: Record<string, unknown>) =>
        void (event['ResponseURL'] = 'https://169.254.169.254/latest/meta-data?X-Amz-Signature=5ecre7'),
    ],
  ])('%s: no answer, no change, and no secret in the log', async (_, tamper) => {
    world = await givenWorld();
    const before = world.cluster.configMap();
    const result = await world.invoke({ ...create, tamper });
    expect(result).toMatchObject({ status: 'error' });
    expect(world.aws.answerBucket.accepted).toEqual([]);
    expect(world.cluster.configMap()).toEqual(before);
    expect(JSON.stringify(result) + world.log()).not.toContain('5ecre7');
  });

  test('an unknown RequestType is answered FAILED', async () => {
    world = await givenWorld();
    const answer = await world.send({ ...create, tamper: (event) => void (event['RequestType'] = 'Read') });
    expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining('"Read"') as string });
  });

  test('an event that CloudFormation no longer waits for changes nothing (CR-27)', async () => {
    world = await givenWorld();
    const before = world.cluster.configMap();
    const answer = await world
      .send({
        ...create,
        tamper: (event) =>
          void (event['ResponseURL'] = String(event['ResponseURL']).replace(
            /X-Amz-Date=\d{8}T\d{6}Z/,
            'X-Amz-Date=20200101T000000Z',
          )),
      })
      .catch((error: unknown) => error as Error);
    // The bucket does not take an expired URL either; the state is what counts.
    expect(world.cluster.configMap()).toEqual(before);
    expect(answer).toBeInstanceOf(Error);
    expect(world.log()).toContain('older than CloudFormation waits');
  });
});

test('a Delete overtook the Create: what it mapped is taken back (CR-28)', async () => {
  world = await givenWorld();
  world.resourceStatus = 'DELETE_IN_PROGRESS';
  expect(await world.send(create)).toMatchObject({
    Status: 'FAILED',
    Reason: expect.stringContaining('no longer wants') as string,
  });
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
  expect(world.owners()).toBeUndefined();
  world.resourceStatus = undefined;
  expect(await world.send(create)).toMatchObject({ Status: 'FAILED' });
  expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
});

test.each([429, 503])(
  'CloudFormation answers %s when it is asked whether the Create is still wanted: it is asked again, and what was mapped is taken back (CR-28)',
  async (status) => {
    world = await givenWorld();
    world.resourceStatus = 'DELETE_IN_PROGRESS';
    world.stackApi.injectFault({ match: () => true, times: 2, respond: { status } });
    expect(await world.send(create)).toMatchObject({
      Status: 'FAILED',
      Reason: expect.stringContaining('no longer wants') as string,
    });
    expect(world.section('mapRoles')).toBe(NODES + PROVIDER);
  },
);

describe('round trips', () => {
  interface Seen {
    readonly method: string;
    readonly path: string;
  }
  const seen = (requests: readonly Seen[], from: number): string[] =>
    requests.slice(from).map(({ method, path }) => `${method} ${path}`);

  test('a warm aws-auth operation is DescribeCluster, GET, PUT and the answer, on one connection', async () => {
    world = await givenWorld();
    const created = await world.send(create);
    const { eks } = world.aws.controlPlane;
    const { kubernetes } = world.cluster;
    const answers = world.aws.answerBucket.server.requests;
    const before = [
      eks.requests.length,
      kubernetes.requests.length,
      answers.length,
      kubernetes.connections(),
    ] as const;
    const changed = { ...roleEntry, Groups: ['team-b'] };
    await world.send({
      type: 'Update',
      properties: changed,
      old: roleEntry,
      physicalId: created.PhysicalResourceId,
    });
    const path = '/api/v1/namespaces/kube-system/configmaps/aws-auth';
    expect(seen(eks.requests, before[0])).toEqual(['GET /clusters/my-cluster']);
    expect(seen(kubernetes.requests, before[1])).toEqual([`GET ${path}`, `PUT ${path}`]);
    expect(answers.length - before[2]).toBe(1);
    expect(kubernetes.connections()).toBe(before[3]);
  });

  test('an access entry without policies takes Describe, read, Create and the answer', async () => {
    world = await givenWorld({ mode: 'API' });
    await world.send(create);
    expect(seen(world.aws.controlPlane.eks.requests, 0).slice(-3)).toEqual([
      'GET /clusters/my-cluster',
      expect.stringMatching(/^GET \/clusters\/my-cluster\/access-entries\/arn%3Aaws/),
      'POST /clusters/my-cluster/access-entries',
    ]);
    expect(world.cluster.kubernetes.requests).toEqual([]);
  });
});

describe('the log (CR-46)', () => {
  test('one JSON line a phase, with the ids and the one entry before and after, and no secret', async () => {
    world = await givenWorld();
    const requestId = '11111111-2222-3333-4444-555555555555';
    const created = await world.send({ ...create, requestId });
    await world.send({
      type: 'Update',
      properties: { ...roleEntry, Groups: ['team-b'] },
      old: roleEntry,
      physicalId: created.PhysicalResourceId,
    });
    const lines = world
      .log()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const line of lines) {
      expect(line).toMatchObject({
        level: expect.stringMatching(/^(INFO|WARN|ERROR)$/) as string,
        message: expect.any(String) as string,
        service: 'cfn-eks-access',
        requestId: expect.any(String) as string,
        stackId: expect.stringContaining(':stack/app/') as string,
        logicalResourceId: 'LambdaKubeUser',
      });
    }
    const puts = lines.filter(({ message }) => message === 'put the mapping');
    expect(puts).toHaveLength(2);
    expect(puts[1]).toMatchObject({ before: { groups: ['team-a'] }, after: { groups: ['team-b'] } });
    const secrets = [
      'X-Amz-Signature',
      'k8s-aws-v1.',
      ...world.aws.answerBucket.server.requests.map(({ query }) => query.get('X-Amz-Signature') ?? ''),
      ...world.cluster.kubernetes.requests.map(({ headers }) =>
        (headers['authorization'] ?? '').replace('Bearer ', ''),
      ),
    ].filter((secret) => secret !== '');
    expect(secrets.length).toBeGreaterThan(4);
    const told = world.log() + world.aws.answerBucket.accepted.map(({ body }) => body.toString()).join();
    for (const secret of secrets) expect(told).not.toContain(secret);
  });

  test('foreign entries are not logged', async () => {
    world = await givenWorld();
    await world.send(create);
    expect(world.log()).not.toContain('role/nodes');
    expect(world.log()).not.toContain(OWNERS_ANNOTATION);
  });
});

describe('many at once (CR-26)', () => {
  test('twenty resources of a stack on one ConfigMap: all succeed, none is lost, foreign bytes stay', async () => {
    world = await givenWorld();
    const events = Array.from({ length: 20 }, (_, index) => ({
      type: 'Create' as const,
      logicalId: `Entry${index}`,
      properties: { ...roleEntry, RoleArn: `arn:aws:iam::111122223333:role/many-${index}` },
    }));
    await Promise.all(events.map((event) => world.invoke(event)));
    const answers = world.aws.answerBucket.accepted.map(
      ({ document }) => (document as { Status: string }).Status,
    );
    expect(answers).toEqual(Array<string>(20).fill('SUCCESS'));
    const text = world.section('mapRoles') ?? '';
    expect(text.startsWith(NODES + PROVIDER)).toBe(true);
    for (const { properties } of events) expect(text).toContain(`"${properties.RoleArn}"`);
    expect(world.aws.answerBucket.violations).toEqual([]);
  });

  test('twenty first entries of a cluster without aws-auth: none is lost', async () => {
    world = await givenWorld({ mode: 'API_AND_CONFIG_MAP', awsAuth: null });
    const arns = Array.from({ length: 20 }, (_, index) => `arn:aws:iam::111122223333:role/first-${index}`);
    await Promise.all(
      arns.map((RoleArn, index) =>
        world.invoke({
          ...create,
          logicalId: `Entry${index}`,
          properties: { ...roleEntry, RoleArn, AuthenticationMode: 'CONFIG_MAP' },
        }),
      ),
    );
    const answers = world.aws.answerBucket.accepted.map(
      ({ document }) => (document as { Status: string }).Status,
    );
    expect(answers).toEqual(Array<string>(20).fill('SUCCESS'));
    for (const arn of arns) expect(world.section('mapRoles')).toContain(`"${arn}"`);
  });

  test.each([
    ['another tool writes between GET and PUT', 'before'],
    ['the answer to the PUT is lost', 'reset-after'],
    ['the API server asks for a pause', '429'],
    ['the API server times out', '504'],
    ['the ConfigMap is deleted between GET and PUT', 'deleted'],
  ])(
    '%s: the entry is there once, and theirs as well',
    async (_, kind) => {
      world = await givenWorld({ timeoutSeconds: 6 });
      const status = (code: number, reason: string): { status: number; body: string } => ({
        status: code,
        body: JSON.stringify({ kind: 'Status', reason, message: reason, details: {} }),
      });
      const theirs = '- rolearn: arn:aws:iam::111122223333:role/theirs\n  username: theirs\n';
      const faults = {
        before: {
          before: () =>
            void world.cluster.writeConfigMap((current) => ({
              ...current,
              data: { ...current.data, mapRoles: `${current.data?.['mapRoles'] ?? ''}${theirs}` },
            })),
        },
        'reset-after': { action: 'reset-after' as const },
        '429': { respond: status(429, 'TooManyRequests') },
        '504': { respond: status(504, 'Timeout') },
        deleted: { before: () => world.cluster.deleteConfigMap() },
      } as const;
      world.cluster.kubernetes.injectFault({ match: isPut, ...faults[kind as keyof typeof faults] });
      const answer = await world.send(create);
      if (kind === 'deleted') {
        // With aws-auth the provider's own mapping is gone: nothing can be done, and it says so.
        expect(answer).toMatchObject({
          Status: 'FAILED',
          Reason: expect.stringContaining('does not know the provider') as string,
        });
        return;
      }
      expect(answer).toMatchObject({ Status: 'SUCCESS' });
      const text = world.section('mapRoles') ?? '';
      expect(text.split('role/foo"').length).toBe(2);
      if (kind === 'before') expect(text).toContain(theirs);
    },
    60_000,
  );
});
