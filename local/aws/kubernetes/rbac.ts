/** Role-based access control, given as manifests. Pure. https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
import { loadAll } from 'js-yaml';
import { isObject } from './decode-manifest';

export interface RequestAttributes {
  readonly username: string;
  /** `system:authenticated` included. */
  readonly groups: readonly string[];
  readonly verb: string;
  readonly apiGroup: string;
  readonly resource: string;
  /** Empty for all namespaces, or for what has none. */
  readonly namespace: string;
  /** Empty where the request names no object, as in POST and list. */
  readonly name: string;
}

interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs?: readonly string[];
}

interface Subject {
  readonly kind: string;
  readonly name: string;
}

export interface RbacManifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly PolicyRule[];
  readonly subjects?: readonly Subject[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
}

const configMaps = { apiGroups: [''], resources: ['configmaps'] };
const readVerbs = ['get', 'list', 'watch'];
const editVerbs = [...readVerbs, 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** The built-in ClusterRoles, as far as ConfigMaps go. */
const builtIn: readonly RbacManifest[] = [
  {
    kind: 'ClusterRole',
    metadata: { name: 'cluster-admin' },
    rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  },
  { kind: 'ClusterRole', metadata: { name: 'admin' }, rules: [{ ...configMaps, verbs: editVerbs }] },
  { kind: 'ClusterRole', metadata: { name: 'edit' }, rules: [{ ...configMaps, verbs: editVerbs }] },
  { kind: 'ClusterRole', metadata: { name: 'view' }, rules: [{ ...configMaps, verbs: readVerbs }] },
];

/** Roles, ClusterRoles and their bindings out of YAML text (several documents, Lists) or objects; the rest is left out. */
export function readRbac(manifests: string | readonly unknown[]): readonly RbacManifest[] {
  const documents = typeof manifests === 'string' ? loadAll(manifests) : manifests;
  return documents.flatMap((document) => {
    if (!isObject(document)) return [];
    if (document['kind'] === 'List') return readRbac(document['items'] as unknown[]);
    if (!/^(Cluster)?Role(Binding)?$/.test(String(document['kind']))) return [];
    return [document as unknown as RbacManifest];
  });
}

/** Whether any binding gives the request's user what it asks for. */
export function rbacAllows(manifests: readonly RbacManifest[], request: RequestAttributes): boolean {
  const known = [...builtIn, ...manifests];
  return manifests.some((binding) => {
    if (!binding.kind.endsWith('Binding')) return false;
    const namespace = binding.kind === 'RoleBinding' ? (binding.metadata.namespace ?? 'default') : undefined;
    if (namespace !== undefined && namespace !== request.namespace) return false;
    if (!binding.subjects?.some((subject) => isSubject(subject, request))) return false;
    const role = known.find(
      ({ kind, metadata }) =>
        kind === binding.roleRef?.kind &&
        metadata.name === binding.roleRef.name &&
        (kind === 'ClusterRole' || (metadata.namespace ?? 'default') === namespace),
    );
    return role?.rules?.some((rule) => ruleAllows(rule, request)) ?? false;
  });
}

function isSubject({ kind, name }: Subject, { username, groups }: RequestAttributes): boolean {
  return (kind === 'User' && name === username) || (kind === 'Group' && groups.includes(name));
}

/** A request without a name, such as POST, never matches a rule with resourceNames (GT-63). */
function ruleAllows(rule: PolicyRule, { verb, apiGroup, resource, name }: RequestAttributes): boolean {
  const has = (list: readonly string[] | undefined, value: string): boolean =>
    list?.some((item) => item === '*' || item === value) ?? false;
  if (!has(rule.verbs, verb) || !has(rule.apiGroups, apiGroup) || !has(rule.resources, resource))
    return false;
  return !rule.resourceNames?.length || rule.resourceNames.includes(name);
}
