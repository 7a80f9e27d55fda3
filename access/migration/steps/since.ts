/** What other tools have changed since aws-auth was copied, so that the approved plan is no longer that of the cluster. Pure. */
import { readAwsAuth } from '../../aws-auth/reading/login';
import { readOwnership } from '../../aws-auth/owners-annotation';
import { undefinedIfRefused } from '../../errors';
import { type ReadAwsAuth, type SeenAccessEntry } from '../../explain/seen-cluster';
import { listOf, principalKeyOf, whoOf } from '../../explain/who';
import { effectiveIdentities, type EffectiveIdentity } from '../effective';
import { dataOf } from './base';

/** By principal key, in the order of lookup. */
export type InAwsAuth = ReadonlyMap<string, readonly EffectiveIdentity[]>;

/** Whom aws-auth gives what, whatever access entries there are. */
export function identitiesOf(awsAuth: ReadAwsAuth | undefined): InAwsAuth {
  const found = new Map<string, EffectiveIdentity[]>();
  for (const identity of effectiveIdentities(readAwsAuth(dataOf(awsAuth)), []))
    found.set(identity.key, [...(found.get(identity.key) ?? []), identity]);
  return found;
}

/** Keys of the principals that records of this product give to stacks: the provider may move them at any time. */
export function ownedIn(awsAuth: ReadAwsAuth | undefined): ReadonlySet<string> {
  const records = undefinedIfRefused(() => readOwnership(awsAuth?.annotations ?? {}));
  return new Set(records?.keys() ?? []);
}

/** One clause; undefined where the only changes are those of the run and of the provider. */
export function changedSince(
  copy: ReadAwsAuth,
  awsAuth: ReadAwsAuth | undefined,
  entries: readonly SeenAccessEntry[],
): string | undefined {
  const [before, now] = [identitiesOf(copy), identitiesOf(awsAuth)];
  const owned = new Set([...ownedIn(copy), ...ownedIn(awsAuth)]);
  const withEntry = new Set(entries.map(({ principalArn }) => principalKeyOf(principalArn)));
  const clauses = [
    ...[...now].flatMap(([key, identities]) => {
      const known = before.get(key);
      if (known === undefined) return [`${named(identities)} is new in aws-auth`];
      if (owned.has(key) || outcomesOf(known) === outcomesOf(identities)) return [];
      return [`${named(identities)} has been changed in aws-auth`];
    }),
    ...[...before].flatMap(([key, identities]) =>
      now.has(key) || withEntry.has(key)
        ? []
        : [`${named(identities)} has gone from aws-auth and has no access entry`],
    ),
  ];
  return clauses.length === 0 ? undefined : listOf(clauses);
}

function outcomesOf(identities: readonly EffectiveIdentity[]): string {
  return identities.map(({ identity }) => identity).join('\n');
}

function named([first]: readonly EffectiveIdentity[]): string {
  return whoOf(first?.principal ?? '');
}
