/** ARNs of access policies, and how many an entry takes. Pure. */

/** Most policies per entry (GT-112). */
export const MAX_POLICIES = 20;

/** ARN of an access policy in the cluster's own partition (GT-94). */
export function accessPolicyArn(policyName: string, partition: string): string {
  return `arn:${partition}:eks::aws:cluster-access-policy/${policyName}`;
}
