/** Guardrails as props, in the terms of the policy. */
import { Aws } from 'aws-cdk-lib';
import { type IRoleRef } from 'aws-cdk-lib/aws-iam';
import { DEFAULT_ACCESS_POLICIES, policyRules } from '../../access/guardrails/access-policies';
import { type PolicyTerm, type PolicyTerms } from './statement';
import { type ClusterRoles, roleArnsOf } from '../cluster-roles';
import { type EksAccessGuardrails } from '../guardrails';
import { literal, names } from './now-or-later';

export interface PolicyExtras {
  readonly nodeRoles?: readonly IRoleRef[];
  readonly clusterRoles?: ClusterRoles;
}

/** What the guardrails leave out gets the function's defaults (schemas/guardrails.schema.json). */
export function guardrailTerms(guardrails: EksAccessGuardrails, extras: PolicyExtras): PolicyTerms {
  const clusterRoles = roleArnsOf(extras.clusterRoles);
  return {
    clusters: names(escaped(guardrails.clusters ?? ['*'])),
    principalAccounts: names(guardrails.principalAccounts ?? [Aws.ACCOUNT_ID]),
    groups: names(escaped(guardrails.groups)),
    userNames: names(escaped(guardrails.userNames)),
    accessPolicies: policyTerms(guardrails.accessPolicies ?? DEFAULT_ACCESS_POLICIES),
    allowNodes: guardrails.allowNodes ?? false,
    allowClusterAdmin: guardrails.allowClusterAdmin ?? false,
    allowTakeover: (guardrails.allowTakeover ?? 'none') !== 'none',
    allowModeChange: guardrails.allowModeChange ?? false,
    nodeRoles: names((extras.nodeRoles ?? []).map((role) => role.roleRef.roleArn)),
    clusterRoles: names(clusterRoles, clusterRoles.length > 0),
  };
}

/** One term for each place, because a policy has little room: policies of one scope share a statement. */
function policyTerms(entries: readonly string[]): readonly PolicyTerm[] {
  const places = new Map<
    string,
    { readonly namespaces: readonly string[] | undefined; policies: string[] }
  >();
  for (const { name, namespaces } of policyRules(entries)) {
    const place = JSON.stringify(namespaces ?? 'any scope');
    const known = places.get(place) ?? { namespaces, policies: [] };
    places.set(place, { ...known, policies: [...known.policies, literal(name)] });
  }
  return [...places.values()].map(({ policies, namespaces }) => ({ policies: names(policies), namespaces }));
}

function escaped(patterns: string[] | undefined): string[] | undefined {
  return patterns?.map(literal);
}
