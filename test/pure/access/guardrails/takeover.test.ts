import { takeoverAllowed, takeoverRefusal } from '../../../../access/guardrails/takeover';

it.each([
  [{}, true, false],
  [{}, false, false],
  [{ allowTakeover: 'none' }, false, false],
  [{ allowTakeover: 'unrecorded' }, true, false],
  [{ allowTakeover: 'unrecorded' }, false, true],
  [{ allowTakeover: 'any' }, true, true],
  [{ allowTakeover: 'any' }, false, true],
] as const)('with %j an entry with a record (%s) may be taken over: %s', (guardrails, hasRecord, allowed) => {
  expect(takeoverAllowed(guardrails, hasRecord)).toBe(allowed);
});

it('a refusal says what would be taken over and who can allow it', () => {
  const refused = takeoverRefusal('REPLACE', 'the access entry of arn:aws:iam::111122223333:role/app');
  expect(refused).toMatchObject({
    code: 'AccessDenied',
    message:
      'ExistingEntry is REPLACE and would take over the access entry of arn:aws:iam::111122223333:role/app, which this provider does not allow; its owner can allow it with allowTakeover in EKS_ACCESS_GUARDRAILS',
  });
});
