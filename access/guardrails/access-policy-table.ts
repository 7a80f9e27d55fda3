/**
 * Which EKS access policies amount to cluster admin, and where. Data: no API tells what a policy allows, so this is a
 * copy of documents, with a date. What is not in it amounts to cluster admin in both (CR-38).
 *
 * As of 2026-11, after
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html (rules of each policy)
 * https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks (what they lead to)
 */

export interface AmountsToClusterAdmin {
  /** With the scope of the whole cluster. */
  readonly inCluster: boolean;
  /** In a namespace kube-*, where the control plane, EKS and most operators have their service accounts. */
  readonly inKubeNamespaces: boolean;
}

const never = { inCluster: false, inKubeNamespaces: false };
const always = { inCluster: true, inKubeNamespaces: true };

export const ACCESS_POLICY_TABLE: Readonly<Record<string, AmountsToClusterAdmin>> = {
  // Reads, and neither secrets nor exec.
  AmazonEKSViewPolicy: never,
  // Lists nodes, nothing else.
  AmazonEKSHybridPolicy: never,
  // Rights of a node on itself; EKS takes it on entries of type EC2 alone, which allowNodes guards (GT-98).
  AmazonEKSAutoNodePolicy: never,

  // Everything; of some namespaces alone still everything that is in them.
  AmazonEKSClusterAdminPolicy: always,
  // Run pods as any service account, and impersonate them; Admin also writes Roles and RoleBindings.
  AmazonEKSAdminPolicy: always,
  AmazonEKSEditPolicy: always,
  // Read secrets, tokens of service accounts among them.
  AmazonEKSAdminViewPolicy: always,
  AmazonEKSSecretReaderPolicy: always,
  AWSBackupFullAccessPolicyForBackup: always,
  // Creates anything, RoleBindings and pods among it.
  AWSBackupFullAccessPolicyForRestore: always,

  // Described in prose or not at all, so the worst is assumed.
  AIDevOpsAgentAccessPolicy: always,
  AmazonAIOpsAssistantPolicy: always,
  AmazonARCRegionSwitchScalingPolicy: always,
  AmazonEKSACKPolicy: always,
  AmazonEKSArgoCDClusterPolicy: always,
  AmazonEKSArgoCDPolicy: always,
  AmazonEKSBlockStorageClusterPolicy: always,
  AmazonEKSBlockStoragePolicy: always,
  AmazonEKSClusterInsightsPolicy: always,
  AmazonEKSComputeClusterPolicy: always,
  AmazonEKSComputePolicy: always,
  AmazonEKSEventPolicy: always,
  AmazonEKSKROPolicy: always,
  AmazonEKSLoadBalancingClusterPolicy: always,
  AmazonEKSLoadBalancingPolicy: always,
  AmazonEKSNetworkingClusterPolicy: always,
  AmazonEKSNetworkingPolicy: always,
  AmazonEKSPodIdentityPolicy: always,
  AmazonEKSSecretAdminPolicy: always,
  AmazonEMRJobPolicy: always,
};
