/** `AccessPolicies` of the template as policy associations, checked as the API would (GT-94 to GT-98). Pure. */
import { invalidRequest } from '../errors';
import { type AccessPolicyAssociation } from '../desired-access';
import { type AssociatedPolicy } from './access-entry';
import { accessPolicyArn, MAX_POLICIES } from './policy-arn';

const name = /^[\w+=,.@-]+$/;

/** Throws ProviderError InvalidRequest for what the API would refuse, before anything is changed. */
export function toAssociatedPolicies(
  asked: readonly AccessPolicyAssociation[],
  partition: string,
): readonly AssociatedPolicy[] {
  const policies = asked.map((association) => toAssociatedPolicy(association, partition));
  const arns = policies.map(({ policyArn }) => policyArn);
  const twice = arns.find((arn, index) => arns.indexOf(arn) !== index);
  if (twice !== undefined) {
    throw invalidRequest(`AccessPolicies has ${twice} twice: give each policy once, with all its namespaces`);
  }
  if (policies.length > MAX_POLICIES) {
    throw invalidRequest(
      `AccessPolicies has ${policies.length} policies: an access entry takes at most ${MAX_POLICIES}`,
    );
  }
  return policies;
}

function toAssociatedPolicy(association: AccessPolicyAssociation, partition: string): AssociatedPolicy {
  const policyArn = toPolicyArn(association.policy, partition);
  const { scope } = association;
  return { policyArn, scope, namespaces: [...new Set(association.namespaces)].sort() };
}

function toPolicyArn(policy: string, partition: string): string {
  if (name.test(policy)) return accessPolicyArn(policy, partition);
  const refuse = (why: string) => invalidRequest(`PolicyArn is ${JSON.stringify(policy)}: ${why}`);
  if (/^arn:[^:]*:iam:/.test(policy)) {
    throw refuse('this is an IAM policy: use an EKS access policy, such as AmazonEKSViewPolicy');
  }
  const [, inPartition, policyName = ''] =
    /^arn:([^:]*):eks::aws:cluster-access-policy\/(.+)$/.exec(policy) ?? [];
  if (inPartition === undefined || !name.test(policyName)) {
    throw refuse(`write the name of the policy, or ${accessPolicyArn('NAME', partition)}`);
  }
  if (inPartition !== partition) {
    throw refuse(
      `the cluster is in partition ${partition}: write ${policyName}, or ${accessPolicyArn(policyName, partition)}`,
    );
  }
  return policy;
}
