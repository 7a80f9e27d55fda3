import fc from 'fast-check';
import { identityOf } from '../../../access/login-identity';
import {
  digestOf,
  factsOf,
  type RecordFacts,
  templateFactsOf,
  withFacts,
} from '../../../access/record-facts';
import { readFields } from '../../../access/record-json';
import { ACCOUNT, account, role, ROLE } from './desired';
import { after, BEFORE, given, MAPPING, OURS, put, recordAt } from './aws-auth/aws-auth-given';
import { planPut } from './aws-auth/plan-alone';

const option = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const facts: fc.Arbitrary<RecordFacts> = fc.record({
  arn: option(fc.string()),
  forced: option(fc.constant(true as const)),
  expires: option(fc.date({ min: new Date(0), noInvalidDate: true }).map((date) => date.getTime())),
  wrote: option(fc.string()),
});
const record = fc.record({
  owner: fc.constant(OURS),
  more: option(fc.dictionary(fc.constantFrom('note', 'arn', 'zone'), fc.string(), { minKeys: 1 })),
});

test('law: facts that were written are read back, and every other field stays', () => {
  fc.assert(
    fc.property(record, facts, (before, written) => {
      const now = withFacts(before, written);
      expect(factsOf(now)).toEqual(written);
      expect(now.more?.['note']).toEqual(before.more?.['note']);
      expect(now.owner).toBe(before.owner);
    }),
  );
});

test('law: what says the same already is the same object, so that nothing is written for it', () => {
  fc.assert(
    fc.property(record, facts, (before, written) => {
      const now = withFacts(before, written);
      expect(withFacts(now, written)).toBe(now);
      expect(withFacts(now, factsOf(now))).toBe(now);
    }),
  );
});

test('only the facts that are named change', () => {
  const now = withFacts({ more: { arn: ROLE, expires: '2026-01-01T00:00:00.000Z' } }, { wrote: 'x' });
  expect(now.more).toEqual({ arn: ROLE, expires: '2026-01-01T00:00:00.000Z', wrote: 'x' });
  expect(withFacts(now, { expires: undefined }).more).toEqual({ arn: ROLE, wrote: 'x' });
  expect(withFacts({ more: { arn: ROLE } }, { arn: undefined })).toEqual({ more: undefined });
});

test.each([
  ['no fields', undefined],
  ['fields of another kind', { arn: 1, forced: 'yes', expires: 'soon', wrote: null }],
  ['a date as a number', { expires: 5 }],
])('%s are no facts', (_, more) => {
  expect(factsOf({ more })).toEqual({
    arn: undefined,
    forced: undefined,
    expires: undefined,
    wrote: undefined,
  });
});

test.each([
  ['the role with its path', role(), { arn: ROLE, forced: undefined }],
  ['a forced place', role({ authenticationMode: 'CONFIG_MAP' }), { arn: ROLE, forced: true }],
  ['the other place is not aws-auth', role({ authenticationMode: 'API' }), { arn: ROLE, forced: undefined }],
  ['a whole account', account(), { arn: undefined, forced: undefined }],
])('a template says: %s', (_, desired, expected) => {
  expect(templateFactsOf(desired)).toEqual(expected);
});

test('a digest is the same for the same access, however it is written', () => {
  const access = { userName: 'a', groups: ['x', 'y'], policies: [], type: undefined };
  const identity = identityOf(access);
  expect(digestOf(identity)).toMatch(/^[0-9a-f]{16}$/);
  expect(digestOf(identityOf({ ...access, groups: ['y', 'x', 'y'], type: 'STANDARD' }))).toBe(
    digestOf(identity),
  );
  expect(digestOf(identityOf({ ...access, groups: ['x'] }))).not.toBe(digestOf(identity));
  // The published vectors of FNV-1a: "" and "foobar".
  expect(digestOf('' as typeof identity)).toBe('cbf29ce484222325');
  expect(digestOf('foobar' as typeof identity)).toBe('85944171f73967e8');
});

describe('in aws-auth', () => {
  const says = { arn: `arn:aws:iam::${ACCOUNT}:role/team/foo`, forced: undefined, expires: undefined };
  const made = after(given(BEFORE), planPut(given(BEFORE), put({ facts: says, requestedAt: 5 })));

  test('the write of an entry brings its facts', () => {
    expect(factsOf(recordAt(made) ?? {})).toMatchObject({
      ...says,
      wrote: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
  });

  test.each([
    ['a repeated event writes nothing', says, false],
    ['nor does an event that says nothing of them', undefined, false],
    ['a place that is now forced is written down', { ...says, forced: true }, true],
    ['and so is another spelling of the role', { ...says, arn: MAPPING.arn }, true],
  ])('%s', (_, facts, writes) => {
    const { write } = planPut(made, put({ isNew: false, requestedAt: 9_000, ...(facts && { facts }) }));
    expect(write !== undefined).toBe(writes);
    expect(write?.data ?? made.data).toBe(made.data);
  });

  test('a record that was made without them is readable, and the next Update completes it', () => {
    const old = after(given(BEFORE), planPut(given(BEFORE), put()));
    expect(recordAt(old)?.more).toBeUndefined();
    const { write } = planPut(old, put({ isNew: false, facts: says }));
    expect(write?.data).toBe(old.data);
    expect(factsOf(recordAt(write ?? old) ?? {})).toMatchObject(says);
  });

  test('an older provider keeps them as fields that it does not know', () => {
    const fields = { at: 5, arn: 'a', wrote: 'b' };
    expect(readFields(fields, (value) => typeof value === 'string')?.more).toEqual({ arn: 'a', wrote: 'b' });
  });
});
