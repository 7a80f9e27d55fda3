/** What a provider has for those who run it: alarms, a dashboard and saved queries. */
import { CfnCondition, type CfnResource } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type Toggle } from '../policy/now-or-later';
import { alarms, type Watched } from './alarms';
import { dashboard } from './dashboard';
import { logQueries } from './log-queries';

export interface OperationsOptions {
  readonly hasAlarms: Toggle;
  /** What is told when an alarm is raised. */
  readonly alarmActions: readonly cloudwatch.IAlarmAction[];
  readonly hasDashboard: Toggle;
}

/** The alarms that were made. */
export function operations(
  scope: Construct,
  watched: Watched,
  logGroup: logs.ILogGroup,
  { hasAlarms, alarmActions, hasDashboard }: OperationsOptions,
): readonly cloudwatch.Alarm[] {
  logQueries(scope, logGroup, watched.handler);
  if (hasDashboard !== false) onlyIf(hasDashboard, dashboard(scope, watched, logGroup));
  if (hasAlarms === false) return [];
  const made = alarms(new Construct(scope, 'Alarms'), watched, alarmActions);
  for (const alarm of made) onlyIf(hasAlarms, alarm);
  return made;
}

function onlyIf(toggle: Toggle, construct: Construct): void {
  const resource = construct.node.defaultChild as CfnResource;
  if (toggle instanceof CfnCondition) resource.cfnOptions.condition = toggle;
}
