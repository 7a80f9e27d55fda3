/** What holds for every plan, whoever asks for whatever, over made-up ConfigMaps. */
import fc from 'fast-check';
import { readAwsAuth, type LoadedMapping } from '../../../../access/aws-auth/reading/login';
import { entryText } from './editing/edited-text';
import { entriesOf } from '../../../../access/aws-auth/reading/entries';
import { SECTIONS, type IdentityMapping } from '../../../../access/aws-auth/identity-mapping';
import { planPut, planRemove } from './plan-alone';
import { ProviderError } from '../../../../access/errors';
import { readOwnership } from '../../../../access/aws-auth/owners-annotation';
import { type ExistingEntry } from '../../../../access/desired-access';
import { after, foreignAnnotations, given, OTHER, OURS, put, removing, SIBLING } from './aws-auth-given';
import { type Owner } from '../../../../access/owner';
import { type AwsAuth } from '../../../../access/aws-auth/intent';

const RUNS = process.env['STRYKER_MUTATOR_WORKER'] === undefined ? 150 : 50;
const A = 'arn:aws:iam::111122223333';
/** Key → the ARNs under which it is known to the documents. */
const PRINCIPALS: Readonly<Record<string, readonly string[]>> = {
  [`${A}:role/foo`]: [`${A}:role/foo`, `${A}:role/Foo`],
  [`${A}:role/bar`]: [`${A}:role/bar`],
  [`${A}:user/zoe`]: [`${A}:user/zoe`, `${A}:user/team/Zoe`],
};
const ACCOUNT = '012345678901';
const keys = [...Object.keys(PRINCIPALS), ACCOUNT];

const arns = fc.constantFrom(...Object.values(PRINCIPALS).flat(), `${A}:role/path/foo`, `${A}:role/zoe`);
const entry = (arnKey: string) =>
  fc
    .tuple(arns, fc.constantFrom('u', 'v'), fc.subarray(['a', 'b', 'system:masters']), fc.nat(3))
    .map(([arn, username, groups, style]) => {
      switch (style) {
        case 0:
          return `- ${arnKey}: ${arn}\n  username: ${username}\n  groups:${groups.length === 0 ? ' []' : ''}\n${groups.map((group) => `  - ${group}\n`).join('')}`;
        case 1:
          return `- "groups": [${groups.join(', ')}] # c\n  "${arnKey}": '${arn}'\n  # inside\n  username: ${username}\n`;
        case 2:
          return `- {${arnKey}: "${arn}", username: ${username}, groups: [${groups.join(',')}]}\n`;
        default:
          return `# above\n-   username: >-\n      ${username}\n    ${arnKey}: ${arn}\n`;
      }
    });
const list = (arnKey: string) =>
  fc
    .tuple(
      fc.array(entry(arnKey), { maxLength: 4 }),
      fc.constantFrom('', '# end\n', '---\n- x\n'),
      fc.boolean(),
    )
    .map(([entries, end, cut]) => {
      const text = entries.join('') + end;
      return cut ? text.trimEnd() : text;
    });
const owner = fc.constantFrom<Owner>(OURS, SIBLING, OTHER);
const configMap = fc
  .record({
    mapRoles: list('rolearn'),
    mapUsers: list('userarn'),
    mapAccounts: fc.constantFrom('', `- "${ACCOUNT}"\n`, `["${ACCOUNT}", 5, "${ACCOUNT}"]`, '- "1"\n# c\n'),
  })
  .map((sections): AwsAuth => {
    // Absent rather than empty: so are they once their last entry has gone.
    const written = Object.entries(sections).filter(([, text]) => text !== '');
    return { ...given(undefined), data: { ...Object.fromEntries(written), foreign: 'x' } };
  });
const mappings = fc
  .tuple(fc.constantFrom(...keys), fc.nat(1), fc.constantFrom('u', 'w'), fc.subarray(['a', 'b', 'c']))
  .map(([key, spelling, username, groups]): { key: string; mapping: IdentityMapping } => {
    const [first = '', second = first] = PRINCIPALS[key] ?? [];
    if (first === '') return { key, mapping: { section: 'mapAccounts', accountId: key } };
    const section = first.includes(':role/') ? 'mapRoles' : 'mapUsers';
    const arn = section === 'mapRoles' || spelling === 0 ? first : second;
    return { key, mapping: { section, arn, username, groups } };
  });
const step = fc.record({
  put: fc.boolean(),
  isNew: fc.boolean(),
  asked: mappings,
  owner,
  existingEntry: fc.constantFrom<ExistingEntry>('FAIL', 'ADOPT', 'REPLACE'),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The state after the step; refused: as before. */
function take(state: AwsAuth, { put: isPut, asked, ...intent }: Step): AwsAuth {
  try {
    const plan = isPut
      ? planPut(state, put({ ...asked, ...intent }))
      : planRemove(state, removing({ key: asked.key, lastKnown: asked.mapping, owner: intent.owner }));
    return after(state, plan);
  } catch (error) {
    expect(error).toBeInstanceOf(ProviderError);
    expect((error as ProviderError).code).not.toBe('InternalFailure');
    return state;
  }
}

/** Everything that is not the principal's: bytes of entries, records, annotations, other data. */
function others({ data, annotations }: AwsAuth, key: string): unknown {
  const reading = readAwsAuth(data);
  const own = new Set<LoadedMapping>(entriesOf(reading, key));
  return {
    foreign: Object.entries(data).filter(([name]) => !(SECTIONS as readonly string[]).includes(name)),
    rest: foreignAnnotations({ data, annotations }),
    // In the order of the principals: on the wire they are grouped by stack, which says nothing.
    records: [...readOwnership(annotations)]
      .filter(([principal]) => principal !== key)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    entries: SECTIONS.map((section) => [
      reading[section].entries
        .filter((loaded) => !own.has(loaded))
        .map((loaded) => [entryText(section, data[section] ?? '', loaded.index), { ...loaded, index: 0 }]),
      reading[section].dropped.length,
    ]),
  };
}

test('no step changes what is not the principal’s, and none does anything the second time', () => {
  fc.assert(
    fc.property(configMap, fc.array(step, { minLength: 1, maxLength: 6 }), (start, steps) => {
      let state = start;
      for (const one of steps) {
        const next = take(state, one);
        expect(others(next, one.asked.key)).toEqual(others(state, one.asked.key));
        if (one.put) expect(take(next, one)).toBe(next);
        state = next;
      }
    }),
    { numRuns: RUNS },
  );
});

test('put and remove give back everything byte for byte, whatever was there', () => {
  let adopted = 0;
  fc.assert(
    fc.property(configMap, mappings, (start, asked) => {
      const plan = planPut(start, put({ ...asked, existingEntry: 'ADOPT' }));
      if (plan.adopted) adopted += 1;
      const back = after(
        start,
        planRemove(after(start, plan), removing({ key: asked.key, lastKnown: asked.mapping })),
      );
      expect(back.annotations).toEqual(start.annotations);
      expect(back.data).toEqual(start.data);
    }),
    { numRuns: RUNS },
  );
  expect(adopted).toBeGreaterThan(RUNS / 10);
});

test('once every owner has left, nothing of theirs is left and what they adopted is back', () => {
  const polite = step.map(
    (one) =>
      ({ ...one, existingEntry: one.existingEntry === 'REPLACE' ? 'ADOPT' : one.existingEntry }) as const,
  );
  const leaving = fc.shuffledSubarray([OURS, SIBLING, OTHER], { minLength: 3 });
  fc.assert(
    fc.property(configMap, fc.array(polite, { maxLength: 8 }), leaving, (start, steps, leavers) => {
      // Creates only: an Update may rightly take an equal entry for its own, and a Delete too.
      const puts = steps.map((one) => ({ ...one, put: true, isNew: true }));
      let state = puts.reduce(take, start);
      for (const who of leavers) {
        for (const key of keys) state = after(state, planRemove(state, { key, owner: who }));
      }
      expect(state.annotations).toEqual(start.annotations);
      expect(state.data).toEqual(start.data);
    }),
    { numRuns: RUNS },
  );
});
