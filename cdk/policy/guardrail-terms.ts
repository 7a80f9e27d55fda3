/** Guardrails as props, in the terms of the policy. */
import { Aws } from 'aws-cdk-lib';
import { type IRoleRef } from 'aws-cdk-lib/aws-iam';
import { type PolicyTerms } from './statement';
import { type EksAccessGuardrails } from '../guardrails';
import { literal, names } from './now-or-later';

export interface PolicyExtras {
  readonly nodeRoles?: readonly IRoleRef[];
  readonly allowAdoption?: boolean;
}

/** What the guardrails leave out gets the function's defaults (schemas/guardrails.schema.json). */
export function guardrailTerms(guardrails: EksAccessGuardrails, extras: PolicyExtras): PolicyTerms {
  return {
    clusters: names(escaped(guardrails.clusters ?? ['*'])),
    principalAccounts: names(guardrails.principalAccounts ?? [Aws.ACCOUNT_ID]),
    groups: names(escaped(guardrails.groups)),
    accessPolicies: names(guardrails.accessPolicies?.map(bareName)),
    allowNodes: guardrails.allowNodes ?? false,
    allowClusterAdmin: guardrails.allowClusterAdmin ?? false,
    allowAdoption: extras.allowAdoption ?? false,
    nodeRoles: names((extras.nodeRoles ?? []).map((role) => role.roleRef.roleArn)),
  };
}

/** The policy of the cluster's own partition is meant, as the function reads it (GT-94). */
function bareName(nameOrArn: string): string {
  return literal(nameOrArn.replace(/^arn:[^:]*:eks::aws:cluster-access-policy\//, ''));
}

function escaped(patterns: string[] | undefined): string[] | undefined {
  return patterns?.map(literal);
}
