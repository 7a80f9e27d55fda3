import fc from 'fast-check';
import { OWNERS_ANNOTATION } from '../../../../access/contract';
import {
  type EntryRecord,
  readOwnership,
  withoutRecord,
  withRecord,
  writeOwnership,
} from '../../../../access/aws-auth/owners-annotation';

const owner = fc.record({
  stackId: fc.constantFrom(
    'arn:aws:cloudformation:us-east-1:1:stack/a/1',
    'arn:aws:cloudformation:us-east-1:1:stack/b/2',
  ),
  logicalId: fc.string({ minLength: 1 }),
});
/** Fields of a newer provider. */
const more = fc.option(
  fc.record({ arn: fc.string(), forced: fc.boolean(), wrote: fc.record({ at: fc.integer() }) }),
  { nil: undefined },
);
const value = fc.string();
const absent = { nil: undefined };
const record: fc.Arbitrary<EntryRecord> = fc.record({
  owner,
  more,
  found: fc.option(fc.record({ value, owner: fc.option(owner, absent), more }), absent),
  renamedFrom: fc.option(fc.record({ value, owner, more }), absent),
});
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

const WITH = (group: string): string => `{"v":1,"stacks":{"s":${group}}}`;
const KEEPING = (field: string): string => WITH(`{"p":{"id":"x",${field}}}`);

test.each([
  '{',
  '[]',
  '"x"',
  '{}',
  '{"s":{"p":{"id":"x"}}}',
  '{"v":1}',
  '{"v":1,"stacks":[]}',
  '{"v":1,"stacks":null}',
  '{"v":"2","stacks":{}}',
  '{"v":0,"stacks":{}}',
  '{"v":1,"stacks":{},"more":{}}',
  WITH('[]'),
  WITH('{"p":{}}'),
  WITH('{"p":{"id":1}}'),
  KEEPING('"found":"t"'),
  KEEPING('"found":[]'),
  KEEPING('"found":null'),
  KEEPING('"found":{}'),
  KEEPING('"found":{"value":1}'),
  KEEPING('"found":{"value":"t","owner":"o"}'),
  KEEPING('"found":{"value":"t","owner":null}'),
  KEEPING('"found":{"value":"t","owner":{"stackId":"s"}}'),
  KEEPING('"found":{"value":"t","owner":{"logicalId":"l"}}'),
  KEEPING('"found":{"value":"t","owner":{"stackId":"s","logicalId":1}}'),
  KEEPING('"at":"2026-01-01T00:00:00Z"'),
  KEEPING('"renamedFrom":"t"'),
  KEEPING('"renamedFrom":{"value":1,"owner":{"stackId":"s","logicalId":"l"}}'),
  KEEPING('"renamedFrom":{"value":"t"}'),
  WITH('{"p":[]}'),
  WITH('{"p":null}'),
  WITH('null'),
  'null',
  '5',
])('the annotation %s is refused, not rewritten', (text) => {
  expect(() => readOwnership({ [OWNERS_ANNOTATION]: text })).toThrow(/restore it, or remove it/);
});

test.each(['{"v":2,"stacks":{}}', '{"v":3}', '{"v":12,"owners":[]}'])(
  'the annotation %s is a newer provider’s, and not broken',
  (text) => {
    const version = /\d+/.exec(text)?.[0] ?? '';
    expect(() => readOwnership({ [OWNERS_ANNOTATION]: text })).toThrow(
      expect.objectContaining({
        code: 'InvalidRequest',
        message: `the annotation cfn-eks-access/owners of the ConfigMap aws-auth has version ${version}, written by a newer provider, and this one knows version 1 and would lose what it does not know: update the provider of this stack to the release of the other one`,
      }) as Error,
    );
  },
);

test('what a newer provider of the same version has written is kept', () => {
  const text =
    '{"v":1,"stacks":{"s":{"p":{"id":"x","arn":"a","forced":true,"found":{"noted":5,"value":"t","owner":{"stackId":"o","logicalId":"l"}}}}}}';
  const records = readOwnership({ [OWNERS_ANNOTATION]: text });
  expect(writeOwnership({}, records)).toEqual({ [OWNERS_ANNOTATION]: text });
});

test('a name that objects have by birth is a name like others', () => {
  const text =
    '{"v":1,"stacks":{"__proto__":{"__proto__":{"id":"x"}},"constructor":{"toString":{"id":"y","__proto__":{"a":1}}}}}';
  const records = readOwnership({ [OWNERS_ANNOTATION]: text });
  expect(records.get('__proto__')).toEqual({ owner: { stackId: '__proto__', logicalId: 'x' } });
  expect(readOwnership(writeOwnership({}, records))).toEqual(records);
  expect(Object.keys(Object.prototype)).toEqual([]);
});

const stack = (name: string): string => `arn:aws:cloudformation:us-east-1:1:stack/${name}/guid`;
const A = { stackId: stack('a'), logicalId: 'A' };
const B = { stackId: stack('b'), logicalId: 'B' };
const C = { stackId: stack('a'), logicalId: 'C' };

test.each(['', ' \n'])('the annotation %j holds nothing', (text) => {
  expect(readOwnership({ [OWNERS_ANNOTATION]: text }).size).toBe(0);
});

test('records come in the order of their principals, by stack, whatever the order they came in', () => {
  const records = new Map<string, EntryRecord>([
    ['b', { owner: A }],
    ['c', { owner: B, found: { value: 't' } }],
    ['a', { owner: C }],
  ]);
  expect(writeOwnership({}, records)[OWNERS_ANNOTATION]).toBe(
    `{"v":1,"stacks":{"${A.stackId}":{"a":{"id":"C"},"b":{"id":"A"}},"${B.stackId}":{"c":{"id":"B","found":{"value":"t"}}}}}`,
  );
});
