/** How long a writer pauses after a conflict (docs/decisions/0004): the longest pause of each try, in virtual time. */
import { IDENTITY, questions } from '../alone';
import { putIdentityMapping } from '../../../../access/aws-auth/put';
import { ProviderError } from '../../../../access/errors';
import { type Deadline } from '../../../../access/retry';
import { type ConfigMapStore } from '../../../../access/aws-auth/port';

/** Pauses of a writer that loses as often as there are round trips, each of which takes the milliseconds it says. */
async function longestPauses(roundTrips: readonly number[]): Promise<number[]> {
  const pauses: number[] = [];
  let now = 0;
  let tries = 0;
  const configMap = { object: { metadata: {} }, data: {}, annotations: {} };
  const store: ConfigMapStore = {
    read: async () => {
      now += roundTrips[tries] ?? 0;
      return configMap;
    },
    replace: async () => {
      now += roundTrips[tries] ?? 0;
      tries += 1;
      if (tries <= roundTrips.length) throw new ProviderError('ResourceConflict', 'somebody was faster');
    },
    make: async () => configMap,
  };
  const deadline: Deadline = {
    signal: new AbortController().signal,
    now: () => now,
    remainingMs: () => 600_000,
    pause: async (ms) => void pauses.push(ms),
    random: () => 1,
  };
  const arn = 'arn:aws:iam::111122223333:role/one';
  const owner = { stackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/a/b', logicalId: 'Entry' };
  const mapping = { section: 'mapRoles', arn, username: 'one', groups: [] } as const;
  const intent = { key: arn, mapping, owner, existingEntry: 'FAIL', isNew: true } as const;
  const { changed } = await putIdentityMapping(
    store,
    { intent, desired: IDENTITY, ownership: questions(intent.owner) },
    deadline,
  );
  expect(changed).toBe(true);
  return pauses;
}

test.each([
  ['grows with each conflict', [20, 20, 20, 20], [40, 120, 200, 280]],
  ['follows an API server that is slow', [100, 100, 100], [200, 600, 1_000]],
  ['is not lengthened by one late answer', [20, 3_000, 20, 20], [40, 120, 200, 280]],
  ['is not lengthened for long by a late first answer', [3_000, 20, 20], [6_000, 120, 200]],
  ['follows an API server that has become slow', [20, 100, 100, 100, 100], [40, 120, 1_000, 1_400, 1_800]],
  ['is not nothing where no time can be measured', [0, 0], [2, 6]],
])('the pause %s', async (_, roundTrips, pauses) => {
  expect(await longestPauses(roundTrips)).toEqual(pauses);
});
