import { MODE_RESOURCE_TYPE } from '../../../../access/contract';
import { MOST_HOPS, nextHop, unpack } from '../../../../lambda/authentication-mode/hop';

const event = { RequestType: 'Create', ResourceType: MODE_RESOURCE_TYPE };

test('as many hops as Lambda lets a function invoke itself, each with the event as it came', () => {
  let unpacked = unpack(event);
  const numbers: (number | undefined)[] = [];
  for (;;) {
    expect(unpacked.event).toBe(event);
    numbers.push(unpacked.hop?.hop);
    const next = nextHop(unpacked.event, unpacked.hop, 'id-1');
    if (!next) break;
    unpacked = unpack(next);
    expect(unpacked.hop?.updateId).toBe('id-1');
  }
  expect(numbers).toEqual([undefined, ...Array.from({ length: MOST_HOPS }, (_, index) => index + 1)]);
});

test('without an update the next one looks for itself', () => {
  expect(nextHop(event, undefined, undefined)).toEqual({ kind: 'cfn-eks-access/mode-hop', hop: 1, event });
});

test.each([null, 'text', 1, [], {}, { kind: 'cfn-eks-access/scheduled-run' }])('%j is no hop', (other) => {
  expect(unpack(other)).toEqual({ event: other, hop: undefined });
});
