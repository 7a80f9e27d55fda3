/** Messages of the queue of undelivered events, in every form in which Lambda and people leave them. */
import fc from 'fast-check';
import { decide } from '../../../cli/replay/decide';
import { readMessage } from '../../../cli/replay/undelivered';

const functionArn = 'arn:aws:lambda:us-east-1:111122223333:function:eks-access';
const url = (query: string): string =>
  `https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x?${query}`;
const event = {
  RequestType: 'Create',
  ServiceToken: functionArn,
  ResponseURL: url('X-Amz-Date=20261127T010000Z&X-Amz-Expires=7200&X-Amz-Signature=c0ffee'),
  StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1',
  RequestId: 'r-1',
  LogicalResourceId: 'Mapping',
  ResourceType: 'Custom::EksMapRolesEntry',
};
const message = (content: unknown, id = 'm-1') => ({
  id,
  body: typeof content === 'string' ? content : JSON.stringify(content),
  attributes: {},
});
const decided = (contents: readonly unknown[], now = '2026-11-27T01:05:00Z', discarded: string[] = []) =>
  decide(
    contents.map((content, index) => message(content, `m-${index}`)),
    { functionArn, discarded: new Set(discarded), now: new Date(now) },
  ).map(({ action }) => action);

test('an event tells its stack, and its age by the date of the signature', () => {
  expect(readMessage(message(event))).toMatchObject({
    event: {
      type: 'Create',
      stack: 'app',
      logicalId: 'Mapping',
      requestedAt: new Date('2026-11-27T01:00:00Z'),
      expiresAt: new Date('2026-11-27T03:00:00Z'),
    },
  });
});

test.each([
  ['the older signature', { ...event, ResponseURL: url('Expires=1795742400&Signature=c0ffee') }, 'run'],
  ['a URL that tells no date', { ...event, ResponseURL: url('a=b') }, 'run'],
  ['a hop of a change of the mode', { kind: 'cfn-eks-access/mode-hop', hop: 1, event }, 'run'],
  ['a run of the schedule', { kind: 'cfn-eks-access/scheduled-run', everyMinutes: 15 }, 'run'],
  ['a record of a destination', { requestContext: {}, requestPayload: event }, 'run'],
  ['an alias of the function', { ...event, ServiceToken: `${functionArn}:live` }, 'run'],
  ['another function', { ...event, ServiceToken: `${functionArn}-2` }, 'left'],
  ['an event without an answer to give', { ...event, ResponseURL: undefined }, 'left'],
  ['another kind', { kind: 'something' }, 'left'],
  ['a list', [event], 'left'],
  ['null', 'null', 'left'],
  ['no JSON', '{', 'left'],
])('%s', (_, content, action) => {
  expect(decided([content])).toEqual([action]);
});

test('until its ResponseURL expires, and not from then on', () => {
  expect(decided([event], '2026-11-27T02:59:59Z')).toEqual(['run']);
  expect(decided([event], '2026-11-27T03:00:00Z')).toEqual(['left']);
});

test('each event once; the next hop of a request is another event', () => {
  const hop = (count: number) => ({ kind: 'cfn-eks-access/mode-hop', hop: count, event });
  expect(decided([event, event, { requestContext: {}, requestPayload: event }])).toEqual([
    'run',
    'duplicate',
    'duplicate',
  ]);
  expect(decided([event, hop(1), hop(2), hop(1)])).toEqual(['run', 'run', 'run', 'duplicate']);
  expect(decided([event, event], undefined, ['m-0'])).toEqual(['discard', 'run']);
});

test('whatever is in the queue, every message has its step, and nothing is discarded unasked', () => {
  const content = fc.oneof(fc.json(), fc.string(), fc.constant(JSON.stringify(event)));
  fc.assert(
    fc.property(fc.array(content, { maxLength: 8 }), (contents) => {
      const actions = decided(contents);
      expect(actions).toHaveLength(contents.length);
      expect(actions).not.toContain('discard');
      const events = contents.filter((each) => each === JSON.stringify(event)).length;
      expect(actions.filter((action) => action === 'run').length).toBe(Math.min(1, events));
    }),
  );
});

test('what failed is one line, without the query of an address', () => {
  const attributes = { ErrorMessage: `PUT ${event.ResponseURL} failed\n    at send` };
  expect(readMessage({ ...message(event), attributes }).failure).toBe(
    'PUT https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/x?… failed',
  );
});
