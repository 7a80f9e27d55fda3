/** What CloudFormation refuses before it starts: names that do not exist, cycles, unknown functions. */
import { type Json } from '../json';
import { checkConditions } from './check-conditions';
import { cycleIn } from './cycle';
import { FUNCTIONS, references, type Reference } from './references';
import { dependentName } from './shared-names';
import { suggestion } from './suggestion';
import { TemplateError } from '../template-error';
import { PSEUDO_PARAMETERS, type Template } from './template';

export function checkTemplate(template: Template): void {
  for (const [name, value] of template.conditions) checkCondition(template, name, value);
  for (const [name, rule] of template.rules) refuseResourceInRule(template, name, rule);
  checkConditions(template);
  for (const [logicalId, resource] of template.resources) {
    const place = `resource ${logicalId}`;
    for (const value of [resource.properties, ...resource.beside]) checkReferences(template, place, value);
    if (resource.condition !== undefined) checkConditionName(template, place, resource.condition);
    for (const name of resource.dependsOn) {
      if (!template.resources.has(name)) {
        const remedy = suggestion(name, template.resources.keys());
        throw new TemplateError(
          template.source,
          `${place} depends on "${name}", which is not a resource${remedy}`,
        );
      }
    }
  }
  for (const [name, output] of template.outputs) {
    checkReferences(template, `output ${name}`, output.value);
    if (output.exportName !== undefined)
      checkSharedName(template, `the export name of output ${name}`, output.exportName);
    if (output.condition !== undefined) checkConditionName(template, `output ${name}`, output.condition);
  }
  refuseCycles(template);
}

function checkCondition(template: Template, name: string, value: Json): void {
  for (const reference of references(value, undefined, true)) {
    const place = `condition ${name}`;
    if (
      reference.kind === 'attribute' ||
      (reference.kind === 'ref' && template.resources.has(reference.name))
    ) {
      throw new TemplateError(
        template.source,
        `${place} refers to the resource ${reference.name}, and conditions see parameters and mappings only`,
      );
    }
    checkReference(template, place, reference);
  }
}

function refuseResourceInRule({ resources, source }: Template, name: string, rule: Json): void {
  for (const reference of references(rule))
    if (reference.kind === 'ref' && resources.has(reference.name))
      throw new TemplateError(
        source,
        `rule ${name} refers to the resource ${reference.name}, and rules see parameters only`,
      );
}

function checkReferences(template: Template, place: string, value: Json): void {
  for (const reference of references(value)) checkReference(template, place, reference);
}

function checkSharedName(template: Template, place: string, name: Json): void {
  checkReferences(template, place, name);
  const obstacle = dependentName(name, template);
  if (obstacle !== undefined) throw new TemplateError(template.source, `${place} ${obstacle}`);
}

function checkReference(template: Template, place: string, reference: Reference): void {
  const refuse = (sentence: string): never => {
    throw new TemplateError(template.source, `${place} ${sentence}`);
  };
  switch (reference.kind) {
    case 'ref': {
      const { name } = reference;
      const known = [...template.resources.keys(), ...template.parameters.keys(), ...PSEUDO_PARAMETERS];
      if (!known.includes(name))
        refuse(`refers to "${name}", which is neither a resource nor a parameter${suggestion(name, known)}`);
      return;
    }
    case 'attribute': {
      const { name, attribute = '' } = reference;
      if (template.resources.has(name)) return;
      return refuse(
        `refers to "${name}.${attribute}", and "${name}" is not a resource${suggestion(name, template.resources.keys())}`,
      );
    }
    case 'condition':
      return checkConditionName(template, place, reference.name);
    case 'mapping':
      if (Object.hasOwn(template.mappings, reference.name)) return;
      return refuse(
        `refers to the mapping "${reference.name}", which does not exist${suggestion(reference.name, Object.keys(template.mappings))}`,
      );
    case 'unknown-function':
      return refuse(
        `uses ${reference.name}, which is not a function that works here${suggestion(reference.name, FUNCTIONS)}`,
      );
    case 'malformed':
      return refuse(`uses ${reference.name} wrongly: it ${reference.problem}`);
    case 'import': {
      const obstacle = dependentName(reference.name, template);
      if (obstacle !== undefined) refuse(`imports a value whose name ${obstacle}`);
      return;
    }
    case 'stack-output':
      return;
  }
}

function checkConditionName(template: Template, place: string, name: string): void {
  if (template.conditions.has(name)) return;
  throw new TemplateError(
    template.source,
    `${place} refers to the condition "${name}", which does not exist${suggestion(name, template.conditions.keys())}`,
  );
}

/** Logical ids that `logicalId` needs first. With `taken`, only the branches of `Fn::If` that count. */
export function dependenciesOf(
  template: Template,
  logicalId: string,
  taken?: (condition: string) => boolean,
): string[] {
  const resource = template.resources.get(logicalId);
  if (!resource) return [];
  const named = references(resource.properties, taken).flatMap((reference) =>
    (reference.kind === 'ref' || reference.kind === 'attribute') && template.resources.has(reference.name)
      ? [reference.name]
      : [],
  );
  return [...new Set([...resource.dependsOn, ...named])];
}

function refuseCycles(template: Template): void {
  const conditions = cycleIn(template.conditions.keys(), (name) =>
    references(template.conditions.get(name) ?? '', undefined, true).flatMap((reference) =>
      reference.kind === 'condition' ? [reference.name] : [],
    ),
  );
  const resources = cycleIn(template.resources.keys(), (logicalId) => dependenciesOf(template, logicalId));
  const [what, cycle] = conditions ? ['conditions', conditions] : ['resources', resources];
  if (cycle)
    throw new TemplateError(template.source, `circular dependency between ${what}: ${cycle.join(' -> ')}`);
}
