/** What becomes of one entry of aws-auth, before anything is asked for beside what is in force. Pure. */
import { isNodeMapping } from '../aws-auth/reading/entries';
import { type LoadedMapping } from '../aws-auth/reading/loaded';
import { PROVIDER_GROUP } from '../contract';
import { asAccessEntry, type AsAccessEntry, withDefaultName } from '../explain/as-access-entry';
import { type Identity } from '../explain/identity';
import { type WrittenEntry } from '../explain/written';
import { describeGives, identityOf } from '../login-identity';
import { givesOf } from './effective';
import { type Facts } from './facts';
import { type PlanRow } from './migration-plan';
import { offerOf, plannedEntry } from './offers';

type Judged = Pick<PlanRow, 'verdict'> & Partial<PlanRow>;

export function judge(facts: Facts, entry: WrittenEntry, identity: Identity): PlanRow {
  const { standing, from, who, principal } = identity;
  const span = from.place === 'aws-auth' ? from.span : undefined;
  const getsIn = standing !== 'not in force' && entry.loaded !== undefined;
  return {
    principal,
    who,
    lines: span && { from: span.from.line, to: span.to.line },
    today: getsIn ? told(entry.loaded) : '',
    reason: '',
    madeBy: undefined,
    planned: undefined,
    offer: undefined,
    holdsBack: false,
    ...judgedOf(facts, entry, identity),
  };
}

function told(loaded: LoadedMapping): string {
  return loaded.section === 'mapAccounts'
    ? 'its own ARN as user name, no groups'
    : describeGives(givesOf(loaded));
}

function judgedOf(facts: Facts, entry: WrittenEntry, identity: Identity): Judged {
  const { standing, reason } = identity;
  const { loaded } = entry;
  if (standing === 'unknown') return open('an access entry, which was not looked at, may count instead');
  if (standing === 'at random')
    return open(
      'counts at random: two entries differ in letter case alone, and the authenticator takes either. Remove one',
    );
  const byEntry =
    loaded && reason?.rule === 'overridden-by-access-entry'
      ? facts.byEntry(entry.principal, givesOf(loaded))
      : undefined;
  if (byEntry !== undefined) return { verdict: 'same', madeBy: 'there', reason: byEntry };
  if (loaded === undefined || reason !== undefined) return behind(facts, entry, identity);
  const translated = asAccessEntry(loaded, facts.realArns);
  return 'unsupported' in translated
    ? loses(facts, entry, loaded, identity, translated.unsupported)
    : moves(facts, entry, loaded, identity, translated);
}

function open(reason: string): Judged {
  return { verdict: 'cannot', reason, holdsBack: true };
}

/** What no access entry can say; where that is the user name alone, EKS's default is offered. */
function loses(
  facts: Facts,
  entry: WrittenEntry,
  loaded: LoadedMapping,
  { owner }: Identity,
  why: string,
): Judged {
  const owned = facts.ownedBy(entry.principal, owner);
  if (owned !== undefined)
    return { verdict: 'loses', reason: `${owned.name} makes it, and ${why}`, holdsBack: true };
  const offer =
    offerOf(facts, entry, facts.meant(entry), loaded) ??
    offerOf(facts, entry, withDefaultName(loaded), loaded);
  return { verdict: 'loses', reason: why, holdsBack: true, offer };
}

function moves(
  facts: Facts,
  entry: WrittenEntry,
  loaded: LoadedMapping,
  { owner }: Identity,
  translated: AsAccessEntry,
): Judged {
  const today = givesOf(loaded);
  const { entry: desired } = translated;
  const owned = facts.ownedBy(entry.principal, owner);
  if (owned !== undefined)
    return owned.isForced
      ? {
          verdict: 'loses',
          reason: `${owned.name} forces it into aws-auth: write AuthenticationMode: AUTO there`,
          holdsBack: true,
        }
      : { verdict: 'same', madeBy: 'provider', reason: `${owned.name} owns it: the provider moves it` };
  const creator = facts.asCreator(entry.principal, today);
  if (creator !== undefined) return creator;
  if (identityOf(today) !== identityOf({ ...desired, userName: desired.username }))
    return { verdict: 'loses', reason: 'its access entry would give something else', holdsBack: true };
  const byEks = facts.nodeMadeByEks(entry.principal, desired.type);
  if (byEks !== undefined && isNodeMapping(loaded)) return { verdict: 'same', madeBy: 'EKS', reason: byEks };
  if (byEks !== undefined)
    return {
      verdict: 'loses',
      madeBy: 'EKS',
      reason: `${byEks}, for nodes, which counts instead of this line`,
      holdsBack: true,
    };
  const isFirst = owner?.kind === 'provider' || today.groups.includes(PROVIDER_GROUP);
  return {
    verdict: 'same',
    madeBy: 'plan',
    reason: isFirst
      ? 'the provider reaches the cluster by it: it is made, and proved, before the others'
      : '',
    planned: plannedEntry(facts, entry, translated, isFirst),
    offer: offerOf(facts, entry, facts.meant(entry), loaded),
  };
}

function behind(facts: Facts, entry: WrittenEntry, { reason }: Identity): Judged {
  const clause = reason?.clause ?? '';
  if (facts.hasEntry(entry.principal))
    return { verdict: 'behind', reason: `${clause}; an access entry lets its principal in` };
  const meant = reason?.rule === 'duplicate-shadowed' ? entry.loaded : facts.meant(entry);
  const offer = offerOf(facts, entry, meant ?? entry.loaded, undefined);
  return { verdict: offer === undefined ? 'cannot' : 'behind', reason: clause, offer };
}
