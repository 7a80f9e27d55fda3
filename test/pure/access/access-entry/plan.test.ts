import fc from 'fast-check';
import { type AssociatedPolicy, type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { type Action, isSameEntry, planEntry, type TargetEntry } from '../../../../access/access-entry/plan';

const current: CurrentAccessEntry = {
  principalArn: 'arn:aws:iam::111122223333:role/x',
  accessEntryArn: 'arn:entry',
  type: 'STANDARD',
  username: 'x',
  groups: ['a', 'b'],
  policies: [{ policyArn: 'P', scope: 'cluster', namespaces: [] }],
  tags: { ours: '1', foreign: '2' },
  createdAt: new Date(0),
};
const target: TargetEntry = {
  type: 'STANDARD',
  username: 'x',
  groups: ['b', 'a'],
  policies: [{ policyArn: 'P', scope: 'cluster', namespaces: [] }],
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
const Q: AssociatedPolicy = { policyArn: 'Q', scope: 'namespace', namespaces: ['n'] };

it.each<[string, CurrentAccessEntry | undefined, TargetEntry, readonly Action[]]>([
  ['nothing to do', current, target, []],
  [
    'namespaces that came back for cluster scope (GT-97)',
    { ...current, policies: [{ policyArn: 'P', scope: 'cluster', namespaces: ['x'] }] },
    target,
    [],
  ],
  ['a type that the API left out (GT-93)', { ...current, type: '' }, target, []],
  ['what the service makes of a node (GT-82)', currentNode, node, []],
  [
    'a new entry',
    undefined,
    target,
    [
      { do: 'create', type: 'STANDARD', username: 'x', groups: ['b', 'a'], tags: { ours: '1' } },
      { do: 'associate', policy: target.policies[0] as AssociatedPolicy },
    ],
  ],
  [
    'a new node',
    undefined,
    { ...node, username: 'ignored', groups: ['ignored'], tags: { ignored: '' } },
    [{ do: 'create', type: 'EC2_LINUX', groups: [], tags: {} }],
  ],
  [
    'user name and groups together (GT-89)',
    current,
    { ...target, groups: [] },
    [{ do: 'update', username: 'x', groups: [] }],
  ],
  [
    'a scope in place (GT-96)',
    current,
    { ...target, policies: [{ ...Q, policyArn: 'P' }] },
    [{ do: 'associate', policy: { ...Q, policyArn: 'P' } }],
  ],
  [
    'a policy added before one is removed',
    current,
    { ...target, policies: [Q] },
    [
      { do: 'associate', policy: Q },
      { do: 'disassociate', policyArn: 'P' },
    ],
  ],
  [
    'the record first, what is stale last',
    current,
    { ...target, username: 'y', tags: { ours: '2' }, tagsToRemove: ['foreign', 'absent'] },
    [
      { do: 'tag', accessEntryArn: 'arn:entry', tags: { ours: '2' } },
      { do: 'update', username: 'y', groups: ['b', 'a'] },
      { do: 'untag', accessEntryArn: 'arn:entry', keys: ['foreign'] },
    ],
  ],
  [
    'another type (GT-92), tags of others kept',
    currentNode,
    target,
    [
      { do: 'delete' },
      { do: 'create', type: 'STANDARD', username: 'x', groups: ['b', 'a'], tags: { ours: '1' } },
      { do: 'associate', policy: target.policies[0] as AssociatedPolicy },
    ],
  ],
  [
    'a node from a standard entry',
    current,
    node,
    [{ do: 'delete' }, { do: 'create', type: 'EC2_LINUX', groups: [], tags: {} }],
  ],
])('%s', (_, from, to, actions) => {
  expect(planEntry(from, to)).toEqual(actions);
});

it('hands the record back last', () => {
  const actions = planEntry(current, { ...target, username: 'y', tags: { ours: '2' } }, 'last');
  expect(actions.map((action) => action.do)).toEqual(['update', 'tag']);
});

it.each([
  ['user name', { ...target, username: 'y' }],
  ['groups', { ...target, groups: ['a'] }],
  ['a policy more', { ...target, policies: [...target.policies, Q] }],
  ['a policy less', { ...target, policies: [] }],
  ['type', { ...target, type: 'EC2' }],
])('an entry with another %s is not the same', (_, other) => {
  expect(isSameEntry(current, target)).toBe(true);
  expect(isSameEntry(current, other)).toBe(false);
});

/** What the EKS API does with the calls; refuses what it would refuse. */
function perform(
  entry: CurrentAccessEntry | undefined,
  actions: readonly Action[],
): CurrentAccessEntry | undefined {
  return actions.reduce<CurrentAccessEntry | undefined>((now, action) => {
    if (action.do === 'create') {
      if (now) throw new Error('already in use');
      const isNode = action.type !== 'STANDARD';
      if (isNode && (action.username !== undefined || action.groups.length > 0))
        throw new Error('not allowed with node types');
      const made = isNode
        ? { username: 'system:node:x', groups: ['system:nodes'] }
        : { username: action.username ?? '', groups: action.groups };
      return { ...current, ...made, type: action.type, tags: action.tags, policies: [] };
    }
    if (!now) throw new Error('no entry');
    const others = (arn: string) => now.policies.filter(({ policyArn }) => policyArn !== arn);
    switch (action.do) {
      case 'delete':
        return undefined;
      case 'update':
        if (now.type !== 'STANDARD') throw new Error('the username must not begin with system: (GT-91)');
        return { ...now, username: action.username, groups: action.groups };
      case 'tag':
        if (now.type !== 'STANDARD') throw new Error('node types cannot be tagged');
        return { ...now, tags: { ...now.tags, ...action.tags } };
      case 'untag':
        return {
          ...now,
          tags: Object.fromEntries(Object.entries(now.tags).filter(([key]) => !action.keys.includes(key))),
        };
      case 'associate':
        if (now.type !== 'STANDARD' && now.type !== 'EC2') throw new Error('only STANDARD');
        return { ...now, policies: [...others(action.policy.policyArn), action.policy] };
      case 'disassociate':
        return { ...now, policies: others(action.policyArn) };
    }
  }, entry);
}

describe('laws', () => {
  const names = fc.constantFrom('a', 'b', 'c');
  const policies = fc
    .uniqueArray(
      fc.record({
        policyArn: names,
        scope: fc.constantFrom('cluster' as const, 'namespace' as const),
        namespaces: fc.uniqueArray(names),
      }),
      { selector: ({ policyArn }) => policyArn },
    )
    .map((all) => all.map((policy) => (policy.scope === 'cluster' ? { ...policy, namespaces: [] } : policy)));
  const tags = fc.dictionary(names, names, { noNullPrototype: true });
  const standard = fc.record({
    type: fc.constant('STANDARD'),
    username: names,
    groups: fc.uniqueArray(names),
    policies,
    tags,
  });
  const nodes = fc
    .constantFrom('EC2_LINUX', 'HYBRID_LINUX')
    .map((type) => ({ ...node, type, username: 'ignored' }));
  const wanted = fc
    .tuple(fc.oneof(standard, nodes), fc.uniqueArray(names))
    .map(([entry, remove]): TargetEntry => ({
      ...entry,
      tagsToRemove: remove.filter((key) => entry.tags[key] === undefined),
    }));
  const start = fc.option(
    wanted.map((entry) => perform(undefined, planEntry(undefined, entry))),
    { nil: undefined },
  );
  const order = fc.constantFrom('first' as const, 'last' as const);

  it('the calls are accepted and lead to the target; then there is nothing left to do', () => {
    fc.assert(
      fc.property(start, wanted, order, (from, to, tagOrder) => {
        const after = perform(from, planEntry(from, to, tagOrder));
        expect(after && isSameEntry(after, to)).toBe(true);
        if (to.type === 'STANDARD') expect(after?.tags).toMatchObject(to.tags);
        for (const key of to.tagsToRemove) expect(after?.tags).not.toHaveProperty(key);
        expect(planEntry(after, to)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('no more calls than differences', () => {
    fc.assert(
      fc.property(start, wanted, (from, to) => {
        fc.pre(from !== undefined && from.type === to.type);
        const actions = planEntry(from, to);
        const count = (kind: Action['do']) => actions.filter((action) => action.do === kind).length;
        for (const kind of ['update', 'tag', 'untag'] as const) expect(count(kind)).toBeLessThanOrEqual(1);
        expect(count('create') + count('delete')).toBe(0);
        expect(count('associate')).toBeLessThanOrEqual(to.policies.length);
      }),
    );
  });
});
