/**
 * The rules that EKS publishes for its access policies. Data: no API tells what a policy allows (AccessPolicy of the API
 * has a name and an ARN), so this is a copy of a document, with a date. The same tables make what `eks-access policies`
 * says, and the ClusterRoles of `samples/rights-rbac.yaml` (`access/rights/named-rights.ts`).
 *
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
import { type PolicyRule } from './rule';

/** The last revision of that page that was read; the tables are the same in its revision of December 2024. */
export const RULES_AS_OF = '2025-11';

export const READ = ['get', 'list', 'watch'];
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update'];

/** One rule; `resources` apart by white space. */
export function on(apiGroup: string, verbs: readonly string[], resources: string): PolicyRule {
  return { apiGroups: [apiGroup], resources: resources.split(/\s+/), nonResourceURLs: [], verbs };
}

const VIEW: readonly PolicyRule[] = [
  on(
    '',
    READ,
    `bindings configmaps endpoints events limitranges namespaces namespaces/status persistentvolumeclaims
persistentvolumeclaims/status pods pods/log pods/status replicationcontrollers replicationcontrollers/scale
replicationcontrollers/status resourcequotas resourcequotas/status serviceaccounts services services/status`,
  ),
  on(
    'apps',
    READ,
    `controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets
replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status`,
  ),
  on('autoscaling', READ, 'horizontalpodautoscalers horizontalpodautoscalers/status'),
  on('batch', READ, 'cronjobs cronjobs/status jobs jobs/status'),
  on('discovery.k8s.io', READ, 'endpointslices'),
  on(
    'extensions',
    READ,
    `daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status
networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale`,
  ),
  on('networking.k8s.io', READ, 'ingresses ingresses/status networkpolicies'),
  on('policy', READ, 'poddisruptionbudgets poddisruptionbudgets/status'),
];

/** Beside those of View. */
const EDIT: readonly PolicyRule[] = [
  on('', READ, 'pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy'),
  on('', ['impersonate'], 'serviceaccounts'),
  on(
    '',
    WRITE,
    `configmaps events persistentvolumeclaims pods pods/attach pods/exec pods/portforward pods/proxy
replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy`,
  ),
  on(
    'apps',
    WRITE,
    `daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets
statefulsets/scale`,
  ),
  on('autoscaling', WRITE, 'horizontalpodautoscalers'),
  on('batch', WRITE, 'cronjobs jobs'),
  on(
    'extensions',
    WRITE,
    `daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets
replicasets/scale replicationcontrollers/scale`,
  ),
  on('networking.k8s.io', WRITE, 'ingresses networkpolicies'),
  on('policy', WRITE, 'poddisruptionbudgets'),
];

/** Beside those of Edit. */
const ADMIN: readonly PolicyRule[] = [
  on('authorization.k8s.io', ['create'], 'localsubjectaccessreviews'),
  on('rbac.authorization.k8s.io', [...READ, ...WRITE], 'roles rolebindings'),
];

/** By name: the policies whose table leaves nothing open. */
export const PUBLISHED_RULES: Readonly<Record<string, readonly PolicyRule[]>> = {
  AmazonEKSViewPolicy: VIEW,
  AmazonEKSEditPolicy: [...VIEW, ...EDIT],
  AmazonEKSAdminPolicy: [...VIEW, ...EDIT, ...ADMIN],
  AmazonEKSClusterAdminPolicy: [
    on('*', ['*'], '*'),
    { apiGroups: [], resources: [], nonResourceURLs: ['*'], verbs: ['*'] },
  ],
  AmazonEKSAdminViewPolicy: [on('*', READ, '*')],
  AmazonEKSSecretReaderPolicy: [on('', READ, 'secrets')],
  AmazonEKSHybridPolicy: [on('', ['list'], 'nodes')],
  AWSBackupFullAccessPolicyForBackup: [on('*', ['list', 'get'], '*')],
  AWSBackupFullAccessPolicyForRestore: [on('*', ['list', 'get', 'create'], '*')],
};
