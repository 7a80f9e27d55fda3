import { afterReplacement, mappedBy, readLiveness } from '../../../../access/following/liveness';

const KEY = 'arn:aws:iam::111122223333:role/foo';
const ID = `role|prod|${KEY}`;
const mapped = { cluster: 'prod', key: KEY };

test.each([
  ['CREATE_COMPLETE', ID, 'live'],
  ['UPDATE_COMPLETE', ID, 'live'],
  ['UPDATE_FAILED', ID, 'live'],
  ['DELETE_FAILED', ID, 'live'],
  ['UPDATE_COMPLETE', `user|prod|${KEY}`, 'live'],
  ['UPDATE_COMPLETE', `role|dev|${KEY}`, 'replaced'],
  ['UPDATE_COMPLETE', 'create-failed|x', 'replaced'],
  ['UPDATE_COMPLETE', undefined, 'replaced'],
  ['CREATE_IN_PROGRESS', ID, 'busy'],
  ['UPDATE_IN_PROGRESS', undefined, 'busy'],
  ['UPDATE_ROLLBACK_IN_PROGRESS', ID, 'busy'],
  ['DELETE_IN_PROGRESS', ID, 'deleting'],
  ['DELETE_COMPLETE', ID, 'gone'],
  ['DELETE_SKIPPED', ID, 'gone'],
])('%s, %s: %s', (status, physicalId, expected) => {
  expect(readLiveness({ state: 'known', status, physicalId }, mapped)).toBe(expected);
});

test.each([
  ['UPDATE_COMPLETE', 'gone'],
  ['UPDATE_ROLLBACK_FAILED', 'gone'],
  ['UPDATE_IN_PROGRESS', 'busy'],
  ['UPDATE_ROLLBACK_IN_PROGRESS', 'busy'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'deleting'],
  ['UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS', 'deleting'],
])('an id that was replaced, in a stack that is %s: %s', (status, expected) => {
  expect(afterReplacement({ state: 'known', status })).toBe(expected);
});

test.each(['gone', 'unknown'] as const)('an id that was replaced, in a stack that is %s', (state) => {
  expect(afterReplacement({ state, detail: '' })).toBe(state);
});

test.each(['gone', 'unknown'] as const)('%s as CloudFormation says', (state) => {
  expect(readLiveness({ state, detail: '' }, mapped)).toBe(state);
});

test.each([
  [ID, { kind: 'role', cluster: 'prod', key: KEY }],
  ['account|prod|111122223333', { kind: 'account', cluster: 'prod', key: '111122223333' }],
  [`access-entry|prod|${KEY}_*`, { kind: 'access-entry', cluster: 'prod', key: `${KEY}_*` }],
  ['create-failed|x', undefined],
  ['authentication-mode|prod', undefined],
  [`role|prod|${KEY}|x`, undefined],
  [`other|prod|${KEY}`, undefined],
  ['role|prod|', undefined],
  [`role|-|${KEY}`, undefined],
  ['x', undefined],
  ['', undefined],
])('%j names %j', (id, mapping) => {
  expect(mappedBy(id)).toEqual(mapping);
});
