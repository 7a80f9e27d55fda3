/** Named rights, in the words of the schemas. */

/** Names of rights: those that access policies have, and what no access policy gives. */
export enum RightName {
  /** Exactly what AmazonEKSViewPolicy allows. */
  VIEW = 'view',
  /** `VIEW`, and reads nodes; for the whole cluster alone. */
  VIEW_PLUS_NODES = 'view-plus-nodes',
  /** `VIEW`, and reads the custom resources that are made for it. */
  VIEW_PLUS_CUSTOM_RESOURCES = 'view-plus-custom-resources',
  /** Exactly what AmazonEKSSecretReaderPolicy allows. */
  SECRET_READER = 'secret-reader',
  /** Exactly what AmazonEKSEditPolicy allows. */
  EDIT = 'edit',
  /** `EDIT`, and writes the custom resources that are made for it. */
  EDIT_PLUS_CUSTOM_RESOURCES = 'edit-plus-custom-resources',
  /** Exactly what AmazonEKSAdminPolicy allows. */
  ADMIN = 'admin',
  /** `ADMIN`, and binds ClusterRoles up to admin in its namespaces. */
  ADMIN_PLUS_ROLE_BINDINGS = 'admin-plus-role-bindings',
  /** Everything, as AmazonEKSClusterAdminPolicy; the guardrail allowClusterAdmin must be on. */
  CLUSTER_ADMIN = 'cluster-admin',
}

/** How named rights are given. */
export enum RightsEngine {
  /** By an access policy where the mapping is an access entry and a policy says the same, else by a group. */
  AUTO = 'AUTO',
  /** By an access policy. */
  POLICY = 'POLICY',
  /** By a Kubernetes group that the provider binds. */
  RBAC = 'RBAC',
}

/** A named right and where it holds. */
export interface NamedRight {
  /** Name of the right. */
  readonly name: RightName;

  /**
   * Namespaces, at most 25, which must exist; no wildcards, because RBAC has none.
   *
   * @default - the whole cluster
   */
  readonly namespaces?: string[];
}
