/** What granting rights through RBAC needs of a cluster. Types only. */

/** A ClusterRole, a binding of one, or nothing that is either: as the API server gives it, nothing of it checked. */
export interface RbacObject {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly rules?: unknown;
  readonly aggregationRule?: unknown;
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string }[];
}

/** Throws ProviderError: NotFound for a namespace that is missing, NotStabilized for one that is being deleted. */
export interface RbacStore {
  readonly clusterName: string;
  /** Undefined: there is none. `namespace`: of a RoleBinding alone. */
  read(
    kind: 'clusterroles' | 'clusterrolebindings' | 'rolebindings',
    name: string,
    namespace?: string,
  ): Promise<RbacObject | undefined>;
  /** Makes the RoleBinding say this, or only asks whether it could. */
  apply(binding: RoleBinding, isDryRun: boolean): Promise<void>;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-binding-v1/ */
export interface RoleBinding extends RbacObject {
  readonly apiVersion: string;
  readonly kind: 'RoleBinding';
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
}
