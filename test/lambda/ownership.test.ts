import fc from 'fast-check';
import { OWNERS_ANNOTATION } from '../../lambda/contract';
import {
  describeOwner,
  readOwnership,
  withoutRecord,
  withRecord,
  writeOwnership,
  type OwnershipRecord,
} from '../../lambda/ownership';

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
])('the annotation %s is refused, not rewritten', (text) => {
  expect(() => readOwnership({ [OWNERS_ANNOTATION]: text })).toThrow(/restore it, or remove it/);
});

test('an owner is told by names that people know', () => {
  expect(
    describeOwner({ stackId: 'arn:aws:cloudformation:us-east-1:1:stack/my-app/guid', logicalId: 'Admin' }),
  ).toBe('Admin of stack my-app');
});
