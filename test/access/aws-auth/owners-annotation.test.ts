import fc from 'fast-check';
import { OWNERS_ANNOTATION } from '../../../access/contract';
import {
  isAdopted,
  readOwnership,
  recordOf,
  withoutPreviousOwner,
  withoutRecord,
  withRecord,
  writeOwnership,
  type OwnershipRecord,
} from '../../../access/aws-auth/owners-annotation';
import { type Owner, describeOwner, isSameOwner } from '../../../access/owner';

const owner = fc.record({
  stackId: fc.constantFrom(
    'arn:aws:cloudformation:us-east-1:1:stack/a/1',
    'arn:aws:cloudformation:us-east-1:1:stack/b/2',
  ),
  logicalId: fc.string({ minLength: 1 }),
});
const previous = fc.record({ text: fc.string() });
const record: fc.Arbitrary<OwnershipRecord> = fc.oneof(
  owner.map((who) => ({ owner: who })),
  fc.tuple(owner, previous).map(([who, was]) => ({ owner: who, previous: was })),
  fc
    .tuple(owner, owner, previous)
    .map(([who, from, was]) => ({ owner: who, previous: { text: 'x', owner: from, previous: was } })),
);
const principal = fc.constantFrom('arn:aws:iam::1:role/a', 'arn:aws:iam::1:user/b', '012345678901');
const records = fc
  .uniqueArray(fc.tuple(principal, record), { selector: ([key]) => key })
  .map((entries) => new Map(entries));

test('law: what was written is read back, and other annotations stay as they are', () => {
  fc.assert(
    fc.property(records, (written) => {
      const annotations = writeOwnership({ team: 'a' }, written);
      expect(annotations['team']).toBe('a');
      expect(readOwnership(annotations)).toEqual(written);
    }),
  );
});

test('law: a record that comes and goes leaves the annotation byte for byte as it was', () => {
  fc.assert(
    fc.property(records, principal, record, (before, key, added) => {
      fc.pre(!before.has(key));
      const text = writeOwnership({}, before);
      expect(writeOwnership({}, withoutRecord(withRecord(readOwnership(text), key, added), key))).toEqual(
        text,
      );
    }),
  );
});

test('without records there is no annotation', () => {
  expect(writeOwnership({ [OWNERS_ANNOTATION]: '{}', team: 'a' }, new Map())).toEqual({ team: 'a' });
});

test.each([
  '{',
  '[]',
  '"x"',
  '{"s":[]}',
  '{"s":{"p":{}}}',
  '{"s":{"p":{"id":1}}}',
  '{"s":{"p":{"id":"x","previous":"t"}}}',
  '{"s":{"p":{"id":"x","previous":[]}}}',
  '{"s":{"p":{"id":"x","previous":null}}}',
  '{"s":{"p":{"id":"x","previous":{}}}}',
  '{"s":{"p":{"id":"x","previous":{"text":1}}}}',
  '{"s":{"p":{"id":"x","previous":{"text":"t","owner":"o"}}}}',
  '{"s":{"p":{"id":"x","previous":{"text":"t","owner":{"stackId":"s"}}}}}',
  '{"s":{"p":{"id":"x","previous":{"text":"t","owner":{"logicalId":"l"}}}}}',
  '{"s":{"p":{"id":"x","previous":{"text":"t","owner":{"stackId":"s","logicalId":1}}}}}',
  '{"s":{"p":{"id":"x","previous":{"text":"t","previous":{"text":1}}}}}',
  '{"s":{"p":[]}}',
  '{"s":{"p":null}}',
  '{"s":null}',
  'null',
  '5',
])('the annotation %s is refused, not rewritten', (text) => {
  expect(() => readOwnership({ [OWNERS_ANNOTATION]: text })).toThrow(/restore it, or remove it/);
});

test('an owner is told by names that people know', () => {
  expect(
    describeOwner({ stackId: 'arn:aws:cloudformation:us-east-1:1:stack/my-app/guid', logicalId: 'Admin' }),
  ).toBe('Admin of stack my-app');
});

test('a name that objects have by birth is a name like others', () => {
  const text = '{"__proto__":{"__proto__":{"id":"x"}},"constructor":{"toString":{"id":"y"}}}';
  const records = readOwnership({ [OWNERS_ANNOTATION]: text });
  expect(records.get('__proto__')).toEqual({ owner: { stackId: '__proto__', logicalId: 'x' } });
  expect(readOwnership(writeOwnership({}, records))).toEqual(records);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

const stack = (name: string): string => `arn:aws:cloudformation:us-east-1:1:stack/${name}/guid`;
const A = { stackId: stack('a'), logicalId: 'A' };
const B = { stackId: stack('b'), logicalId: 'B' };
const C = { stackId: stack('a'), logicalId: 'C' };

describe('a chain of owners', () => {
  const foreign = { text: 'foreign' };
  const behindB = { text: 'b', owner: B, previous: foreign };
  const chain: OwnershipRecord = { owner: A, previous: { text: 'c', owner: C, previous: behindB } };

  test.each<[string, Owner, OwnershipRecord]>([
    ['the next one', C, { owner: A, previous: behindB }],
    ['one in the middle', B, { owner: A, previous: { text: 'c', owner: C, previous: foreign } }],
    ['nobody in it', { ...B, logicalId: 'X' }, chain],
    ['nobody in it, of another stack', { ...B, stackId: stack('x') }, chain],
    ['the present owner, who is not his own predecessor', A, chain],
  ])('loses %s', (_, leaver, left) => {
    expect(withoutPreviousOwner(chain, leaver)).toEqual(left);
  });

  test('is the same object when nobody leaves, so that nothing is written', () => {
    expect(withoutPreviousOwner(chain, { ...B, logicalId: 'X' })).toBe(chain);
    const alone: OwnershipRecord = { owner: A };
    expect(withoutPreviousOwner(alone, B)).toBe(alone);
  });

  test('loses its end', () => {
    const record: OwnershipRecord = { owner: A, previous: { text: 'b', owner: B } };
    expect(withoutPreviousOwner(record, B)).toStrictEqual({ owner: A });
  });

  test('is handed back link by link', () => {
    expect(recordOf({ text: 'c', owner: C, previous: behindB })).toStrictEqual({
      owner: C,
      previous: behindB,
    });
    expect(recordOf({ text: 'c', owner: C })).toStrictEqual({ owner: C });
    expect(recordOf(foreign)).toBeUndefined();
  });

  test.each<[boolean, string, OwnershipRecord]>([
    [false, 'nobody before', { owner: A }],
    [true, 'somebody who left no record', { owner: A, previous: foreign }],
    [true, 'another stack', { owner: A, previous: { text: 'b', owner: B } }],
    [false, 'a rename', { owner: A, previous: { text: 'c', owner: C } }],
    [true, 'a rename of what was adopted', chain],
    [true, 'a rename of a foreign one', { owner: A, previous: { text: 'c', owner: C, previous: foreign } }],
  ])('adopted is %s for %s', (adopted, _, given) => {
    expect(isAdopted(given)).toBe(adopted);
  });
});

test('owners are the same by stack and by logical id', () => {
  expect(isSameOwner(A, { ...A })).toBe(true);
  expect(isSameOwner(A, C)).toBe(false);
  expect(isSameOwner(A, { ...A, stackId: stack('b') })).toBe(false);
});

test('an owner without a stack ARN is told by what there is', () => {
  expect(describeOwner({ stackId: 'x', logicalId: 'Admin' })).toBe('Admin of stack x');
});

test.each(['', ' \n'])('the annotation %j holds nothing', (text) => {
  expect(readOwnership({ [OWNERS_ANNOTATION]: text }).size).toBe(0);
});

test('records stand in the order of their principals, by stack, whatever the order they came in', () => {
  const records = new Map<string, OwnershipRecord>([
    ['b', { owner: A }],
    ['c', { owner: B, previous: { text: 't' } }],
    ['a', { owner: C }],
  ]);
  expect(writeOwnership({}, records)[OWNERS_ANNOTATION]).toBe(
    `{"${A.stackId}":{"a":{"id":"C"},"b":{"id":"A"}},"${B.stackId}":{"c":{"id":"B","previous":{"text":"t"}}}}`,
  );
});
