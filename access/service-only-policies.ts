/**
 * Access policies that EKS associates with service-linked roles alone (GT-99), which can have no entry of ours
 * (GT-77), with what an author who asks for one probably wants. Data: no API says it, so this is a copy of a
 * document, with a date. What is not in it is left to EKS.
 *
 * As of 2026-11, after https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */

const autoMode =
  'EKS gives it to the role of its own in clusters with Auto Mode, for nodes write Type: EC2 with AmazonEKSAutoNodePolicy, for people AmazonEKSViewPolicy or AmazonEKSEditPolicy';

const INSTEAD: Readonly<Record<string, string>> = {
  AmazonEKSBlockStoragePolicy: autoMode,
  AmazonEKSBlockStorageClusterPolicy: autoMode,
  AmazonEKSComputePolicy: autoMode,
  AmazonEKSComputeClusterPolicy: autoMode,
  AmazonEKSHybridPolicy:
    'for hybrid nodes write Type: HYBRID_LINUX without policies, for people who look at nodes a group in Groups that RBAC lets list them',
  AmazonEKSClusterInsightsPolicy:
    'EKS gives it to the role of its own for cluster insights, for people write AmazonEKSViewPolicy or AmazonEKSAdminViewPolicy',
};

/** `policy`: name or ARN. The clause with what to write instead; undefined for every other policy. */
export function serviceOnlyPolicy(policy: string): string | undefined {
  const name = policy.slice(policy.lastIndexOf('/') + 1);
  return Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
}
