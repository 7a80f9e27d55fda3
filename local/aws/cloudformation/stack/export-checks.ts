/** Values that stacks share: what is imported must be there, what is in use must stay as it is. */
import { type Deployment, wantedResources } from './deployment';
import { exportsOf } from './outputs';
import { type Json } from '../json';
import { references } from '../template/references';
import { resolve } from '../template/resolve';
import { GET_STACK_OUTPUT } from '../template/stack-output';
import { ResourceFailure } from '../resources/resource-type';
import { type Stack, type StackOutput } from './stack';

/** Exports as the engine knows them. */
export interface ExportRegistry {
  /** Stack names that import this export. */
  importers(name: string): readonly string[];
  /** Name of another stack that already exports it. */
  exporter(name: string, except: Stack): string | undefined;
}

/** Names of the exports that the wanted resources and outputs import, and no stack has. */
export function missingExports(
  { template, scope }: Pick<Deployment, 'template' | 'scope'>,
  exported: (name: string) => boolean,
): string[] {
  const values = [
    ...wantedResources(template, scope).map((logicalId) => template.resources.get(logicalId)?.properties),
    ...[...template.outputs.values()]
      .filter(({ condition }) => condition === undefined || scope.condition(condition))
      .map(({ value }) => value),
  ];
  const names = values
    .flatMap((value = {}) => references(value, (name) => scope.condition(name)))
    .flatMap((reference) => (reference.kind === 'import' ? [nameOf(reference.name, scope)] : []));
  return [...new Set(names.filter((name) => name !== undefined && !exported(name)))] as string[];
}

/** Undefined for one that needs something that is yet to be made, and is looked up then. */
function nameOf(name: Json, scope: Deployment['scope']): string | undefined {
  try {
    const resolved = resolve(name, scope, 'import');
    return typeof resolved === 'string' ? resolved : undefined;
  } catch {
    return undefined;
  }
}

/** CloudFormation looks imports up before it touches anything. Outputs of other stacks are looked up then, too. */
export function checkImports({ template, scope }: Pick<Deployment, 'template' | 'scope'>): void {
  for (const logicalId of wantedResources(template, scope)) {
    const properties = template.resources.get(logicalId)?.properties ?? {};
    for (const reference of references(properties, (name) => scope.condition(name))) {
      const place = `resource ${logicalId}`;
      if (reference.kind === 'stack-output') {
        resolve({ [GET_STACK_OUTPUT]: reference.argument }, scope, place);
      } else if (reference.kind === 'import') {
        const name = resolve(reference.name, scope, place);
        if (typeof name === 'string') scope.importValue(name);
      }
    }
  }
}

export function checkExports(stack: Stack, exports: ExportRegistry, outputs: readonly StackOutput[]): void {
  const next = exportsOf(outputs);
  for (const [name, value] of exportsOf(stack.outputs)) {
    if (next.get(name) === value) continue;
    const [importer] = exports.importers(name);
    const verb = next.has(name) ? 'updated' : 'deleted';
    if (importer !== undefined)
      throw new ResourceFailure(`Export ${name} cannot be ${verb} as it is in use by ${importer}`);
  }
  for (const name of next.keys()) {
    const exporter = exports.exporter(name, stack);
    if (exporter !== undefined)
      throw new ResourceFailure(`Export with name ${name} is already exported by stack ${exporter}.`);
  }
}
