/** Finding a principal's entries among those that the authenticator loads. Pure. */
import { PROVIDER_GROUP } from '../../contract';
import { type AwsAuthReading, type LoadedMapping } from './login';
import { foldCase } from './decode-entry';
import { type IdentityMapping } from '../identity-mapping';

/** Every entry of a principal (canonical ARN) or account id, in the authenticator's order of lookup (GT-25). */
export function entriesOf(reading: AwsAuthReading, key: string): readonly LoadedMapping[] {
  return [...reading.mapRoles.entries, ...reading.mapUsers.entries, ...reading.mapAccounts.entries].filter(
    (entry) => keyOf(entry) === key,
  );
}

/** The entries of every principal and account at once, as `entriesOf` gives those of one. */
export function entriesByKey(reading: AwsAuthReading): ReadonlyMap<string, readonly LoadedMapping[]> {
  const entries = new Map<string, LoadedMapping[]>();
  for (const section of [reading.mapRoles, reading.mapUsers, reading.mapAccounts])
    for (const entry of section.entries) {
      const known = entries.get(keyOf(entry));
      if (known) known.push(entry);
      else entries.set(keyOf(entry), [entry]);
    }
  return entries;
}

/** Which of a principal's entries decides at login: of the first section that has any, the last (GT-21, GT-25, GT-26). */
export function entryInForce(entries: readonly LoadedMapping[]): LoadedMapping | undefined {
  return entries.filter((entry) => entry.section === entries[0]?.section).at(-1);
}

/** Whether the authenticator would make the same of both; groups are a set to Kubernetes. */
export function isSameMapping(a: LoadedMapping | IdentityMapping, b: IdentityMapping): boolean {
  if (a.section === 'mapAccounts') return b.section === 'mapAccounts' && a.accountId === b.accountId;
  return (
    b.section !== 'mapAccounts' &&
    a.section === b.section &&
    foldCase(a.arn) === foldCase(b.arn) &&
    a.username === b.username &&
    a.groups.every((group) => b.groups.includes(group)) &&
    b.groups.every((group) => a.groups.includes(group))
  );
}

/** An entry is edited where it is: either section maps either kind of principal (GT-26). */
export function inSectionOf(entry: LoadedMapping, mapping: IdentityMapping): IdentityMapping {
  if (mapping.section === 'mapAccounts' || entry.section === 'mapAccounts') return mapping;
  return { ...mapping, section: entry.section };
}

/** Whether it is in the group that may edit aws-auth. */
export function isProviderMapping(entry: LoadedMapping | IdentityMapping): boolean {
  return entry.section !== 'mapAccounts' && entry.groups.includes(PROVIDER_GROUP);
}

/** Whether nodes log in by this entry: the group is what lets a kubelet in, the user name what the node authorizer reads. */
export function isNodeMapping(entry: LoadedMapping): boolean {
  return (
    entry.section !== 'mapAccounts' &&
    (entry.groups.includes('system:nodes') || entry.username.startsWith('system:node:'))
  );
}

/**
 * Roles are here without path, and one written with a path never matches at login (GT-30), so it is not the
 * principal's; a user's path is part of what matches (GT-31) but not of who the user is.
 */
function keyOf(entry: LoadedMapping): string {
  if (entry.section === 'mapAccounts') return entry.accountId;
  return foldCase(entry.arn).replace(/^(arn:[^:]+:iam::[0-9]{12}:user)\/.*\/([^/]+)$/, '$1/$2');
}
