/** IAM's limit for a managed policy: statements are spread over as many as they need, before anything is deployed. */

/** Characters without white space. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const MAX_POLICY_CHARACTERS = 6144;

/** A role takes 10 managed policies: one more denies, and some organisations attach their own. */
export const MAX_POLICIES = 5;

/** The statements in their order, in policies that fit. Throws when there would be too many. */
export function packPolicies(statements: readonly unknown[]): (readonly unknown[])[] {
  const policies: unknown[][] = [[]];
  for (const statement of statements) {
    const last = policies.at(-1) ?? [];
    if (policySize([...last, statement]) <= MAX_POLICY_CHARACTERS) last.push(statement);
    else policies.push([statement]);
  }
  const largest = Math.max(...policies.map(policySize));
  if (policies.length > MAX_POLICIES || largest > MAX_POLICY_CHARACTERS) {
    throw new Error(
      `the guardrails make ${policies.length} policies of up to ${largest} characters, and the role takes ${MAX_POLICIES} of ${MAX_POLICY_CHARACTERS}: write patterns such as team-* instead of many names, or deploy one provider for each group of clusters, each with an exportName of its own`,
    );
  }
  return policies;
}

/** Tokens count as what they come to at most. */
export function policySize(statements: readonly unknown[]): number {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return text.replace(/\$\{Token\[([^\]]*)\]\}/g, (_, name: string) => '_'.repeat(lengthOf(name))).length;
}

function lengthOf(token: string): number {
  if (token.startsWith('AWS.Partition')) return 'aws-us-gov'.length;
  if (token.startsWith('AWS.AccountId')) return 12;
  if (token.startsWith('AWS.Region')) return 'ap-southeast-1'.length;
  return 120;
}
