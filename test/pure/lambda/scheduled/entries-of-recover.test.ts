/** Access entries that `eks-access recover` has made: the schedule ends them at their time, and no others for its sake. */
import fc from 'fast-check';
import { recordTags } from '../../../../access/access-entry/owner-tags';
import { CLI_OWNER } from '../../../../access/owner';
import { type KnownEntries } from '../../../../lambda/scheduled/known-entries';
import { last, runOver, type Seen } from './simulated-account';

const START = Date.parse('2026-11-27T10:00:00Z');
const MINUTE = 60_000;
const STACK = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/app/1', logicalId: 'A' };
const KEPT = { value: { type: 'STANDARD', username: 'before', groups: ['ops'], policies: [], tags: {} } };

type Tags = Readonly<Record<string, string>>;
const made = (minutes: number | undefined, more: object = {}): Tags =>
  recordTags({
    owner: CLI_OWNER,
    more: minutes === undefined ? {} : { expires: new Date(START + minutes * MINUTE).toISOString() },
    ...more,
  });

/** By name: what is left of them in one cluster. */
function given(entries: Readonly<Record<string, Tags>>) {
  const named = Object.entries(entries).map(([name, tags]) => [
    `arn:aws:iam::111122223333:role/${name}`,
    tags,
  ]);
  const tags = { prod: Object.fromEntries(named) as Record<string, Tags> };
  const known = new Map<string, KnownEntries>();
  return {
    left: () => Object.keys(tags.prod).map((arn) => arn.slice(arn.indexOf('/') + 1)),
    run: (minute: number, isTurn = false): Promise<Seen> =>
      runOver({
        modes: { prod: 'API' },
        guardrails: { clusters: ['prod'] },
        tags,
        known,
        start: START + minute * MINUTE,
        isTurn: () => isTurn,
      }),
  };
}

test('it ends in the first run after its end, and not before', async () => {
  const { left, run } = given({ now: made(20), later: made(50), other: {} });
  expect(last(await run(0))).toMatchObject({ MappingsExpired: 0 });
  expect(last(await run(15))).toMatchObject({ MappingsExpired: 0 });
  expect(last(await run(30))).toMatchObject({ MappingsExpired: 1 });
  expect(left()).toEqual(['later', 'other']);
  await run(45);
  expect(left()).toEqual(['later', 'other']);
  await run(60);
  expect(left()).toEqual(['other']);
});

test('one that says to have been adopted, or renamed, is not of the tool, and one without a date has no end', async () => {
  const { left, run } = given({
    adopted: made(-1, { found: KEPT }),
    renamed: made(-1, { renamedFrom: { ...KEPT, owner: STACK } }),
    undated: made(undefined),
  });
  expect(last(await run(0))).toMatchObject({ MappingsExpired: 0 });
  expect(left()).toEqual(['adopted', 'renamed', 'undated']);
});

test('over all tags: only what the tool has made and whose end has come goes', async () => {
  const dates = fc.oneof(
    fc
      .integer({ min: -100, max: 100 })
      .filter((minutes) => minutes !== 0)
      .map((minutes) => new Date(START + minutes * MINUTE).toISOString()),
    fc.constantFrom('', 'tomorrow', '2h'),
  );
  const one = fc.record(
    {
      owner: fc.constantFrom('v1/cli/recover', 'v1/cli', 'cli/recover', 'v1/Cli/recover', 'v1//recover', ''),
      expires: dates,
      found: fc.constantFrom(undefined, '2.e30', 'x'),
      other: fc.constantFrom(undefined, 'cli'),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 6 }), async (all) => {
      const tagsOf = ({ owner, expires, found, other }: (typeof all)[number]): Tags =>
        Object.fromEntries(
          Object.entries({
            'cfn-eks-access:owner': owner,
            'cfn-eks-access:expires': expires,
            'cfn-eks-access:found': found,
            kind: other,
          }).filter((tag): tag is [string, string] => tag[1] !== undefined),
        );
      const { left, run } = given(Object.fromEntries(all.map((each, index) => [`r${index}`, tagsOf(each)])));
      await run(0);
      const due = all.map(
        ({ owner, expires = '', found }) =>
          owner === 'v1/cli/recover' && found === undefined && Date.parse(expires) <= START,
      );
      const isOfStack = ({ owner = '' }: (typeof all)[number]): boolean =>
        /^v1\/(Cli)?\/recover$/.test(owner);
      for (const [index, each] of all.entries())
        if (!isOfStack(each)) expect([each, !left().includes(`r${index}`)]).toEqual([each, due[index]]);
    }),
    { numRuns: 200 },
  );
});
