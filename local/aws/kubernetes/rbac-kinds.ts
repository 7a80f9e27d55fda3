/** The objects of role-based access control: names in URLs and in manifests. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io';
export const RBAC_API_VERSION = `${RBAC_GROUP}/v1`;

export const RBAC_KINDS: Readonly<Record<string, string>> = {
  clusterrolebindings: 'ClusterRoleBinding',
  clusterroles: 'ClusterRole',
  rolebindings: 'RoleBinding',
  roles: 'Role',
};
