/** Every status that CloudFormation has for a resource × what it shows as its id × event. */
import { type StackResource } from '../../../../access/stacks';
import {
  asksCloudFormation,
  type Delivery,
  judge,
  judgeByStack,
  type Verdict,
} from '../../../../lambda/awaited/late-delivery';
import { isLateAt } from '../../../../lambda/awaited/lateness';

const ASKED = 'role|my-cluster|arn:aws:iam::111122223333:role/foo';
const OTHER = 'role|my-cluster|arn:aws:iam::111122223333:role/bar';
const FOREIGN = '2024/01/01/[$LATEST]0123456789abcdef';
const MARKER = 'create-failed|r';

const lifeIds: Readonly<Record<string, string | undefined>> = {
  'no id': undefined,
  'the same id': ASKED,
  'another id of ours': OTHER,
  'a foreign id': FOREIGN,
};

const create: Delivery = { type: 'Create', isLate: true, asks: ASKED };
const update: Delivery = { type: 'Update', isLate: true };
const remove: Delivery = { type: 'Delete', isLate: true, id: ASKED };
const removeForeign: Delivery = { type: 'Delete', isLate: true, id: FOREIGN };

const STATUSES = [
  'CREATE_IN_PROGRESS',
  'CREATE_FAILED',
  'CREATE_COMPLETE',
  'DELETE_IN_PROGRESS',
  'DELETE_FAILED',
  'DELETE_COMPLETE',
  'DELETE_SKIPPED',
  'UPDATE_IN_PROGRESS',
  'UPDATE_FAILED',
  'UPDATE_COMPLETE',
  'IMPORT_IN_PROGRESS',
  'IMPORT_COMPLETE',
  'UPDATE_ROLLBACK_IN_PROGRESS',
  'UPDATE_ROLLBACK_COMPLETE',
  'ROLLBACK_IN_PROGRESS',
  'ROLLBACK_COMPLETE',
] as const;

/** What is served of a late event, by what CloudFormation shows; all else is late, or asks how the stack is. */
function expected(delivery: Delivery, status: string, live: string): Verdict {
  const isOneOf = (...statuses: readonly string[]): boolean => statuses.includes(status);
  if (delivery === create) {
    if (status === 'CREATE_IN_PROGRESS') return 'serve';
    return status === 'UPDATE_IN_PROGRESS' && live !== 'the same id' ? 'serve' : 'late';
  }
  if (delivery === update)
    return isOneOf('UPDATE_IN_PROGRESS', 'UPDATE_ROLLBACK_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS')
      ? 'serve'
      : 'late';
  const isBeingDeleted = isOneOf('DELETE_IN_PROGRESS', 'DELETE_FAILED');
  if (delivery === remove) {
    if (live === 'another id of ours' || live === 'a foreign id') return 'serve';
    return isBeingDeleted ? 'serve' : 'ask stack';
  }
  if (live === 'the same id' || live === 'another id of ours') return 'no work';
  return isBeingDeleted ? 'serve' : 'ask stack';
}

const events: Readonly<Record<string, Delivery>> = {
  Create: create,
  Update: update,
  Delete: remove,
  'Delete of a foreign id': removeForeign,
};

describe.each(Object.entries(events))('a late %s', (_, delivery) => {
  test.each(STATUSES.flatMap((status) => Object.keys(lifeIds).map((live) => [status, live] as const)))(
    '%s with %s',
    (status, live) => {
      const resource: StackResource = { state: 'known', status, physicalId: lifeIds[live] };
      expect(judge(delivery, resource)).toBe(expected(delivery, status, live));
    },
  );

  test('is late where CloudFormation knows no such resource', () => {
    expect(judge(delivery, { state: 'gone', detail: 'does not exist' })).toBe('late');
  });

  test('is served where CloudFormation cannot be asked', () => {
    expect(judge(delivery, { state: 'unknown', detail: '403 AccessDenied' })).toBe('serve');
  });

  test('asks CloudFormation', () => expect(asksCloudFormation(delivery)).toBe(true));
});

test('a punctual event asks nothing', () => {
  for (const delivery of [create, update, remove])
    expect(asksCloudFormation({ ...delivery, isLate: false })).toBe(false);
});

test('the Delete of a Create that made nothing asks nothing, however late', () => {
  expect(asksCloudFormation({ type: 'Delete', isLate: true, id: MARKER })).toBe(false);
});

test('the punctual Delete of a foreign id asks, and removes nothing while the live id is ours', () => {
  const delivery: Delivery = { type: 'Delete', isLate: false, id: FOREIGN };
  expect(asksCloudFormation(delivery)).toBe(true);
  const shows = (physicalId: string | undefined): StackResource => ({
    state: 'known',
    status: 'UPDATE_COMPLETE',
    physicalId,
  });
  expect(judge(delivery, shows(ASKED))).toBe('no work');
  for (const id of [FOREIGN, undefined, MARKER]) expect(judge(delivery, shows(id))).toBe('serve');
  expect(judge(delivery, { state: 'gone', detail: '' })).toBe('serve');
});

test.each<[string, Verdict]>([
  ['DELETE_IN_PROGRESS', 'serve'],
  ['DELETE_FAILED', 'late'],
  ['CREATE_COMPLETE', 'late'],
  ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'late'],
])('a Delete of the live id in a stack that is %s: %s', (status, verdict) => {
  expect(judgeByStack({ state: 'known', status })).toBe(verdict);
});

test('a stack that is gone waits for nothing, one that cannot be asked is not asked', () => {
  expect(judgeByStack({ state: 'gone', detail: '' })).toBe('late');
  expect(judgeByStack({ state: 'unknown', detail: '' })).toBe('serve');
});

test.each([
  [0, false],
  [44_999, false],
  [45_000, true],
  [3_600_000, true],
  [-2_000, false],
  [-45_000, true],
])('%d ms after the request: late %s', (age, isLate) => {
  const now = Date.parse('2026-11-22T12:00:00Z');
  expect(isLateAt(new Date(now - age), now)).toBe(isLate);
});

test('a request without a date is of any age', () => expect(isLateAt(undefined, 0)).toBe(true));
