/** EKS access policies by name, in the words of the EKS API (GT-94, GT-97). */
import * as eks from 'aws-cdk-lib/aws-eks';
import { refuseOthers, shown } from './checks/given';

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
 * partition of the cluster (GT-94). Constructs take CDK's own `eks.AccessPolicy` as well.
 */
export class AccessPolicy implements eks.IAccessPolicy {
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
    if (typeof nameOrArn !== 'string')
      throw new Error(
        `AccessPolicy.of takes the name or ARN of an access policy of EKS, and was given ${shown(nameOrArn)}`,
      );
    refuseOthers(['namespaces'], scope, ` of the scope of ${nameOrArn}`);
    return new AccessPolicy(nameOrArn, scope.namespaces);
  }

  /** Where the policy applies. */
  readonly accessScope: eks.AccessScope;

  private constructor(
    /** Name or ARN of the policy. */
    readonly policy: string,
    namespaces: string[] | undefined,
  ) {
    this.accessScope = namespaces
      ? { type: eks.AccessScopeType.NAMESPACE, namespaces }
      : { type: eks.AccessScopeType.CLUSTER };
  }
}

/** `AccessPolicies`, in the words of CloudFormation. Throws for what is no access policy. */
export function renderPolicies(policies: readonly eks.IAccessPolicy[] | undefined): unknown[] | undefined {
  if (policies !== undefined && !Array.isArray(policies))
    throw new Error(`accessPolicies is ${shown(policies)}: give a list of AccessPolicy`);
  return policies?.map((given: eks.IAccessPolicy, index) => {
    const { policy, accessScope } = given ?? {};
    if (policy === undefined || accessScope === undefined) {
      const instead =
        typeof given === 'string' ? `AccessPolicy.of(${JSON.stringify(given)})` : 'an AccessPolicy';
      throw new Error(
        `accessPolicies[${index}] is ${shown(given)}, which is not an access policy: give ${instead}`,
      );
    }
    const { type, namespaces } = accessScope;
    return {
      PolicyArn: policy,
      AccessScope: { Type: type, ...(namespaces === undefined ? {} : { Namespaces: namespaces }) },
    };
  });
}
