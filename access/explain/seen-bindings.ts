/** What several texts say of RBAC, as what was seen of it; whether that is all, by what every cluster has. Pure. */
import { type BindingsReading } from './document/read-bindings';
import { type SeenBinding, type SeenCluster, type SeenKubernetesRole } from './seen-cluster';

type Read = Exclude<BindingsReading, { readonly refused: string }>;
type SeenRbac = Pick<SeenCluster, 'bindings' | 'bindingsMissing' | 'kubernetesRoles'>;

export function seenBindings(readings: readonly Read[]): SeenRbac {
  const bindings = unique(readings.flatMap((reading) => reading.bindings));
  const roles = unique(readings.flatMap((reading) => reading.roles));
  const missing = missingFrom(bindings);
  return {
    bindings,
    bindingsMissing: missing.length === 0 ? undefined : missing.join(' and '),
    kubernetesRoles: roles.length === 0 ? undefined : roles,
  };
}

/**
 * Every cluster has ClusterRoleBindings, and RoleBindings in kube-system and kube-public, which the API server makes at
 * its start. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings
 */
function missingFrom(bindings: readonly SeenBinding[]): readonly string[] {
  const has = (namespace: string | undefined): boolean =>
    bindings.some((binding) => binding.namespace === namespace);
  return [
    ...(has(undefined) ? [] : ['ClusterRoleBindings']),
    ...(has('kube-system') && has('kube-public') ? [] : ['RoleBindings of all namespaces']),
  ];
}

/**
 * Whether a role that a binding names is not there; false where it cannot be said. All ClusterRoles were seen where
 * cluster-admin was, all Roles where one of kube-system and one of kube-public was.
 */
export function isRoleMissing(
  { namespace, roleRef: { kind, name } }: SeenBinding,
  roles: readonly SeenKubernetesRole[] = [],
): boolean {
  const found = (wanted: SeenKubernetesRole): boolean =>
    roles.some(
      (role) => role.kind === wanted.kind && role.name === wanted.name && role.namespace === wanted.namespace,
    );
  if (kind === 'ClusterRole') return found({ kind, name: 'cluster-admin' }) && !found({ kind, name });
  const inNamespace = (wanted: string): boolean => roles.some((role) => role.namespace === wanted);
  return (
    inNamespace('kube-system') && inNamespace('kube-public') && !found({ kind: 'Role', name, namespace })
  );
}

function unique<T extends SeenBinding | SeenKubernetesRole>(objects: readonly T[]): readonly T[] {
  const byName = new Map(
    objects.map((object) => [`${object.kind} ${object.namespace ?? ''}/${object.name}`, object]),
  );
  return [...byName.values()];
}
