/**
 * Which access policies may be given, and where: entries `NAME` or `NAME@NAMESPACES`, in the same groups as the
 * statements of the execution role, so that the function and IAM agree. Pure.
 */
import { ACCESS_POLICY_TABLE } from './access-policy-table';
import { matchesPattern, patternsIntersect } from './pattern';
import { type JudgedAccess } from './judged-access';
import { refusal } from './refusal';
import { type Guardrails } from '../../schemas/generated/types';

export const CLUSTER_ADMIN_POLICY = 'AmazonEKSClusterAdminPolicy';

/** Namespaces of Kubernetes itself; a scope that could match one of them reaches its service accounts. */
export const KUBE_NAMESPACES = 'kube-*';

/** Edit and Admin in `kube-*` amount to cluster admin, so `*` leaves all others here. */
export const DEFAULT_ACCESS_POLICIES: readonly string[] = [
  'AmazonEKSViewPolicy',
  'AmazonEKSEditPolicy@*',
  'AmazonEKSAdminPolicy@*',
];

/** Patterns of policies and where they may be given; one rule must cover all namespaces that are asked for. */
export interface PolicyRule {
  readonly name: string;
  /** Undefined: with any scope. Only `*` is a wildcard, as in EKS. */
  readonly namespaces: readonly string[] | undefined;
}

const ENTRY = /^(?:arn:[^:]*:eks::aws:cluster-access-policy\/)?([^:/@]+)(?:@([a-z0-9*-]+))?$/;

export function isPolicyEntry(entry: string): boolean {
  return ENTRY.test(entry);
}

/** One rule for each name that the entries have, in their order. */
export function policyRules(entries: readonly string[]): readonly PolicyRule[] {
  const rules = new Map<string, readonly string[] | undefined>();
  for (const entry of entries) {
    const [, name = '', namespace] = ENTRY.exec(entry) ?? [];
    const known = rules.has(name) ? rules.get(name) : [];
    rules.set(name, known === undefined || namespace === undefined ? undefined : [...known, namespace]);
  }
  return [...rules].map(([name, namespaces]) => ({ name, namespaces }));
}

/** Names of the policies that never amount to cluster admin in this place. */
export function harmlessPolicies(place: 'inCluster' | 'inKubeNamespaces'): readonly string[] {
  return Object.entries(ACCESS_POLICY_TABLE)
    .filter(([, amounts]) => !amounts[place])
    .map(([name]) => name);
}

type Policy = JudgedAccess['policies'][number];

/** Throws ProviderError AccessDenied. */
export function checkPolicy(policy: Policy, nodeType: string | undefined, guardrails: Guardrails): void {
  // Comes with the type: allowNodes has been asked (GT-98).
  if (nodeType === 'EC2' && policy.name === 'AmazonEKSAutoNodePolicy') return;
  if (amountsToClusterAdmin(policy)) {
    if (guardrails.allowClusterAdmin) return;
    throw refusal(`AccessPolicies has ${described(policy)}`, 'allowClusterAdmin');
  }
  const rules = policyRules(guardrails.accessPolicies ?? DEFAULT_ACCESS_POLICIES);
  if (!rules.some((rule) => covers(rule, policy)))
    throw refusal(`AccessPolicies has ${described(policy)}`, 'accessPolicies');
}

function amountsToClusterAdmin({ name, scope, namespaces }: Policy): boolean {
  const wanted = name.toLowerCase();
  if (wanted === CLUSTER_ADMIN_POLICY.toLowerCase()) return true;
  const known = Object.entries(ACCESS_POLICY_TABLE).find(([policy]) => policy.toLowerCase() === wanted)?.[1];
  if (scope === 'cluster') return known?.inCluster ?? true;
  const reachesKube = namespaces.some((namespace) => patternsIntersect(namespace, KUBE_NAMESPACES));
  return reachesKube && (known?.inKubeNamespaces ?? true);
}

/**
 * What is asked for may have wildcards as well: read as plain text, its `*` can only be covered by a `*` of the rule,
 * which covers whatever that one comes to.
 */
export function covers(rule: PolicyRule, { name, scope, namespaces }: Policy): boolean {
  if (!matchesPattern(rule.name, name)) return false;
  if (rule.namespaces === undefined) return true;
  return (
    scope === 'namespace' &&
    namespaces.every((namespace) => rule.namespaces?.some((pattern) => matchesPattern(pattern, namespace)))
  );
}

function described({ name, scope, namespaces }: Policy): string {
  return `${name} ${scope === 'cluster' ? 'for the whole cluster' : `in ${namespaces.map((item) => JSON.stringify(item)).join(', ')}`}`;
}
