/** Who the function is, as its context and environment tell. Pure. */
import { partsOfArn } from '../../access/arn';
import { partitionOf } from '../../access/aws/partition';
import { ENVIRONMENT } from '../../access/contract';
import { undefinedIfRefused } from '../../access/errors';
import { type ClusterRoles, readClusterRoles } from '../../access/guardrails/cluster-roles';
import { canonicalArn, parsePrincipalArn } from '../../access/principal';

/** The account and Region that the function runs in, which are all that it serves (CR-37). */
export interface ProviderIdentity {
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
  /** As it was invoked. */
  readonly functionArn: string;
  /** ARN of the provider's own role; undefined where the environment does not name it. */
  readonly roleArn: string | undefined;
  /** `principalKey` of it. */
  readonly roleKey: string | undefined;
  readonly clusterRoles: ClusterRoles;
  /** Whether templates may name permission sets. */
  readonly findsPermissionSets: boolean;
}

/** What the environment says of the provider's roles. */
export interface ProviderEnvironment {
  /** ARN of the provider's own role; undefined where the environment does not name it. */
  roleArn(): string | undefined;
  /** JSON: by which roles the provider reaches named clusters; undefined where the environment has none. */
  clusterRoles(): string | undefined;
  /** `true` where the function may look for permission sets; left out: it may not. */
  permissionSets?(): string | undefined;
}

/** Whether the principal is how the provider itself reaches the cluster: its own role, or the one named for the cluster. */
export function isProvidersRole(
  { provider }: { readonly provider: ProviderIdentity },
  cluster: string,
  key: string,
): boolean {
  return key === provider.roleKey || key === provider.clusterRoles.roles.get(cluster)?.key;
}

export function providerOf(
  { invokedFunctionArn }: { readonly invokedFunctionArn: string },
  environment: ProviderEnvironment,
): ProviderIdentity {
  const { region, accountId } = partsOfArn(invokedFunctionArn);
  const roleArn = environment.roleArn();
  const role = roleArn && undefinedIfRefused(() => parsePrincipalArn(roleArn, ENVIRONMENT.roleArn));
  return {
    accountId,
    region,
    functionName: functionNameOf(invokedFunctionArn),
    functionArn: invokedFunctionArn,
    roleArn,
    roleKey: role ? canonicalArn(role) : undefined,
    findsPermissionSets: environment.permissionSets?.() === 'true',
    clusterRoles: readClusterRoles(environment.clusterRoles(), partitionOf(region)),
  };
}

export function functionNameOf(invokedFunctionArn: string): string {
  return invokedFunctionArn.split(':')[6] ?? '';
}
