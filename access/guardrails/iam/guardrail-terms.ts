/** Guardrails in the terms of the policy. Pure. */
import { DEFAULT_ACCESS_POLICIES, policyRules } from '../access-policies';
import { type Guardrails } from '../../../schemas/generated/types';
import { literal, type Names } from './names';
import { PLACE } from './place';
import { type PolicyTerm, type PolicyTerms } from './statement';

export interface TermsOptions {
  /** A list as names; of texts that may be tokens, as the caller knows them. */
  readonly names: (values: readonly string[] | undefined) => Names;
  /** `literal` without it. */
  readonly literal?: ((value: string) => string) | undefined;
  /** ARNs of the node roles that may be passed to EKS (GT-117). */
  readonly nodeRoles: readonly string[];
  /** ARNs of the roles as which named clusters are reached. */
  readonly clusterRoles: readonly string[];
}

/** What the guardrails leave out gets the function's defaults (schemas/guardrails.schema.json). */
export function termsOf(guardrails: Guardrails, options: TermsOptions): PolicyTerms {
  const { names, nodeRoles, clusterRoles } = options;
  const text = options.literal ?? literal;
  const escaped = (patterns: readonly string[] | undefined): string[] | undefined => patterns?.map(text);
  return {
    clusters: names(escaped(guardrails.clusters ?? ['*'])),
    principalAccounts: names(guardrails.principalAccounts ?? [PLACE.accountId]),
    groups: names(escaped(guardrails.groups)),
    userNames: names(escaped(guardrails.userNames)),
    accessPolicies: policyTerms(guardrails.accessPolicies ?? DEFAULT_ACCESS_POLICIES, names, text),
    allowNodes: guardrails.allowNodes ?? false,
    allowClusterAdmin: guardrails.allowClusterAdmin ?? false,
    allowTakeover: (guardrails.allowTakeover ?? 'none') !== 'none',
    allowModeChange: guardrails.allowModeChange ?? false,
    nodeRoles: names(nodeRoles),
    clusterRoles: names(clusterRoles.length > 0 ? clusterRoles : undefined),
  };
}

/** One term for each place, because a policy has little room: policies of one scope share a statement. */
function policyTerms(
  entries: readonly string[],
  names: TermsOptions['names'],
  text: (value: string) => string,
): readonly PolicyTerm[] {
  const places = new Map<
    string,
    { readonly namespaces: readonly string[] | undefined; policies: string[] }
  >();
  for (const { name, namespaces } of policyRules(entries)) {
    const place = JSON.stringify(namespaces ?? 'any scope');
    const known = places.get(place) ?? { namespaces, policies: [] };
    places.set(place, { ...known, policies: [...known.policies, text(name)] });
  }
  return [...places.values()].map(({ policies, namespaces }) => ({ policies: names(policies), namespaces }));
}
