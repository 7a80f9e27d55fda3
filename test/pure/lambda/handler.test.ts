/** One answer to every event that can be answered, however odd it is (CR-1). */
import { handle } from '../../../lambda/handler';
import { type FunctionContext, type Wiring } from '../../../lambda/wiring';
import { answerUrl, createEvent, REQUEST_ID, STACK_ID } from '../../support/events';

const ID = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
const context: FunctionContext = {
  awsRequestId: 'r',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:111122223333:function:provider',
  logGroupName: 'g',
  logStreamName: 's',
  getRemainingTimeInMillis: () => 60_000,
};

/** A provider whose every way out fails in a manner that nobody foresaw. */
function broken(thrown: unknown): {
  readonly wiring: Wiring;
  readonly bodies: string[];
  readonly log: string[];
} {
  const bodies: string[] = [];
  const log: string[] = [];
  const fail = (): never => {
    throw thrown;
  };
  const wiring: Wiring = {
    edges: () => ({
      describeCluster: () => Promise.resolve().then(fail),
      backEnds: fail,
      stacks: {
        resource: () => Promise.resolve().then(fail),
        stack: () => Promise.resolve().then(fail),
      },
      rbac: fail,
      modes: fail,
      iam: {
        getRole: () => Promise.resolve().then(fail),
        listRoles: () => Promise.resolve().then(fail),
      },
    }),
    guardrails: fail,
    roleArn: () => undefined,
    clusterRoles: () => undefined,
    responseHosts: () => [],
    send: (_url, body) => {
      bodies.push(body);
      return Promise.resolve();
    },
    log: () => (level, message, fields) => void log.push(JSON.stringify({ level, message, ...fields })),
    clock: { now: () => Date.parse('2026-11-22T12:00:01Z'), random: () => 0.5 },
  };
  return { wiring, bodies, log };
}

const query = (text: string): Record<string, unknown> => ({ ResponseURL: answerUrl({ query: text }) });
const long = { PhysicalResourceId: 'x'.repeat(5_000) };

test.each<[string, Record<string, unknown>]>([
  ['a date that no calendar has', query('X-Amz-Date=20269999T999999Z')],
  ['an expiry after the end of time', query('Expires=99999999999999')],
  ['an endless expiry', query('Expires=Infinity')],
  ['a date before the first', query('X-Amz-Date=00000000T000000Z')],
  ['a Delete with an id that is too long', { RequestType: 'Delete', ...long }],
  ['an Update with an id that is too long', { RequestType: 'Update', OldResourceProperties: {}, ...long }],
  ['a Read with an id that is too long', { RequestType: 'Read', ...long }],
  ['an id of half characters', { RequestType: 'Delete', PhysicalResourceId: '\ud800'.repeat(600) }],
  ['an id that is none', { RequestType: 'Delete', PhysicalResourceId: 7 }],
  ['a Delete', { RequestType: 'Delete', PhysicalResourceId: ID }],
  ['a RequestType that is an object', { RequestType: { toString: 'x' } }],
  ['properties that are a list', { ResourceProperties: [] }],
  ['properties with an odd time-out', { ResourceProperties: { ServiceTimeout: { valueOf: 'y' } } }],
  ['a resource type that is none', { ResourceType: ['x'] }],
  ['a foreign stack', {}],
])('%s is answered FAILED, once (CR-1, CR-37)', async (what, changes) => {
  for (const thrown of [new TypeError('odd'), 'a string', undefined, { code: 'x' }]) {
    const { wiring, bodies } = broken(thrown);
    const elsewhere =
      what === 'a foreign stack' ? { invokedFunctionArn: 'arn:aws:lambda:us-east-1:9:f' } : {};
    await handle(createEvent(changes), { ...context, ...elsewhere }, wiring);
    expect(bodies).toHaveLength(1);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      Status: 'FAILED',
      StackId: STACK_ID,
      RequestId: REQUEST_ID,
      PhysicalResourceId: expect.stringMatching(/./) as string,
    });
    expect(Buffer.byteLength(bodies[0] ?? '', 'utf8')).toBeLessThanOrEqual(4_096);
  }
});

test('an id that is too long is refused before any work, and says so', async () => {
  const { wiring, bodies } = broken(new TypeError('reached'));
  await handle(createEvent({ RequestType: 'Delete', ...long }), context, wiring);
  expect(bodies.join()).toContain('PhysicalResourceId has more than 1024 bytes');
});

test('a value under an unknown name is not logged', async () => {
  const { wiring, log } = broken(new TypeError('odd'));
  const properties = {
    Cluster: 'my-cluster',
    RoleArn: 'x',
    Password: '5ecre7',
    AccessPolicies: [{ Token: '5ecre7' }],
  };
  const event = createEvent({
    RequestType: 'Update',
    PhysicalResourceId: ID,
    ResourceProperties: properties,
    OldResourceProperties: properties,
  });
  await handle(event, context, wiring);
  expect(log[0]).toContain('"unknownProperties":["Password","AccessPolicies.Token"]');
  expect(log[0]).toContain('"unknownOldProperties":["Password","AccessPolicies.Token"]');
  expect(log.join()).not.toContain('5ecre7');
});
