import fc from 'fast-check';
import {
  type OwnershipRecord,
  previousTags,
  readPrevious,
  readRecord,
  recordTags,
} from '../../../access/access-entry/owner-tags';
import { TAGS } from '../../../access/contract';
import { OWNER, stack } from './eks';

const record = (change: Partial<OwnershipRecord> = {}): OwnershipRecord => ({
  owner: OWNER,
  previousTags: {},
  neverInAwsAuth: false,
  ...change,
});

it('shows stack and logical id to whoever looks at the tag', () => {
  expect(recordTags(record({ neverInAwsAuth: true }))).toEqual({
    [TAGS.owner]: `${stack('app')}/DevAccess`,
    [TAGS.awsAuth]: 'none',
  });
});

it('goes on in a second tag when the names are as long as CloudFormation allows', () => {
  const owner = { stackId: stack('s'.repeat(128)), logicalId: 'L'.repeat(255) };
  const tags = recordTags(record({ owner }));
  expect(Object.keys(tags)).toEqual([TAGS.owner, `${TAGS.owner}.1`]);
  expect(readRecord(tags)?.owner).toEqual(owner);
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
const previous = fc.record({
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

describe('laws', () => {
  it('what is written is read', () => {
    fc.assert(
      fc.property(fc.oneof(arnOwner, owner), previous, fc.boolean(), (who, before, neverInAwsAuth) => {
        // A lone surrogate cannot be sent over the wire at all.
        fc.pre(!/\p{Cs}/u.test(who.stackId + who.logicalId));
        const kept = record({ owner: who, previousTags: previousTags(before), neverInAwsAuth });
        const read = readRecord({ team: 'blue', ...recordTags(kept) });
        expect(read).toEqual(kept);
        expect(readPrevious(read?.previousTags ?? {})).toEqual(before);
      }),
    );
  });

  it('two owners are never the same tags', () => {
    fc.assert(
      fc.property(fc.oneof(arnOwner, owner), fc.oneof(arnOwner, owner), (one, other) => {
        const same = one.stackId === other.stackId && one.logicalId === other.logicalId;
        expect(
          JSON.stringify(recordTags(record({ owner: one }))) ===
            JSON.stringify(recordTags(record({ owner: other }))),
        ).toBe(same);
      }),
    );
  });

  it('every tag is one that EKS takes (GT-72)', () => {
    fc.assert(
      fc.property(fc.oneof(arnOwner, owner), previous, (who, before) => {
        const tags = recordTags(
          record({ owner: who, previousTags: previousTags(before), neverInAwsAuth: true }),
        );
        for (const [key, value] of Object.entries(tags)) {
          expect(key).toMatch(/^cfn-eks-access:[a-z-]+(\.\d+)?$/);
          expect(value).toMatch(/^[A-Za-z0-9 _.:/=+@-]{0,256}$/);
        }
      }),
    );
  });

  it('a record that lost or changed a tag is damaged, not shorter', () => {
    fc.assert(
      fc.property(previous, fc.nat(), (before, pick) => {
        const tags = previousTags({ ...before, username: 'u'.repeat(600) });
        const keys = Object.keys(tags);
        const lost = keys[pick % keys.length] ?? '';
        expect(readPrevious(Object.fromEntries(Object.entries(tags).filter(([key]) => key !== lost)))).toBe(
          'damaged',
        );
        expect(readPrevious({ ...tags, [lost]: 'x' })).toBe('damaged');
      }),
    );
  });
});
