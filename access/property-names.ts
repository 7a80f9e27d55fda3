/** How the resource types call the same thing, so that an error names the property that the author wrote. Pure. */
import { type Kind } from './desired-access';

export interface PropertyNames {
  readonly cluster: string;
  readonly principal: string;
  readonly userName: string;
  readonly groups: string;
}

export function propertyNames(kind: Kind): PropertyNames {
  if (kind === 'access-entry') {
    return {
      cluster: 'ClusterName',
      principal: 'PrincipalArn',
      userName: 'Username',
      groups: 'KubernetesGroups',
    };
  }
  const principal = { role: 'RoleArn', user: 'UserArn', account: 'AccountId' }[kind];
  return { cluster: 'Cluster', principal, userName: 'UserName', groups: 'Groups' };
}
