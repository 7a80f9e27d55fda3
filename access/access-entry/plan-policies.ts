/** The policy associations of an entry, by difference. Pure. */
import { type AssociatedPolicy } from './access-entry';
import { MAX_POLICIES } from './policy-arn';

/** Calls about associations. `confirm` reads them back: what `policies` names must be shown as it was written. */
export type PolicyAction =
  | { readonly do: 'associate'; readonly policy: AssociatedPolicy }
  | { readonly do: 'confirm'; readonly policies: readonly AssociatedPolicy[] }
  | { readonly do: 'disassociate'; readonly policyArn: string };

type Policies = { readonly policies: readonly AssociatedPolicy[] };

/**
 * Associate is an upsert: a changed scope is replaced in place (GT-96). What was associated is read back at once, before
 * any call that takes access away: associations have been lost silently (aws/containers-roadmap#185), and then nobody
 * would have the new rights nor the old ones.
 */
export function policiesToAdd(current: Policies, target: Policies): readonly PolicyAction[] {
  const policies = missingFrom(current.policies, target.policies);
  if (policies.length === 0) return [];
  const associations = policies.map((policy) => ({ do: 'associate', policy }) as const);
  return [...associations, { do: 'confirm', policies }];
}

/**
 * How many have to go before others come: as many as an entry would have beyond what EKS takes (GT-112). Of those nobody has
 * the rights for a moment.
 */
export function policiesInTheWay(current: Policies, target: Policies): number {
  const arns = [...current.policies, ...target.policies].map(({ policyArn }) => policyArn);
  return Math.max(0, new Set(arns).size - MAX_POLICIES);
}

export function policiesToRemove(current: Policies, target: Policies): readonly PolicyAction[] {
  const wanted = new Set(target.policies.map(({ policyArn }) => policyArn));
  return current.policies
    .filter(({ policyArn }) => !wanted.has(policyArn))
    .map(({ policyArn }) => ({ do: 'disassociate', policyArn }));
}

/** Those of `wanted` that are not there, or not with their scope. */
export function missingFrom(
  shown: readonly AssociatedPolicy[],
  wanted: readonly AssociatedPolicy[],
): readonly AssociatedPolicy[] {
  const present = new Set(shown.map(policyKey));
  return wanted.filter((policy) => !present.has(policyKey(policy)));
}

function policyKey({ policyArn, scope, namespaces }: AssociatedPolicy): string {
  // Cluster scope comes back with `namespaces: []` (GT-97).
  return JSON.stringify([policyArn, scope, scope === 'cluster' ? '' : unorderedKey(namespaces)]);
}

/** The same for lists of the same items, whatever their order and however often they name one. */
export function unorderedKey(items: readonly string[]): string {
  return JSON.stringify([...new Set(items)].sort());
}
