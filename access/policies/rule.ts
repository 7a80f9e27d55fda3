/** Rules of RBAC, and what they come to request by request. Pure. */

/** As in a ClusterRole: every verb on every resource of every group. The core group is `''`; `*` is all of a kind. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  /** Objects by name; undefined: all of them. */
  readonly resourceNames?: readonly string[] | undefined;
  /** Paths such as `/metrics`; a rule has either these or resources. */
  readonly nonResourceURLs: readonly string[];
  readonly verbs: readonly string[];
}

/** One request; `resource` with its subresource: `pods/log`. */
export interface Tuple {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: string;
  /** The object; left out: no single one, as in a list, which rules with names never allow. */
  readonly name?: string | undefined;
}

/** Of resources, each once, in the order of the rules. A `*` stays one tuple. */
export function tuplesOf(rules: readonly PolicyRule[]): readonly Tuple[] {
  const tuples = new Map<string, Tuple>();
  for (const { apiGroups, resources, resourceNames = [undefined], verbs } of rules)
    for (const apiGroup of apiGroups)
      for (const resource of resources)
        for (const name of resourceNames)
          for (const verb of verbs)
            tuples.set([apiGroup, resource, name, verb].join(' '), { apiGroup, resource, verb, name });
  return [...tuples.values()];
}

/**
 * As RBAC decides: `*` of resources covers subresources too.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function allows(rules: readonly PolicyRule[], { apiGroup, resource, verb, name }: Tuple): boolean {
  const has = (names: readonly string[], name: string): boolean =>
    names.includes('*') || names.includes(name);
  return rules.some(
    (rule) =>
      has(rule.apiGroups, apiGroup) &&
      has(rule.resources, resource) &&
      has(rule.verbs, verb) &&
      (rule.resourceNames === undefined || rule.resourceNames.includes(name ?? '')),
  );
}
