/** What the ownership table has no room for: nodes, healing, the provider, the other place, words. */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { claim, type ClaimRequest } from '../../../../access/access-entry/claim';
import { type EntryRecord } from '../../../../access/access-entry/owner-tags';
import { identityOf } from '../../../../access/login-identity';
import { type Elsewhere } from '../../../../access/sighting';
import { NOWHERE } from '../alone';
import { ARN, OTHER, OURS, SIBLING } from '../aws-auth/aws-auth-given';
import { refusalOf } from '../refusal';
import {
  current,
  currentNode,
  messageOf,
  NODE,
  outcome,
  request,
  seen,
  tags,
  theirs,
  UNREAD,
  WANTED,
} from './entry-given';

describe('an entry without a record is the resource’s own', () => {
  const previous = { ...WANTED, groups: ['before'] };
  const before = current({ groups: ['before'] });
  const own = 'taken, left';

  test.each<[string, Elsewhere, string]>([
    ['is not read', NOWHERE, own],
    ['holds nothing of the principal', seen(), own],
    ['could not be read', UNREAD, 'AlreadyExists'],
    ['holds a record of it', seen({ owner: OURS }, 'self'), 'AlreadyExists'],
    ['holds an entry of it', seen({ entry: theirs }), 'AlreadyExists'],
  ])('in an Update, if it equals the old properties and aws-auth %s', (_, elsewhere, expected) => {
    expect(outcome(before, request({ isNew: false, previous, surroundings: { elsewhere } }))).toBe(expected);
  });

  test.each<[string, CurrentAccessEntry, ClaimRequest]>([
    ['in a Create', before, request({ previous })],
    ['unless it is what they say', current(), request({ isNew: false, previous })],
    ['without old properties', current(), request({ isNew: false })],
  ])('not %s', (_, entry, asked) => {
    expect(outcome(entry, asked)).toBe('AlreadyExists');
  });

  test('though aws-auth was not read, if it was a node’s: those carry no record', () => {
    const asked = request({ isNew: false, previous: NODE, surroundings: { elsewhere: UNREAD } });
    expect(outcome(currentNode(), asked)).toBe(own);
  });

  test('in a Create that has made it itself, or goes back to it', () => {
    const asked = { isOwnTry: true, previous: WANTED };
    expect(outcome(current(), request(asked))).toBe(own);
  });
});

describe('a node’s entry', () => {
  test.each<[string, CurrentAccessEntry, Parameters<typeof request>[0], string]>([
    ['of this type, in an Update', currentNode(), { isNew: false }, 'taken, left'],
    ['that this Create has made', currentNode(), { isOwnTry: true }, 'taken, left'],
    ['of this type, in a Create', currentNode(), {}, 'AlreadyExists'],
    ['of this type, under ADOPT', currentNode(), { existingEntry: 'ADOPT' }, 'taken, left'],
    ['of another type', currentNode({ type: 'HYBRID_LINUX' }), { isNew: false }, 'AccessDenied'],
    [
      'of another type, under REPLACE',
      currentNode({ type: 'FARGATE_LINUX' }),
      { existingEntry: 'REPLACE' },
      'AccessDenied',
    ],
    ['in place of a standard one', current(), { existingEntry: 'REPLACE' }, 'taken, left'],
  ])('%s', (_, entry, change, expected) => {
    expect(outcome(entry, request({ entry: NODE, ...change }))).toBe(expected);
  });

  test('has no tags of ours, however many the template and the entry have', () => {
    const { target } = claim(
      current({ tags: tags(50) }),
      request({ entry: { ...NODE, tags: tags(9) }, existingEntry: 'REPLACE' }),
    );
    expect(target).toMatchObject({ type: 'EC2_LINUX', username: undefined, tags: {}, tagsToRemove: [] });
  });

  test('cannot keep what it replaces', () => {
    const asked = request({ entry: NODE, existingEntry: 'ADOPT' });
    expect(refusalOf(() => claim(current(), asked))).toMatchObject({
      code: 'InvalidRequest',
      message: `ExistingEntry is ADOPT, but access entries of type EC2_LINUX cannot be tagged, so the entry that ${ARN} has now (type STANDARD) cannot be kept: use REPLACE`,
    });
  });

  test.each<[string, ClaimRequest['owner'], boolean]>([
    ['ours', OURS, false],
    ['another logical id’s of the stack', SIBLING, true],
  ])('takes the place of %s, unless that keeps an entry for another owner', (_, owner, isNew) => {
    const plain: EntryRecord = { owner };
    const adopted: EntryRecord = { owner, found: { value: current() } };
    const asked = (record: EntryRecord) => request({ entry: NODE, isNew }, record);
    expect(outcome(current({}, plain), asked(plain))).toBe('taken, left');
    expect(refusalOf(() => claim(current({}, adopted), asked(adopted)))).toMatchObject({
      code: 'InvalidRequest',
      message: `the access entry of ${ARN} was taken over with ExistingEntry: ADOPT, and Type EC2_LINUX cannot be tagged, so that what was there before could not be kept: delete this mapping first`,
    });
    expect(outcome(current({}, adopted), request({ isNew }, adopted))).toBe('adopted, left');
  });
});

test.each<[string, CurrentAccessEntry, EntryRecord | undefined, string]>([
  ['a stack', current({}, { owner: OTHER }), { owner: OTHER }, 'owned by Theirs of stack other'],
  [
    'a stack’s native resource',
    current({ tags: { 'aws:cloudformation:stack-name': 'net' } }),
    undefined,
    'made by stack net',
  ],
  [
    'another tool',
    current({ username: 'ann' }),
    undefined,
    'made by something else (type STANDARD, user name ann)',
  ],
  [
    'another tool, without user name',
    current({ username: '' }),
    undefined,
    'made by something else (type STANDARD)',
  ],
])('names whom it found: %s', (_, entry, record, maker) => {
  const has = (word: string) =>
    `${ARN} ${word} has an access entry on cluster prod, ${maker}: remove it there, or set ExistingEntry to ADOPT (Delete puts it back) or REPLACE (Delete removes it)`;
  expect(messageOf(entry, request({}, record))).toBe(has('already'));
  expect(messageOf(entry, request({ isNew: false }, record))).toBe(has('now'));
});

test.each([
  ['the provider’s own entry', current({ groups: ['cfn-eks-access'] }), {}],
  ['an entry of the provider’s role', current(), { isProvidersRole: true }],
  ['no entry of the provider’s role', undefined, { isProvidersRole: true }],
  [
    'what aws-auth has for the provider',
    undefined,
    { elsewhere: seen({ entry: { ...theirs, protects: 'provider' } }) },
  ],
])('takes over nothing of the provider: %s', (_, entry, surroundings) => {
  expect(messageOf(entry, request({ existingEntry: 'REPLACE', surroundings }))).toBe(
    `${ARN} is how the provider itself reaches this cluster: no stack may take it over`,
  );
});

test('the guardrail is asked', () => {
  const asked = request({ existingEntry: 'REPLACE', surroundings: { mayTakeOver: () => false } });
  expect(messageOf(current(), asked)).toMatch(
    /^ExistingEntry is REPLACE and would take over the entry of .*, made by something else .* allowTakeover/,
  );
});

test('an entry of aws-auth is replaced only if the template says so', () => {
  const elsewhere = seen({ entry: theirs });
  const asked = (existingEntry: ClaimRequest['existingEntry']) =>
    outcome(undefined, request({ existingEntry, surroundings: { elsewhere } }));
  expect([asked('FAIL'), asked('ADOPT'), asked('REPLACE')]).toEqual([
    'AlreadyExists',
    'taken, left',
    'taken, replaced',
  ]);
});

test.each([
  ['what ours gives until now', ['before'], 'AlreadyExists'],
  ['what ours will give', ['team-a'], 'taken, left'],
  ['something else', ['ops'], 'taken, left'],
])('an Update with an entry of aws-auth that gives %s', (_, groups, expected) => {
  const identity = ([group = '']: string[]) =>
    identityOf({ userName: 'joe', groups: [group], policies: [], type: undefined });
  const ours: EntryRecord = { owner: OURS };
  const elsewhere = seen({ entry: { ...theirs, identity: identity(groups) } });
  const surroundings = { elsewhere, desired: identity(['team-a']) };
  const before = current({ groups: ['before'] }, ours);
  expect(outcome(before, request({ isNew: false, surroundings }, ours))).toBe(expected);
});
