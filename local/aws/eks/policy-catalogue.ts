/** The access policies that the service offers (GT-100), and who may have them (GT-99). */

const names = [
  'AIDevOpsAgentAccessPolicy',
  'AmazonAIOpsAssistantPolicy',
  'AmazonARCRegionSwitchScalingPolicy',
  'AmazonEKSACKPolicy',
  'AmazonEKSAdminPolicy',
  'AmazonEKSAdminViewPolicy',
  'AmazonEKSArgoCDClusterPolicy',
  'AmazonEKSArgoCDPolicy',
  'AmazonEKSAutoNodePolicy',
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSClusterAdminPolicy',
  'AmazonEKSClusterInsightsPolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSEditPolicy',
  'AmazonEKSEventPolicy',
  'AmazonEKSHybridPolicy',
  'AmazonEKSKROPolicy',
  'AmazonEKSLoadBalancingClusterPolicy',
  'AmazonEKSLoadBalancingPolicy',
  'AmazonEKSNetworkingClusterPolicy',
  'AmazonEKSNetworkingPolicy',
  'AmazonEKSPodIdentityPolicy',
  'AmazonEKSSecretAdminPolicy',
  'AmazonEKSSecretReaderPolicy',
  'AmazonEKSViewPolicy',
  'AmazonEMRJobPolicy',
  'AmazonSagemakerHyperpodClusterPolicy',
  'AmazonSagemakerHyperpodControllerPolicy',
  'AmazonSagemakerHyperpodSpacePolicy',
  'AmazonSagemakerHyperpodSpaceTemplatePolicy',
  'AmazonSagemakerHyperpodSystemNamespacePolicy',
  'AmazonSagemakerHyperpodUserClusterPolicy',
];

const serviceLinkedOnly = new Set([
  'AmazonEKSBlockStoragePolicy',
  'AmazonEKSBlockStorageClusterPolicy',
  'AmazonEKSComputePolicy',
  'AmazonEKSComputeClusterPolicy',
  'AmazonEKSHybridPolicy',
  'AmazonEKSClusterInsightsPolicy',
]);

/** Name and ARN of every policy in the partition (GT-94). */
export function listPolicies(partition: string): readonly { readonly name: string; readonly arn: string }[] {
  return names.map((name) => ({ name, arn: policyArn(partition, name) }));
}

export function policyArn(partition: string, name: string): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${name}`;
}

/** The name in the ARN when the service of this partition knows the policy. */
export function policyName(partition: string, arn: string): string | undefined {
  return names.find((name) => policyArn(partition, name) === arn);
}

export function isForServiceLinkedRolesOnly(name: string): boolean {
  return serviceLinkedOnly.has(name);
}
