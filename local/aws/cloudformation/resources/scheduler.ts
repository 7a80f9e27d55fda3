/** AWS::Scheduler::Schedule: what the local scheduler has, and a refusal by name of what it has not. */
import { type LocalScheduler } from '../../scheduler/scheduler';
import { asText, isObject, type Json, type JsonObject } from '../json';
import { physicalName } from './physical-name';
import { type Provisioned, type ResourceContext, ResourceFailure, type ResourceType } from './resource-type';

const PROPERTIES = ['Name', 'Description', 'ScheduleExpression', 'FlexibleTimeWindow', 'Target', 'State'];
const TARGET = ['Arn', 'RoleArn', 'Input', 'RetryPolicy'];
const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export function schedulerTypes(
  scheduler: LocalScheduler | undefined,
): (type: string) => ResourceType | undefined {
  const schedule = scheduleType(scheduler);
  return (type) => (type === 'AWS::Scheduler::Schedule' ? schedule : undefined);
}

function scheduleType(scheduler: LocalScheduler | undefined): ResourceType {
  const provision = (name: string, properties: JsonObject, context: ResourceContext): Provisioned => {
    if (!scheduler) throw new ResourceFailure('there is no local EventBridge Scheduler in this setting');
    scheduler.put({ name, ...readSchedule(properties) });
    const { partition, region, accountId } = context;
    return {
      physicalId: name,
      attributes: { Arn: `arn:${partition}:scheduler:${region}:${accountId}:schedule/default/${name}` },
    };
  };
  return {
    attributes: ['Arn'],
    replacedBy: ['Name'],
    nameProperty: 'Name',
    create: (properties, context) => {
      const given = properties['Name'];
      const name = typeof given === 'string' ? given : physicalName(context.stackName, context.logicalId, 64);
      if (scheduler?.all.some((schedule) => schedule.name === name))
        throw new ResourceFailure(`Schedule ${name} already exists. (Service: Scheduler, Status Code: 409)`);
      return provision(name, properties, context);
    },
    update: (properties, context, current) => provision(current.physicalId, properties, context),
    delete: (_properties, _context, physicalId) => scheduler?.remove(physicalId),
  };
}

function readSchedule(properties: JsonObject) {
  refuseUnknown(properties, PROPERTIES, '');
  const { FlexibleTimeWindow: window, Target: target, State: state = 'ENABLED' } = properties;
  if (!isObject(window) || window['Mode'] !== 'OFF') throw lacks('FlexibleTimeWindow but { Mode: OFF }');
  if (!isObject(target)) throw invalid('Target', target);
  refuseUnknown(target, TARGET, 'Target.');
  const { Arn: functionArn, RoleArn: roleArn, Input: input = '{}' } = target;
  if (typeof functionArn !== 'string' || !/^arn:[^:]+:lambda:/.test(functionArn))
    throw lacks('targets but Lambda functions');
  if (typeof roleArn !== 'string') throw invalid('Target.RoleArn', roleArn);
  if (state !== 'ENABLED' && state !== 'DISABLED') throw invalid('State', state);
  return {
    everyMs: everyMs(properties['ScheduleExpression']),
    functionArn,
    roleArn,
    input: parseInput(input),
    isEnabled: state === 'ENABLED',
  };
}

function everyMs(expression: Json | undefined): number {
  const text = asText(expression);
  const [, count = '', unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(text) ?? [];
  if (unit === '') {
    if (/^(cron|at)\(/.test(text)) throw lacks('ScheduleExpression but rate(…)');
    throw invalid('ScheduleExpression', expression);
  }
  return Number(count) * (UNITS[unit] ?? 0);
}

function parseInput(input: Json): unknown {
  try {
    return JSON.parse(asText(input));
  } catch {
    throw invalid('Target.Input', input);
  }
}

function refuseUnknown(given: JsonObject, known: readonly string[], place: string): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) throw lacks(`${place}${unknown}`);
}

function lacks(what: string): ResourceFailure {
  return new ResourceFailure(`the local EventBridge Scheduler has no ${what}`);
}

function invalid(name: string, value: Json | undefined): ResourceFailure {
  return new ResourceFailure(
    `1 validation error detected: ${name} is ${JSON.stringify(value)} (Service: Scheduler, Status Code: 400)`,
  );
}
