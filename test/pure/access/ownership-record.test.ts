import { type Owner } from '../../../access/owner';
import {
  datedRecord,
  dropPreviousOwner,
  isAdopted,
  isOvertaken,
  newRecord,
  type OwnershipRecord,
  previousOf,
  recordKeeping,
  takeOverWithinStack,
} from '../../../access/ownership-record';

const stack = (name: string): string => `arn:aws:cloudformation:us-east-1:1:stack/${name}/guid`;
const A = { stackId: stack('a'), logicalId: 'A' };
const B = { stackId: stack('b'), logicalId: 'B' };
const C = { stackId: stack('a'), logicalId: 'C' };

type TextRecord = OwnershipRecord<string>;
/** A has it, as C had it before a rename, who had adopted it from B. */
const full: TextRecord = {
  owner: A,
  found: { value: 'b', owner: B },
  renamedFrom: { value: 'c', owner: C },
};

describe('a previous owner', () => {
  test.each<[string, Owner, TextRecord]>([
    ['the one before the rename', C, { owner: A, found: { value: 'b', owner: B } }],
    ['the one it was adopted from', B, { owner: A, renamedFrom: { value: 'c', owner: C } }],
    ['nobody in it', { ...B, logicalId: 'X' }, full],
    ['nobody in it, of another stack', { ...B, stackId: stack('x') }, full],
    ['the present owner, who is not his own predecessor', A, full],
  ])('who leaves is dropped: %s', (_, leaver, left) => {
    expect(dropPreviousOwner(full, leaver)).toEqual(left);
  });

  test('who is not in it leaves the same object, so that nothing is written', () => {
    expect(dropPreviousOwner(full, { ...B, logicalId: 'X' })).toBe(full);
    const alone: TextRecord = { owner: A };
    expect(dropPreviousOwner(alone, B)).toBe(alone);
  });

  test('unknown is nobody who could leave', () => {
    const found: TextRecord = { owner: A, found: { value: 'foreign' } };
    expect(dropPreviousOwner(found, B)).toBe(found);
  });

  test('gets the entry back, with what the stack had found', () => {
    expect(previousOf(full)).toEqual({ value: 'c', record: { owner: C, found: { value: 'b', owner: B } } });
    expect(previousOf({ owner: A, renamedFrom: { value: 'c', owner: C } })).toEqual({
      value: 'c',
      record: { owner: C },
    });
    expect(previousOf({ owner: A, found: { value: 'b', owner: B } })).toEqual({
      value: 'b',
      record: { owner: B },
    });
    expect(previousOf({ owner: A, found: { value: 'foreign' } })).toEqual({
      value: 'foreign',
      record: undefined,
    });
    expect(previousOf({ owner: A })).toBeUndefined();
  });

  test('gets nothing once CloudFormation no longer has them', () => {
    expect(previousOf(full, [C])).toEqual({ value: 'b', record: { owner: B } });
    expect(previousOf(full, [B, C])).toBeUndefined();
    expect(previousOf(full, [B])).toEqual({
      value: 'c',
      record: { owner: C, found: { value: 'b', owner: B } },
    });
    expect(previousOf({ owner: A, found: { value: 'foreign' } }, [B, C])).toEqual({
      value: 'foreign',
      record: undefined,
    });
  });

  test('is never the one who leaves', () => {
    expect(previousOf({ owner: A, found: { value: 'a', owner: A } })).toBeUndefined();
  });
});

describe('a rename', () => {
  test('there and back again remembers the one before, and never nests', () => {
    const there = takeOverWithinStack('c', { owner: C, found: { value: 'b', owner: B } }, A);
    expect(there).toEqual(full);
    const back = takeOverWithinStack('a', there, C);
    expect(back).toEqual({
      owner: C,
      found: { value: 'b', owner: B },
      renamedFrom: { value: 'a', owner: A },
    });
    expect(takeOverWithinStack('c', back, A)).toEqual(full);
  });
});

test('what nobody had written down is kept without an owner', () => {
  expect(recordKeeping('foreign', undefined, A)).toEqual({ owner: A, found: { value: 'foreign' } });
});

describe('fields of a newer provider', () => {
  const more = { arn: 'x' };

  test('go with their owner: kept at a takeover, back at its end, and not the new owner’s', () => {
    const adopted = recordKeeping('b', { owner: B, more }, A);
    expect(adopted).toEqual({ owner: A, found: { value: 'b', owner: B, more } });
    expect(previousOf(adopted)?.record).toEqual({ owner: B, more });
    const renamed = takeOverWithinStack('c', { owner: C, more }, A);
    expect(renamed).toEqual({ owner: A, renamedFrom: { value: 'c', owner: C, more } });
    expect(previousOf(renamed)?.record).toEqual({ owner: C, more });
  });

  test('and so does the date', () => {
    const dated: TextRecord = { owner: B, at: 7 };
    const adopted = recordKeeping('b', dated, A);
    expect(adopted).toEqual({ owner: A, found: { value: 'b', owner: B, at: 7 } });
    expect(previousOf(adopted)?.record).toEqual(dated);
    const renamed = takeOverWithinStack('c', { owner: C, at: 7 }, A);
    expect(renamed).toEqual({ owner: A, renamedFrom: { value: 'c', owner: C, at: 7 } });
    expect(previousOf(renamed)?.record).toEqual({ owner: C, at: 7 });
    expect(newRecord(A, { ...full, at: 7 })).toEqual({ owner: A, at: 7 });
    expect(newRecord(C, { ...full, at: 7 })).toEqual({ owner: C });
  });

  test('stay in the present owner’s record', () => {
    expect(dropPreviousOwner({ ...full, more }, C).more).toEqual(more);
    expect(newRecord(A, { ...full, more })).toEqual({ owner: A, more });
    expect(newRecord(C, { ...full, more })).toEqual({ owner: C });
    expect(newRecord(A)).toEqual({ owner: A });
  });
});

test.each<[boolean, string, TextRecord]>([
  [false, 'nobody before', { owner: A }],
  [true, 'an owner who left no record', { owner: A, found: { value: 'foreign' } }],
  [true, 'another stack', { owner: A, found: { value: 'b', owner: B } }],
  [false, 'a rename', { owner: A, renamedFrom: { value: 'c', owner: C } }],
  [true, 'a rename of what was adopted', full],
  [true, 'a rename of a foreign one', { ...full, found: { value: 'foreign' } }],
])('adopted is %s for %s', (adopted, _, given) => {
  expect(isAdopted(given)).toBe(adopted);
});

describe('the date (CR-24)', () => {
  const AT = 1_767_225_600_000;

  test.each<[number | undefined, number | undefined, boolean]>([
    [AT, AT, false],
    [AT, AT - 2_000, false],
    [AT, AT - 2_001, true],
    [AT, AT + 1, false],
    [AT, undefined, false],
    [undefined, AT, false],
    [undefined, undefined, false],
    // No event comes 15 days late: another tool has written the date, and the stack must not stop for ever.
    [AT + 15 * 86_400_000 - 1, AT, true],
    [AT + 15 * 86_400_000, AT, false],
    [1e308, AT, false],
  ])('recorded %s, asked for %s', (at, requestedAt, expected) => {
    expect(isOvertaken(at, requestedAt)).toBe(expected);
  });

  test('of a record never goes back', () => {
    expect(datedRecord({ owner: A, at: AT }, AT - 1_000)).toEqual({ owner: A, at: AT });
    expect(datedRecord({ owner: A, at: AT }, AT + 1_000)).toEqual({ owner: A, at: AT + 1_000 });
    expect(datedRecord({ owner: A }, undefined)).toEqual({ owner: A });
    expect(datedRecord({ owner: A, at: AT }, undefined)).toEqual({ owner: A, at: AT });
    expect(datedRecord({ owner: A }, AT)).toEqual({ owner: A, at: AT });
  });

  test('of a record that another tool has set far ahead is put right', () => {
    expect(datedRecord({ owner: A, at: 1e308 }, AT)).toEqual({ owner: A, at: AT });
  });
});
