/** Role-based access control, given as manifests. Pure. https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
import { loadAll } from 'js-yaml';
import { type ObjectMeta } from './config-map';
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

export interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs?: readonly string[];
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

export interface Subject {
  readonly apiGroup?: string;
  readonly kind: string;
  readonly name: string;
}

export interface RbacManifest {
  readonly kind: string;
  readonly apiVersion?: string;
  readonly metadata: Partial<ObjectMeta> & { readonly name: string };
  readonly rules?: readonly PolicyRule[];
  readonly subjects?: readonly Subject[];
  readonly aggregationRule?: { readonly clusterRoleSelectors?: readonly LabelSelector[] };
  readonly roleRef?: { readonly apiGroup?: string; readonly kind: string; readonly name: string };
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
  return rulesInForce(manifests, request).some((rule) => ruleAllows(rule, request));
}

/** Every rule that the user has in that namespace; with an empty one, of the whole cluster. */
export function rulesInForce(
  manifests: readonly RbacManifest[],
  user: Pick<RequestAttributes, 'username' | 'groups' | 'namespace'>,
): readonly PolicyRule[] {
  return manifests.flatMap((binding) => {
    if (!binding.kind.endsWith('Binding')) return [];
    const namespace = binding.kind === 'RoleBinding' ? (binding.metadata.namespace ?? 'default') : undefined;
    if (namespace !== undefined && namespace !== user.namespace) return [];
    if (!binding.subjects?.some((subject) => isSubject(subject, user))) return [];
    return roleOf(binding, namespace, manifests)?.rules ?? [];
  });
}

/** The role that is bound; undefined where there is none: then the binding gives nothing. */
export function roleOf(
  { roleRef }: RbacManifest,
  namespace: string | undefined,
  manifests: readonly RbacManifest[],
): RbacManifest | undefined {
  return [...builtIn, ...manifests].find(
    ({ kind, metadata }) =>
      kind === roleRef?.kind &&
      metadata.name === roleRef.name &&
      (kind === 'ClusterRole' || (metadata.namespace ?? 'default') === namespace),
  );
}

function isSubject(
  { kind, name }: Subject,
  { username, groups }: Pick<RequestAttributes, 'username' | 'groups'>,
): boolean {
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
