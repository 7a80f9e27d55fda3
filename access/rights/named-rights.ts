/**
 * What each of the named rights allows: the one source of the ClusterRoles in `samples/rights-rbac.yaml`, of the pages
 * that describe them, of what `eks-access policies` says of them, and of the tests on a real API server. The names of
 * access policies have exactly the rules of that policy (`access/policies/published-rules.ts`).
 */
import { on, PUBLISHED_RULES, READ } from '../policies/published-rules';
import { type PolicyRule } from '../policies/rule';
import { clusterRoleOf, policyOf, RIGHTS, type RightsName } from './catalogue';

/** Labels by which others say which of their ClusterRoles belongs into `view` or `edit` of Kubernetes. */
export type AggregateTo = 'view' | 'edit';

export interface NamedRights {
  readonly name: RightsName;
  /** One line without a full stop. */
  readonly summary: string;
  /** Without what it grows by. */
  readonly rules: readonly PolicyRule[];
  /** By what it grows with the custom resources of the cluster (decision 0016); undefined: it is fixed. */
  readonly grows: Growth | undefined;
}

export interface Growth {
  /** The rights that it begins with. */
  readonly base: RightsName;
  readonly labels: readonly AggregateTo[];
}

const VIEW = rulesOfPolicy('view');
const EDIT = rulesOfPolicy('edit');
const ADMIN = rulesOfPolicy('admin');

/**
 * What `admin-plus-role-bindings` may bind: the roles of Kubernetes that teams ask for, and ours up to `admin`. Nothing
 * that reaches beyond a namespace when it is bound in one, and never `escalate`.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
 */
export const BINDABLE: readonly string[] = [
  'view',
  'edit',
  'admin',
  ...RIGHTS.filter((name) => !['view-plus-nodes', 'cluster-admin'].includes(name)).map(clusterRoleOf),
];

const CONTENT: Readonly<Record<RightsName, Omit<NamedRights, 'name'>>> = {
  view: fixed('reads workloads and their logs, no Secrets', VIEW),
  'view-plus-nodes': fixed('as view, and reads nodes and how busy they are', [
    ...VIEW,
    // Not nodes/proxy, which reaches exec through the kubelet (kubernetes/kubernetes#136550).
    on('', READ, 'nodes'),
    on('metrics.k8s.io', ['get', 'list'], 'nodes'),
  ]),
  'view-plus-custom-resources': {
    summary: 'as view, and reads custom resources that are made for it',
    rules: VIEW,
    grows: { base: 'view', labels: ['view'] },
  },
  'secret-reader': fixed('reads Secrets and nothing else', rulesOfPolicy('secret-reader')),
  edit: fixed('as view; writes workloads, reads Secrets, runs exec', EDIT),
  'edit-plus-custom-resources': {
    summary: 'as edit, and writes custom resources that are made for it',
    rules: EDIT,
    grows: { base: 'edit', labels: ['view', 'edit'] },
  },
  admin: fixed('as edit, and Roles and RoleBindings', ADMIN),
  'admin-plus-role-bindings': fixed('as admin, and binds ClusterRoles up to admin in its namespaces', [
    ...ADMIN,
    { ...on('rbac.authorization.k8s.io', ['bind'], 'clusterroles'), resourceNames: BINDABLE },
  ]),
  'cluster-admin': fixed('everything, as ClusterRole cluster-admin', rulesOfPolicy('cluster-admin')),
};

export const NAMED_RIGHTS: readonly NamedRights[] = RIGHTS.map((name) => ({ name, ...CONTENT[name] }));

export function namedRights(name: RightsName): NamedRights {
  return { name, ...CONTENT[name] };
}

function fixed(summary: string, rules: readonly PolicyRule[]): Omit<NamedRights, 'name'> {
  return { summary, rules, grows: undefined };
}

function rulesOfPolicy(name: RightsName): readonly PolicyRule[] {
  return PUBLISHED_RULES[policyOf(name) ?? ''] ?? [];
}

/** What it grows by, in words. */
export function growthOf({ labels }: Growth): string {
  const names = labels.map((label) => `rbac.authorization.k8s.io/aggregate-to-${label}`).join(' or ');
  return `Grows with the cluster: every rule of ClusterRoles that their operators label ${names}, without those of Kubernetes itself. A kind whose operator labels none is not in it: label a ClusterRole of your own.`;
}
