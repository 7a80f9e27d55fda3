/** What a claim of aws-auth takes from its surroundings: the other place, the guardrail, the provider; and its words. */
import { type AwsAuth } from '../../../../access/aws-auth/intent';
import { type IdentityMapping } from '../../../../access/aws-auth/identity-mapping';
import { identityOf } from '../../../../access/login-identity';
import { type Elsewhere, type EntrySighting } from '../../../../access/sighting';
import { alone } from '../alone';
import { refusalOf } from '../refusal';
import {
  ARN,
  BEFORE,
  DIFFERENT,
  EQUAL,
  given,
  KEY,
  MAPPING,
  OTHER,
  OURS,
  put,
  recordAt,
  removing,
  SIBLING,
} from './aws-auth-given';
import { type Intent, planPut, planRemove } from './plan-alone';

const identity = (groups: readonly string[]) =>
  identityOf({ userName: 'joe', groups, policies: [], type: undefined });

/** An access entry of nobody. */
function accessEntry(groups: readonly string[], protects?: EntrySighting['protects']): Elsewhere {
  const entry = { identity: identity(groups), protects, gives: `groups ${groups.join(', ')}` };
  const sighting = { place: 'API', owner: undefined, at: undefined, isAdopted: false, entry } as const;
  return { state: 'seen', sighting, standing: undefined };
}

function outcome(state: AwsAuth, intent: Partial<Intent>): string {
  try {
    return planPut(state, put(intent)).elsewhere ?? 'nothing said';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const messageOf = (state: AwsAuth, intent: Partial<Intent> = {}): unknown =>
  (refusalOf(() => planPut(state, put(intent))) as Error).message;

const nothing = given(BEFORE);

test.each<[string, string[], Intent['existingEntry'], string]>([
  ['what is asked for', MAPPING.groups as string[], 'FAIL', 'left'],
  ['anything else', ['ops'], 'FAIL', 'AlreadyExists'],
  ['anything else', ['ops'], 'ADOPT', 'AlreadyExists'],
  ['anything else', ['ops'], 'REPLACE', 'replaced'],
])('a Create where an access entry gives %s (%j), %s: %s', (_, groups, existingEntry, expected) => {
  const surroundings = alone(undefined, OURS, {
    elsewhere: accessEntry(groups),
    desired: identity(MAPPING.groups),
  });
  expect(outcome(nothing, { existingEntry, surroundings })).toBe(expected);
});

test.each<[string, string[], string]>([
  ['what ours gives until now', ['team-a'], 'AlreadyExists'],
  ['what ours will give', ['team-b'], 'left'],
  ['something else', ['ops'], 'left'],
])('an Update where an access entry gives %s', (_, groups, expected) => {
  const mapping = { ...MAPPING, groups: ['team-b'] };
  const surroundings = alone(OURS, OURS, { elsewhere: accessEntry(groups), desired: identity(['team-b']) });
  const ours = given(BEFORE + EQUAL, { owner: OURS });
  expect(outcome(ours, { isNew: false, mapping, surroundings })).toBe(expected);
});

test('the guardrail is asked, and the refusal names whom it protects', () => {
  const closed = (record?: { readonly owner: typeof OTHER }) => {
    const surroundings = alone(record?.owner, OURS, { mayTakeOver: () => false });
    return messageOf(given(BEFORE + DIFFERENT, record), { existingEntry: 'REPLACE', surroundings });
  };
  const words = 'ExistingEntry is REPLACE and would take over the entry of';
  expect(closed()).toContain(`${words} ${ARN} by an unknown owner (no ownership record), which`);
  expect(closed({ owner: OTHER })).toContain(`${words} ${ARN} by Theirs of stack other, which`);
});

describe('the provider', () => {
  const account = { section: 'mapAccounts', accountId: '012345678901' } as const;
  const said = (who: string) =>
    `${who} is how the provider itself reaches this cluster: no stack may take it over`;

  test.each<[string, AwsAuth, IdentityMapping, string]>([
    ['not mapped', nothing, MAPPING, ARN],
    ['mapped', given(BEFORE + EQUAL), MAPPING, ARN],
    ['its account', given(undefined), account, 'account 012345678901'],
  ])('keeps its own role to itself: %s', (_, state, mapping, who) => {
    const surroundings = alone(undefined, OURS, { isProvidersRole: true });
    const key = mapping.section === 'mapAccounts' ? mapping.accountId : KEY;
    expect(messageOf(state, { key, mapping, surroundings })).toBe(said(who));
  });

  test('is named as its own mapping has it, though another one shadows that', () => {
    const user = (path: string) => `arn:aws:iam::111122223333:user/${path}zoe`;
    const mapUsers = `- userarn: ${user('old/')}\n  groups: [cfn-eks-access]\n- userarn: ${user('new/')}\n  username: joe\n`;
    const mapping = { ...MAPPING, section: 'mapUsers', arn: user('') } as const;
    const state = given(undefined, undefined, { mapUsers });
    expect(messageOf(state, { key: user(''), mapping })).toBe(said(user('old/')));
  });

  test('keeps its access entry too', () => {
    const surroundings = alone(undefined, OURS, { elsewhere: accessEntry(['cfn-eks-access'], 'provider') });
    expect(messageOf(nothing, { existingEntry: 'REPLACE', surroundings })).toBe(said(ARN));
  });
});

test('a Create heals nothing, and an Update only what equals the properties before it', () => {
  const previous = { ...MAPPING, username: 'theirs', groups: ['ops'] };
  const heal = (text: string, intent: Partial<Intent>) =>
    recordAt(planPut(given(BEFORE + text), put({ isNew: false, ...intent })).write ?? nothing);
  expect(heal(DIFFERENT, { previous })).toEqual({ owner: OURS });
  expect(heal(EQUAL, { previous: { ...MAPPING, section: 'mapUsers' } })).toEqual({ owner: OURS });
  for (const intent of [{}, { previous: MAPPING }, { previous, isNew: true }])
    expect(outcome(given(BEFORE + DIFFERENT), { isNew: false, ...intent })).toBe('AlreadyExists');
});

test('a rename of what has gone from aws-auth keeps nothing of it, and its Delete puts nothing back', () => {
  const renamed = planPut(given(BEFORE, { owner: SIBLING }), put()).write ?? nothing;
  expect(recordAt(renamed)).toEqual({ owner: OURS });
  expect(planRemove(renamed, removing()).write?.data).toEqual(nothing.data);
});
