/**
 * Named rights: the names, and what each is called in a cluster. What each allows is in `named-rights.ts`, which the
 * function does not need. Pure.
 */

/** In the order of the documents: what reads comes first. */
export const RIGHTS = [
  'view',
  'view-plus-nodes',
  'view-plus-custom-resources',
  'secret-reader',
  'edit',
  'edit-plus-custom-resources',
  'admin',
  'admin-plus-role-bindings',
  'cluster-admin',
] as const;
export type RightsName = (typeof RIGHTS)[number];

/** The manifest that an administrator applies once to each cluster; error messages name it. */
export const RIGHTS_MANIFEST = 'samples/rights-rbac.yaml';

/**
 * Label of every object of that manifest and of every RoleBinding that the function makes.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
 */
export const MANAGED_BY = { key: 'app.kubernetes.io/managed-by', value: 'cfn-eks-access' } as const;

const PREFIX = 'cfn-eks-access:';

/** The Kubernetes group that holds these rights: in the whole cluster, or in one namespace. */
export function groupOf(name: RightsName, namespace?: string): string {
  return namespace === undefined ? PREFIX + name : `${PREFIX}${name}:${namespace}`;
}

/** Of the ClusterRoleBinding, and of the RoleBinding in every namespace: fixed, so that RBAC can limit writes to it. */
export function bindingOf(name: RightsName): string {
  return PREFIX + name;
}

/** The ClusterRole that is bound. Everything is in a role of Kubernetes' own; it is the only one that equals its policy. */
export function clusterRoleOf(name: RightsName): string {
  return name === 'cluster-admin' ? name : PREFIX + name;
}

/**
 * Whose ClusterRoles of ours hold its rules: its own, and the one that it begins with where it grows with the cluster. None
 * for what Kubernetes has itself, which the provider may not read.
 */
export function rolesOf(name: RightsName): readonly RightsName[] {
  if (clusterRoleOf(name) === name) return [];
  const base = name.replace('-plus-custom-resources', '') as RightsName;
  return base === name ? [name] : [base, name];
}

/**
 * Name of the access policy whose table says the same: AmazonEKSSecretReaderPolicy of `secret-reader`; undefined for what
 * no access policy gives.
 */
export function policyOf(name: RightsName): string | undefined {
  if (name.includes('-plus-')) return undefined;
  return `AmazonEKS${name.replace(/(?:^|-)./g, (start) => start.slice(-1).toUpperCase())}Policy`;
}

/** Rights on what no namespace holds: bound in a namespace they would come to no more than `view`. */
export function isOfClusterOnly(name: RightsName): boolean {
  return name === 'view-plus-nodes';
}
