/** A Delete that found nothing leaves a mark, so that a write which is still under way meets a conflict (CR-28). */
import { planPut, planRemove } from './plan-alone';
import { type AwsAuth, type RemoveIntent } from '../../../../access/aws-auth/intent';
import { type ConfigMap, type ConfigMapStore } from '../../../../access/aws-auth/port';
import { removeIdentityMapping } from '../../../../access/aws-auth/remove';
import { NoRights } from '../../../../access/cluster/kubernetes-refusal';
import { LAST_DELETE_ANNOTATION, OWNERS_ANNOTATION } from '../../../../access/contract';
import { ProviderError } from '../../../../access/errors';
import { type Deadline } from '../../../../access/retry';
import { AFTER, after, BEFORE, DIFFERENT, EQUAL, given, OTHER, OURS, put, removing } from './aws-auth-given';

const leavesMark = { at: '2026-11-22T12:00:00.000Z', requestId: '7c1e2f7a-3b1d-4c58-9d3f-2f1f0f0e0d0c' };
const MARK = `{"at":"2026-11-22T12:00:00.000Z","requestId":"7c1e2f7a-3b1d-4c58-9d3f-2f1f0f0e0d0c"}`;
const marking = (intent: Partial<RemoveIntent> = {}): RemoveIntent => removing({ leavesMark, ...intent });

test('nothing found: one annotation, and nothing else changes', () => {
  const current = given(BEFORE + AFTER);
  const plan = planRemove(current, marking());
  expect(plan).toMatchObject({ removed: false, isMark: true, note: 'the entry was not found' });
  expect(plan.write).toEqual({
    data: current.data,
    annotations: { ...current.annotations, [LAST_DELETE_ANNOTATION]: MARK },
  });
});

test.each<[string, AwsAuth]>([
  ['of an unknown owner', given(BEFORE + DIFFERENT)],
  ['of another stack', given(BEFORE + EQUAL, { owner: OTHER })],
])('an entry %s stays and the mark is left: a write that takes it over may be under way', (_, current) => {
  const plan = planRemove(current, marking());
  expect(plan).toMatchObject({ isMark: true, removed: false, wasThere: true });
  expect(plan.write?.data).toBe(current.data);
  expect(plan.write?.annotations).toEqual({ ...current.annotations, [LAST_DELETE_ANNOTATION]: MARK });
});

test('the next one overwrites it, and no request id makes it long', () => {
  const first = after(given(BEFORE), planRemove(given(BEFORE), marking()));
  const later = { at: '2027-01-01T00:00:00.000Z', requestId: 'r'.repeat(5_000) };
  const second = after(first, planRemove(first, marking({ leavesMark: later })));
  expect(second.annotations[LAST_DELETE_ANNOTATION]).toBe(
    JSON.stringify({ at: later.at, requestId: 'r'.repeat(64) }),
  );
});

test.each<[string, AwsAuth, Partial<RemoveIntent>]>([
  ['without the intent', given(BEFORE), { leavesMark: undefined }],
  ['where the entry is removed', given(BEFORE + EQUAL, { owner: OURS }), {}],
  ['where the entry equals what was asked for', given(BEFORE + EQUAL), {}],
  ['where its own record is found', given(BEFORE, { owner: OURS }), {}],
])('no mark %s', (_, current, intent) => {
  const plan = planRemove(current, marking(intent));
  expect(plan.isMark).toBeUndefined();
  expect(after(current, plan).annotations).not.toHaveProperty(LAST_DELETE_ANNOTATION);
});

test('what is removed beside access entries leaves a mark, which tells a copy of this Delete alone', () => {
  const current = given(BEFORE + EQUAL, { owner: OURS });
  const plan = planRemove(current, marking({ marksRemoval: leavesMark }));
  expect(plan).toMatchObject({ removed: true });
  const left = after(current, plan);
  const told = `${MARK.slice(0, -1)},"removed":["${leavesMark.requestId}"]}`;
  expect(left.annotations[LAST_DELETE_ANNOTATION]).toBe(told);
  const copy = planRemove(left, marking({ marksRemoval: leavesMark }));
  expect(copy).toMatchObject({ removed: false, hasPassed: true });
  expect(copy.write).toBeUndefined();
  const other = { ...leavesMark, requestId: 'another' };
  expect(planRemove(left, marking({ leavesMark: other, marksRemoval: other })).hasPassed).toBeUndefined();
  // The mark of a Delete that found nothing says no such thing.
  const unfound = after(given(BEFORE), planRemove(given(BEFORE), marking()));
  expect(planRemove(unfound, marking({ marksRemoval: leavesMark })).hasPassed).toBeUndefined();
});

test('the mark keeps the removals of the last twenty Deletes, also over those that find nothing', () => {
  const marks = Array.from({ length: 25 }, (_, at) => ({ ...leavesMark, requestId: `request-${at}` }));
  const last = marks.reduce((current, mark) => {
    const mapped = given(BEFORE + EQUAL, { owner: OURS });
    const before = { ...mapped, annotations: { ...current.annotations, ...mapped.annotations } };
    const removed = after(before, planRemove(before, removing({ leavesMark: mark, marksRemoval: mark })));
    return after(removed, planRemove(removed, marking()));
  }, given(BEFORE));
  const known = marks.filter((mark) => planRemove(last, removing({ marksRemoval: mark })).hasPassed === true);
  expect(known).toEqual(marks.slice(5));
});

test.each([
  '',
  '{',
  '{"removed":[]}',
  '{"removed":[""]}',
  `{"removed":["${'x'.repeat(65)}"]}`,
  '"removed":["a"',
])('a mark in which another tool has written %p tells nothing', (text) => {
  const current = { ...given(BEFORE), annotations: { [LAST_DELETE_ANNOTATION]: text } };
  const plan = planRemove(current, marking({ marksRemoval: leavesMark }));
  expect(plan.hasPassed).toBeUndefined();
  expect(plan.write?.annotations[LAST_DELETE_ANNOTATION]).toBe(MARK);
});

test('no mark where it would not fit, and the Delete is none the worse', () => {
  const annotations = { 'other/tool': 'x'.repeat(262_144 - 'other/tool'.length) };
  const plan = planRemove({ data: { mapRoles: BEFORE }, annotations }, marking());
  expect(plan).toMatchObject({ removed: false, note: 'the entry was not found' });
  expect(plan.write).toBeUndefined();
});

test('the next write keeps a mark', () => {
  const marked = after(given(BEFORE), planRemove(given(BEFORE), marking()));
  const put1 = after(marked, planPut(marked, put()));
  expect(put1.annotations).toMatchObject({
    [LAST_DELETE_ANNOTATION]: MARK,
    [OWNERS_ANNOTATION]: expect.any(String) as string,
  });
});

describe('the loop', () => {
  const time: Deadline = {
    signal: new AbortController().signal,
    now: () => 0,
    remainingMs: () => 60_000,
    pause: () => Promise.resolve(),
    random: () => 0.5,
  };

  /** A ConfigMap whose writes meet `refusals`, one each, and what was written. */
  function store(
    start: AwsAuth | undefined,
    refusals: (Error | (() => AwsAuth))[] = [],
  ): { readonly store: ConfigMapStore; readonly writes: ConfigMap[]; current(): AwsAuth | undefined } {
    let current = start;
    const writes: ConfigMap[] = [];
    const read = (): ConfigMap | undefined =>
      current && {
        ...current,
        object: { metadata: { annotations: current.annotations }, data: current.data },
      };
    return {
      writes,
      current: () => current,
      store: {
        read: () => Promise.resolve(read()),
        make: () => Promise.reject(new TypeError('a ConfigMap was made')),
        replace: (configMap) => {
          writes.push(configMap);
          const refusal = refusals.shift();
          if (typeof refusal === 'function') {
            current = refusal();
            return Promise.reject(new ProviderError('ResourceConflict', 'conflict'));
          }
          if (refusal) return Promise.reject(refusal);
          current = { data: configMap.data, annotations: configMap.annotations };
          return Promise.resolve();
        },
      },
    };
  }

  test('one write', async () => {
    const at = store(given(BEFORE));
    expect(await removeIdentityMapping(at.store, { intent: marking() }, time)).toMatchObject({
      removed: false,
    });
    expect(at.writes).toHaveLength(1);
    expect(at.current()?.annotations[LAST_DELETE_ANNOTATION]).toBe(MARK);
  });

  test('a ConfigMap is never made for it', async () => {
    const at = store(undefined);
    expect(await removeIdentityMapping(at.store, { intent: marking() }, time)).toMatchObject({
      removed: false,
    });
    expect(at.writes).toEqual([]);
  });

  test('after a conflict nothing more is marked: another write has moved the version', async () => {
    const at = store(given(BEFORE), [() => given(BEFORE + AFTER)]);
    expect(await removeIdentityMapping(at.store, { intent: marking() }, time)).toMatchObject({
      removed: false,
    });
    expect(at.writes).toHaveLength(1);
    expect(at.current()).toEqual(given(BEFORE + AFTER));
  });

  test('where the conflict was the late write, what it made is removed', async () => {
    const late = (): AwsAuth => given(BEFORE + EQUAL, { owner: OURS });
    const at = store(given(BEFORE), [late]);
    expect(await removeIdentityMapping(at.store, { intent: marking() }, time)).toMatchObject({
      removed: true,
    });
    expect(at.current()).toEqual(given(BEFORE));
  });

  test.each([
    ['the provider may not write', new NoRights('no')],
    ['the answer was lost', new ProviderError('ServiceUnavailable', 'lost', { mayHaveActed: true })],
    ['the server is busy', new ProviderError('Throttling', 'busy')],
  ])('%s: the Delete succeeds, after one write', async (_, refusal) => {
    const at = store(given(BEFORE), [refusal]);
    expect(await removeIdentityMapping(at.store, { intent: marking() }, time)).toMatchObject({
      removed: false,
    });
    expect(at.writes).toHaveLength(1);
  });
});
