/** The last column of the ownership table, over facts. */
import { type RemoveFacts, verdictOnRemove } from '../../../access/ownership-removal';
import { OTHER, OURS, SIBLING } from './aws-auth/aws-auth-given';

const AT = 1_767_225_600_000;
const found = { value: 'before' };
const given = (change: Partial<RemoveFacts<string>>): RemoveFacts<string> => ({
  record: undefined,
  owner: OURS,
  equalToKnown: false,
  protects: undefined,
  isThere: true,
  ...change,
});

const RECORDS = {
  nobody: undefined,
  ours: { owner: OURS },
  oursFound: { owner: OURS, found },
  oursLate: { owner: OURS, at: AT },
} as const;

test.each<[keyof typeof RECORDS, string, string, Partial<RemoveFacts<string>>]>([
  ['nobody', 'equal to what is known', 'remove', { equalToKnown: true }],
  ['nobody', 'a node’s, equal to what is known', 'remove', { equalToKnown: true, protects: 'node' }],
  [
    'nobody',
    'the provider’s own, equal to what is known',
    'forget',
    { equalToKnown: true, protects: 'provider' },
  ],
  ['nobody', 'anything else', 'leave', {}],
  ['nobody', 'a node’s', 'leave', { protects: 'node' }],
  ['nobody', 'the provider’s own', 'leave', { protects: 'provider' }],
  ['nobody', 'no entry', 'leave', { isThere: false }],
  ['ours', 'equal to what is known', 'remove', { equalToKnown: true }],
  ['ours', 'anything else', 'remove', {}],
  ['ours', 'a node’s', 'remove', { protects: 'node' }],
  ['ours', 'the provider’s own', 'forget', { protects: 'provider' }],
  ['ours', 'no entry', 'forget', { isThere: false }],
  ['oursFound', 'anything', 'give back', {}],
  ['oursFound', 'the provider’s own', 'forget', { protects: 'provider' }],
  ['oursFound', 'no entry', 'forget', { isThere: false }],
  ['oursLate', 'what a later event wrote', 'late', { requestedAt: AT - 60_000 }],
  ['oursLate', 'no entry, after a later event', 'late', { requestedAt: AT - 60_000, isThere: false }],
  ['oursLate', 'what this event wrote', 'remove', { requestedAt: AT }],
  ['oursLate', 'an event without date', 'remove', {}],
])('record %s, %s → %s', (record, _, kind, facts) => {
  const verdict = verdictOnRemove(given({ record: RECORDS[record], ...facts }));
  expect(verdict).toEqual(
    kind === 'give back' ? { kind, previous: { value: 'before', record: undefined } } : { kind },
  );
});

test('what goes back to nobody is removed', () => {
  const record = { owner: OURS, found: { value: 'before', owner: OTHER } };
  expect(verdictOnRemove(given({ record, gone: [OTHER] }))).toEqual({ kind: 'remove' });
  expect(verdictOnRemove(given({ record, gone: [SIBLING] }))).toMatchObject({ kind: 'give back' });
});

describe.each([
  ['another stack’s', OTHER],
  ['of another logical id of the stack', SIBLING],
])('a record %s', (_, owner) => {
  test.each([
    ['no entry', { isThere: false }],
    ['the provider’s own', { protects: 'provider' as const }],
    ['what equals the known', { equalToKnown: true }],
    ['what a later event wrote', { requestedAt: AT - 60_000 }],
  ])('stays as it is, with %s', (_case, facts) => {
    const record = { owner, at: AT, found };
    const verdict = verdictOnRemove(given({ record, ...facts }));
    expect(verdict).toEqual({ kind: 'owned by another', record, left: undefined });
  });

  test('no longer keeps what it kept for this resource', () => {
    const record = { owner, found, renamedFrom: { value: 'ours', owner: OURS } };
    expect(verdictOnRemove(given({ record }))).toEqual({
      kind: 'owned by another',
      record,
      left: { owner, found },
    });
  });
});
