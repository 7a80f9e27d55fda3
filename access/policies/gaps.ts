/** What a policy does not allow although people expect it, asked of its rules. Pure. */
import { allows, type PolicyRule, type Tuple } from './rule';

interface Expected {
  /** Any of them is enough. */
  readonly requests: readonly Tuple[];
  /** What is missing where all are refused. */
  readonly sentence: string;
}

const tuple = (apiGroup: string, resource: string, verb: string): Tuple => ({ apiGroup, resource, verb });
const CREATE_BINDING = tuple('rbac.authorization.k8s.io', 'rolebindings', 'create');
const BIND = tuple('rbac.authorization.k8s.io', 'clusterroles', 'bind');

const CUSTOM_RESOURCES =
  'Custom resources of any group: unlike ClusterRoles view, edit and admin it does not grow by aggregation labels.';

const EXPECTED: readonly Expected[] = [
  { requests: [tuple('', 'nodes', 'list')], sentence: 'Nodes: kubectl get nodes is refused.' },
  {
    requests: [tuple('example.com', 'examples', 'get')],
    sentence: CUSTOM_RESOURCES,
  },
  { requests: [tuple('', 'secrets', 'get')], sentence: 'Secrets.' },
  // Before Kubernetes 1.35 a WebSocket needs `get` alone (kubernetes/kubernetes#78741).
  {
    requests: [tuple('', 'pods/exec', 'get'), tuple('', 'pods/exec', 'create')],
    sentence: 'kubectl exec, attach and port-forward.',
  },
  { requests: [CREATE_BINDING], sentence: 'Writing Roles and RoleBindings.' },
  { requests: [tuple('', 'pods/eviction', 'create')], sentence: 'Evicting pods, as kubectl drain does.' },
  {
    requests: [tuple('', 'serviceaccounts/token', 'create')],
    sentence: 'Tokens of service accounts: kubectl create token.',
  },
  { requests: [tuple('metrics.k8s.io', 'pods', 'list')], sentence: 'Metrics of pods: kubectl top pods.' },
];

/** By which the rights are given: RBAC knows them when it looks for escalation; they may grow with custom resources. */
interface Given {
  readonly isRbac?: boolean;
  readonly grows?: boolean;
}

/** One sentence each; none for a policy that allows everything. */
export function gapsOf(
  rules: readonly PolicyRule[],
  { isRbac = false, grows = false }: Given = {},
): readonly string[] {
  const gaps = EXPECTED.filter(({ requests }) => !requests.some((request) => allows(rules, request)))
    .map(({ sentence }) => sentence)
    .filter((sentence) => !(grows && sentence === CUSTOM_RESOURCES));
  if (!rules.some(({ nonResourceURLs }) => nonResourceURLs.length > 0)) gaps.push(URLS);
  if (!allows(rules, CREATE_BINDING) || allows(rules, { ...BIND, name: 'view' })) return gaps;
  return [...gaps, isRbac ? BINDS_ITS_OWN : ESCALATION];
}

const URLS = 'URLs that are no resources, such as /metrics of the API server.';

/**
 * `bind` is asked of every authorizer; whether the writer has all rights of the role, of RBAC alone.
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
 */
const ESCALATION =
  'RoleBindings in effect: Kubernetes refuses to create one even for ClusterRole view, because its check against escalation knows the rights that RBAC gives and no others (aws/containers-roadmap#2682).';

/** The built-in roles are larger than the published tables, and grow (decision 0016). */
const BINDS_ITS_OWN =
  'RoleBindings to ClusterRoles view, edit and admin of Kubernetes: its check against escalation lets holders bind what they hold themselves, cfn-eks-access:view for instance, and these hold more.';

/** Of every policy for people. Impersonation drops access policies, and lists do not show them. */
export const ASKING =
  'kubectl auth can-i --list does not show what an access policy allows, and kubectl --as drops it: ask with kubectl auth can-i VERB RESOURCE as yourself.';

/** Where a policy may hold (GT-97, GT-112). */
export const SCOPE =
  'The whole cluster (--access-scope type=cluster), or up to 25 namespaces, which may end in a wildcard (type=namespace,namespaces=dev-*). In namespaces it gives nothing of the cluster itself, such as listing namespaces.';
