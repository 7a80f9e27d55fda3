/** Which id a FAILED answer has, and how much of an error it tells. */
import { CREATE_FAILED_MARKER } from '../../../access/contract';
import { ProviderError } from '../../../access/errors';
import { LateEvent } from '../../../access/late-event';
import { debuggingFacts, failureId, mayBeAnotherTry, reasonOf } from '../../../lambda/failure';
import { parseEnvelope, parseRequest } from '../../../lambda/cloudformation/event';
import { createEvent, REQUEST_ID } from '../../support/events';

const OLD = 'role|c|old';
const NEW = 'role|c|new';
const MARKER = `${CREATE_FAILED_MARKER}${REQUEST_ID}`;
const eventOf = (type: string): Record<string, unknown> =>
  createEvent({
    RequestType: type,
    ...(type === 'Create' ? {} : { PhysicalResourceId: OLD }),
    ...(type === 'Update' ? { OldResourceProperties: {} } : {}),
  });

describe('the id says what CloudFormation has to delete next (CR-13, CR-17)', () => {
  test.each([
    ['Create', undefined, MARKER],
    ['Create', NEW, NEW],
    ['Update', undefined, OLD],
    ['Update', NEW, NEW],
    ['Delete', undefined, OLD],
  ])('%s, written %s: %s', (type, written, id) => {
    const event = eventOf(type);
    const envelope = parseEnvelope(event);
    expect(failureId(parseRequest(event, envelope), envelope, written)).toBe(id);
  });

  test.each([
    ['Create', undefined, `create-unknown|${REQUEST_ID}`],
    ['Create', NEW, NEW],
    ['Update', undefined, OLD],
  ])('%s that may be another try, written %s: %s', (type, written, id) => {
    const event = eventOf(type);
    const envelope = parseEnvelope(event);
    expect(failureId(parseRequest(event, envelope), envelope, written, true)).toBe(id);
  });

  test.each([
    ['Create', MARKER],
    ['Update', OLD],
  ])('of a %s that could not be read: %s', (type, id) => {
    expect(failureId(undefined, parseEnvelope(eventOf(type)), undefined)).toBe(id);
  });
});

const ASKED = new Date('2026-01-01T00:00:00Z');

test.each<[string, unknown, number, Date | undefined, boolean]>([
  ['an outage, a minute later', new ProviderError('ServiceUnavailable', 'x'), 60, ASKED, true],
  ['no time left, a minute later', new ProviderError('NotStabilized', 'x'), 60, ASKED, true],
  ['an unforeseen error, a minute later', new TypeError('x'), 60, ASKED, true],
  ['an outage, at once', new ProviderError('ServiceUnavailable', 'x'), 2, ASKED, false],
  [
    'an outage, of an event without a date',
    new ProviderError('ServiceUnavailable', 'x'),
    60,
    undefined,
    false,
  ],
  ['an outage, by a clock that is behind', new ProviderError('ServiceUnavailable', 'x'), -60, ASKED, false],
  ['a refusal, a minute later', new ProviderError('AccessDenied', 'x'), 60, ASKED, false],
  ['a mistake in the template, a minute later', new ProviderError('InvalidRequest', 'x'), 60, ASKED, false],
  ['an entry in the way, a minute later', new ProviderError('AlreadyExists', 'x'), 60, ASKED, false],
  ['no such cluster, a minute later', new ProviderError('NotFound', 'x'), 60, ASKED, false],
  ['nobody waits any more', new LateEvent('x'), 60, ASKED, false],
])('%s: may an earlier try have written?', (_, error, seconds, asked, may) => {
  expect(mayBeAnotherTry(error, asked, ASKED.getTime() + seconds * 1_000)).toBe(may);
});

test('of an error that nobody foresaw the Reason tells nothing but that', () => {
  const reason =
    'InternalFailure: internal error in the provider: see its log; changing the template will not help';
  expect(reasonOf(new TypeError('a secret'))).toBe(reason);
  expect(reasonOf('a secret')).toBe(reason);
  expect(reasonOf(new ProviderError('NotFound', 'no cluster'))).toBe('NotFound: no cluster');
});

test('the log has the name and the stack of an error that nobody foresaw, and no more of ours than they say', () => {
  const unforeseen = new TypeError('broken');
  const facts = { errorName: 'TypeError', stack: unforeseen.stack };
  expect(debuggingFacts(unforeseen)).toEqual(facts);
  expect(debuggingFacts('broken')).toEqual({ errorName: 'string' });
  expect(debuggingFacts(new ProviderError('InternalFailure', 'x', { cause: unforeseen }))).toEqual(facts);
  expect(debuggingFacts(new ProviderError('InternalFailure', 'x'))).toEqual({});
  expect(debuggingFacts(new ProviderError('NotFound', 'x', { cause: unforeseen }))).toEqual({});
});
