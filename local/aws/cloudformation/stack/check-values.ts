/** Values that AWS refuses, as far as they are known before anything is made. */
import { isObject, type Json, type JsonObject } from '../json';
import { valueFault } from '../resources/values/check-values';
import { functionCall } from '../template/function-call';
import { splitAttribute } from '../template/split-attribute';
import { type Template, type TemplateResource } from '../template/template';
import { asFarAsKnown } from './known-properties';
import { missingSubs } from './missing-sub';
import { type StackScope } from './scope';

export function checkValues(
  logicalId: string,
  { type, properties }: TemplateResource,
  { template, scope }: { readonly template: Template; readonly scope: StackScope },
  refuse: (sentence: string) => never,
): void {
  const known = asFarAsKnown(properties, scope, `resource ${logicalId}`);
  if (!isObject(known)) return;
  const fault = valueFault(type, known, { zoneOf: (value) => zoneOf(value, template, scope) });
  if (!fault) return;
  const found = fault.found === undefined ? '' : ` ${JSON.stringify(fault.found)}`;
  // What stays text for want of a function is the cause, and what AWS says of it the effect.
  const cause = `resource ${logicalId} has${found} at `;
  const unfilled = missingSubs(template).find((sentence) => sentence.startsWith(cause));
  refuse(unfilled?.slice(`resource ${logicalId} `.length) ?? `has ${fault.path}${found}${fault.says}`);
}

/** Of a subnet of the template, where that says it. */
function zoneOf(value: Json, template: Template, scope: StackScope): string | undefined {
  const name = subnetOf(value);
  const resource = name === undefined ? undefined : template.resources.get(name);
  if (resource?.type !== 'AWS::EC2::Subnet') return undefined;
  const { AvailabilityZone: zone, AvailabilityZoneId: id } = (asFarAsKnown(
    resource.properties,
    scope,
    `resource ${name}`,
  ) ?? {}) as JsonObject;
  const known = zone ?? id;
  return typeof known === 'string' ? known : undefined;
}

function subnetOf(value: Json): string | undefined {
  const call = functionCall(value);
  if (call?.name === 'Ref') return typeof call.argument === 'string' ? call.argument : undefined;
  if (call?.name !== 'Fn::GetAtt') return undefined;
  const pair = typeof call.argument === 'string' ? splitAttribute(call.argument) : call.argument;
  const name = Array.isArray(pair) ? pair[0] : undefined;
  return typeof name === 'string' ? name : undefined;
}
