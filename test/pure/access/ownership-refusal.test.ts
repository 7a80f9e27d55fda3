/** The sentence of each refusal of the ownership table. */
import { LateEvent, overtakenEvent } from '../../../access/late-event';
import { type LoginIdentity } from '../../../access/login-identity';
import { type Refusal } from '../../../access/ownership';
import { ownershipRefusal, type Subject } from '../../../access/ownership-refusal';
import { type Place } from '../../../access/place';
import { OTHER } from './aws-auth/aws-auth-given';

const entry = { identity: '' as LoginIdentity, protects: undefined, gives: 'groups ops' };
const seen = (place: Place, has: typeof entry | undefined): Subject['elsewhere'] => ({
  state: 'seen',
  standing: undefined,
  sighting: {
    place,
    owner: undefined,
    at: undefined,
    isAdopted: false,
    entry: has,
  },
});

const subject = (place: Place = 'API'): Subject => ({
  principal: 'P',
  has: 'P is here',
  remedy: 'do this',
  ownedBy: (owner) => `, owned by ${owner ?? 'nobody we know'}`,
  existingEntry: 'ADOPT',
  elsewhere: seen(place, entry),
});

function said(why: Refusal['why'], change: Partial<Refusal> = {}, place?: Place): string {
  const refusal: Refusal = { kind: 'refused', why, at: 'here', owner: OTHER, isGone: false, ...change };
  const { code, message } = ownershipRefusal(refusal, subject(place));
  return `${code}: ${message}`;
}

const THEIRS = 'Theirs of stack other';
const NOT_ALLOWED =
  'which this provider does not allow; its owner can allow it with allowTakeover in EKS_ACCESS_GUARDRAILS';

test.each<[Refusal['why'], string]>([
  ['provider', 'AccessDenied: P is how the provider itself reaches this cluster: no stack may take it over'],
  [
    'node',
    'AccessDenied: P lets nodes join the cluster and was not made by a stack: no stack may take it over',
  ],
  [
    'guardrail',
    `AccessDenied: ExistingEntry is ADOPT and would take over the entry of P, owned by ${THEIRS}, ${NOT_ALLOWED}`,
  ],
  [
    'sibling',
    `AlreadyExists: P is here, owned by ${THEIRS}: two resources of one stack cannot map the same principal on one cluster, remove one of them`,
  ],
  [
    'keeps another',
    `AlreadyExists: P is here, owned by ${THEIRS}, which took it over itself and keeps what was there before, so that ExistingEntry: ADOPT could not put both back: delete that mapping first, or set ExistingEntry to REPLACE, after which neither is put back`,
  ],
  ['exists', `AlreadyExists: P is here, owned by ${THEIRS}: do this`],
])('here, %s', (why, sentence) => {
  expect(said(why)).toBe(sentence);
});

test.each<[Refusal['why'], Place, string]>([
  [
    'provider',
    'API',
    'AccessDenied: P is how the provider itself reaches this cluster: no stack may take it over',
  ],
  [
    'guardrail',
    'CONFIG_MAP',
    `AccessDenied: ExistingEntry is ADOPT and would take over the entry of P by ${THEIRS}, ${NOT_ALLOWED}`,
  ],
  [
    'sibling',
    'API',
    `AlreadyExists: P already has an access entry with groups ops by ${THEIRS}: two resources of one stack cannot map the same principal on one cluster, remove one of them`,
  ],
  [
    'overridden',
    'API',
    `AlreadyExists: P already has an access entry with groups ops by ${THEIRS}, which overrides this mapping, so that ExistingEntry: ADOPT would change nothing: remove it there, or set ExistingEntry to REPLACE`,
  ],
  [
    'exists',
    'API',
    `AlreadyExists: P already has an access entry with groups ops by ${THEIRS}: it overrides whatever aws-auth says; remove it there, or set ExistingEntry to REPLACE`,
  ],
  [
    'exists',
    'CONFIG_MAP',
    `AlreadyExists: P is already mapped in aws-auth with groups ops by ${THEIRS}: an access entry would override it; remove it there, or set ExistingEntry to ADOPT (it comes back when this mapping goes) or REPLACE (it is removed)`,
  ],
])('in the other place, %s (%s)', (why, place, sentence) => {
  expect(said(why, { at: 'there' }, place)).toBe(sentence);
});

test.each<[Refusal['at'], Partial<Refusal>, string]>([
  ['here', { owner: undefined }, ', owned by nobody we know'],
  ['here', { isGone: true }, `, owned by ${THEIRS}, which CloudFormation says no longer exists`],
  ['there', { owner: undefined }, ' by an unknown owner (no ownership record)'],
  ['there', { isGone: true }, ` by ${THEIRS}, which CloudFormation says no longer exists`],
])('%s, whose it is: %j', (at, change, whose) => {
  expect(said('exists', { ...change, at })).toContain(`${whose}: `);
});

test('a late event, by a record in the other place whose entry has gone', () => {
  const refusal: Refusal = { kind: 'refused', why: 'late', at: 'there', owner: OTHER, isGone: false };
  const late = ownershipRefusal(refusal, { ...subject(), elsewhere: seen('API', undefined) });
  expect(late).toEqual(overtakenEvent());
});

test.each<Refusal['at']>(['here', 'there'])('a late event, by a record %s, changes nothing', (at) => {
  const refusal: Refusal = { kind: 'refused', why: 'late', at, owner: OTHER, isGone: false };
  const late = ownershipRefusal(refusal, subject());
  expect(late).toBeInstanceOf(LateEvent);
  expect(late).toEqual(overtakenEvent());
  expect(late).toMatchObject({
    code: 'NotStabilized',
    message:
      'CloudFormation no longer waits for this request: nothing was changed (a later request of this resource has been served)',
  });
});
