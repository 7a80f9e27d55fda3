/** Resource types, their properties and their attributes, checked before anything is created. */
import { type Json } from '../json';
import { references } from '../template/references';
import { AWS_TYPES } from '../resources/registry/registry';
import { type PropertyFault, propertyFault } from '../resources/registry/property-fault';
import { isCustom, type ResourceTypes } from '../resources/resource-type';
import { suggestion } from '../template/suggestion';
import { type Template, type TemplateResource } from '../template/template';
import { TemplateError } from '../template-error';
import { unknownType } from './unknown-type';

/** Which entries are looked at, by the name of their condition. */
export type IsLookedAt = (condition: string | undefined) => boolean;

/** Those that are there whatever the parameters are. */
export const unconditional: IsLookedAt = (condition) => condition === undefined;

/**
 * `customTypes`: what a misspelt type may have meant beside the types of AWS. A type that does not exist is refused
 * whatever its condition says, as CloudFormation does. Throws TemplateError.
 */
export function checkTypes(
  template: Template,
  types: ResourceTypes,
  customTypes: readonly string[] = [],
  isLookedAt: IsLookedAt = () => true,
): void {
  for (const [logicalId, resource] of template.resources) {
    const refuse = (sentence: string): never => {
      throw new TemplateError(template.source, `resource ${logicalId} ${sentence}`);
    };
    const type = types(resource.type);
    const isLeftOut = !isLookedAt(resource.condition);
    if (isLeftOut && (type || AWS_TYPES.includes(resource.type))) continue;
    if (!type) return refuse(unknownType(resource.type, customTypes));
    if (isCustom(resource.type)) checkCustom(resource, refuse);
    const fault = type.schema && propertyFault(type.schema, resource.properties);
    // What is missing or of another form is CloudFormation's to find, when it comes to the resource.
    if (fault && fault.kind !== 'missing') refuse(sentenceOf(fault, resource.type));
    checkAttributes(template, types, `resource ${logicalId}`, resource.properties);
  }
  for (const [name, output] of template.outputs)
    if (isLookedAt(output.condition)) checkAttributes(template, types, `output ${name}`, output.value);
}

function sentenceOf(fault: Exclude<PropertyFault, { readonly kind: 'missing' }>, type: string): string {
  const name = fault.path.join('.');
  if (fault.kind === 'form') {
    const remedy = /^"\.{0,2}\//.test(fault.found)
      ? ': "aws cloudformation package" makes one of a path'
      : (fault.remedy ?? '');
    return `has ${name} as ${fault.found}, and ${type} takes ${fault.wanted} there${remedy}`;
  }
  return `has the property ${name}, which ${type} does not have${suggestion(fault.path.at(-1) ?? '', fault.known)}`;
}

function checkCustom({ type, properties }: TemplateResource, refuse: (sentence: string) => never): void {
  if (!/^(AWS::CloudFormation::CustomResource|Custom::[\w@-]{1,60})$/.test(type))
    refuse(`has the type "${type}": Custom:: takes up to 60 letters, digits and _@-`);
  if (properties['ServiceToken'] === undefined)
    refuse(`has no ServiceToken: it names the function that provides ${type}`);
}

function checkAttributes(template: Template, types: ResourceTypes, place: string, value: Json): void {
  for (const reference of references(value)) {
    if (reference.kind !== 'attribute' || reference.attribute === undefined) continue;
    const type = template.resources.get(reference.name)?.type ?? '';
    const { attributes, schema } = types(type) ?? {};
    if (attributes === undefined || attributes.includes(reference.attribute)) continue;
    const named = `${place} refers to "${reference.name}.${reference.attribute}", and`;
    throw new TemplateError(
      template.source,
      schema?.attributes.includes(reference.attribute)
        ? `${named} the local AWS has no ${reference.attribute} of ${type} and makes none up: ${place.startsWith('output') ? 'leave the output out here' : 'pass the value in as a parameter'}`
        : `${named} ${type} has no attribute "${reference.attribute}"${suggestion(reference.attribute, attributes)}`,
    );
  }
}
