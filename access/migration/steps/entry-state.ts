/** How far the access entry of one principal is. Pure. */
import { type AssociatedPolicy, type DesiredAccessEntry } from '../../access-entry/access-entry';
import { isStale } from '../../explain/view';
import { principalKeyOf } from '../../explain/who';
import { identityOf, type LoginIdentity } from '../../login-identity';
import { type PlannedEntry } from '../migration-plan';
import { type SeenAccessEntry } from '../../explain/seen-cluster';
import { entriesSeen, isOfRun } from './base';
import { type SeenMigration } from './seen-migration';

export type EntryState =
  | { readonly is: 'missing' }
  | { readonly is: 'there' }
  /** The run has made it, and was stopped before it had all its policies. */
  | { readonly is: 'unfinished'; readonly policies: readonly AssociatedPolicy[] }
  /** One clause. */
  | { readonly is: 'not to be made'; readonly why: string };

/** Of entries by principal key, those alone that work. */
export function workingEntries(seen: SeenMigration): ReadonlyMap<string, SeenAccessEntry> {
  const { roles } = seen;
  return new Map(
    entriesSeen(seen)
      .filter((entry) => !isStale({ roles }, entry))
      .map((entry) => [principalKeyOf(entry.principalArn), entry]),
  );
}

export function identityOfSeen({
  username,
  groups,
  policies = [],
  type,
}: Pick<SeenAccessEntry, 'username' | 'groups' | 'policies' | 'type'>): LoginIdentity {
  return identityOf({ userName: username, groups, policies, type });
}

export function identityOfPlanned({ type, username, groups, policies }: DesiredAccessEntry): LoginIdentity {
  return identityOf({ userName: username, groups, policies, type });
}

/** Of each entry of the plan. */
export function statesOf(
  planned: readonly PlannedEntry[],
  digest: string,
  seen: SeenMigration,
): readonly (readonly [PlannedEntry, EntryState])[] {
  const byKey = new Map(seen.entries?.map((entry) => [principalKeyOf(entry.principalArn), entry]));
  return planned.map((each) => {
    const key = principalKeyOf(each.entry.principalArn);
    return [each, stateOf(each, digest, byKey.get(key), seen.run.refused.get(key))];
  });
}

function stateOf(
  { entry }: PlannedEntry,
  digest: string,
  found: SeenAccessEntry | undefined,
  refused: string | undefined,
): EntryState {
  const { principalArn, policies } = entry;
  if (found !== undefined) {
    // The plan is made without the entries of this run: any other one is there and does not work (GT-79).
    if (!isOfRun(found, digest))
      return notMade('it has an access entry of another role of this name, which was made again: delete it');
    if (found.policies === undefined) return notMade('the policies of its access entry could not be read');
    if (identityOfSeen(found) === identityOfPlanned(entry)) return { is: 'there' };
    const shown = found.policies.map(keyOf);
    const missing = policies.filter((policy) => !shown.includes(keyOf(policy)));
    const finished = { ...found, policies: [...found.policies, ...missing] };
    return identityOfSeen(finished) === identityOfPlanned(entry)
      ? { is: 'unfinished', policies: missing }
      : notMade('another tool has changed the access entry that was made for it');
  }
  if (refused !== undefined) return notMade(refused);
  if (principalArn.includes(':role/aws-reserved/sso.amazonaws.com/REGION/'))
    return notMade('the Region in its ARN is not known: let this program ask IAM (iam:ListRoles)');
  return { is: 'missing' };
}

function notMade(why: string): EntryState {
  return { is: 'not to be made', why };
}

function keyOf({ policyArn, scope, namespaces }: AssociatedPolicy): string {
  return JSON.stringify([policyArn, scope, scope === 'cluster' ? [] : [...namespaces].sort()]);
}
