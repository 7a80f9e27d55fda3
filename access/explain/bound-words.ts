/** What an identity is bound to by RBAC, for lists. Pure. */
import { boundTo, type Bound } from './bound';
import { type Identity } from './identity';
import { isRoleMissing } from './seen-bindings';
import { type SeenCluster } from './seen-cluster';

/** Undefined where RBAC was not looked at; none for what is not in force. */
export function boundOf({ bindings }: SeenCluster, identity: Identity): readonly Bound[] | undefined {
  if (bindings === undefined) return undefined;
  return identity.standing === 'not in force' ? [] : boundTo(bindings, identity.userName, identity.groups);
}

/** `ClusterRole edit`, `Role deployer in dev`, `ClusterRole view as dev:jane`; `-` for what policies or being a node decide. */
export function boundWords(cluster: SeenCluster, identity: Identity): string {
  if (identity.groups.includes('system:masters')) return 'everything';
  const words = (boundOf(cluster, identity) ?? []).map(({ binding, subject, isOfOneSession }) =>
    [
      `${binding.roleRef.kind} ${binding.roleRef.name}`,
      ...(binding.namespace === undefined ? [] : [`in ${binding.namespace}`]),
      ...(isOfOneSession ? [`as ${subject.name}`] : []),
      ...(isRoleMissing(binding, cluster.kubernetesRoles) ? ['(does not exist)'] : []),
    ].join(' '),
  );
  if (words.length > 0) return [...new Set(words)].join(', ');
  if (identity.policies.length > 0 || identity.groups.includes('system:nodes')) return '-';
  return cluster.bindingsMissing === undefined ? 'nothing' : 'nothing seen';
}
