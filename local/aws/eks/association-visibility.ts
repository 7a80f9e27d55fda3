/** When an association is to be seen: at once, after some lists, or never (`Consistency`). */
import { type Consistency } from './consistency';
import { type EntryState, type PolicyState } from './cluster-state';

/** Puts the policy in; one that is asked for again is shown no later for it. */
export function keepPolicy(entry: EntryState, policy: PolicyState, consistency: Consistency): void {
  if (consistency.lostAssociations > 0) {
    consistency.lostAssociations -= 1;
    return;
  }
  const before = entry.policies.get(policy.policyArn);
  const isSame = before?.scope === policy.scope && String(before.namespaces) === String(policy.namespaces);
  const hidden = isSame
    ? { readsLeft: before.readsLeft, before: before.before }
    : { readsLeft: consistency.associationReads, before };
  entry.policies.set(policy.policyArn, { ...policy, ...hidden });
}

/** The policies as a list shows them now. */
export function shownPolicies(entry: EntryState): readonly PolicyState[] {
  return [...entry.policies.values()].map(shown).filter((policy) => policy !== undefined);
}

function shown(policy: PolicyState): PolicyState | undefined {
  if (!policy.readsLeft) return policy;
  policy.readsLeft -= 1;
  return policy.before;
}
