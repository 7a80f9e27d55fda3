/** What a Delete makes of an access entry, beyond the ownership table: nodes, tags, damage, words. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { type EntryRecord, recordTags, snapshot } from '../../../../access/access-entry/owner-tags';
import { type Action } from '../../../../access/access-entry/plan';
import { release, type ReleaseRequest, targetOfPrevious } from '../../../../access/access-entry/release';
import { type Tags } from '../../../../access/access-entry/tag-text';
import { listingTags } from '../../../../access/access-entry/template-tags';
import { ARN, OTHER, OURS, SIBLING } from '../aws-auth/aws-auth-given';
import { refusalOf } from '../refusal';
import { current, currentNode, NODE, WANTED } from './entry-given';
import { perform } from './entry-model';

const asked = (change: Partial<ReleaseRequest> = {}): ReleaseRequest => ({
  owner: OURS,
  lastKnown: WANTED,
  equalIsOwn: true,
  ...change,
});
const removed = { actions: [{ do: 'delete' }], removed: true };
const kept = { actions: [], removed: false, note: 'not managed by this resource' };
const foundTags = (entry: CurrentAccessEntry): readonly string[] =>
  Object.keys(entry.tags).filter((key) => /^cfn-eks-access:found(\.\d)?$/.test(key));
const ours: EntryRecord = { owner: OURS };

test.each<[string, CurrentAccessEntry, Partial<ReleaseRequest>, object]>([
  ['without record, as the resource asked for it', current(), {}, removed],
  ['without record, where equality proves nothing', current(), { equalIsOwn: false }, kept],
  ['without record, of which nothing is known', current(), { lastKnown: undefined }, kept],
  ['without record, and another one', current({ username: 'theirs' }), {}, kept],
  [
    'under our record, whatever it is now',
    current({ username: 'x' }, ours),
    { lastKnown: undefined },
    removed,
  ],
  ['a node’s, of the type that was asked for', currentNode(), { lastKnown: NODE }, removed],
  ['a node’s, of another type', currentNode({ type: 'HYBRID_LINUX' }), { lastKnown: NODE }, kept],
  ['the provider’s own, under our record', current({ groups: ['cfn-eks-access'] }, ours), {}, kept],
  [
    'the provider’s own, as the resource asked for it',
    current({ groups: ['cfn-eks-access'] }),
    { lastKnown: { ...WANTED, groups: ['cfn-eks-access'] } },
    kept,
  ],
  [
    'another stack’s',
    current({}, { owner: OTHER }),
    {},
    { actions: [], removed: false, note: 'owned by Theirs of stack other' },
  ],
  ['that aws-auth has replaced', current(), { isReplaced: true, lastKnown: undefined }, removed],
  ['another stack’s, replaced', current({}, { owner: OTHER }), { isReplaced: true }, removed],
  ['a node’s, replaced', currentNode(), { isReplaced: true, lastKnown: undefined }, kept],
  ['the provider’s, replaced', current({ groups: ['cfn-eks-access'] }), { isReplaced: true }, kept],
])('an entry %s', (_, entry, change, expected) => {
  expect(release(entry, asked(change))).toEqual(expected);
});

test('another stack’s record no longer keeps what it kept for the resource; all else stays', () => {
  const theirs: EntryRecord = { owner: OTHER, found: { value: snapshot(current()), owner: OURS } };
  const entry = current({ tags: { foreign: '1' } }, theirs);
  expect(release(entry, asked()).actions).toEqual<Action[]>([
    { do: 'untag', accessEntryArn: 'arn', keys: foundTags(entry) },
  ]);
});

describe('what was there before is put back', () => {
  const found = { ...snapshot(current({ username: 'theirs', groups: ['ops'] })), tags: { cost: '42' } };

  test('with its tags and without ours, the record last', () => {
    const entry = current(
      { tags: { cost: '1', mine: '1', foreign: '1' } },
      { owner: OURS, at: 5, found: { value: found, owner: OTHER } },
    );
    const lastKnown = { ...WANTED, tags: { mine: '1', cost: '1' } };
    expect(release(entry, asked({ lastKnown }))).toEqual({
      actions: [
        { do: 'update', username: 'theirs', groups: ['ops'] },
        // Once the record is theirs, no other try would take our tags off.
        { do: 'untag', accessEntryArn: 'arn', keys: ['mine'] },
        // What our record said is emptied in the call that hands the entry over.
        {
          do: 'tag',
          accessEntryArn: 'arn',
          tags: {
            cost: '42',
            ...recordTags({ owner: OTHER }),
            ...Object.fromEntries(['cfn-eks-access:at', ...foundTags(entry)].map((key) => [key, ''])),
          },
        },
        {
          do: 'untag',
          accessEntryArn: 'arn',
          keys: ['cfn-eks-access:at', ...foundTags(entry)],
        },
      ],
      removed: true,
      note: 'put back what was there before',
    });
  });

  test('as nobody’s, where nobody had written it down', () => {
    const own = { mine: '1', cost: '1' };
    const record = listingTags({ owner: OURS, found: { value: found } }, own);
    const entry = current({ tags: { ...own, foreign: '1' } }, record);
    const { actions } = release(entry, asked({ lastKnown: undefined }));
    expect(actions).toContainEqual({ do: 'tag', accessEntryArn: 'arn', tags: { cost: '42' } });
    expect(actions).toContainEqual({
      do: 'untag',
      accessEntryArn: 'arn',
      keys: ['cfn-eks-access:owner', ...foundTags(entry), 'cfn-eks-access:tags', 'mine'],
    });
  });

  test.each<[string, Tags, Tags | undefined, Tags]>([
    ['a tag that another tool has changed since stays as it is', { cost: '43' }, {}, { cost: '43' }],
    ['so does one that it has taken off', {}, {}, {}],
    [
      'and one of the template’s that it has changed',
      { mine: '2', cost: '42' },
      {},
      { mine: '2', cost: '42' },
    ],
    ['what the template put over it goes', { cost: '1' }, { cost: '1' }, { cost: '42' }],
    ['the properties of the Delete tell the same', { cost: '1', mine: '1' }, undefined, { cost: '42' }],
  ])('%s', (_, tags, listed, after) => {
    const record: EntryRecord = { owner: OURS, found: { value: found } };
    const entry = current({ tags }, listed ? listingTags(record, listed) : record);
    const lastKnown = { ...WANTED, tags: listed ? {} : { cost: '1', mine: '1' } };
    expect(perform(entry, release(entry, asked({ lastKnown })).actions)?.tags).toEqual(after);
  });

  test('a rename goes back to all tags of the name before', () => {
    const value = { ...found, tags: { cost: '1', old: '1' } };
    const record: EntryRecord = {
      owner: OURS,
      found: { value: found },
      renamedFrom: { value, owner: SIBLING },
    };
    const entry = current(
      { tags: { cost: '42', mine: '1' } },
      listingTags(record, { mine: '1', cost: '42' }),
    );
    const { actions } = release(entry, asked({ lastKnown: undefined }));
    expect(perform(entry, actions)?.tags).toMatchObject(value.tags);
    expect(perform(entry, actions)?.tags).not.toHaveProperty('mine');
  });

  test('only if its tags can be read', () => {
    const entry = current({ tags: { 'cfn-eks-access:found': '9.cut' } }, ours);
    expect(refusalOf(() => release(entry, asked()))).toMatchObject({
      code: 'InvalidRequest',
      message: `the access entry of ${ARN} was adopted, and another tool has changed the tags that keep what was there before: set the entry right by hand, remove its tags that begin with cfn-eks-access: and delete again`,
    });
  });
});

describe('the entry as it was', () => {
  const previous = snapshot(
    current({ tags: { cost: '42', empty: '', 'aws:x': '1', 'AWS:y': '1', 'x-aws:': '1' } }),
  );

  test('has no tags that only AWS can write', () => {
    expect(targetOfPrevious(undefined, previous, [])).toEqual({
      ...previous,
      tags: { cost: '42', empty: '', 'x-aws:': '1' },
      tagsToRemove: [],
    });
  });

  test('loses our record and our tags, unless it had them itself', () => {
    const now = current({ tags: { mine: '1', cost: '1', empty: '1', foreign: '1' } }, ours);
    const { tagsToRemove } = targetOfPrevious(now, previous, ['mine', 'cost', 'empty']);
    expect(tagsToRemove).toEqual(['cfn-eks-access:owner', 'mine']);
  });
});
