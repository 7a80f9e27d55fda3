/**
 * What a cluster must hold for the groups of named rights to mean what they say, and what is wrong with what it holds. A
 * missing or changed setup is an error before anybody is mapped: a group that nothing binds would be a mapping without
 * rights, and nobody would know. Pure.
 */
import {
  bindingOf,
  clusterRoleOf,
  groupOf,
  MANAGED_BY,
  RIGHTS_MANIFEST,
  type RightsName,
} from '../rights/catalogue';
import { digestOf } from '../rights/digest';
import { DIGESTS } from '../rights/digests';
import { type GrantedRight } from '../rights/granted';
import { type AppliedObject, type RbacObject } from './port';

const API_GROUP = 'rbac.authorization.k8s.io';

/** A clause; undefined: nothing is wrong. Of a role of ours. */
export function roleFault(name: RightsName, role: RbacObject | undefined): string | undefined {
  const digest = (DIGESTS as Readonly<Record<string, string | undefined>>)[name];
  return faultOf(`ClusterRole ${clusterRoleOf(name)}`, role, (found) => digestOf(found) === digest);
}

/** Of the ClusterRoleBinding. */
export function clusterBindingFault(
  right: GrantedRight,
  binding: RbacObject | undefined,
): string | undefined {
  return faultOf(`ClusterRoleBinding ${bindingOf(right.name)}`, binding, (found) => binds(found, right));
}

function faultOf(
  what: string,
  found: RbacObject | undefined,
  isAsInstalled: (found: RbacObject) => boolean,
): string | undefined {
  if (found && isAsInstalled(found)) return undefined;
  return found
    ? `${what} is not as ${RIGHTS_MANIFEST} has it`
    : `${what} is missing: it comes with ${RIGHTS_MANIFEST}, or by setUpRights of the provider`;
}

/**
 * The RoleBinding as it shall be.
 * https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/role-binding-v1/
 */
export function roleBindingOf(right: GrantedRight, namespace: string): AppliedObject {
  return {
    apiVersion: `${API_GROUP}/v1`,
    kind: 'RoleBinding',
    metadata: { name: bindingOf(right.name), namespace, labels: { [MANAGED_BY.key]: MANAGED_BY.value } },
    roleRef: { apiGroup: API_GROUP, kind: 'ClusterRole', name: clusterRoleOf(right.name) } as object,
    subjects: [{ apiGroup: API_GROUP, kind: 'Group', name: groupOf(right.name, namespace) } as object],
  };
}

/**
 * Why the RoleBinding is not touched: a clause. A roleRef cannot be changed, and a binding without our label is another
 * tool's.
 */
export function roleBindingFault(right: GrantedRight, found: RbacObject | undefined): string | undefined {
  if (!found) return undefined;
  const what = `RoleBinding ${bindingOf(right.name)} in namespace ${right.namespace}`;
  if (!refersTo(found, right)) return `${what} binds ${found.roleRef?.kind} ${found.roleRef?.name}`;
  if (found.metadata?.labels?.[MANAGED_BY.key] !== MANAGED_BY.value)
    return `${what} lacks the label ${MANAGED_BY.key}: ${MANAGED_BY.value}, so it is another tool's`;
  return undefined;
}

/** Whether the binding gives the right to its group and to nobody else. */
export function binds(found: RbacObject, right: GrantedRight): boolean {
  const [subject, ...others] = found.subjects ?? [];
  return (
    refersTo(found, right) &&
    others.length === 0 &&
    subject?.kind === 'Group' &&
    subject.name === groupOf(right.name, right.namespace)
  );
}

function refersTo({ roleRef }: RbacObject, { name }: GrantedRight): boolean {
  return roleRef?.kind === 'ClusterRole' && roleRef.name === clusterRoleOf(name);
}
