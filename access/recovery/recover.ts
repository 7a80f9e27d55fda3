/** From what is known of a cluster to the ways back into it, in the order in which they are to be tried. Pure. */
import { byAccessEntry, byAdministrator, byMode } from './through-eks';
import { byNodes } from './nodes';
import { byCreator, byServiceAccount } from './through-aws-auth';
import { type Recovery, type RecoveryFacts, type Way } from './recovery';
import { repairOf } from './repair';

export function recoveryOf(facts: RecoveryFacts): Recovery {
  const all = [
    byAdministrator(facts),
    byAccessEntry(facts),
    byMode(facts),
    byCreator(facts),
    byServiceAccount(facts),
    byNodes(facts),
  ].filter((way) => way !== undefined);
  const ways = (['open', 'maybe', 'closed'] as const).flatMap((state) =>
    all.filter((way) => way.state === state),
  );
  return { ways, repair: repairOf(facts), summary: summaryOf(ways) };
}

function summaryOf(ways: readonly Way[]): string {
  const count = (state: Way['state']): number => ways.filter((way) => way.state === state).length;
  const [open, maybe] = [count('open'), count('maybe')];
  const toTry = maybe === 0 ? '' : `, ${maybe} more to try`;
  if (open > 0) return `${open} ${open === 1 ? 'way in works' : 'ways in work'} by what was seen${toTry}.`;
  // There is always one: EKS takes access entries, or who made the cluster needs none.
  return `No way in is certain, ${maybe} to try.`;
}
