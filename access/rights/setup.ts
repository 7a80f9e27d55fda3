/** What of the manifest one of the named rights needs, so that the provider applies that and nothing more. Pure. */
import { bindingOf, clusterRoleOf, type RightsName, rolesOf } from './catalogue';
import { clusterRoleBindings, clusterRoles } from './manifest';
import { type ClusterRole, type ClusterRoleBinding } from './objects';

/** All that a cluster must hold before a mapping gives these rights. */
export function setupOf(name: RightsName): readonly (ClusterRole | ClusterRoleBinding)[] {
  const roles = rolesOf(name).map(clusterRoleOf);
  return [
    ...clusterRoles().filter(({ metadata }) => roles.includes(metadata.name)),
    ...clusterRoleBindings().filter(({ metadata }) => metadata.name === bindingOf(name)),
  ];
}
