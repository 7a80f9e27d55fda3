/** The event is read once: what it has to say, what is made of it, and what of it may be logged (CR-33, CR-43, CR-53). */
import {
  type Envelope,
  forLog,
  parseEnvelope,
  parseRequest,
  type Request,
} from '../../../../lambda/cloudformation/event';
import { answerUrl, createEvent, REQUEST_ID, STACK_ID } from '../../../support/events';

const parsed = (changes: Record<string, unknown> = {}): Request => {
  const event = createEvent(changes);
  return parseRequest(event, parseEnvelope(event));
};
const { ResourceProperties: properties } = createEvent();
const update = { RequestType: 'Update', PhysicalResourceId: 'id', OldResourceProperties: { Cluster: 'old' } };

test('what an answer needs', () => {
  const envelope: Envelope = {
    responseUrl: answerUrl(),
    stackId: STACK_ID,
    requestId: REQUEST_ID,
    logicalResourceId: 'LambdaKubeUser',
    physicalResourceId: undefined,
    serviceTimeout: 3600,
  };
  expect(parseEnvelope(createEvent())).toEqual(envelope);
  expect(parseEnvelope(createEvent({ PhysicalResourceId: 'id' }))).toEqual({
    ...envelope,
    physicalResourceId: 'id',
  });
});

test.each([[''], [7], [null]])('the physical id %j is none', (PhysicalResourceId) => {
  expect(parseEnvelope(createEvent({ PhysicalResourceId })).physicalResourceId).toBeUndefined();
});

test.each(['ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'])(
  'without %s there is nothing to answer',
  (field) => {
    for (const value of [undefined, '', 7])
      expect(() => parseEnvelope(createEvent({ [field]: value }))).toThrow(
        `the event has no ${field}: this function answers CloudFormation custom resource events only`,
      );
  },
);

test.each([[null], ['text'], [undefined]])('%j is no event', (event) => {
  expect(() => parseEnvelope(event)).toThrow('the event is not an object: this function answers');
});

test.each([
  [{ ServiceTimeout: '600' }, 600],
  [{ ServiceTimeout: 5 }, 5],
  [{ ServiceTimeout: '1' }, 1],
  [{ ServiceTimeout: '3600' }, 3600],
  [{}, 3600],
  [null, 3600],
  [7, 3600],
  [{ ServiceTimeout: 'x' }, 3600],
  [{ ServiceTimeout: '0' }, 3600],
  [{ ServiceTimeout: '1.5' }, 3600],
  [{ ServiceTimeout: '3601' }, 3600],
  [{ ServiceTimeout: '99999' }, 3600],
  [{ ServiceTimeout: ['60'] }, 3600],
  [{ ServiceTimeout: { toString: 'x', valueOf: 'y' } }, 3600],
  ['not an object', 3600],
])('CloudFormation waits for %j: %d s', (ResourceProperties, seconds) => {
  expect(parseEnvelope(createEvent({ ResourceProperties })).serviceTimeout).toBe(seconds);
});

test('a request is what its type says', () => {
  const { envelope, ...create } = parsed();
  const base = { resourceType: 'Custom::EksMapRolesEntry', properties };
  expect(envelope).toEqual(parseEnvelope(createEvent()));
  expect(create).toEqual({ ...base, requestType: 'Create' });
  expect(parsed(update)).toMatchObject({
    ...base,
    requestType: 'Update',
    physicalResourceId: 'id',
    oldProperties: { Cluster: 'old' },
  });
  expect(parsed({ RequestType: 'Delete', PhysicalResourceId: 'id' })).toMatchObject({
    ...base,
    requestType: 'Delete',
    physicalResourceId: 'id',
  });
});

test.each<[string, Record<string, unknown>, string]>([
  [
    'no such type',
    { RequestType: 'Read' },
    'RequestType is "Read": CloudFormation sends Create, Update or Delete',
  ],
  ['no resource type', { ResourceType: '' }, 'the event has no ResourceType: '],
  ['no properties', { ResourceProperties: null }, 'the event has no ResourceProperties: '],
  ['properties that are a text', { ResourceProperties: 'x' }, 'the event has no ResourceProperties: '],
  ['properties that are a list', { ResourceProperties: [] }, 'the event has no ResourceProperties: '],
  ['no old properties', { ...update, OldResourceProperties: undefined }, 'has no OldResourceProperties: '],
  ['an Update without an id', { ...update, PhysicalResourceId: '' }, 'has no PhysicalResourceId: '],
  ['a Delete without an id', { RequestType: 'Delete' }, 'has no PhysicalResourceId: '],
  [
    'an id that no answer carries',
    { RequestType: 'Delete', PhysicalResourceId: 'x'.repeat(1_025) },
    'PhysicalResourceId has more than 1024 bytes: CloudFormation gives no such id, so nothing was changed',
  ],
])('%s is refused by name', (_, changes, message) => {
  expect(() => parsed(changes)).toThrow(message);
});

test('the log has known properties alone, the names of others, and no ResponseURL', () => {
  const secret = { ...(properties as object), Password: '5ecre7' };
  expect(forLog(parsed({ ResourceProperties: secret }))).toEqual({
    requestType: 'Create',
    resourceType: 'Custom::EksMapRolesEntry',
    properties,
    unknownProperties: ['Password'],
  });
  expect(forLog(parsed({ ...update, OldResourceProperties: { ...secret, Cluster: 'old' } }))).toEqual({
    requestType: 'Update',
    resourceType: 'Custom::EksMapRolesEntry',
    properties,
    unknownProperties: undefined,
    physicalResourceId: 'id',
    oldProperties: { ...(properties as object), Cluster: 'old' },
    unknownOldProperties: ['Password'],
  });
});
