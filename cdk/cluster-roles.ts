/** By which roles the provider reaches named clusters: a prop, the value for the function, and what people paste. */
import { CfnOutput, type CfnOutputProps } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { clusterFault, externalIdFault, roleArnFault } from '../access/guardrails/cluster-roles';
import { trustStatement } from '../access/guardrails/role-trust';
import { isLater } from './checks/later';

/** A role by which the provider reaches the Kubernetes API of one cluster. */
export interface ClusterRole {
  /**
   * The role, which the cluster knows: the one that made it, for instance, or one that it maps. Its trust policy must
   * let the provider's role assume it: the statement is an output of the provider's stack.
   */
  readonly role: iam.IRoleRef;

  /**
   * The `sts:ExternalId` that the trust policy of the role asks for.
   *
   * @default - none
   */
  readonly externalId?: string;
}

/** By the name of the cluster. */
export interface ClusterRoles {
  readonly [clusterName: string]: ClusterRole;
}

/** The value of EKS_ACCESS_CLUSTER_ROLES; undefined where there are none. Throws Error, naming the prop. */
export function clusterRolesJson(clusterRoles: ClusterRoles = {}): string | undefined {
  const entries = Object.entries(clusterRoles);
  if (entries.length === 0) return undefined;
  const map = entries.map(([cluster, { role, externalId }]) => {
    const { roleArn } = role.roleRef;
    const fault = faultOf(cluster, roleArn, externalId);
    if (fault !== undefined) throw new Error(`clusterRoles is invalid: ${fault}`);
    return [cluster, externalId === undefined ? roleArn : { roleArn, externalId }] as const;
  });
  return JSON.stringify(Object.fromEntries(map));
}

/** Tokens are left alone: the function checks what they came to. */
function faultOf(cluster: string, roleArn: string, externalId: string | undefined): string | undefined {
  const isKnown = (text: string): boolean => !isLater(text);
  const [, partition = ''] = roleArn.split(':');
  const fault =
    (isKnown(roleArn) ? roleArnFault(roleArn, partition) : undefined) ??
    (externalId !== undefined && isKnown(externalId) ? externalIdFault(externalId) : undefined);
  return (
    (isKnown(cluster) ? clusterFault(cluster) : undefined) ?? (fault && `for cluster ${cluster}, ${fault}`)
  );
}

/** ARNs of the roles, each once. */
export function roleArnsOf(clusterRoles: ClusterRoles = {}): string[] {
  return [...new Set(Object.values(clusterRoles).map(({ role }) => role.roleRef.roleArn))];
}

/** One output for each external id, and one for the roles that ask for none. */
export function trustOutputs(scope: Construct, providerArn: string, clusterRoles: ClusterRoles = {}): void {
  const clusters = new Map<string | undefined, string[]>();
  for (const [cluster, { externalId }] of Object.entries(clusterRoles))
    clusters.set(externalId, [...(clusters.get(externalId) ?? []), cluster]);
  [...clusters].forEach(([externalId, names], index) => {
    const value = trustStatement(providerArn, externalId);
    trustOutput(scope, index === 0 ? '' : String(index + 1), {
      value,
      description: `Statement for the trust policy of the role that reaches ${names.join(', ')}`.slice(
        0,
        1_024,
      ),
    });
  });
}

export function trustOutput(scope: Construct, suffix: string, props: CfnOutputProps): CfnOutput {
  return new CfnOutput(scope, `ClusterRoleTrust${suffix}`, props);
}
