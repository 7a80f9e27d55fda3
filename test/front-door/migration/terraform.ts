/** Terraform of a plan, read by HashiCorp's own parser (as hcl2-parser has it) and carried out by the SDK. */
import { AssociateAccessPolicyCommand, CreateAccessEntryCommand, type EKSClient } from '@aws-sdk/client-eks';
import { parseToObject } from 'hcl2-parser';

interface Entry {
  readonly cluster_name: string;
  readonly principal_arn: string;
  readonly type: string;
  readonly user_name?: string;
  readonly kubernetes_groups?: readonly string[];
}
interface Association {
  readonly cluster_name: string;
  readonly principal_arn: string;
  readonly policy_arn: string;
  readonly access_scope: readonly { readonly type: 'cluster' }[];
}
interface Parsed {
  readonly variable: Readonly<Record<string, unknown>>;
  readonly resource?: {
    readonly aws_eks_access_entry?: Readonly<Record<string, readonly Entry[]>>;
    readonly aws_eks_access_policy_association?: Readonly<Record<string, readonly Association[]>>;
  };
}

export function parseTerraform(text: string): Parsed {
  const [parsed] = (parseToObject as (text: string) => unknown)(text) as [Parsed | null];
  if (parsed === null) throw new Error(`not HCL:\n${text}`);
  return parsed;
}

export async function applyTerraform(
  text: string,
  variables: Readonly<Record<string, string>>,
  eks: EKSClient,
): Promise<void> {
  const { resource = {} } = parseTerraform(text);
  const { aws_eks_access_entry: entries = {}, aws_eks_access_policy_association: associations = {} } =
    resource;
  const valueOf = (value: string): string => {
    const [, variable, name, field] =
      /^\$\{(?:var\.(\w+)|aws_eks_access_entry\.(\w+)\.(\w+))\}$/.exec(value) ?? [];
    if (variable !== undefined) return variables[variable] ?? '';
    if (name === undefined) return value;
    return valueOf((entries[name]?.[0] as unknown as Record<string, string>)[field ?? ''] ?? '');
  };
  for (const [entry] of Object.values(entries))
    if (entry !== undefined)
      await eks.send(
        new CreateAccessEntryCommand({
          clusterName: valueOf(entry.cluster_name),
          principalArn: valueOf(entry.principal_arn),
          type: entry.type,
          username: entry.user_name === undefined ? undefined : valueOf(entry.user_name),
          kubernetesGroups: entry.kubernetes_groups?.map(valueOf),
        }),
      );
  for (const [association] of Object.values(associations))
    if (association !== undefined)
      await eks.send(
        new AssociateAccessPolicyCommand({
          clusterName: valueOf(association.cluster_name),
          principalArn: valueOf(association.principal_arn),
          policyArn: valueOf(association.policy_arn),
          accessScope: association.access_scope[0],
        }),
      );
}
