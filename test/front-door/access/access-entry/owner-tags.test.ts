import fc from 'fast-check';
import {
  type EntryRecord,
  markNeverInAwsAuth,
  readRecord,
  recordTags,
  saysNeverInAwsAuth,
} from '../../../../access/access-entry/owner-tags';
import { MAX_TAGS, packText, unpackText } from '../../../../access/access-entry/tag-text';
import { TAGS } from '../../../../access/contract';
import { factsOf, withFacts } from '../../../../access/record-facts';
import { OWNER, stack } from './eks';

it('shows stack and logical id to whoever looks at the tag', () => {
  const marked = recordTags(markNeverInAwsAuth({ owner: OWNER }));
  expect(marked).toEqual({
    [TAGS.owner]: `v1/${stack('app')}/DevAccess`,
    [TAGS.awsAuth]: 'none',
  });
  expect(saysNeverInAwsAuth(marked)).toBe(true);
  expect(saysNeverInAwsAuth(recordTags({ owner: OWNER }))).toBe(false);
  expect(saysNeverInAwsAuth({ [TAGS.awsAuth]: 'none' })).toBe(false);
});

it('goes on in a second tag when the names are as long as CloudFormation allows', () => {
  const owner = { stackId: stack('s'.repeat(128)), logicalId: 'L'.repeat(255) };
  const tags = recordTags({ owner });
  expect(Object.keys(tags)).toEqual([TAGS.owner, `${TAGS.owner}.1`]);
  expect(readRecord(tags)?.owner).toEqual(owner);
});

it.each(['arn:x/y', 'x', '', 'v1', 'v1/x', 'v0/s/l', 'v/s/l', 'v-1/s/l', 'V1/s/l'])(
  'refuses an owner tag that this provider did not write: %j',
  (text) => {
    expect(() => readRecord({ [TAGS.owner]: text })).toThrow(
      `the tag ${TAGS.owner} of the access entry is ${JSON.stringify(text)}, which is not what this provider writes: restore it, or remove the entry's tags that begin with cfn-eks-access:`,
    );
  },
);

it.each(['v2/s/l', 'v10/s/l/more', 'v3'])('refuses a newer owner tag: %s', (text) => {
  expect(() => readRecord({ [TAGS.owner]: text })).toThrow(
    `the tag ${TAGS.owner} of the access entry has version ${/\d+/.exec(text)?.[0]}, written by a newer provider`,
  );
});

it('keeps tags of a newer provider', () => {
  const tags = { ...recordTags({ owner: OWNER }), 'cfn-eks-access:note': '5', 'cfn-eks-access:arn.1': 'x' };
  const record = readRecord({ team: 'blue', ...tags });
  expect(record?.more).toEqual({ note: '5', 'arn.1': 'x' });
  expect(record && recordTags(record)).toEqual(tags);
});

it.each([
  ['nothing', {}],
  ['tags of others', { team: 'blue', 'cfn-eks-access:owner.1': 'x' }],
])('finds no record in %s', (_, tags) => {
  expect(readRecord(tags)).toBeUndefined();
});

const owner = fc.record({ stackId: fc.string({ unit: 'binary' }), logicalId: fc.string({ unit: 'binary' }) });
const arnOwner = fc.record({
  stackId: fc
    .tuple(fc.stringMatching(/^[a-z][a-z0-9-]{0,127}$/), fc.uuid())
    .map(([name, id]) => `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/${id}`),
  logicalId: fc.stringMatching(/^[A-Za-z0-9]{1,255}$/),
});
const policy = fc.record({
  policyArn: fc.string(),
  scope: fc.constantFrom('cluster' as const, 'namespace' as const),
  namespaces: fc.array(fc.string()),
});
const value = fc.record({
  type: fc.string(),
  username: fc.string({ unit: 'grapheme' }),
  groups: fc.array(fc.string()),
  policies: fc.array(policy, { maxLength: 3 }),
  tags: fc.dictionary(
    fc.string().filter((key) => key !== '__proto__'),
    fc.string(),
    { noNullPrototype: true },
  ),
});
const absent = { nil: undefined };
const more = fc.option(
  // An empty tag counts as one that is not there.
  fc.record({ 'aws-auth': fc.constant('none'), note: fc.stringMatching(/^[\w.:-]{1,40}$/) }),
  absent,
);
const owners = fc
  .oneof(arnOwner, owner)
  // A lone surrogate cannot be sent over the wire at all.
  .filter((who) => !/\p{Cs}/u.test(who.stackId + who.logicalId));
const at = fc.option(fc.nat(), absent);
const record = fc.record({
  owner: owners,
  at,
  more,
  found: fc.option(fc.record({ value, owner: fc.option(owners, absent), at, more }), absent),
  renamedFrom: fc.option(fc.record({ value, owner: owners, at, more }), absent),
});

describe('laws', () => {
  it('what is written is read', () => {
    fc.assert(
      fc.property(record, (written) => {
        expect(readRecord({ team: 'blue', ...recordTags(written) })).toEqual(written);
      }),
    );
  });

  it('two owners are never the same tags', () => {
    fc.assert(
      fc.property(fc.oneof(arnOwner, owner), fc.oneof(arnOwner, owner), (one, other) => {
        const same = one.stackId === other.stackId && one.logicalId === other.logicalId;
        expect(
          JSON.stringify(recordTags({ owner: one })) === JSON.stringify(recordTags({ owner: other })),
        ).toBe(same);
      }),
    );
  });

  it('every tag is one that EKS takes (GT-72)', () => {
    fc.assert(
      fc.property(record, (written) => {
        for (const [key, text] of Object.entries(recordTags(markNeverInAwsAuth(written)))) {
          expect(key).toMatch(/^cfn-eks-access:[a-z-]+(\.\d+)?$/);
          expect(text).toMatch(/^[A-Za-z0-9 _.:/=+@-]{0,256}$/);
        }
      }),
    );
  });

  it('a record that lost or changed a tag is damaged, not shorter', () => {
    fc.assert(
      fc.property(value, fc.nat(), (before, pick) => {
        const tags = recordTags({ owner: OWNER, found: { value: { ...before, username: 'u'.repeat(600) } } });
        const keys = Object.keys(tags).filter((key) => key.startsWith(TAGS.found));
        const lost = keys[pick % keys.length] ?? '';
        for (const damaged of [
          Object.fromEntries(Object.entries(tags).filter(([key]) => key !== lost)),
          { ...tags, [lost]: 'x' },
        ]) {
          const read = readRecord(damaged);
          const { [TAGS.owner]: _, ...chunks } = damaged;
          expect(read).toEqual({ owner: OWNER, found: { value: { damaged: chunks } } } satisfies EntryRecord);
          // Written again as they are, so that a person can set them right.
          expect(read && recordTags(read)).toEqual(damaged);
        }
      }),
    );
  });

  it('text that is packed comes back, whatever its characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unpackText(packText(text))).toBe(text);
        // The base64url of RFC 4648.
        expect(packText(text).replace(/^\d+\./, '')).toBe(Buffer.from(text).toString('base64url'));
      }),
    );
  });
});

const kept = (json: string) => ({ ...recordTags({ owner: OWNER }), [TAGS.found]: packText(json) });

it.each([
  'no JSON',
  '[]',
  'null',
  '{"found":{}}',
  '{"found":{"value":"text"}}',
  '{"found":{"value":{"type":"STANDARD"}}}',
  '{"found":{"value":{"type":1,"username":"u","groups":[],"policies":[],"tags":{}}}}',
  '{"found":{"value":{"type":"","username":1,"groups":[],"policies":[],"tags":{}}}}',
  '{"found":{"value":{"type":"","username":"u","groups":"g","policies":[],"tags":{}}}}',
  '{"found":{"value":{"type":"","username":"u","groups":[],"policies":{},"tags":{}}}}',
  '{"found":{"value":{"type":"","username":"u","groups":[],"policies":[],"tags":[]}}}',
  '{"renamedFrom":{"value":{"type":"","username":"u","groups":[],"policies":[],"tags":{}}}}',
  '{"another":1}',
])('what is not kept as we keep it is damaged: %s', (json) => {
  const tags = kept(json);
  expect(readRecord(tags)?.found).toEqual({ value: { damaged: { [TAGS.found]: tags[TAGS.found] } } });
});

it.each(['', '4', '4.', '2.e30', '.', '4.e30=', '2.__', '5.e30AA'])('unpacks nothing from %j', (text) => {
  expect(unpackText(text)).toBeUndefined();
});

it('has room for what the scheduled run needs to know, beside the most tags that a template may give', () => {
  const owner = { stackId: stack('s'.repeat(128)), logicalId: 'L'.repeat(255) };
  const facts = { wrote: 'cbf29ce484222325', expires: Date.parse('9999-12-31T23:59:59.999Z') };
  const tags = recordTags(withFacts(markNeverInAwsAuth({ owner, at: 1e15 - 1 }), facts));
  expect(Object.keys(tags).length + 40).toBeLessThanOrEqual(MAX_TAGS);
  expect(factsOf(readRecord(tags) ?? {})).toMatchObject(facts);
  for (const value of Object.values(tags)) expect(value).toMatch(/^[\w .:/=+@-]{1,256}$/);
});
