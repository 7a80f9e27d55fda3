import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import {
  type Action,
  isSameEntry,
  planAgain,
  planEntry,
  planPut,
  type TargetEntry,
} from '../../../../access/access-entry/plan';
import { missingFrom } from '../../../../access/access-entry/plan-policies';
import { TAGS } from '../../../../access/contract';
import { perform } from './entry-model';
import { type DrawnEntry, PLANS, POLICY, policyName } from './plan-table';

const record = (at: string) => ({
  [TAGS.owner]: 'v1/stack/Dev',
  [TAGS.at]: at,
  [TAGS.wrote]: at,
  [TAGS.awsAuth]: 'none',
});

function currentOf(drawn: DrawnEntry): CurrentAccessEntry {
  const isNode = drawn.username === undefined;
  return {
    ...drawn,
    principalArn: 'arn:aws:iam::111122223333:role/x',
    accessEntryArn: 'arn:entry',
    username: drawn.username ?? 'system:node:{{EC2PrivateDNSName}}',
    groups: isNode ? ['system:nodes'] : drawn.groups,
    tags: isNode ? {} : { ...drawn.tags, ...drawn.foreignTags, ...record('1') },
    createdAt: new Date(0),
  };
}

function targetOf(drawn: DrawnEntry, before: DrawnEntry | undefined): TargetEntry {
  const { type, username, groups, policies, tags } = drawn;
  const tagsToRemove = Object.keys(before?.tags ?? {}).filter((key) => !Object.hasOwn(tags, key));
  return {
    type,
    username,
    groups,
    policies,
    tags: username === undefined ? {} : { ...tags, ...record('2') },
    tagsToRemove,
  };
}

function callOf(action: Action): string {
  switch (action.do) {
    case 'associate':
      return `Associate ${policyName(action.policy.policyArn)}`;
    case 'disassociate':
      return `Disassociate ${policyName(action.policyArn)}`;
    case 'confirm':
      return 'List';
    default:
      return action.do.replace(/^./, (letter) => letter.toUpperCase());
  }
}

describe('the table', () => {
  test.each(PLANS)('$what', ({ current, desired, calls }) => {
    const from = current && currentOf(current);
    const to = targetOf(desired, current);
    const actions = planPut(from, to);
    expect(actions.map(callOf)).toEqual(calls);
    const after = perform(from, actions);
    expect(after && isSameEntry(after, to)).toBe(true);
    if (desired.username === undefined) return;
    const tags = Object.fromEntries(Object.entries(after?.tags ?? {}).filter(([key]) => !key.includes(':')));
    expect(tags).toEqual({
      ...(current?.username === undefined ? {} : current.foreignTags),
      ...desired.tags,
    });
  });
});

const P = { policyArn: 'P', scope: 'cluster', namespaces: [] } as const;
const Q = { policyArn: 'Q', scope: 'namespace', namespaces: ['n'] } as const;
const current: CurrentAccessEntry = {
  principalArn: 'arn:aws:iam::111122223333:role/x',
  accessEntryArn: 'arn:entry',
  type: 'STANDARD',
  username: 'x',
  groups: ['a', 'b'],
  policies: [P],
  tags: { ours: '1', foreign: '2' },
  createdAt: new Date(0),
};
const target: TargetEntry = {
  type: 'STANDARD',
  username: 'x',
  groups: ['b', 'a'],
  policies: [P],
  tags: { ours: '1' },
  tagsToRemove: [],
};
const node: TargetEntry = { type: 'EC2_LINUX', groups: [], policies: [], tags: {}, tagsToRemove: [] };
const currentNode: CurrentAccessEntry = {
  ...current,
  type: 'EC2_LINUX',
  username: 'system:node:{{EC2PrivateDNSName}}',
  groups: ['system:nodes'],
  policies: [],
  tags: {},
};
const arn = { accessEntryArn: 'arn:entry' };

describe('what the calls say', () => {
  test.each<[string, CurrentAccessEntry | undefined, TargetEntry, readonly Action[]]>([
    [
      'namespaces that came back for cluster scope are no drift (GT-97)',
      { ...current, policies: [{ ...P, namespaces: ['x'] }] },
      target,
      [],
    ],
    ['a type that the API left out is no drift (GT-93)', { ...current, type: '' }, target, []],
    ['nor is one that the target leaves out', current, { ...target, type: '' }, []],
    ['a group that is named twice is no drift', current, { ...target, groups: ['b', 'a', 'b'] }, []],
    [
      'a new entry',
      undefined,
      target,
      [
        { do: 'create', type: 'STANDARD', username: 'x', groups: ['b', 'a'], tags: { ours: '1' } },
        { do: 'associate', policy: P },
        { do: 'confirm', policies: [P] },
      ],
    ],
    [
      'a new entry without user name and type',
      undefined,
      { ...node, type: '' },
      [{ do: 'create', type: 'STANDARD', groups: [], tags: {} }],
    ],
    [
      'a new node gets nothing that nodes cannot have (GT-83)',
      undefined,
      { ...node, username: 'ignored', groups: ['ignored'], tags: { ignored: '' } },
      [{ do: 'create', type: 'EC2_LINUX', groups: [], tags: {} }],
    ],
    [
      'a node is not updated, tagged or untagged (GT-91)',
      { ...currentNode, tags: { stale: '' } },
      { ...node, username: 'ignored', groups: ['ignored'], tags: { ignored: '' }, tagsToRemove: ['stale'] },
      [],
    ],
    [
      'user name and groups together (GT-89)',
      current,
      { ...target, groups: [] },
      [{ do: 'update', username: 'x', groups: [] }],
    ],
    [
      'the user name that is there, where none is asked for',
      current,
      { ...target, username: undefined, groups: [] },
      [{ do: 'update', username: 'x', groups: [] }],
    ],
    [
      'of the associations those that were written are read back, before access is taken',
      current,
      { ...target, groups: [], policies: [Q] },
      [
        { do: 'associate', policy: Q },
        { do: 'confirm', policies: [Q] },
        { do: 'update', username: 'x', groups: [] },
        { do: 'disassociate', policyArn: 'P' },
      ],
    ],
    [
      'the record first, what is stale last',
      current,
      { ...target, username: 'y', tags: { ours: '2' }, tagsToRemove: ['foreign', 'absent'] },
      [
        { do: 'tag', ...arn, tags: { ours: '2' } },
        { do: 'update', username: 'y', groups: ['b', 'a'] },
        { do: 'untag', ...arn, keys: ['foreign'] },
      ],
    ],
    [
      'another type (GT-92), tags of others kept',
      {
        ...current,
        type: 'EC2',
        tags: { ours: '0', foreign: '2', stale: '3', 'AWS:x': '4', 'my-aws:x': '5' },
      },
      { ...target, tagsToRemove: ['stale'] },
      [
        { do: 'delete' },
        {
          do: 'create',
          type: 'STANDARD',
          username: 'x',
          groups: ['b', 'a'],
          tags: { foreign: '2', 'my-aws:x': '5', ours: '1' },
        },
        { do: 'associate', policy: P },
        { do: 'confirm', policies: [P] },
      ],
    ],
    [
      'what the owner before kept is emptied where it is not removed at once',
      { ...current, tags: { [TAGS.owner]: 'theirs', [TAGS.found]: 'x' } },
      { ...target, tags: { [TAGS.owner]: 'ours', t: '1' }, tagsToRemove: [TAGS.found] },
      [
        { do: 'tag', ...arn, tags: { [TAGS.owner]: 'ours', t: '1', [TAGS.found]: '' } },
        { do: 'untag', ...arn, keys: [TAGS.found] },
      ],
    ],
    [
      'unless the new owner keeps the same',
      { ...current, tags: { [TAGS.owner]: 'theirs', [TAGS.found]: 'x' } },
      { ...target, tags: { [TAGS.owner]: 'ours', [TAGS.found]: 'x' } },
      [{ do: 'tag', ...arn, tags: { [TAGS.owner]: 'ours' } }],
    ],
    [
      'nor what else its record said, by whichever part of a long owner it is told',
      {
        ...current,
        tags: { [TAGS.owner]: 'a', [`${TAGS.owner}.1`]: 'b', [TAGS.awsAuth]: 'none', foreign: '1' },
      },
      {
        ...target,
        tags: { [TAGS.owner]: 'a', t: '1' },
        tagsToRemove: [`${TAGS.owner}.1`, TAGS.awsAuth, 'foreign'],
      },
      [
        { do: 'tag', ...arn, tags: { t: '1', [`${TAGS.owner}.1`]: '', [TAGS.awsAuth]: '' } },
        { do: 'untag', ...arn, keys: [`${TAGS.owner}.1`, TAGS.awsAuth, 'foreign'] },
      ],
    ],
    [
      'the rest of what was kept is emptied where less is kept now',
      { ...current, tags: { [TAGS.owner]: 'ours', [TAGS.found]: 'xyz', [`${TAGS.found}.1`]: 'z' } },
      { ...target, tags: { [TAGS.owner]: 'ours', [TAGS.found]: 'x' }, tagsToRemove: [`${TAGS.found}.1`] },
      [
        { do: 'tag', ...arn, tags: { [TAGS.found]: 'x', [`${TAGS.found}.1`]: '' } },
        { do: 'untag', ...arn, keys: [`${TAGS.found}.1`] },
      ],
    ],
    [
      'and what the same owner keeps stays until it is removed',
      { ...current, tags: { [TAGS.owner]: 'ours', [TAGS.found]: 'x' } },
      { ...target, tags: { [TAGS.owner]: 'ours', t: '1' }, tagsToRemove: [TAGS.found] },
      [
        { do: 'tag', ...arn, tags: { t: '1' } },
        { do: 'untag', ...arn, keys: [TAGS.found] },
      ],
    ],
  ])('%s', (_, from, to, actions) => {
    expect(planEntry(from, to)).toEqual(actions);
  });

  test('the record is handed back last', () => {
    const to = { ...target, username: 'y', tags: { ours: '2' }, tagsToRemove: ['foreign'] };
    expect(planEntry(current, to, 'last').map(callOf)).toEqual(['Update', 'Tag', 'Untag']);
  });

  const many = (count: number, prefix: string) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, '']));
  const owned = { [TAGS.owner]: 'ours' };

  test.each([
    ['as many tags as EKS takes', 24, ['Tag', 'Update', 'Untag']],
    ['one more', 25, ['Untag', 'Tag', 'Update', 'Untag']],
  ])('%s: room is made by the stale tags, never by the record', (_, count, calls) => {
    const from = { ...current, tags: { ...owned, [TAGS.found]: 'x', ...many(24, 'a') } };
    const to = {
      ...target,
      username: 'y',
      tags: { ...owned, ...many(count, 'b') },
      tagsToRemove: [TAGS.found, ...Object.keys(many(24, 'a'))],
    };
    const actions = planEntry(from, to);
    expect(actions.map(callOf)).toEqual(calls);
    expect(actions.at(-1)).toMatchObject({ keys: expect.arrayContaining([TAGS.found]) as unknown });
    if (calls[0] === 'Untag')
      expect(actions[0]).not.toHaveProperty('keys', expect.arrayContaining([TAGS.found]));
    expect(perform(from, actions)?.tags).toEqual(to.tags);
    const handedBack = planEntry(from, to, 'last');
    expect(handedBack.map(callOf)).toEqual(['Update', ...calls.filter((call) => call !== 'Update')]);
    expect(perform(from, handedBack)?.tags).toEqual(to.tags);
  });
});

const policies = (...names: readonly string[]) => names.map((policyArn) => ({ ...P, policyArn }));
const numbered = (count: number) => policies(...Array.from({ length: count }, (_, index) => `P${index}`));

test.each([
  ['as many policies as EKS takes', ['A'], 'Associate Q, Associate R, List, Update, Disassociate A'],
  [
    'one more: one goes first',
    ['A', 'B'],
    'Disassociate A, Associate Q, Associate R, List, Update, Disassociate B',
  ],
])('%s', (_, leaving, calls) => {
  const kept = numbered(17);
  const from = { ...current, policies: [...policies(...leaving), ...kept] };
  const to = { ...target, username: 'y', policies: [...kept, ...policies('Q', 'R')] };
  expect(planEntry(from, to).map(callOf).join(', ')).toBe(calls);
});

test.each([
  ['user name', { ...target, username: 'y' }],
  ['groups', { ...target, groups: ['a'] }],
  ['a policy more', { ...target, policies: [...target.policies, Q] }],
  ['a policy less', { ...target, policies: [] }],
  ['type', { ...target, type: 'EC2' }],
])('an entry with another %s is not the same', (_, other) => {
  expect(isSameEntry(current, target)).toBe(true);
  expect(isSameEntry(current, other)).toBe(false);
});

test('two nodes of one type are the same, whatever the service calls them', () => {
  expect(isSameEntry(currentNode, { ...node, username: 'x', groups: ['y'] })).toBe(true);
});

describe('the date of an event and the digest of the entry', () => {
  const dated = { ...current, tags: { ...current.tags, ...record('1') } };

  test('are written with what is written anyway, and not by themselves', () => {
    const later = { ...target, tags: { ...target.tags, ...record('2') } };
    expect(planPut(dated, later)).toEqual([]);
    expect(planPut(dated, { ...later, username: 'y' })[0]).toEqual({
      do: 'tag',
      ...arn,
      tags: { [TAGS.at]: '2', [TAGS.wrote]: '2' },
    });
    expect(planEntry(dated, later, 'last').map(callOf)).toEqual(['Tag']);
  });

  test('every other tag is a reason to write', () => {
    const adopted = { ...target, tags: { ...target.tags, ...record('2'), [TAGS.awsAuth]: '' } };
    expect(planPut(dated, adopted).map(callOf)).toEqual(['Tag']);
  });
});

test('what is missing: absent, or with another scope', () => {
  const wanted = [P, Q, { policyArn: 'R', scope: 'cluster', namespaces: [] } as const];
  const shown = [
    { ...P, namespaces: ['came back'] },
    { ...Q, namespaces: ['other'] },
  ];
  expect(missingFrom(shown, wanted)).toEqual([wanted[1], wanted[2]]);
  expect(missingFrom(wanted, wanted)).toEqual([]);
});

test('a new entry has the groups by which aws-auth gives its rights until its policies are listed', () => {
  const target: TargetEntry = {
    type: 'STANDARD',
    username: 'joe',
    groups: ['a'],
    groupsAtFirst: ['cfn-eks-access:view'],
    policies: [{ policyArn: `${POLICY}ViewPolicy`, scope: 'cluster', namespaces: [] }],
    tags: {},
    tagsToRemove: [],
  };
  const actions = planPut(undefined, target);
  expect(actions.map(callOf)).toEqual(['Create', 'Associate View', 'List', 'Update']);
  expect(actions).toContainEqual(
    expect.objectContaining({ do: 'create', groups: ['a', 'cfn-eks-access:view'] }),
  );
  expect(actions.at(-1)).toEqual({ do: 'update', username: 'joe', groups: ['a'] });
  // Cut off half-way, what is left of it is done by the next plan.
  const half = perform(undefined, actions.slice(0, 1));
  expect(planPut(half, target).map(callOf)).toEqual(['Associate View', 'List', 'Update']);
});

test('the table names each plan once, and policies as EKS does', () => {
  expect(new Set(PLANS.map(({ what }) => what)).size).toBe(PLANS.length);
  expect(policyName(`${POLICY}ViewPolicy`)).toBe('View');
});

describe('an entry that is made again', () => {
  const entry = { type: 'STANDARD', username: 'u', groups: ['a'], policies: [], tags: {}, foreignTags: {} };
  const calls = (tags: Readonly<Record<string, string>>): readonly string[] => {
    const current = { ...currentOf(entry), tags: { ...tags, team: 'x' } };
    return planAgain(current, targetOf(entry, undefined)).map(callOf);
  };

  test('is deleted under its record, and one without a record is taken first', () => {
    expect(calls(record('1'))).toEqual(['Delete', 'Create']);
    expect(calls({})).toEqual(['Tag', 'Delete', 'Create']);
  });
});
