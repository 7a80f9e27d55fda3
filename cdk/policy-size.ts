/** IAM's limit for a managed policy, checked before anything is deployed (CO-38). */
import { Annotations } from 'aws-cdk-lib';
import { type Construct } from 'constructs';

/** Characters without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MAX_POLICY_CHARACTERS = 6144;

/** Throws when the statements cannot fit into one managed policy; warns when they nearly do not. */
export function policySize(scope: Construct, statements: readonly unknown[]): void {
  const size = estimatedSize(statements);
  const remedy =
    'write fewer clusters, accounts or policies (patterns such as team-* count once), or deploy one provider for each group of clusters, each with an exportName of its own';
  if (size > MAX_POLICY_CHARACTERS) {
    throw new Error(
      `the policy made from the guardrails has about ${size} characters and IAM takes ${MAX_POLICY_CHARACTERS}: ${remedy}`,
    );
  }
  if (size > 0.8 * MAX_POLICY_CHARACTERS) {
    Annotations.of(scope).addWarningV2(
      'cfn-eks-access:policy-size',
      `the policy made from the guardrails has about ${size} of the ${MAX_POLICY_CHARACTERS} characters that IAM takes: ${remedy}`,
    );
  }
}

/** Tokens count as what they come to at most: pseudo parameters 14 characters, other attributes 120. */
export function estimatedSize(statements: readonly unknown[]): number {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return text
    .replace(/\$\{Token\[AWS\.[^\]]*\]\}/g, '_'.repeat(14))
    .replace(/\$\{Token\[[^\]]*\]\}/g, '_'.repeat(120)).length;
}
