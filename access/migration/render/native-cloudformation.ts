/** As `AWS::EKS::AccessEntry`, without a provider. Pure. */
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { templateOf } from './template';
import { yamlList, yamlText } from './yaml-text';

export function nativeCloudFormation(plan: MigrationPlan, cluster: string | undefined): string {
  return templateOf(plan, cluster, (entries) =>
    entries.flatMap(([name, planned]) => nativeResource(name, planned)),
  );
}

/** Node types take neither user name nor groups (GT-83). */
export function nativeResource(name: string, { entry }: PlannedEntry): readonly string[] {
  const { principalArn, type, username, groups, policies } = entry;
  return [
    `  ${name}:`,
    '    Type: AWS::EKS::AccessEntry',
    '    Properties:',
    '      ClusterName: !Ref ClusterName',
    `      PrincipalArn: ${yamlText(principalArn)}`,
    `      Type: ${type}`,
    ...(username === undefined ? [] : [`      Username: ${yamlText(username)}`]),
    ...(groups.length === 0 ? [] : [`      KubernetesGroups: ${yamlList(groups)}`]),
    ...(policies.length === 0 ? [] : ['      AccessPolicies:']),
    ...policies.flatMap(({ policyArn }) => [
      `        - PolicyArn: ${yamlText(policyArn)}`,
      '          AccessScope: { Type: cluster }',
    ]),
  ];
}
