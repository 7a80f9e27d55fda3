/** Dynamic references that the local AWS cannot fill in, refused before anything happens. Pure. */
import { type Json } from '../json';
import { dynamicReferences, type DynamicReference } from '../template/dynamic-references';
import { isCustom } from '../resources/resource-type';
import { type Template } from '../template/template';
import { TemplateError } from '../template-error';

/** Throws TemplateError. What `ssm` names is looked up later, when parameters are known. */
export function checkDynamicReferences(template: Template): void {
  const check = (place: string, value: Json, custom = false): void => {
    for (const reference of dynamicReferences(value)) {
      if (reference.service === 'ssm' && reference.key !== '') continue;
      const { whole } = reference;
      throw new TemplateError(template.source, `${place} has ${whole}: ${reasonAgainst(reference, custom)}`);
    }
  };
  for (const [logicalId, { type, properties }] of template.resources)
    check(`resource ${logicalId}`, properties, isCustom(type));
  for (const [name, { value }] of template.outputs) check(`output ${name}`, value);
  for (const [name, value] of Object.entries(template.mappings)) check(`mapping ${name}`, value);
  for (const [name, { default: preset }] of template.parameters)
    if (preset !== undefined) check(`the default of parameter ${name}`, preset);
}

function reasonAgainst({ service }: DynamicReference, custom: boolean): string {
  if (service !== 'secretsmanager' && service !== 'ssm-secure')
    return 'a dynamic reference is {{resolve:ssm:NAME}}, {{resolve:ssm-secure:NAME}} or {{resolve:secretsmanager:ID}}';
  return custom
    ? `CloudFormation fills in no ${service} references in custom resources, where this text itself would arrive`
    : `the local AWS has no secrets, and makes none up: use a parameter with NoEcho`;
}
