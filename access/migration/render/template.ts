/** A CloudFormation template around the resources of a plan. Pure. */
import { type MigrationPlan, type PlannedEntry } from '../migration-plan';
import { heading } from './heading';
import { namesOf } from './names';
import { clusterParameter, sayable } from './yaml-text';

/** `resources`: the lines of all resources, of the entries with their logical ids. */
export function templateOf(
  plan: MigrationPlan,
  cluster: string | undefined,
  resources: (entries: readonly (readonly [string, PlannedEntry])[]) => readonly string[],
): string {
  const { entries, comments } = sayable(plan);
  return [
    ...comments,
    ...heading(plan, cluster),
    'AWSTemplateFormatVersion: "2010-09-09"',
    'Description: Access entries instead of aws-auth',
    ...clusterParameter(cluster),
    ...(entries.length === 0 ? ['Resources: {}'] : ['Resources:']),
    ...resources(namesOf(entries, 'Pascal')),
    '',
  ].join('\n');
}
