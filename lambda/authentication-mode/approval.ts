/**
 * Whether a cluster may take the step to `API`, which ends what aws-auth gives: nobody loses access, and the template's
 * PlanDigest says that a person has looked at who gets in. Pure.
 */
import { readRecord } from '../../access/access-entry/owner-tags';
import { type CurrentAccessEntry } from '../../access/access-entry/access-entry';
import { type AwsAuth } from '../../access/aws-auth/intent';
import { SECTIONS } from '../../access/aws-auth/identity-mapping';
import { readOwnership } from '../../access/aws-auth/owners-annotation';
import { readAwsAuth } from '../../access/aws-auth/reading/login';
import { type AwsAuthReading } from '../../access/aws-auth/reading/loaded';
import { checkReadable } from '../../access/aws-auth/size';
import { invalidRequest, undefinedIfRefused } from '../../access/errors';
import { digestOfPlan } from '../../access/migration/digest';
import { type EffectiveIdentity, effectiveIdentities } from '../../access/migration/effective';
import { principalKeyOf } from '../../access/principal-key';

/** Tags of every entry; all of those whose principals aws-auth names. */
export type SeenEntry = Pick<CurrentAccessEntry, 'principalArn' | 'tags'> & Partial<CurrentAccessEntry>;

/** Principals that the message names; the log has all. */
const NAMED = 30;

/** Throws ProviderError InvalidRequest for an aws-auth that does not say whom it is meant to let in. */
export function readingToJudge({ data }: AwsAuth, cluster: string): AwsAuthReading {
  checkReadable(data);
  const reading = readAwsAuth(data);
  const lost = SECTIONS.find((section) => reading[section].state === 'lost');
  if (lost === undefined) return reading;
  throw invalidRequest(
    `${lost} of aws-auth of cluster ${cluster} cannot be parsed, so nobody knows whom it is meant to let in; nothing was changed: fix it, or take it out, and run the stack operation again`,
  );
}

/**
 * Whom the mode would lock out: they get in by aws-auth, and an access entry stands for none of them. Everyone else logs
 * in by the access entry already (GT-50). The provider itself needs no way in there.
 */
export function losersOf(
  reading: AwsAuthReading,
  entryPrincipals: readonly string[],
  providerKey: string | undefined,
): readonly EffectiveIdentity[] {
  const entries = entryPrincipals.map((principalArn) => ({ principalArn, ...NOTHING }));
  return effectiveIdentities(reading, entries).filter(
    ({ place, key }) => place === 'aws-auth' && key !== providerKey,
  );
}

const NOTHING = { userName: undefined, groups: [], policies: [], type: undefined };

/** Throws ProviderError InvalidRequest that names them. */
export function refuseLosers(
  losers: readonly EffectiveIdentity[],
  { annotations }: AwsAuth,
  cluster: string,
): void {
  if (losers.length === 0) return;
  const records = readOwnership(annotations);
  const named = losers
    .slice(0, NAMED)
    .map(({ principal, key }) => (records.has(key) ? `${principal} (mapped by a stack)` : principal));
  const more = losers.length > NAMED ? ` and ${losers.length - NAMED} more, which the log names` : '';
  throw invalidRequest(
    `Mode is API, and these get into cluster ${cluster} by aws-auth alone and would lose access: ${named.join(', ')}${more}; nothing was changed: give each an access entry, or take its mapping out of aws-auth, and run the stack operation again; what stacks map the provider moves by itself, and its log says of what it leaves in aws-auth why`,
  );
}

/** The digest of `eks-access plan-migration`, of the cluster as it is now. */
export function digestOf(
  reading: AwsAuthReading,
  { annotations }: AwsAuth,
  entries: readonly SeenEntry[],
): string {
  const records = readOwnership(annotations);
  const keys = SECTIONS.flatMap((section) =>
    reading[section].entries.map((entry) =>
      principalKeyOf(entry.section === 'mapAccounts' ? entry.accountId : entry.arn),
    ),
  );
  const tagged = entries.filter(({ tags }) => undefinedIfRefused(() => readRecord(tags)?.owner));
  return digestOfPlan({
    effective: effectiveIdentities(
      reading,
      entries.map(({ principalArn, username, groups = [], policies = [], type }) => ({
        principalArn,
        userName: username,
        groups,
        policies,
        type,
      })),
    ),
    owned: new Set([
      ...keys.filter((key) => records.has(key)),
      ...tagged.map(({ principalArn }) => principalKeyOf(principalArn)),
    ]),
  });
}

/** Throws ProviderError InvalidRequest that says the digest of now. */
export function checkDigest(given: string | undefined, now: string, cluster: string): void {
  if (given === now) return;
  throw invalidRequest(
    `PlanDigest ${given === undefined ? 'is missing' : `is ${given}`}, and the step of cluster ${cluster} to mode API, which EKS never takes back, needs the digest of who gets in now: see who does (eks-access plan-migration, aws eks list-access-entries), and write PlanDigest: ${now}; nothing was changed`,
  );
}
