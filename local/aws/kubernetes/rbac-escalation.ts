/**
 * Nobody gives rights by RBAC that RBAC does not give them, unless they may `bind` or `escalate` that very role. Pure.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
import { type PolicyRule, rbacAllows, type RbacManifest, type RequestAttributes, roleOf } from './rbac';
import { RBAC_GROUP } from './rbac-kinds';
import { escalates, rbacNotFound } from './rbac-status';

export interface Giver {
  readonly username: string;
  readonly groups: readonly string[];
  /** By any authorizer: `bind` and `escalate` are asked of all of them. */
  readonly may: (asked: Omit<RequestAttributes, 'username' | 'groups'>) => boolean;
}

export interface Given {
  /** As in URLs. */
  readonly resource: string;
  /** Undefined: cluster-wide. */
  readonly namespace: string | undefined;
  readonly manifest: RbacManifest;
}

/** Throws 403 with the rules that are not held. */
export function checkEscalation(given: Given, giver: Giver, all: readonly RbacManifest[]): void {
  if (giver.groups.includes('system:masters')) return;
  const { resource, manifest } = given;
  const namespace = given.namespace ?? '';
  const named = { resource, name: manifest.metadata.name };
  const ask = (verb: string, of: string, name: string): boolean =>
    giver.may({ verb, apiGroup: RBAC_GROUP, resource: of, namespace, name });
  if (manifest.roleRef === undefined) {
    if (ask('escalate', resource, named.name)) return;
    return checkHeld(manifest.rules ?? [], namespace, named, giver, all);
  }
  const { kind, name } = manifest.roleRef;
  if (ask('bind', kind === 'ClusterRole' ? 'clusterroles' : 'roles', name)) return;
  const role = roleOf(manifest, given.namespace, all);
  if (role === undefined) throw rbacNotFound({ resource, name });
  checkHeld(role.rules ?? [], namespace, named, giver, all);
}

function checkHeld(
  rules: readonly PolicyRule[],
  namespace: string,
  named: { readonly resource: string; readonly name: string },
  { username, groups }: Giver,
  all: readonly RbacManifest[],
): void {
  const isHeld = (rule: PolicyRule): boolean =>
    requestsOf(rule).every((asked) => rbacAllows(all, { ...asked, username, groups, namespace }));
  const missing = rules.filter((rule) => !isHeld(rule));
  if (missing.length > 0) throw escalates(named, { username, groups }, missing.map(shown));
}

function requestsOf({
  apiGroups = [],
  resources = [],
  resourceNames = [''],
  verbs = [],
}: PolicyRule): readonly Pick<RequestAttributes, 'apiGroup' | 'resource' | 'name' | 'verb'>[] {
  return apiGroups.flatMap((apiGroup) =>
    resources.flatMap((resource) =>
      resourceNames.flatMap((name) => verbs.map((verb) => ({ apiGroup, resource, name, verb }))),
    ),
  );
}

/** As Go prints it. */
function shown({ apiGroups = [], resources = [], resourceNames, verbs = [] }: PolicyRule): string {
  const list = (names: readonly string[]): string => `[${names.map((name) => `"${name}"`).join(' ')}]`;
  const names = resourceNames === undefined ? '' : `, ResourceNames:${list(resourceNames)}`;
  return `{APIGroups:${list(apiGroups)}, Resources:${list(resources)}${names}, Verbs:${list(verbs)}}`;
}
