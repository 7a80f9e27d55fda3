/** The entries that decide at login, of all principals at once, as `login.ts` finds the one of a caller. Pure. */
import { foldCase } from './decode-entry';
import { type AwsAuthReading, type LoadedMapping, type LoadedPrincipal } from './loaded';
import { isMatchable } from './matchable';

/**
 * Of each ARN that a caller can have, in the first section that has it, the last entry of each key of the
 * authenticator's map: one, or several where mapUsers has it in several letter cases (GT-21, GT-22, GT-25, GT-26); then
 * the accounts. In the order of lookup.
 */
export function winnersOf(reading: AwsAuthReading): readonly LoadedMapping[] {
  const byArn = new Map<string, Map<string, LoadedPrincipal>>();
  for (const { section, entries } of [reading.mapRoles, reading.mapUsers])
    for (const entry of entries) {
      if (entry.section === 'mapAccounts' || entry.sso !== undefined || !isMatchable(entry.arn)) continue;
      const arn = foldCase(entry.arn);
      const known = byArn.get(arn) ?? new Map<string, LoadedPrincipal>();
      const [first] = known.values();
      if (first !== undefined && first.section !== section) continue;
      known.set(section === 'mapRoles' ? arn : entry.arn, entry);
      byArn.set(arn, known);
    }
  const accounts = new Map<string, LoadedMapping>();
  for (const entry of reading.mapAccounts.entries)
    if (entry.section === 'mapAccounts' && /^\d{12}$/.test(entry.accountId))
      accounts.set(entry.accountId, entry);
  return [...[...byArn.values()].flatMap((entries) => [...entries.values()]), ...accounts.values()];
}
