/** What a provider has for those who run it: alarms, a dashboard and saved queries. */
import { CfnCondition, type CfnResource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { type Toggle } from '../policy/now-or-later';
import { alarms, type Watched } from './alarms';
import { dashboard } from './dashboard';
import { foreignChangesRule, type ForeignChangesOptions } from './foreign-changes';
import { logQueries } from './log-queries';

export interface OperationsOptions extends ForeignChangesOptions {
  readonly hasAlarms: Toggle;
  /** What is told when an alarm is raised. */
  readonly alarmActions: readonly cloudwatch.IAlarmAction[];
  /** With it come the saved queries. */
  readonly hasDashboard: Toggle;
}

export function operations(
  scope: Construct,
  watched: Watched,
  logGroup: logs.ILogGroup,
  options: OperationsOptions,
): void {
  const { hasAlarms, alarmActions, hasDashboard } = options;
  foreignChangesRule(scope, watched.roleArn, options);
  if (hasDashboard !== false) {
    onlyIf(hasDashboard, dashboard(scope, watched, logGroup).node.defaultChild);
    for (const query of logQueries(scope, logGroup, watched.handler)) onlyIf(hasDashboard, query);
  }
  if (hasAlarms === false) return;
  for (const alarm of alarms(new Construct(scope, 'Alarms'), watched, alarmActions))
    onlyIf(hasAlarms, alarm.node.defaultChild);
}

function onlyIf(toggle: Toggle, resource: IConstruct | undefined): void {
  if (toggle instanceof CfnCondition) (resource as CfnResource).cfnOptions.condition = toggle;
}
