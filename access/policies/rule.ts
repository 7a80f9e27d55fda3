/** Rules of RBAC, and what they come to request by request. Pure. */

/** As in a ClusterRole: every verb on every resource of every group. The core group is `''`; `*` is all of a kind. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Paths such as `/metrics`; a rule has either these or resources. */
  readonly nonResourceURLs: readonly string[];
  readonly verbs: readonly string[];
}

/** One request; `resource` with its subresource: `pods/log`. */
export interface Tuple {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: string;
}

/** Of resources, each once, in the order of the rules. A `*` stays one tuple. */
export function tuplesOf(rules: readonly PolicyRule[]): readonly Tuple[] {
  const tuples = new Map<string, Tuple>();
  for (const { apiGroups, resources, verbs } of rules)
    for (const apiGroup of apiGroups)
      for (const resource of resources)
        for (const verb of verbs) tuples.set(`${apiGroup} ${resource} ${verb}`, { apiGroup, resource, verb });
  return [...tuples.values()];
}

/**
 * As RBAC decides: `*` of resources covers subresources too.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function allows(rules: readonly PolicyRule[], { apiGroup, resource, verb }: Tuple): boolean {
  const has = (names: readonly string[], name: string): boolean =>
    names.includes('*') || names.includes(name);
  return rules.some(
    (rule) => has(rule.apiGroups, apiGroup) && has(rule.resources, resource) && has(rule.verbs, verb),
  );
}
