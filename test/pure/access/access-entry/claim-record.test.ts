/** The record that a claim writes, in tags: the mark, whose tags go and stay, and their limit. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { claim, type ClaimRequest } from '../../../../access/access-entry/claim';
import {
  type EntryRecord,
  readRecord,
  recordTags,
  snapshot,
} from '../../../../access/access-entry/owner-tags';
import { listedTags, listingTags } from '../../../../access/access-entry/template-tags';
import { type Elsewhere } from '../../../../access/sighting';
import { NOWHERE } from '../alone';
import { ARN, OTHER, OURS, SIBLING } from '../aws-auth/aws-auth-given';
import { refusalOf } from '../refusal';
import { current, messageOf, outcome, request, seen, tags, UNREAD, WANTED } from './entry-given';

const MARK = { 'cfn-eks-access:aws-auth': 'none' };
const OWNED = recordTags({ owner: OURS });

describe('the mark that aws-auth never held anything of the resource', () => {
  test.each<[string, Elsewhere, boolean, boolean]>([
    ['is made where aws-auth is not read, by a Create', NOWHERE, true, true],
    ['is not, by an Update: it may have been read before', NOWHERE, false, false],
    ['is made where aws-auth holds nothing', seen(), true, true],
    ['is made by an Update too', seen(), false, true],
    [
      'is not where another stack’s is, which may give back what it kept',
      seen({ owner: OTHER }, 'foreign'),
      true,
      false,
    ],
    ['is not where it holds ours', seen({ owner: OURS }, 'self'), true, false],
    ['is not where it could not be read', UNREAD, true, false],
  ])('%s', (_, elsewhere, isNew, isMarked) => {
    const { target } = claim(undefined, request({ isNew, surroundings: { elsewhere } }));
    expect(target.tags).toEqual({ ...OWNED, ...(isMarked ? MARK : {}) });
  });
});

describe('tags', () => {
  test('of the template and the record are written; old ones of both go, others stay', () => {
    const theirRecord: EntryRecord = { owner: OTHER, at: 5 };
    const { target } = claim(
      current({ tags: { old: '1', both: '1', foreign: '1' } }, theirRecord),
      request(
        {
          entry: { ...WANTED, tags: { both: '2', new: '2' } },
          previous: { ...WANTED, tags: { old: '1', both: '1', absent: '1' } },
          existingEntry: 'REPLACE',
        },
        theirRecord,
      ),
    );
    expect(target).toEqual({
      type: 'STANDARD',
      username: 'joe',
      groups: ['team-a'],
      groupsAtFirst: [],
      policies: [],
      tags: { both: '2', new: '2', ...OWNED, ...MARK },
      tagsToRemove: ['old', 'absent', 'cfn-eks-access:at'],
    });
  });

  test.each<[string, number, Readonly<Record<string, string>>, Partial<ClaimRequest>, number]>([
    ['a new entry', 48, {}, {}, 51],
    ['a new entry under ADOPT, which keeps nothing', 48, {}, { existingEntry: 'ADOPT' }, 51],
    ['an entry with tags of others', 40, tags(8, 'foreign'), { existingEntry: 'REPLACE' }, 51],
    [
      'an entry with one of the same tags',
      41,
      { ...tags(7, 'foreign'), tag0: 'y' },
      { existingEntry: 'REPLACE' },
      51,
    ],
    [
      'an entry whose old tags go',
      40,
      { ...tags(8, 'foreign'), ...tags(5, 'old') },
      { existingEntry: 'REPLACE', previous: { ...WANTED, tags: tags(5, 'old') } },
      51,
    ],
  ])('are 50 at most: %s', (_, count, present, change, tooMany) => {
    const entry = Object.keys(present).length === 0 ? undefined : current({ tags: present });
    const asked = (own: number) => request({ entry: { ...WANTED, tags: tags(own) }, ...change });
    expect(outcome(entry, asked(count))).toBe('taken, left');
    expect(refusalOf(() => claim(entry, asked(count + 1)))).toMatchObject({
      code: 'InvalidRequest',
      message: `the access entry of ${ARN} on cluster prod would have ${tooMany} tags, and EKS takes 50: remove some`,
    });
  });

  test('of the template are told in the record of an entry that was taken over, those that it drops too', () => {
    const kept: EntryRecord = { owner: OURS, found: { value: snapshot(current({ tags: { found: '1' } })) } };
    const record = listingTags(kept, { found: '2', old: '1' });
    const now = current({ tags: { found: '2', old: '1', foreign: '1' } }, record);
    const entry = { ...WANTED, tags: { new: '1' } };
    const { target } = claim(now, request({ entry, isNew: false }, record));
    // What the template had put over a tag that was found gives way to it.
    expect(target.tags).toMatchObject({ found: '1', new: '1' });
    expect(target.tagsToRemove).toEqual(['old']);
    const written = readRecord(target.tags);
    const asked = { found: '2', old: '1', new: '1' };
    expect(written && listedTags(written, { ...asked, foreign: '1', found2: '1' })).toEqual(asked);
    const alone = claim(current({}, { owner: OURS }), request({ entry, isNew: false }, { owner: OURS }));
    expect(alone.target.tags).not.toHaveProperty('cfn-eks-access:tags');
  });

  test('of the name before a rename go, and come back with it', () => {
    const kept: EntryRecord = { owner: SIBLING, found: { value: snapshot(current()) } };
    const old = listingTags(kept, { old: '1' });
    const { target } = claim(current({ tags: { old: '1', foreign: '1' } }, old), request({}, old));
    expect(target.tagsToRemove).toContain('old');
    expect(target.tagsToRemove).not.toContain('foreign');
    expect(readRecord(target.tags)?.renamedFrom?.value).toMatchObject({ tags: { old: '1', foreign: '1' } });
  });

  /** Tags of the template for which there is just room beside the record. */
  const room = (entry: CurrentAccessEntry, asked: ClaimRequest): number =>
    50 - Object.keys(claim(entry, asked).target.tags).length;

  test.each<[string, CurrentAccessEntry, EntryRecord | undefined, number, number | undefined]>([
    ['with nothing else', current(), undefined, 0, undefined],
    ['under the date of the event', current(), undefined, 0, 5],
    ['beside a tag of another tool', current({ tags: { foreign: '1' } }), undefined, 1, undefined],
    ['beside a tag that the template has too', current({ tags: { tag0: '1' } }), undefined, 0, undefined],
    ['with another stack’s record', current({}, { owner: OTHER }), { owner: OTHER }, 0, undefined],
    ['with one whose date goes', current({}, { owner: OTHER, at: 5 }), { owner: OTHER, at: 5 }, 0, undefined],
  ])('too many to keep the entry refuse ADOPT: %s', (_, entry, record, foreign, requestedAt) => {
    const asked = (own: number) =>
      request({ entry: { ...WANTED, tags: tags(own) }, existingEntry: 'ADOPT', requestedAt }, record);
    // Two more tell which are the template’s: of 32 each.
    const most = room(entry, asked(0)) - 2 - foreign;
    expect(outcome(entry, asked(most))).toBe('adopted, left');
    expect(messageOf(entry, asked(most + 1))).toBe(
      `ExistingEntry is ADOPT, but the entry that ${ARN} has now is too large to be kept in tags: use REPLACE`,
    );
  });

  test('too many to remember the name before a rename do not fail it', () => {
    const value = snapshot(current({ username: 'found' }));
    const old: EntryRecord = { owner: SIBLING, found: { value } };
    const asked = (own: number) => request({ entry: { ...WANTED, tags: tags(own) } }, old);
    const recordFor = (own: number) => readRecord(claim(current({}, old), asked(own)).target.tags);
    const most = room(current({}, old), asked(0)) - 2;
    expect(recordFor(most)).toMatchObject({ owner: OURS, found: { value }, renamedFrom: { owner: SIBLING } });
    expect(recordFor(most + 1)).toMatchObject({ owner: OURS, found: { value }, renamedFrom: undefined });
  });
});
