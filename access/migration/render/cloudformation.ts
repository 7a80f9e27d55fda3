/** As resources of this product: the same template on every cluster, and their provider follows its mode. Pure. */
import { type DesiredAccessEntry } from '../../access-entry/access-entry';
import { findTemplateFault } from '../../login-template';
import { nameOf } from '../../explain/related';
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { nativeResource } from './native-cloudformation';
import { templateOf } from './template';
import { yamlList, yamlText } from './yaml-text';

/**
 * Where aws-auth gives what the access entry will give, the provider puts its entry beside it without being asked to take
 * anything over; where it gives something else, `ExistingEntry: ADOPT` says that this is meant, which the guardrail
 * AllowTakeover has to allow.
 */
export function cloudFormation(plan: MigrationPlan, cluster: string | undefined): string {
  return templateOf(plan, cluster, (entries) => {
    const first = entries.flatMap(([name, { isFirst }]) => (isFirst ? [name] : []));
    return entries.flatMap(([name, planned]) =>
      isForeign(planned) ? nativeResource(name, planned) : resource(name, planned, first),
    );
  });
}

/** What the provider reaches the cluster by is never in its own hands; and it refuses what looks like a mistake. */
function isForeign({ isFirst, entry: { username = '', groups } }: PlannedEntry): boolean {
  return (
    isFirst ||
    [username, ...groups].some((text) => text.includes('${') || findTemplateFault(text) !== undefined)
  );
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
