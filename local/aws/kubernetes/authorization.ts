/** What a user may do: groups, access policies by scope, RBAC; in that order, any of them suffices. Pure. */
import { type PolicyState } from '../eks/cluster-state';
import { rbacAllows, type RbacManifest, type RequestAttributes } from './rbac';
import { StatusError } from './status';

const reads = ['get', 'list', 'watch'];
const edits = [...reads, 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** Verbs on ConfigMaps by policy; AmazonEKSClusterAdminPolicy may do everything. Others have nothing here. */
const configMapVerbs: Readonly<Record<string, readonly string[]>> = {
  AmazonEKSAdminPolicy: edits,
  AmazonEKSEditPolicy: edits,
  AmazonEKSAdminViewPolicy: reads,
  AmazonEKSViewPolicy: reads,
};

/** Every authenticated caller may ask about itself (ClusterRole system:basic-user). */
const selfReviews = ['selfsubjectreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'];

export function isAllowed(
  request: RequestAttributes,
  policies: readonly PolicyState[],
  rbac: readonly RbacManifest[],
): boolean {
  if (request.groups.includes('system:masters')) return true;
  if (request.groups.includes('system:authenticated') && selfReviews.includes(request.resource)) return true;
  return policies.some((policy) => policyAllows(policy, request)) || rbacAllows(rbac, request);
}

function policyAllows({ policyArn, scope, namespaces }: PolicyState, request: RequestAttributes): boolean {
  if (scope === 'namespace' && !namespaces.some((pattern) => matches(pattern, request.namespace)))
    return false;
  const name = policyArn.slice(policyArn.lastIndexOf('/') + 1);
  if (name === 'AmazonEKSClusterAdminPolicy') return true;
  const verbs = configMapVerbs[name] ?? [];
  return request.apiGroup === '' && request.resource === 'configmaps' && verbs.includes(request.verb);
}

/** `dev-*` as in an access scope (GT-97). */
function matches(pattern: string, namespace: string): boolean {
  const shape = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${shape.join('.*')}$`).test(namespace);
}

/** The API server's wording. */
export function forbidden(request: RequestAttributes): StatusError {
  const { username, verb, resource, apiGroup, namespace, name } = request;
  const qualified = apiGroup ? `${resource}.${apiGroup}` : resource;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  return new StatusError(
    403,
    'Forbidden',
    `${qualified}${name ? ` "${name}"` : ''} is forbidden: User "${username}" cannot ${verb} resource "${resource}" in API group "${apiGroup}" ${where}`,
    { ...(name ? { name } : {}), ...(apiGroup ? { group: apiGroup } : {}), kind: resource },
  );
}
