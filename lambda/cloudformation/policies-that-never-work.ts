/** Access policies and scopes that EKS never takes or that give nothing; only what is wanted is checked. Pure. */
import { type AccessPolicyAssociation, type DesiredAccess } from '../../access/desired-access';
import { invalidRequest } from '../../access/errors';
import { serviceOnlyPolicy } from '../../access/service-only-policies';
import { splitAtCommas } from './names-that-never-work';

/** Most namespace selectors in one scope (GT-112). */
export const MAX_NAMESPACES = 25;

/** A name of a namespace, or the beginning of one and a wildcard. */
const SELECTOR = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|(?:[a-z0-9][a-z0-9-]*)?\*)$/;

/** Throws InvalidRequest naming the property, its value and the remedy. */
export function checkPolicies({ accessPolicies }: DesiredAccess): void {
  for (const [index, association] of accessPolicies.entries())
    checkPolicy(`AccessPolicies[${index}]`, association);
}

function checkPolicy(property: string, { policy, namespaces }: AccessPolicyAssociation): void {
  const instead = serviceOnlyPolicy(policy);
  if (instead !== undefined) {
    throw invalidRequest(
      `${property}.PolicyArn is ${JSON.stringify(policy)}, which EKS gives to service-linked roles of AWS alone: ${instead}`,
    );
  }
  const list = `${property}.AccessScope.Namespaces`;
  if (namespaces.length > MAX_NAMESPACES) {
    throw invalidRequest(
      `${list} has ${namespaces.length} namespaces and may have ${MAX_NAMESPACES}: join some with a wildcard at the end, such as dev-*, or write Type: cluster`,
    );
  }
  for (const namespace of namespaces) checkNamespace(list, namespace);
}

/** Throws InvalidRequest for what is neither the name of a namespace nor the beginning of one and a wildcard. */
export function checkNamespace(property: string, namespace: string): void {
  if (!SELECTOR.test(namespace))
    throw invalidRequest(`${property} has ${JSON.stringify(namespace)}, ${remedyOf(namespace)}`);
}

function remedyOf(namespace: string): string {
  if (namespace.includes(',')) {
    const parts = splitAtCommas(namespace).map((part) => JSON.stringify(part));
    return `which is no namespace: write ${parts.join(', ')} as items of their own, or !Split [",", …] where a parameter holds them`;
  }
  if (/[*?]/.test(namespace)) {
    return 'but a wildcard is one * at the end: write the beginning and *, such as dev-*, or each namespace';
  }
  const meant = namespace.trim().toLowerCase();
  const advice = SELECTOR.test(meant)
    ? `write ${JSON.stringify(meant)}`
    : 'write its name as kubectl shows it';
  return `and namespaces have small letters, digits and - inside: ${advice}`;
}
