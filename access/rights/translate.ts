/**
 * `Rights` and `AccessPolicies` in the words of each place: in aws-auth both are groups, in an access entry access
 * policies where one says exactly the same. The same right is the same in every mode, or refused by name. Pure.
 */
import { type AccessPolicyAssociation, type DesiredAccess, type Right } from '../desired-access';
import { invalidRequest } from '../errors';
import { groupOf, policyOf, RIGHTS } from './catalogue';
import { grantedBy } from './granted';

/** The mapping with nothing but groups. `unsupported`: one clause for the stack author, with what to write instead. */
export function withGroupsAlone(
  desired: DesiredAccess,
): { readonly desired: DesiredAccess } | { readonly unsupported: string } {
  const { rights = [], accessPolicies, principal } = desired;
  if (rights.length > 0 && desired.engine === 'POLICY')
    return {
      unsupported:
        'Engine is POLICY, but this mapping lives in aws-auth, which has no access policies: write Engine: AUTO',
    };
  const partition = principal.type === 'account' ? '' : principal.partition;
  const asRights: Right[] = [];
  for (const association of accessPolicies) {
    const right = rightOfPolicy(association, partition);
    if (typeof right === 'string')
      return {
        unsupported: `AccessPolicies has ${JSON.stringify(association.policy)}, but this mapping lives in aws-auth, where access policies are given by RBAC, ${right}`,
      };
    asRights.push(right);
  }
  return { desired: withRights(desired, [...asRights, ...rights], []) };
}

/** The mapping with access policies and groups. */
export function withPolicies(desired: DesiredAccess): DesiredAccess {
  const { rights = [], accessPolicies, engine } = desired;
  const asGroups: Right[] = [];
  const asPolicies: AccessPolicyAssociation[] = [];
  for (const right of rights) {
    const { name, namespaces } = right;
    const policy = engine === 'RBAC' ? undefined : policyOf(name);
    if (policy === undefined) asGroups.push(right);
    else asPolicies.push({ policy, scope: namespaces.length > 0 ? 'namespace' : 'cluster', namespaces });
  }
  return withRights(desired, asGroups, [...accessPolicies, ...asPolicies]);
}

function withRights(
  desired: DesiredAccess,
  asGroups: readonly Right[],
  accessPolicies: readonly AccessPolicyAssociation[],
): DesiredAccess {
  const names = asGroups.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw invalidRequest(
      `${twice} is given twice, in Rights or in AccessPolicies: give it once, with all its namespaces`,
    );
  const groups = asGroups.flatMap(grantedBy).map(({ name, namespace }) => groupOf(name, namespace));
  return { ...desired, groups: [...desired.groups, ...groups], rights: [], accessPolicies };
}

/** The right that says exactly the same, or why there is none: a clause with what to write instead. */
function rightOfPolicy({ policy, namespaces }: AccessPolicyAssociation, partition: string): Right | string {
  const prefix = `arn:${partition}:eks::aws:cluster-access-policy/`;
  const wanted = policy.startsWith(prefix) ? policy.slice(prefix.length) : policy;
  const name = RIGHTS.find((right) => policyOf(right) === wanted);
  if (name === undefined) {
    // `*` of resources covers pods/exec and nodes/proxy, which run commands (docs/security.md).
    if (wanted === 'AmazonEKSAdminViewPolicy')
      return 'whose * would cover pods/exec and nodes/proxy too: write Rights with view and secret-reader';
    const known = RIGHTS.map(policyOf).filter((one) => one !== undefined);
    return `which can give ${known.join(', ')} and no other: write one of them, or move the cluster to authentication mode API_AND_CONFIG_MAP`;
  }
  const pattern = namespaces.find((namespace) => namespace.includes('*'));
  if (pattern !== undefined)
    return `which knows no wildcards, and Namespaces has ${JSON.stringify(pattern)}: write each namespace`;
  return { name, namespaces };
}
