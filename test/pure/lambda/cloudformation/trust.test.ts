/** Whose events are served, and until when (CR-27, CR-37). */
import { refusalOf } from '../../access/refusal';
import { parseEnvelope } from '../../../../lambda/cloudformation/event';
import { refuseForeignStack, refuseStale, waitsUntil } from '../../../../lambda/cloudformation/trust';
import { createEvent } from '../../../support/events';

const own = { region: 'us-east-1', accountId: '111122223333' };
const envelopeOf = (stackId: string) => ({ ...parseEnvelope(createEvent()), stackId });
const serviceTimeout = (seconds: number) => ({ ...parseEnvelope(createEvent()), serviceTimeout: seconds });

test('a stack of this account and Region is served', () => {
  const stackId = 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1';
  expect(() => refuseForeignStack(envelopeOf(stackId), own)).not.toThrow();
});

test.each([
  ['another account', 'arn:aws:cloudformation:us-east-1:444455556666:stack/app/1', /account 444455556666/],
  ['another Region', 'arn:aws:cloudformation:eu-west-1:111122223333:stack/app/1', /region eu-west-1/],
  ['another service', 'arn:aws:eks:us-east-1:111122223333:stack/app/1', /serves account 111122223333/],
  ['no ARN', 'app', /account \?, region \?/],
])('%s is refused', (_, stackId, message) => {
  const refused = (): void => refuseForeignStack(envelopeOf(stackId), own);
  expect(refusalOf(refused)).toMatchObject({ code: 'AccessDenied' });
  expect(refused).toThrow(message);
});

test('CloudFormation waits for ServiceTimeout from when it asked, to the millisecond', () => {
  const asked = new Date(1_000_000);
  const envelope = serviceTimeout(60);
  expect(waitsUntil(asked, envelope)).toBe(1_060_000);
  expect(() => refuseStale(asked, envelope, 1_060_000)).not.toThrow();
  const late = (): void => refuseStale(asked, envelope, 1_060_001);
  expect(late).toThrow(/ServiceTimeout/);
  expect(refusalOf(late)).toMatchObject({ code: 'NotStabilized' });
});

test('an event that does not say when it was asked is served', () => {
  expect(waitsUntil(undefined, serviceTimeout(60))).toBeUndefined();
  expect(() => refuseStale(undefined, serviceTimeout(60), Infinity)).not.toThrow();
});
