/**
 * Whom aws-iam-authenticator lets in by aws-auth, and as whom: canonical ARNs, duplicates and the order of lookup
 * (GT-21 to GT-31). What it loads in the first place is in `parse-section.ts`. Pure.
 */
import { partsOfArn } from '../../arn';
import { PARTITIONS } from '../../principal';
import { foldCase } from './decode-entry';
import { type AwsAuthReading, type LoadedMapping, type LoadedPrincipal, type SectionReading } from './loaded';

export type { SsoMatcher } from './decode-entry';
export type {
  AwsAuthReading,
  DroppedEntry,
  LoadedAccount,
  LoadedMapping,
  LoadedPrincipal,
  Notice,
  SectionReading,
} from './loaded';
export { readAwsAuth, readSection } from './section-reader';

/** The ARN by which a caller is looked up, from what STS GetCallerIdentity answers; undefined: refused (GT-29). */
export function canonicalCallerArn(arn: string): string | undefined {
  if (!/^arn:(?:[^:]*:){4}/.test(arn)) return undefined;
  const { partition, service, accountId, resource } = partsOfArn(arn);
  if (!(PARTITIONS as readonly string[]).includes(partition)) return undefined;
  const [kind, ...names] = resource.split('/');
  if (service === 'iam') return kind === 'role' || kind === 'user' || kind === 'root' ? arn : undefined;
  if (service !== 'sts') return undefined;
  if (kind === 'federated-user') return arn;
  if (kind !== 'assumed-role' || names.length < 2) return undefined;
  return `arn:${partition}:iam::${accountId}:role/${names.slice(0, -1).join('/')}`;
}

/**
 * The entry that answers for a caller. `ambiguous`: two entries match and the authenticator takes one at random at
 * each lookup (GT-22). Undefined: access denied.
 */
export function mappingInForce(
  reading: AwsAuthReading,
  canonicalArn: string,
): LoadedMapping | 'ambiguous' | undefined {
  // The lower-cased ARN is the key under mapRoles, the ARN as written under mapUsers: of equal keys the last stays.
  const role = winner(reading.mapRoles, canonicalArn, (arn) => arn.toLowerCase());
  if (role !== undefined) return role;
  const user = winner(reading.mapUsers, canonicalArn, (arn) => arn);
  if (user !== undefined) return user;
  const { accountId } = partsOfArn(canonicalArn);
  return reading.mapAccounts.entries.findLast(
    (entry) => entry.section === 'mapAccounts' && entry.accountId === accountId,
  );
}

function winner(
  section: SectionReading,
  arn: string,
  keyOf: (arn: string) => string,
): LoadedPrincipal | 'ambiguous' | undefined {
  const wanted = foldCase(arn);
  const byKey = new Map<string, LoadedPrincipal>();
  for (const entry of section.entries) {
    if (entry.section !== 'mapAccounts' && foldCase(entry.arn) === wanted) byKey.set(keyOf(entry.arn), entry);
  }
  const [first, ...others] = byKey.values();
  if (first === undefined) return undefined;
  return others.every((other) => hasSameOutcome(first, other)) ? first : 'ambiguous';
}

function hasSameOutcome(a: LoadedPrincipal, b: LoadedPrincipal): boolean {
  return a.username === b.username && JSON.stringify(a.groups) === JSON.stringify(b.groups);
}
