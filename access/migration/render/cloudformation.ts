/** As resources of this product: the same template on every cluster, and their provider follows its mode. Pure. */
import { type DesiredAccessEntry } from '../../access-entry/access-entry';
import { nameOf } from '../../explain/related';
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { heading } from './heading';
import { namesOf } from './names';
import { nativeResource } from './native-cloudformation';
import { clusterParameter, yamlList, yamlText } from './yaml-text';

/**
 * Where aws-auth gives what the access entry will give, the provider puts its entry beside it without being asked to take
 * anything over; where it gives something else, `ExistingEntry: ADOPT` says that this is meant, which the guardrail
 * AllowTakeover has to allow.
 */
export function cloudFormation(plan: MigrationPlan, cluster: string | undefined): string {
  const names = namesOf(plan.entries, 'Pascal');
  const first = names.filter((_, index) => plan.entries[index]?.isFirst);
  return [
    ...heading(plan, cluster),
    'AWSTemplateFormatVersion: "2010-09-09"',
    'Description: Access entries instead of aws-auth',
    ...clusterParameter(cluster),
    ...(plan.entries.length === 0 ? ['Resources: {}'] : ['Resources:']),
    ...plan.entries.flatMap((planned, index) => {
      const name = names[index] ?? '';
      // What the provider reaches the cluster by is never in its own hands.
      return planned.isFirst ? nativeResource(name, planned) : resource(name, planned, first);
    }),
    '',
  ].join('\n');
}

function resource(
  name: string,
  { entry, isChange }: PlannedEntry,
  first: readonly string[],
): readonly string[] {
  const isUser = !entry.principalArn.includes(':role/');
  return [
    `  ${name}:`,
    `    Type: Custom::EksMap${isUser ? 'Users' : 'Roles'}Entry`,
    ...(first.length === 0 ? [] : [`    DependsOn: ${yamlList(first)}`]),
    '    Properties:',
    '      ServiceToken: !ImportValue EksAccessServiceToken',
    '      ServiceTimeout: 600',
    '      Cluster: !Ref ClusterName',
    `      ${isUser ? 'UserArn' : 'RoleArn'}: ${yamlText(entry.principalArn)}`,
    ...(entry.type === 'STANDARD' ? identity(entry) : [`      Type: ${entry.type}`]),
    ...(isChange ? ['      ExistingEntry: ADOPT'] : []),
  ];
}

function identity({ username, groups, policies }: DesiredAccessEntry): readonly string[] {
  return [
    ...(username === undefined ? [] : [`      UserName: ${yamlText(username)}`]),
    ...(groups.length === 0 ? [] : [`      Groups: ${yamlList(groups)}`]),
    ...(policies.length === 0 ? [] : ['      AccessPolicies:']),
    ...policies.flatMap(({ policyArn }) => [
      `        - PolicyArn: ${yamlText(nameOf(policyArn))}`,
      '          AccessScope: { Type: cluster }',
    ]),
  ];
}
