/** Laws of the plans of access entries, over a model of what the EKS API does with their calls. */
import fc from 'fast-check';
import { type AssociatedPolicy, type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { type Action, isSameEntry, planEntry, type TargetEntry } from '../../../../access/access-entry/plan';
import { perform, performOne, without } from './entry-model';

const names = fc.constantFrom('a', 'b', 'c');
const tags = fc.dictionary(names, names, { noNullPrototype: true });
const policies = fc
  .uniqueArray(
    fc.record({
      policyArn: names,
      scope: fc.constantFrom('cluster' as const, 'namespace' as const),
      namespaces: fc.uniqueArray(names, { minLength: 1 }),
    }),
    { selector: ({ policyArn }) => policyArn },
  )
  .map((all) => all.map((policy) => (policy.scope === 'cluster' ? { ...policy, namespaces: [] } : policy)));
const standard = fc.record({
  type: fc.constantFrom('STANDARD', ''),
  username: names,
  groups: fc.uniqueArray(names),
  policies,
  tags,
});
const nodes = fc.record({
  type: fc.constantFrom('EC2_LINUX', 'HYBRID_LINUX'),
  username: fc.constant('ignored'),
  groups: fc.constant(['ignored']),
  policies: fc.constant([]),
  tags,
});
const autoMode = fc.record({
  type: fc.constant('EC2'),
  groups: fc.constant([]),
  policies,
  tags: fc.constant({}),
});
const wanted: fc.Arbitrary<TargetEntry> = fc
  .tuple(fc.oneof(standard, nodes, autoMode), fc.uniqueArray(names))
  .map(([entry, remove]) => ({
    ...entry,
    tagsToRemove: remove.filter((key) => !Object.hasOwn(entry.tags, key)),
  }));
const start = fc.option(
  wanted.map((entry) => perform(undefined, planEntry(undefined, entry))),
  { nil: undefined },
);
const order = fc.constantFrom('first' as const, 'last' as const);
const isStandard = ({ type }: { readonly type: string }) => type === 'STANDARD' || type === '';

/** The tags at the end: of those that were there all that the plan may not touch, and the target's own. */
function tagsThere(from: CurrentAccessEntry | undefined, to: TargetEntry): CurrentAccessEntry['tags'] {
  if (!isStandard(to)) return {};
  return { ...without(from?.tags ?? {}, to.tagsToRemove), ...to.tags };
}

it('the calls are accepted and lead to the target, other tags as they were; then there is nothing left to do', () => {
  fc.assert(
    fc.property(start, wanted, order, (from, to, tagOrder) => {
      const after = perform(from, planEntry(from, to, tagOrder));
      expect(after && isSameEntry(after, to)).toBe(true);
      expect(after?.tags).toEqual(tagsThere(from, to));
      expect(planEntry(after, to, tagOrder)).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

it('whichever call was the last that happened, planning again from there comes to the same', () => {
  fc.assert(
    fc.property(start, wanted, order, (from, to, tagOrder) => {
      const actions = planEntry(from, to, tagOrder);
      for (let done = 0; done <= actions.length; done += 1) {
        const between = perform(from, actions.slice(0, done));
        const after = perform(between, planEntry(between, to, tagOrder));
        expect(after && isSameEntry(after, to)).toBe(true);
        expect(after?.tags).toEqual(tagsThere(from, to));
      }
    }),
    { numRuns: 1000 },
  );
});

it('nobody loses access in between who has it before and after, unless the type changes', () => {
  fc.assert(
    fc.property(start, wanted, (from, to) => {
      fc.pre(
        from !== undefined &&
          isStandard(from) === isStandard(to) &&
          (isStandard(to) || from.type === to.type),
      );
      const kept = to.policies.filter(({ policyArn }) =>
        from?.policies.some((one) => one.policyArn === policyArn),
      );
      let now: CurrentAccessEntry | undefined = from;
      let isConfirmed = true;
      for (const action of planEntry(from, to)) {
        if (action.do === 'associate') isConfirmed = false;
        if (action.do === 'confirm') isConfirmed = true;
        // What takes access away comes after what was given in its stead has been seen.
        if (action.do === 'update' || action.do === 'disassociate') expect(isConfirmed).toBe(true);
        now = performOne(now, action);
        for (const { policyArn } of kept)
          expect(now?.policies.map((policy) => policy.policyArn)).toContain(policyArn);
      }
    }),
  );
});

it('never more than 50 tags at once, where old and new are no more than that each', () => {
  const keys = (letter: string) =>
    fc
      .integer({ min: 0, max: 50 })
      .map((count) => Array.from({ length: count }, (_, index) => `${letter}${index}`));
  const all = (some: readonly string[]) => Object.fromEntries(some.map((key) => [key, '1']));
  fc.assert(
    fc.property(keys('old'), keys('new'), keys('kept'), order, (old, fresh, kept, tagOrder) => {
      fc.pre(old.length + kept.length <= 50 && fresh.length + kept.length <= 50);
      const entry = { type: 'STANDARD', username: 'x', groups: [], policies: [] };
      const from = perform(undefined, [{ do: 'create', ...entry, tags: all([...old, ...kept]) }]);
      const to = { ...entry, tags: all(fresh), tagsToRemove: old };
      expect(perform(from, planEntry(from, to, tagOrder))?.tags).toEqual(all([...kept, ...fresh]));
    }),
  );
});

it('never more than 20 policies at once, and none goes before another comes but to make room', () => {
  const some = (letter: string, max: number) =>
    fc
      .integer({ min: 0, max })
      .map((count) =>
        Array.from(
          { length: count },
          (_, index) => ({ policyArn: `${letter}${index}`, scope: 'cluster', namespaces: [] }) as const,
        ),
      );
  fc.assert(
    fc.property(some('old', 20), some('new', 20), some('kept', 20), order, (old, fresh, kept, tagOrder) => {
      fc.pre(old.length + kept.length <= 20 && fresh.length + kept.length <= 20);
      const entry = { type: 'STANDARD', username: 'x', groups: [], tags: {}, tagsToRemove: [] };
      const from = perform(undefined, planEntry(undefined, { ...entry, policies: [...old, ...kept] }));
      const actions = planEntry(from, { ...entry, policies: [...kept, ...fresh] }, tagOrder);
      expect(perform(from, actions)?.policies).toEqual([...kept, ...fresh]);
      const first = actions.findIndex((action) => action.do === 'associate');
      const before = actions.slice(0, Math.max(0, first)).length;
      expect(before).toBe(fresh.length === 0 ? 0 : Math.max(0, old.length + kept.length + fresh.length - 20));
    }),
  );
});

describe('no shorter sequence of calls', () => {
  const arn = { accessEntryArn: 'arn:entry' };
  const scopes: readonly AssociatedPolicy[] = [
    { policyArn: 'P', scope: 'cluster', namespaces: [] },
    { policyArn: 'P', scope: 'namespace', namespaces: ['n'] },
    { policyArn: 'Q', scope: 'cluster', namespaces: [] },
  ];
  const identities = ['x', 'y'].flatMap((username) => [[], ['g']].map((groups) => ({ username, groups })));
  const tagSets: readonly Readonly<Record<string, string>>[] = [
    { own: '1' },
    { own: '2' },
    { stale: '1' },
    { own: '1', stale: '1' },
    { own: '2', stale: '1' },
  ];
  /** Every call that could be of use. */
  const calls: readonly Action[] = [
    ...identities.map((identity) => ({ do: 'update', ...identity }) as const),
    ...tagSets.map((some) => ({ do: 'tag', ...arn, tags: some }) as const),
    ...[['own'], ['stale'], ['own', 'stale']].map((keys) => ({ do: 'untag', ...arn, keys }) as const),
    ...scopes.map((policy) => ({ do: 'associate', policy }) as const),
    ...['P', 'Q'].map((policyArn) => ({ do: 'disassociate', policyArn }) as const),
    { do: 'delete' },
    ...identities.flatMap((identity) =>
      [{}, ...tagSets].map(
        (some) => ({ do: 'create', type: 'STANDARD', ...identity, tags: { foreign: '7', ...some } }) as const,
      ),
    ),
    { do: 'create', type: 'EC2_LINUX', groups: [], tags: {} },
  ];
  const some = <T>(items: readonly T[]) => fc.constantFrom(...items);
  const entry = fc.record({
    type: fc.constant('STANDARD'),
    identity: some(identities),
    policies: some([
      [],
      [scopes[0]],
      [scopes[1]],
      [scopes[2]],
      [scopes[0], scopes[2]],
      [scopes[1], scopes[2]],
    ]),
    tags: some([{}, ...tagSets]),
  });
  const made = entry.map(({ identity, policies: some, ...rest }) => ({
    ...rest,
    ...identity,
    policies: some as readonly AssociatedPolicy[],
  }));
  const nodeEntry = fc.constant({ type: 'EC2_LINUX', username: 'n', groups: [], policies: [], tags: {} });
  const any = fc.oneof({ weight: 5, arbitrary: made }, nodeEntry);

  const keyOf = (now: CurrentAccessEntry | undefined): string =>
    now
      ? JSON.stringify([
          now.type,
          now.username,
          now.groups,
          now.policies.map((policy) => JSON.stringify(policy)).sort(),
          Object.entries(now.tags).sort(),
        ])
      : 'none';

  /** Fewest writes to a state that `isGoal` takes, by trying all of them; an entry that keeps its type is never deleted. */
  function fewest(
    from: CurrentAccessEntry | undefined,
    mayDelete: boolean,
    isGoal: (now: CurrentAccessEntry | undefined) => boolean,
  ): number {
    let front = [from];
    const seen = new Set([keyOf(from)]);
    for (let depth = 0; ; depth += 1) {
      if (front.some(isGoal)) return depth;
      const next: (CurrentAccessEntry | undefined)[] = [];
      for (const now of front) {
        for (const action of calls) {
          if (action.do === 'delete' && !mayDelete) continue;
          const after = performIfAllowed(now, action);
          if (after === 'refused' || seen.has(keyOf(after))) continue;
          seen.add(keyOf(after));
          next.push(after);
        }
      }
      if (next.length === 0) throw new Error('the goal cannot be reached');
      front = next;
    }
  }

  function performIfAllowed(
    now: CurrentAccessEntry | undefined,
    action: Action,
  ): CurrentAccessEntry | undefined | 'refused' {
    try {
      return performOne(now, action);
    } catch {
      return 'refused';
    }
  }

  it('comes to the same, but for the one that reads associations back', () => {
    fc.assert(
      fc.property(fc.option(any, { nil: undefined }), any, (before, desired) => {
        const isNode = before?.type === 'EC2_LINUX';
        const from =
          before &&
          perform(
            undefined,
            planEntry(undefined, {
              ...before,
              tags: isNode ? {} : { ...before.tags, foreign: '7' },
              tagsToRemove: [],
            }),
          );
        const tagsToRemove = ['own', 'stale'].filter((key) => !Object.hasOwn(desired.tags, key));
        // A new entry has no tag of another tool.
        const kept = from && !isNode ? {} : { foreign: '7' };
        const to: TargetEntry = {
          ...desired,
          tags: isStandard(desired) ? { ...kept, ...desired.tags } : {},
          tagsToRemove,
        };
        const plan = planEntry(from, to);
        const end = keyOf(perform(from, plan));
        const writes = plan.filter((action) => action.do !== 'confirm').length;
        const mayDelete = from !== undefined && from.type !== to.type;
        expect(writes).toBe(fewest(from, mayDelete, (now) => keyOf(now) === end));
        expect(plan.filter((action) => action.do === 'confirm').length).toBe(
          plan.some((action) => action.do === 'associate') ? 1 : 0,
        );
      }),
      { numRuns: 120 },
    );
  });
});
