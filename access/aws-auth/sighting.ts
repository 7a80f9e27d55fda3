/** What aws-auth shows of one principal, in no back end's words. Pure. */
import { describeGives, identityOf } from '../login-identity';
import { isAdopted } from '../ownership-record';
import { type Protected, type Sighting } from '../sighting';
import { type EntryRecord } from './owners-annotation';
import { entryInForce, isNodeMapping, isProviderMapping } from './reading/entries';
import { type LoadedMapping } from './reading/loaded';

/** `entries`: all of the principal, the ones that are shadowed too. */
export function sightingOf(entries: readonly LoadedMapping[], record: EntryRecord | undefined): Sighting {
  const entry = entryInForce(entries);
  return {
    place: 'CONFIG_MAP',
    owner: record?.owner,
    at: record?.at,
    isAdopted: record !== undefined && isAdopted(record),
    entry: entry && { protects: protectionOf(entries), ...whatIsGivenBy(entry) },
  };
}

/** By whichever of the entries: a shadowed one would be in force when the others go. */
export function protectionOf(entries: readonly LoadedMapping[]): Protected | undefined {
  if (entries.some(isProviderMapping)) return 'provider';
  return entries.some(isNodeMapping) ? 'node' : undefined;
}

function whatIsGivenBy(
  entry: LoadedMapping,
): Pick<NonNullable<Sighting['entry']>, 'identity' | 'groups' | 'gives'> {
  const [userName, groups] =
    entry.section === 'mapAccounts' ? [undefined, []] : [entry.username, entry.groups];
  const access = { userName, groups, policies: [], type: undefined };
  return { identity: identityOf(access), groups, gives: describeGives(access) };
}
