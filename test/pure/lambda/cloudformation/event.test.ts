import { parseEnvelope } from '../../../../lambda/cloudformation/event';

const EVENT = {
  ResponseURL: 'https://example.com/answer',
  StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/guid',
  RequestId: 'request',
  LogicalResourceId: 'Access',
};

test.each([
  [{ ServiceTimeout: '600' }, 600],
  [{ ServiceTimeout: 5 }, 5],
  [{}, 3600],
  [{ ServiceTimeout: 'x' }, 3600],
  [{ ServiceTimeout: '0' }, 3600],
  [{ ServiceTimeout: '99999' }, 3600],
  [{ ServiceTimeout: { toString: 'x', valueOf: 'y' } }, 3600],
  ['not an object', 3600],
])('CloudFormation waits for %j: %d s', (properties, seconds) => {
  const envelope = parseEnvelope({ ...EVENT, ResourceProperties: properties });
  expect(envelope.serviceTimeout).toBe(seconds);
});
