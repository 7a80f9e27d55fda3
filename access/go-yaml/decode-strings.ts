/** go-yaml v2 into `[]string`, the way of mapAccounts (GT-32): the scalar's own text, whatever its type. */
import { DecodeBudget } from './decode-budget';
import { type ScalarNode, type SequenceNode, type YamlNode } from './node';
import { resolveScalar } from './resolve-scalar';
import { YamlError } from './source';

/**
 * The elements up to the first that cannot be decoded, and why that one cannot. Undefined for an element that is
 * neither a scalar nor an alias of one.
 */
export function decodeStrings(root: SequenceNode): {
  readonly values: readonly (string | undefined)[];
  readonly error?: YamlError;
} {
  const budget = new DecodeBudget();
  budget.spend(root); // the document itself
  budget.spend(root);
  const values: (string | undefined)[] = [];
  try {
    for (const item of root.items) values.push(decodeElement(item, budget));
  } catch (error) {
    if (error instanceof YamlError) return { values, error };
    throw error;
  }
  return { values };
}

function decodeElement(item: YamlNode, budget: DecodeBudget): string | undefined {
  budget.spend(item);
  if (item.kind === 'alias') return budget.follow(item, (target) => decodeElement(target, budget));
  return item.kind === 'scalar' ? decodeString(item) : undefined;
}

function decodeString(node: ScalarNode): string {
  const resolved = resolveScalar(node);
  if (resolved.type === 'null') return '';
  return resolved.type === 'string' ? resolved.value : node.value;
}
