/** As resources of the Terraform provider for AWS. Pure. */
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { nameOf } from '../../explain/related';
import { heading } from './heading';
import { escaped } from './escaped';
import { namesOf } from './names';

export function terraform(plan: MigrationPlan, cluster: string | undefined): string {
  return [
    ...heading(plan, cluster),
    'variable "cluster_name" {',
    '  type = string',
    ...(cluster === undefined ? [] : [`  default = ${hclText(cluster)}`]),
    '}',
    ...namesOf(plan.entries, 'snake').flatMap(([name, planned]) => resources(name, planned)),
    '',
  ].join('\n');
}

function resources(name: string, { entry }: PlannedEntry): readonly string[] {
  const { principalArn, type, username, groups, policies } = entry;
  return [
    '',
    `resource "aws_eks_access_entry" "${name}" {`,
    '  cluster_name      = var.cluster_name',
    `  principal_arn     = ${hclText(principalArn)}`,
    `  type              = "${type}"`,
    ...(username === undefined ? [] : [`  user_name         = ${hclText(username)}`]),
    ...(groups.length === 0 ? [] : [`  kubernetes_groups = [${groups.map(hclText).join(', ')}]`]),
    '}',
    ...policies.flatMap(({ policyArn }) => [
      '',
      `resource "aws_eks_access_policy_association" "${name}_${nameOf(policyArn)}" {`,
      `  cluster_name  = aws_eks_access_entry.${name}.cluster_name`,
      `  principal_arn = aws_eks_access_entry.${name}.principal_arn`,
      `  policy_arn    = ${hclText(policyArn)}`,
      '  access_scope {',
      '    type = "cluster"',
      '  }',
      '}',
    ]),
  ];
}

/** `${` and `%{` begin templates, and are written twice. */
function hclText(text: string): string {
  return `"${escaped(text).replace(/[$%](?=\{)/g, (sign) => sign + sign)}"`;
}
