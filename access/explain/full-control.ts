/** Who may do everything in a cluster: by `system:masters`, by EKS's policy for the whole cluster, or by RBAC. Pure. */
import { isClusterAdmin } from './bound';
import { type Identity } from './identity';
import { type SeenBinding } from './seen-cluster';

export function hasFullControl(
  { userName, groups, policies }: Pick<Identity, 'userName' | 'groups' | 'policies'>,
  bindings: readonly SeenBinding[] = [],
): boolean {
  return (
    groups.includes('system:masters') ||
    isClusterAdmin(bindings, userName, groups) ||
    policies.some(
      ({ policyArn, scope }) => scope === 'cluster' && policyArn.endsWith('/AmazonEKSClusterAdminPolicy'),
    )
  );
}
