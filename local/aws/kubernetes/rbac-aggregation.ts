/**
 * The rules of an aggregated ClusterRole, as the control plane fills them in. Pure.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
import { type LabelSelector, type PolicyRule, type RbacManifest } from './rbac';

/** Every aggregated ClusterRole with the rules of those that it selects; the rest as it is. */
export function aggregated(all: readonly RbacManifest[]): readonly RbacManifest[] {
  // One that selects another aggregated role gets what that one holds, so it is done until nothing changes.
  for (let before = all; ;) {
    const after = before.map((manifest) => filled(manifest, before));
    if (JSON.stringify(after) === JSON.stringify(before)) return after;
    before = after;
  }
}

function filled(manifest: RbacManifest, all: readonly RbacManifest[]): RbacManifest {
  const selectors = manifest.aggregationRule?.clusterRoleSelectors;
  if (manifest.kind !== 'ClusterRole' || selectors === undefined) return manifest;
  const chosen = all
    .filter(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name !== manifest.metadata.name)
    .filter(({ metadata }) => selectors.some((selector) => selects(selector, metadata.labels ?? {})));
  const rules = new Map<string, PolicyRule>();
  for (const rule of chosen.flatMap((role) => role.rules ?? [])) rules.set(JSON.stringify(rule), rule);
  return { ...manifest, rules: [...rules.values()] };
}

function selects(
  { matchLabels = {}, matchExpressions = [] }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, operator, values = [] }) => {
      const value = labels[key];
      const isOneOf = value !== undefined && values.includes(value);
      if (operator === 'In') return isOneOf;
      if (operator === 'NotIn') return !isOneOf;
      return operator === 'Exists' ? value !== undefined : value === undefined;
    })
  );
}
