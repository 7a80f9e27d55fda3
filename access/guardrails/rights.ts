/**
 * Which named rights may be given, and where: entries `NAME` or `NAME@NAMESPACES`, read as those of `accessPolicies`. They are
 * judged however the right is given, and the access policy that gives it is judged as well. Pure.
 */
import { type Guardrails } from '../../schemas/generated/types';
import { RIGHTS, type RightsName } from '../rights/catalogue';
import { type GrantedRight } from '../rights/granted';
import { covers, isPolicyEntry, policyRules } from './access-policies';
import { matchesPattern } from './pattern';
import { refusal } from './refusal';

/** As the default of `accessPolicies`: a right that no access policy gives has to be listed. */
export const DEFAULT_RIGHTS: readonly string[] = ['view', 'edit@*', 'admin@*'];

/**
 * Those that never amount to cluster admin: they read, and neither secrets nor exec. Custom resources are read as far as
 * their authors count them to ClusterRole view, which holds no secrets.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles
 */
export const HARMLESS_RIGHTS: readonly RightsName[] = [
  'view',
  'view-plus-nodes',
  'view-plus-custom-resources',
];

/** Whether the entry could ever allow something. */
export function isRightsEntry(entry: string): boolean {
  return (
    isPolicyEntry(entry) &&
    policyRules([entry]).some((rule) => RIGHTS.some((name) => matchesPattern(rule.name, name)))
  );
}

/** Throws ProviderError AccessDenied. */
export function checkRight({ name, namespace }: GrantedRight, guardrails: Guardrails): void {
  const place = namespace === undefined ? 'for the whole cluster' : `in ${JSON.stringify(namespace)}`;
  const what = `Rights has ${name} ${place}`;
  if (amountsToClusterAdmin({ name, namespace })) {
    if (guardrails.allowClusterAdmin) return;
    throw refusal(what, 'allowClusterAdmin');
  }
  const rules = policyRules(guardrails.rights ?? DEFAULT_RIGHTS);
  const scope = namespace === undefined ? 'cluster' : 'namespace';
  const namespaces = namespace === undefined ? [] : [namespace];
  if (!rules.some((rule) => covers(rule, { name, scope, namespaces }))) throw refusal(what, 'rights');
}

/** As of the access policy that says the same; what writes amounts to what Edit and Admin amount to. */
function amountsToClusterAdmin({ name, namespace }: GrantedRight): boolean {
  if (name === 'cluster-admin') return true;
  return !HARMLESS_RIGHTS.includes(name) && (namespace === undefined || namespace.startsWith('kube-'));
}
