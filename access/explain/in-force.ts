/**
 * Which entries of aws-auth count at login, and the one reason why each of the others does not (GT-21, GT-22, GT-25,
 * GT-26, GT-50). The same order as the authenticator's lookup, for all entries at once. Pure.
 */
import { foldCase } from '../aws-auth/reading/decode-entry';
import { type LoadedMapping } from '../aws-auth/reading/loaded';
import { type NotInForce, type Standing } from './identity';
import { neverMatches } from './never-matches';
import { principalKeyOf } from './who';
import { type WrittenAwsAuth, type WrittenEntry } from './written';

export interface InForce {
  readonly standing: Standing;
  readonly reason?: NotInForce | undefined;
  /** The entry that counts instead. */
  readonly by?: WrittenEntry | undefined;
}

/** The places that the cluster looks at beside aws-auth. */
export interface Elsewhere {
  /** Whether aws-auth is read at all: not in mode API. */
  readonly readsAwsAuth: boolean;
  /** Keys of the access entries that work; undefined where there may be some that were not seen. */
  readonly overriding: ReadonlySet<string> | undefined;
}

/** `lineOf`: in the document. `lostAt`: line by which a section is lost. */
export function standings(
  { sections }: WrittenAwsAuth,
  elsewhere: Elsewhere,
  lineOf: (entry: WrittenEntry) => number,
  lostAt: (entry: WrittenEntry) => NotInForce | undefined,
): ReadonlyMap<WrittenEntry, InForce> {
  const standings = new Map<WrittenEntry, InForce>();
  const settle = (entry: WrittenEntry, reason: NotInForce, by?: WrittenEntry): void =>
    void standings.set(entry, { standing: 'not in force', reason, by });
  const left: (WrittenEntry & { loaded: LoadedMapping })[] = [];
  for (const { entries } of sections)
    for (const entry of entries) {
      const reason = reasonAlone(entry, elsewhere, lostAt);
      if (reason !== undefined) settle(entry, reason);
      else if (entry.loaded !== undefined) left.push(entry as WrittenEntry & { loaded: LoadedMapping });
    }
  for (const entries of groupedBy(left, ({ principal }) => foldCase(principal)).values()) {
    const [first] = entries;
    const winners = entries.filter(({ section }) => section === first?.section);
    const finalists = new Set(groupedBy(winners, keyInMap, true).values());
    const counting = [...finalists].flat();
    const isRandom = new Set(counting.map(({ loaded }) => outcomeOf(loaded))).size > 1;
    for (const entry of entries) {
      const same = counting.find((other) => keyInMap(other) === keyInMap(entry));
      const by = entry.section === first?.section ? same : counting.at(-1);
      if (by !== undefined && by !== entry) settle(entry, shadowed(entry, lineOf(by), by), by);
      else standings.set(entry, atLogin(entry, elsewhere, isRandom));
    }
  }
  return standings;
}

function reasonAlone(
  entry: WrittenEntry,
  { readsAwsAuth }: Elsewhere,
  lostAt: (entry: WrittenEntry) => NotInForce | undefined,
): NotInForce | undefined {
  if (!readsAwsAuth) {
    const clause = 'the cluster is in mode API, which does not read aws-auth';
    return { rule: 'ignored-in-mode-api', clause, isReplaced: false };
  }
  if (entry.dropped !== undefined)
    return { rule: 'entry-invalid', clause: DROPPED[entry.dropped], isReplaced: false };
  const { loaded } = entry;
  if (loaded === undefined) return lostAt(entry);
  if (loaded.section === 'mapAccounts') {
    if (/^\d{12}$/.test(loaded.accountId)) return undefined;
    const clause = 'not an account id of 12 digits, so it matches nobody';
    return { rule: 'principal-never-matches', clause, isReplaced: false };
  }
  if (loaded.sso !== undefined) {
    const clause = 'sso entries match only with a feature gate that is off by default';
    return { rule: 'sso-needs-gate', clause, isReplaced: false };
  }
  const never = neverMatches(loaded.arn);
  return never && { rule: never.rule, clause: never.clause, isReplaced: false };
}

const DROPPED: Readonly<Record<NonNullable<WrittenEntry['dropped']>, string>> = {
  'no-arn': 'dropped: it has no ARN',
  'arn-and-sso': 'dropped: it has both rolearn and sso, and one is allowed',
  'bad-sso': 'dropped: its sso matcher is not valid',
  'not-a-mapping': 'dropped: it is not a map of keys',
  'not-a-scalar': 'dropped: it is not one word',
};

function shadowed(entry: WrittenEntry, line: number, by: WrittenEntry): NotInForce {
  const why =
    entry.section === by.section
      ? `the last entry for ${entry.section === 'mapAccounts' ? 'an account' : entry.section === 'mapRoles' ? 'a role' : 'a user'} wins`
      : `${by.section} is looked up before ${entry.section}`;
  return { rule: 'duplicate-shadowed', clause: `shadowed by line ${line}: ${why}`, isReplaced: true, line };
}

function atLogin(entry: WrittenEntry, { overriding }: Elsewhere, isRandom: boolean): InForce {
  if (entry.section !== 'mapAccounts') {
    if (overriding === undefined) return { standing: 'unknown' };
    if (overriding.has(principalKeyOf(entry.principal))) {
      const clause = 'overridden by the access entry';
      return {
        standing: 'not in force',
        reason: { rule: 'overridden-by-access-entry', clause, isReplaced: true },
      };
    }
  }
  return { standing: isRandom ? 'at random' : 'in force' };
}

/** Entries that are one key of the authenticator's map: the lower-cased ARN of a role, a user's as written. */
function keyInMap({ section, principal }: WrittenEntry): string {
  return section === 'mapRoles' ? principal.toLowerCase() : principal;
}

function outcomeOf(loaded: LoadedMapping): string {
  return loaded.section === 'mapAccounts' ? '' : JSON.stringify([loaded.username, loaded.groups]);
}

/** In the order of the first of each; `last`: only the last of each. */
function groupedBy<T>(items: readonly T[], keyOf: (item: T) => string, last = false): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known === undefined || last) groups.set(keyOf(item), [item]);
    else known.push(item);
  }
  return groups;
}
