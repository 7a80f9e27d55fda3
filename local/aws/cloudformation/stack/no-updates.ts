/** Whether an update would change anything: CloudFormation refuses one that would not. */
import { canonicalJson, sameJson } from '../json';
import { resolveProperties, wantedResources } from './deployment';
import { NESTED_STACK } from './nested-stack';
import { type Operation } from './operation';
import { resolveOutputs } from './outputs';

export function nothingToUpdate(
  operation: Operation,
  tags: Readonly<Record<string, string>> | undefined,
): boolean {
  const { stack, template, scope } = operation;
  if (/_FAILED$/.test(stack.status)) return false;
  if (tags !== undefined && !sameJson(tags, stack.tags)) return false;
  try {
    const wanted = wantedResources(template, scope);
    if (canonicalJson([...wanted].sort()) !== canonicalJson([...stack.resources.keys()].sort())) return false;
    for (const logicalId of wanted) {
      const definition = template.resources.get(logicalId);
      const current = stack.resources.get(logicalId);
      if (!definition || !current) return false;
      // It is asked with every update.
      if (definition.type === NESTED_STACK) return false;
      if (!sameJson(definition.metadata, current.metadata)) return false;
      if (!sameJson(resolveProperties(definition, scope, logicalId), current.properties)) return false;
    }
    return sameJson(resolveOutputs(template, scope), stack.outputs);
  } catch {
    // Something cannot be resolved as things are, so something is to be done.
    return false;
  }
}
