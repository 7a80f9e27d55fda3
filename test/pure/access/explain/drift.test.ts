/** What became of each mapping that stacks declare: its record against what is there, and against CloudFormation. */
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { writeOwnership } from '../../../../access/aws-auth/owners-annotation';
import { driftOf, recordedStacks } from '../../../../access/explain/drift/drift';
import { headlineOfDrift } from '../../../../access/explain/drift/headline';
import { type SeenStack } from '../../../../access/explain/drift/seen-stack';
import { withoutOrphans } from '../../../../access/explain/drift/without-orphans';
import { type SeenAccessEntry, type SeenCluster } from '../../../../access/explain/seen-cluster';
import { type EffectiveAccess } from '../../../../access/effective-access';
import { identityOf } from '../../../../access/login-identity';
import { type Owner } from '../../../../access/owner';
import { newRecord, recordKeeping } from '../../../../access/ownership-record';
import { digestOf, withFacts } from '../../../../access/record-facts';
import { seenAwsAuth } from './seen';

const stackId = (name: string): string => `arn:aws:cloudformation:us-east-1:111122223333:stack/${name}/1`;
const owner: Owner = { stackId: stackId('app'), logicalId: 'A' };
const KEY = 'arn:aws:iam::111122223333:role/foo';
const ID = `role|prod|${KEY}`;
const gives = (
  groups: readonly string[],
): Pick<EffectiveAccess, 'userName' | 'groups' | 'policies' | 'type'> => ({
  userName: 'ann',
  groups,
  policies: [],
  type: undefined,
});
const wrote = digestOf(identityOf(gives(['a'])));
const recordOf = (of = owner) => withFacts(newRecord<never>(of), { wrote });

const entryText = (group = 'a'): string => `- rolearn: ${KEY}\n  username: ann\n  groups: [${group}]\n`;
const entry = (more: Partial<SeenAccessEntry> = {}): SeenAccessEntry => ({
  principalArn: KEY,
  type: 'STANDARD',
  username: 'ann',
  groups: ['a'],
  policies: [],
  ...more,
});
const live: SeenStack = {
  stackId: owner.stackId,
  state: 'known',
  status: 'UPDATE_COMPLETE',
  resources: [{ logicalId: 'A', status: 'UPDATE_COMPLETE', physicalId: ID }],
};
const withResource = (
  status: string,
  physicalId: string | undefined = ID,
  stack = 'UPDATE_COMPLETE',
): SeenStack => ({
  ...live,
  status: stack,
  resources: [{ logicalId: 'A', status, physicalId }],
});

interface Given {
  readonly mode?: SeenCluster['mode'];
  /** Undefined: aws-auth was not looked at. */
  readonly text?: string | undefined;
  readonly recordedFor?: Owner;
  readonly entries?: readonly SeenAccessEntry[];
  readonly stacks?: readonly SeenStack[];
  readonly more?: Partial<SeenCluster>;
}

function clusterOf({
  mode = 'API_AND_CONFIG_MAP',
  text,
  recordedFor,
  entries = [],
  more = {},
}: Given): SeenCluster {
  const annotations = recordedFor && writeOwnership({}, new Map([[KEY, recordOf(recordedFor)]]));
  return {
    name: 'prod',
    mode,
    ...(text === undefined ? {} : { awsAuth: { ...seenAwsAuth({ mapRoles: text }), annotations } }),
    accessEntries: { state: 'read', entries },
    ...more,
  };
}
const told = (given: Given) =>
  driftOf(clusterOf(given), { stacks: given.stacks ?? [live] }).items.map(
    ({ state, place, line, clause }) => `${state} | ${place ?? ''} ${line ?? ''} | ${clause}`,
  );

const ours = { text: entryText(), recordedFor: owner };
const tagged = (of: Owner = owner): SeenAccessEntry => entry({ tags: recordTags(recordOf(of)) });
const theirs: Owner = { stackId: stackId('b'), logicalId: 'B' };

test.each<[string, Given, string]>([
  ['as it was written', ours, 'as declared | aws-auth 1 | gives user name "ann", groups a'],
  [
    'an access entry as written',
    { entries: [tagged()] },
    'as declared | access entry  | gives user name "ann", groups a',
  ],
  [
    'another group',
    { ...ours, text: entryText('b') },
    'changed | aws-auth 1 | another tool changed it; it gives user name "ann", groups b',
  ],
  [
    'a duplicate that counts',
    { ...ours, text: entryText() + entryText('b') },
    'shadowed | aws-auth 4 | there, and shadowed by line 4, which gives user name "ann", groups b',
  ],
  [
    'an account beside what is changed',
    { ...ours, text: entryText('b'), more: { providerRole: KEY } },
    'changed | aws-auth 1 | another tool changed it; it gives user name "ann", groups b',
  ],
  [
    'an entry that is gone',
    { ...ours, text: '[]' },
    'gone | aws-auth  | recorded, and not there: another tool removed it',
  ],
  [
    'policies that could not be listed',
    { entries: [{ ...tagged(), policies: undefined }] },
    'unknown | access entry  | its access policies could not be listed',
  ],
  [
    'an access entry that gives another group',
    { entries: [{ ...tagged(), groups: ['b'] }] },
    'changed | access entry  | another tool changed it; it gives user name "ann", groups b',
  ],
  [
    'mode API',
    { ...ours, mode: 'API' },
    'unread | aws-auth 1 | the cluster is in mode API, which does not read aws-auth',
  ],
  [
    'another access entry',
    { ...ours, entries: [entry({ groups: ['b'] })] },
    'overridden | aws-auth 1 | an access entry without a record counts instead',
  ],
  [
    'an equal access entry',
    { ...ours, entries: [entry()] },
    'as declared | aws-auth 1 | gives user name "ann", groups a',
  ],
  [
    'an equal one with unlisted policies',
    { ...ours, entries: [entry({ policies: undefined })] },
    'as declared | aws-auth 1 | gives user name "ann", groups a',
  ],
  [
    'an equal access entry in mode API',
    { ...ours, mode: 'API', entries: [entry()] },
    'overridden | aws-auth 1 | an access entry without a record counts instead',
  ],
  [
    'an access entry in its place',
    { ...ours, text: '[]', entries: [entry()] },
    'moved | aws-auth  | gone from aws-auth; an access entry without a record lets it in',
  ],
  [
    'a resource that is updated',
    { ...ours, stacks: [withResource('UPDATE_IN_PROGRESS')] },
    'busy | aws-auth 1 | an operation of its stack is under way',
  ],
  [
    'a resource that is deleted',
    { ...ours, stacks: [withResource('DELETE_IN_PROGRESS')] },
    'busy | aws-auth 1 | an operation of its stack is under way',
  ],
  [
    'a resource that is gone',
    { ...ours, stacks: [{ ...live, resources: [] }] },
    'orphan | aws-auth 1 | CloudFormation no longer has its resource',
  ],
  [
    'a stack that is gone',
    { ...ours, stacks: [{ stackId: owner.stackId, state: 'gone' }] },
    'orphan | aws-auth 1 | CloudFormation no longer has its resource',
  ],
  [
    'another id at rest',
    { ...ours, stacks: [withResource('UPDATE_COMPLETE', 'role|other|x')] },
    'orphan | aws-auth 1 | CloudFormation no longer has its resource',
  ],
  [
    'another id while its stack cleans up',
    {
      ...ours,
      stacks: [withResource('UPDATE_COMPLETE', 'role|other|x', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS')],
    },
    'busy | aws-auth 1 | an operation of its stack is under way',
  ],
  [
    'a stack that nobody looked at',
    { ...ours, stacks: [] },
    'unknown | aws-auth 1 | as written; CloudFormation could not be asked about its resource',
  ],
  [
    'a stack that could not be read',
    { ...ours, stacks: [{ stackId: owner.stackId, state: 'unknown', why: 'denied' }] },
    'unknown | aws-auth 1 | as written; CloudFormation could not be asked about its resource',
  ],
  [
    'no record and no entry',
    {},
    'gone |   | declared, and not there: it expired, or another tool removed it',
  ],
  [
    'an entry of another tool',
    { entries: [entry()] },
    'taken | access entry  | its access entry has no record: another tool made it',
  ],
  [
    'nodes, which hold no record',
    { entries: [entry({ type: 'EC2_LINUX' })] },
    'as declared | access entry  | of type EC2_LINUX',
  ],
  [
    'aws-auth that could not be read',
    { more: { awsAuth: { state: 'unreadable', why: 'denied' } } },
    'unknown |   | not all could be read',
  ],
  [
    'entries that could not be read',
    { more: { accessEntries: { state: 'unreadable', why: 'denied' } } },
    'unknown |   | not all could be read',
  ],
])('%s', (_, given, expected) => {
  expect(told(given)).toEqual([expected]);
});

test('both places, by one owner and by two', () => {
  expect(told({ ...ours, entries: [tagged()] })).toEqual([
    'moved | aws-auth 1 | it has an access entry, and is still in aws-auth as well',
    'as declared | access entry  | gives user name "ann", groups a',
  ]);
  expect(told({ ...ours, entries: [tagged(theirs)], stacks: [live] })).toEqual([
    'taken | aws-auth 1 | its access entry belongs to B of stack b',
    'unknown | access entry  | as written; CloudFormation could not be asked about its resource',
  ]);
});

test('of one kind those of one stack are together', () => {
  const entries = ['b', 'a', 'b'].map((name, index) => ({
    ...tagged({ stackId: stackId(name), logicalId: `R${index}` }),
    principalArn: `${KEY}${index}`,
  }));
  const { items } = driftOf(clusterOf({ entries }), { stacks: [] });
  expect(items.map(({ stack, logicalId }) => `${stack} ${logicalId}`)).toEqual(['a R1', 'b R0', 'b R2']);
});

test('a mapping that another stack has is taken', () => {
  expect(told({ entries: [tagged(theirs)] })[0]).toBe('taken | access entry  | it belongs to B of stack b');
});

test.each<[string, SeenStack]>([
  ['of another cluster', withResource('CREATE_COMPLETE', `role|other|${KEY}`)],
  ['of another provider', withResource('CREATE_COMPLETE', 'theirs')],
  ['without an id', withResource('CREATE_FAILED', '')],
  [
    'that has no id yet',
    { ...live, resources: [{ logicalId: 'A', status: 'CREATE_COMPLETE', physicalId: undefined }] },
  ],
  ['that is being made', withResource('CREATE_IN_PROGRESS')],
])('a resource %s is none of these', (_, stack) => {
  expect(told({ stacks: [stack] })).toEqual([]);
});

test('what could not be read is said, and what is asked for alone is told', () => {
  const damaged = entry({ tags: { ...recordTags(recordOf()), 'cfn-eks-access:owner': 'v1/odd' } });
  const unknown: SeenStack = { stackId: stackId('b'), state: 'unknown', why: 'denied' };
  const cluster = clusterOf({ entries: [damaged] });
  const { unseen, items, unowned } = driftOf(
    cluster,
    { stacks: [live, unknown], unlisted: 'denied' },
    (name) => name === 'b',
  );
  expect(items).toEqual([]);
  expect(unowned).toEqual(['role/foo']);
  expect(unseen).toEqual([
    expect.stringMatching(/^A record could not be read: .*\.$/),
    '1 stacks could not be read (denied): whether their mappings are orphans is open.',
    'Stacks could not be listed (denied): resources without a record are not told.',
  ]);
  expect(recordedStacks(clusterOf({ entries: [tagged()] }))).toEqual([owner.stackId]);
});

describe('orphans', () => {
  const gone: SeenStack = { stackId: owner.stackId, state: 'gone' };

  test('an access entry goes by a command, with what it took over', () => {
    const kept = recordKeeping(
      { type: 'STANDARD', username: 'x', groups: [], policies: [], tags: {} },
      recordOf(theirs) as never,
      owner,
    );
    const cluster = clusterOf({
      entries: [entry({ tags: recordTags(kept) })],
      more: { name: undefined },
    });
    const { items } = driftOf(cluster, { stacks: [gone] });
    expect(items).toMatchObject([
      {
        state: 'orphan',
        clause:
          'CloudFormation no longer has its resource; its tags keep what it took over, which goes with it',
        command: `aws eks delete-access-entry --cluster-name CLUSTER --principal-arn ${KEY}`,
      },
    ]);
    expect(withoutOrphans(cluster, items)).toEqual({ data: {}, annotations: {}, removed: [] });
  });

  test('aws-auth is patched, entry and record', () => {
    const cluster = clusterOf({
      ...ours,
      text: `${entryText()}- rolearn: arn:aws:iam::111122223333:role/other\n`,
    });
    const { items } = driftOf(cluster, { stacks: [gone] });
    expect(items[0]?.command).toBeUndefined();
    expect(withoutOrphans(cluster, items)).toMatchObject({
      data: { mapRoles: '- rolearn: arn:aws:iam::111122223333:role/other\n' },
      annotations: { 'cfn-eks-access/owners': null },
      removed: items,
    });
  });

  test('what cannot be edited is not', () => {
    const cluster = clusterOf({ ...ours, text: `${entryText()}- [` });
    const { items } = driftOf(clusterOf(ours), { stacks: [gone] });
    expect(withoutOrphans(cluster, items)).toEqual({ refused: expect.stringMatching(/mapRoles/) as string });
    const unrecorded = clusterOf({ text: entryText() });
    expect(withoutOrphans(unrecorded, items)).toMatchObject({ data: {}, annotations: {} });
    expect(withoutOrphans({ awsAuth: { state: 'absent' } }, items)).toEqual({
      data: {},
      annotations: {},
      removed: [],
    });
  });

  test('are counted in the first line', () => {
    const { items } = driftOf(clusterOf(ours), { stacks: [gone] });
    expect(headlineOfDrift(items)).toBe('1 mapping in 1 stack: 1 orphan.');
    expect(headlineOfDrift([...items, ...items])).toBe('2 mappings in 1 stack: 2 orphans.');
    expect(headlineOfDrift(driftOf(clusterOf(ours), { stacks: [live] }).items)).toBe(
      'As declared: 1 mapping in 1 stack.',
    );
    expect(headlineOfDrift([])).toBe('No stack declares a mapping.');
  });
});
