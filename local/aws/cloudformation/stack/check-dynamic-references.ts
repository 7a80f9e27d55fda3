/** Dynamic references that the local AWS cannot fill in, refused before anything happens. Pure. */
import { type Json } from '../json';
import { dynamicReferences, secretReferences } from '../template/dynamic-references';
import { isCustom, type ResourceTypes } from '../resources/resource-type';
import { type Template } from '../template/template';
import { TemplateError } from '../template-error';
import { type IsLookedAt } from './check-types';

/**
 * Throws TemplateError. What `ssm` names is looked up later, when parameters are known; nothing is behind a stand-in that
 * could read a secret.
 */
export function checkDynamicReferences(
  template: Template,
  types: ResourceTypes,
  isLookedAt: IsLookedAt,
): void {
  const refuse = (place: string, whole: string, reason: string): never => {
    throw new TemplateError(template.source, `${place} has ${whole}: ${reason}`);
  };
  let count = 0;
  const check = (place: string, value: Json, reader: 'custom' | 'stand-in' | 'other' = 'other'): void => {
    count += dynamicReferences(value).length;
    for (const { service, key, whole } of dynamicReferences(value))
      if (!/^(ssm|ssm-secure|secretsmanager)$/.test(service) || key === '') refuse(place, whole, FORMS);
    if (reader === 'stand-in') return;
    for (const { service, whole } of secretReferences(value))
      refuse(place, whole, reader === 'custom' ? notInCustom(service) : NO_SECRETS);
  };
  for (const [logicalId, { type, properties, condition }] of template.resources) {
    if (!isLookedAt(condition)) continue;
    const other = types(type)?.standIn === true ? 'stand-in' : 'other';
    check(`resource ${logicalId}`, properties, isCustom(type) ? 'custom' : other);
  }
  for (const [name, { value, condition }] of template.outputs)
    if (isLookedAt(condition)) check(`output ${name}`, value);
  for (const [name, value] of Object.entries(template.mappings)) check(`mapping ${name}`, value);
  for (const [name, { default: preset }] of template.parameters)
    if (preset !== undefined) check(`the default of parameter ${name}`, preset);
  if (count > MAXIMUM)
    throw new TemplateError(
      template.source,
      `it has ${count} dynamic references, and the limit is ${MAXIMUM}: pass some as parameters`,
    );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const MAXIMUM = 60;

const FORMS =
  'a dynamic reference is {{resolve:ssm:NAME}}, {{resolve:ssm-secure:NAME}} or {{resolve:secretsmanager:ID}}';
const NO_SECRETS = 'the local AWS has no secrets, and makes none up: use a parameter with NoEcho';

function notInCustom(service: string): string {
  return `CloudFormation fills in no ${service} references in custom resources, where this text itself would arrive`;
}
