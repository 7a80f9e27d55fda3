/** EKS access policies by name, in the words of the EKS API (GT-94, GT-97). */

/** Where an access policy applies. */
export interface AccessPolicyScope {
  /**
   * Namespaces that the policy is limited to; `*` is a wildcard (`dev-*`).
   *
   * @default - the whole cluster
   */
  readonly namespaces?: string[];
}

/**
 * An EKS access policy and where it applies. Policies are named without an ARN: the provider puts in the
 * partition of the cluster (GT-94).
 */
export class AccessPolicy {
  /** Read everything except secrets. */
  static view(scope: AccessPolicyScope = {}): AccessPolicy {
    return AccessPolicy.of('AmazonEKSViewPolicy', scope);
  }

  /** Read and write most namespaced resources. For the whole cluster or in `kube-*` the guardrail allowClusterAdmin must be on. */
  static edit(scope: AccessPolicyScope = {}): AccessPolicy {
    return AccessPolicy.of('AmazonEKSEditPolicy', scope);
  }

  /** Edit, and manage Roles and RoleBindings. For the whole cluster or in `kube-*` the guardrail allowClusterAdmin must be on. */
  static admin(scope: AccessPolicyScope = {}): AccessPolicy {
    return AccessPolicy.of('AmazonEKSAdminPolicy', scope);
  }

  /** Read everything, secrets included. For the whole cluster or in `kube-*` the guardrail allowClusterAdmin must be on. */
  static adminView(scope: AccessPolicyScope = {}): AccessPolicy {
    return AccessPolicy.of('AmazonEKSAdminViewPolicy', scope);
  }

  /** Everything, like `system:masters`; the guardrail allowClusterAdmin must be on. */
  static clusterAdmin(): AccessPolicy {
    return AccessPolicy.of('AmazonEKSClusterAdminPolicy');
  }

  /** Any other policy, by its name or by its whole ARN; `aws eks list-access-policies` lists them. */
  static of(nameOrArn: string, scope: AccessPolicyScope = {}): AccessPolicy {
    return new AccessPolicy(nameOrArn, scope.namespaces);
  }

  private constructor(
    /** Name or ARN of the policy. */
    readonly policy: string,
    /** Namespaces; undefined for the whole cluster. */
    readonly namespaces?: string[],
  ) {}

  /**
   * The item of `AccessPolicies`, in the words of CloudFormation.
   *
   * @internal
   */
  _render(): Record<string, unknown> {
    return {
      PolicyArn: this.policy,
      AccessScope: this.namespaces ? { Type: 'namespace', Namespaces: this.namespaces } : { Type: 'cluster' },
    };
  }
}
