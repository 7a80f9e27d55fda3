/** Resource types and their attributes, checked before anything is created. */
import { references } from '../template/references';
import { isCustom, type ResourceTypes } from '../resources/resource-type';
import { suggestion } from '../template/suggestion';
import { type Template } from '../template/template';
import { TemplateError } from '../template-error';

export function checkTypes(template: Template, types: ResourceTypes): void {
  for (const [logicalId, resource] of template.resources) {
    if (!types(resource.type)) {
      throw new TemplateError(
        template.source,
        `resource ${logicalId} has the type "${resource.type}", which CloudFormation does not know: types begin with AWS:: or Custom::`,
      );
    }
    if (isCustom(resource.type)) checkCustom(template, logicalId);
    checkAttributes(template, types, `resource ${logicalId}`, references(resource.properties));
  }
  for (const [name, output] of template.outputs)
    checkAttributes(template, types, `output ${name}`, references(output.value));
}

function checkCustom(template: Template, logicalId: string): void {
  const resource = template.resources.get(logicalId);
  if (resource && !/^(AWS::CloudFormation::CustomResource|Custom::[\w@-]{1,60})$/.test(resource.type)) {
    throw new TemplateError(
      template.source,
      `resource ${logicalId} has the type "${resource.type}": Custom:: takes up to 60 letters, digits and _@-`,
    );
  }
  if (resource && resource.properties['ServiceToken'] === undefined) {
    throw new TemplateError(
      template.source,
      `resource ${logicalId} has no ServiceToken: it names the function that provides ${resource.type}`,
    );
  }
}

function checkAttributes(
  template: Template,
  types: ResourceTypes,
  place: string,
  found: ReturnType<typeof references>,
): void {
  for (const reference of found) {
    if (reference.kind !== 'attribute' || reference.attribute === undefined) continue;
    const type = template.resources.get(reference.name)?.type ?? '';
    const known = types(type)?.attributes;
    if (known === undefined || known.includes(reference.attribute)) continue;
    throw new TemplateError(
      template.source,
      `${place} refers to "${reference.name}.${reference.attribute}", and ${type} has no attribute "${reference.attribute}"${suggestion(reference.attribute, known)}`,
    );
  }
}
