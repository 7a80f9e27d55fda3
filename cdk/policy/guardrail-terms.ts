/** Guardrails as props, in the terms of the policy. */
import { type IRoleRef } from 'aws-cdk-lib/aws-iam';
import { termsOf } from '../../access/guardrails/iam/guardrail-terms';
import { type PolicyTerms } from '../../access/guardrails/iam/statement';
import { type ClusterRoles, roleArnsOf } from '../cluster-roles';
import { type EksAccessGuardrails } from '../guardrails';
import { literal, names } from './now-or-later';

export interface PolicyExtras {
  readonly nodeRoles?: readonly IRoleRef[];
  readonly clusterRoles?: ClusterRoles;
}

export function guardrailTerms(guardrails: EksAccessGuardrails, extras: PolicyExtras): PolicyTerms {
  return termsOf(guardrails, {
    names,
    literal,
    nodeRoles: (extras.nodeRoles ?? []).map((role) => role.roleRef.roleArn),
    clusterRoles: roleArnsOf(extras.clusterRoles),
  });
}
