/** That EKS lists what it was told to associate: looked at, associated again, given up (GT-110). */
import { type CurrentAccessEntry } from '../../../../access/access-entry/access-entry';
import { apply, nothingWritten } from '../../../../access/access-entry/apply';
import { retryPolicy } from '../../../../access/access-entry/retry-policy';
import { simulatedTime } from '../../lambda/scheduled/simulated-time';
import { address, entryOf, StoreInMemory } from './store-in-memory';

const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
const VIEW = { policyArn, scope: 'cluster', namespaces: [] } as const;
const WITHOUT = entryOf();
const WITH = entryOf({ policies: [VIEW] });

/** `then`: what there is once the policy has been associated again. */
async function confirmed(now: CurrentAccessEntry | undefined, then: CurrentAccessEntry | undefined) {
  const store: StoreInMemory = new StoreInMemory(now, () => {
    store.entry = then;
  });
  const deadline = simulatedTime(20_000);
  const pauseAfter = retryPolicy(deadline, true);
  const on = { store, address, deadline, pauseAfter, state: nothingWritten() };
  const outcome = await apply([{ do: 'confirm', policies: [VIEW] }], on).catch(
    (error: Error) => error.message,
  );
  return { outcome, did: [...new Set(store.did)] };
}

test.each<[string, CurrentAccessEntry | undefined, CurrentAccessEntry | undefined, object]>([
  ['it is listed', WITH, WITH, { outcome: true, did: [] }],
  ['it is listed once it has been associated again', WITHOUT, WITH, { outcome: true, did: ['associate'] }],
  ['the entry is gone', undefined, undefined, { outcome: false, did: [] }],
  ['the entry goes while it is associated again', WITHOUT, undefined, { outcome: false, did: [] }],
  [
    'it is never listed',
    WITHOUT,
    WITHOUT,
    {
      outcome: `AccessPolicies has ${policyArn}, which EKS accepts for ${address.principalArn} on cluster prod and does not list afterwards (ListAssociatedAccessPolicies): run the stack operation again, and ask AWS Support if that does not help`,
      did: ['associate'],
    },
  ],
])('%s', async (_, now, then, expected) => {
  expect(await confirmed(now, then)).toEqual(expected);
});
