/** Access entries to be made, and those that are made only where they are asked for. Pure. */
import { type LoadedMapping } from '../aws-auth/reading/loaded';
import { asAccessEntry, type AsAccessEntry, withDefaultName } from '../explain/as-access-entry';
import { whoOf } from '../explain/who';
import { type WrittenEntry } from '../explain/written';
import { describeGives, identityOf } from '../login-identity';
import { givesOf } from './effective';
import { type Facts } from './facts';
import { type Offer, type PlannedEntry } from './migration-plan';

/**
 * What `meant` would be as an access entry; where EKS refuses its user name, with the default one. Undefined for what
 * no access entry can say, and for what gives no other access than `today`.
 */
export function offerOf(
  facts: Facts,
  entry: WrittenEntry,
  meant: LoadedMapping | undefined,
  today: LoadedMapping | undefined,
): Offer | undefined {
  if (meant === undefined || meant.section === 'mapAccounts') return undefined;
  if (today !== undefined && identityOf(givesOf(meant)) === identityOf(givesOf(today))) return undefined;
  // A role that is written with its path never matched, and its ARN is the one that EKS wants.
  const full = { ...meant, arn: entry.principal };
  const translated = [full, withDefaultName(full), meant, withDefaultName(meant)]
    .map((each) => asAccessEntry(each, facts.realArns))
    .find((each): each is AsAccessEntry => 'entry' in each);
  if (translated === undefined) return undefined;
  const planned = plannedEntry(facts, entry, translated);
  const { type, username, groups, policies } = planned.entry;
  const gives = describeGives({ type, userName: username, groups, policies });
  return { planned, gives, isIncluded: false };
}

export function plannedEntry(
  facts: Facts,
  written: WrittenEntry,
  { entry, arn }: AsAccessEntry,
  isFirst = false,
): PlannedEntry {
  return {
    entry,
    who: whoOf(entry.principalArn),
    line: facts.lineOf(written),
    todo: facts.todoOf(entry, arn),
    isChange: false,
    isFirst,
  };
}
