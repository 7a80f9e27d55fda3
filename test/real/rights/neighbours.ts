/** What people or attackers try next to the named rights, and which of those allow it all the same. */
import { type Tuple } from '../../../access/policies/rule';
import { type RightsName } from '../../../access/rights/catalogue';
import { textOf } from './asking';

const EDITS: readonly RightsName[] = [
  'edit',
  'edit-plus-custom-resources',
  'admin',
  'admin-plus-role-bindings',
];
const ADMINS: readonly RightsName[] = ['admin', 'admin-plus-role-bindings'];
const GROWING: readonly RightsName[] = ['view-plus-custom-resources', 'edit-plus-custom-resources'];
const NODES: readonly RightsName[] = ['view-plus-nodes'];
const NONE: readonly RightsName[] = [];
const RBAC = 'rbac.authorization.k8s.io';

type Row = readonly [
  verb: string,
  apiGroup: string,
  resource: string,
  who: readonly RightsName[],
  name?: string,
];

/** cluster-admin may all of them. */
const ROWS: readonly Row[] = [
  ['get', '', 'pods/exec', EDITS],
  ['create', '', 'pods/exec', EDITS],
  ['create', '', 'pods/attach', EDITS],
  ['get', '', 'pods/proxy', EDITS],
  ['create', '', 'pods/ephemeralcontainers', NONE],
  ['create', '', 'pods/eviction', NONE],
  ['get', '', 'nodes', NODES],
  ['list', 'metrics.k8s.io', 'nodes', NODES],
  ['list', 'metrics.k8s.io', 'pods', NONE],
  ['update', '', 'nodes', NONE],
  ['get', '', 'nodes/proxy', NONE],
  ['create', '', 'nodes/proxy', NONE],
  ['get', '', 'nodes/log', NONE],
  ['get', '', 'secrets', [...EDITS, 'secret-reader']],
  ['create', '', 'secrets', EDITS],
  ['get', '', 'pods', ['view', ...NODES, ...GROWING, ...EDITS]],
  ['create', '', 'serviceaccounts/token', NONE],
  ['impersonate', '', 'serviceaccounts', EDITS],
  ['impersonate', '', 'users', NONE],
  ['impersonate', '', 'groups', NONE],
  ['create', '', 'namespaces', NONE],
  ['delete', '', 'namespaces', NONE],
  ['get', '', 'persistentvolumes', NONE],
  ['update', '', 'resourcequotas', NONE],
  ['get', 'coordination.k8s.io', 'leases', NONE],
  ['update', 'coordination.k8s.io', 'leases', NONE],
  ['get', 'resource.k8s.io', 'resourceclaims', NONE],
  ['create', RBAC, 'roles', ADMINS],
  ['create', RBAC, 'rolebindings', ADMINS],
  ['escalate', RBAC, 'roles', NONE],
  ['bind', RBAC, 'roles', NONE],
  ['bind', RBAC, 'clusterroles', ['admin-plus-role-bindings'], 'view'],
  ['bind', RBAC, 'clusterroles', ['admin-plus-role-bindings'], 'admin'],
  ['bind', RBAC, 'clusterroles', NONE, 'cluster-admin'],
  ['bind', RBAC, 'clusterroles', NONE, 'cfn-eks-access'],
  ['bind', RBAC, 'clusterroles', NONE],
  ['escalate', RBAC, 'clusterroles', NONE],
  ['create', RBAC, 'clusterroles', NONE],
  ['create', RBAC, 'clusterrolebindings', NONE],
  ['get', 'example.com', 'widgets', GROWING],
  ['create', 'example.com', 'widgets', ['edit-plus-custom-resources']],
  // Their operator gives it to admins alone.
  ['update', 'example.com', 'widgets/approval', NONE],
  // Nobody labelled a ClusterRole for them.
  ['get', 'example.com', 'gadgets', NONE],
  ['create', 'certificates.k8s.io', 'certificatesigningrequests', NONE],
  ['create', 'admissionregistration.k8s.io', 'validatingwebhookconfigurations', NONE],
  ['create', 'apiextensions.k8s.io', 'customresourcedefinitions', NONE],
];

const tupleOf = ([verb, apiGroup, resource, , name]: Row): Tuple => ({ verb, apiGroup, resource, name });

export const NEIGHBOURS: readonly Tuple[] = ROWS.map(tupleOf);

/** Those that holders of these rights may, sorted. */
export function neighboursOf(right: RightsName): readonly string[] {
  return ROWS.filter(([, , , who]) => right === 'cluster-admin' || who.includes(right))
    .map((row) => textOf(tupleOf(row)))
    .sort();
}
