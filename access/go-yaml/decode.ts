/** What go-yaml v2 makes of the nodes: aliases followed, merge keys merged, the last of two equal keys kept. */
import { DecodeBudget } from './decode-budget';
import { GoMap, type GoValue } from './go-value';
import { whyNotJson } from './json-form';
import { type MappingNode, type SequenceNode, type YamlNode } from './node';
import { isMergeKey, resolveScalar } from './resolve-scalar';
import { YamlError } from './source';

export { decodeStrings } from './decode-strings';
export type { GoArray, GoField, GoObject, GoValue } from './go-value';

/** Whether a scalar says null, in whichever of YAML 1.1's spellings. Throws YamlError where its tag contradicts it. */
export function isNull(node: YamlNode): boolean {
  return node.kind === 'scalar' && resolveScalar(node).type === 'null';
}

/** Throws YamlError where decoding or the way from there to JSON fails, which loses the section. */
export function decodeValue(root: YamlNode): GoValue {
  const budget = new DecodeBudget();
  budget.spend(root); // the document itself
  const value = decode(root, budget, 0);
  const error = budget.hasDoubtfulJson ? whyNotJson(value, root) : undefined;
  if (error !== undefined) throw error;
  return value;
}

/**
 * The values of a list one by one, from item `from` on, so that a long one is never held whole. Throws as `decodeValue`
 * does, and at the end at the latest: until then nothing is sure.
 */
export function* decodeItems(root: SequenceNode, from: number): Generator<GoValue> {
  const budget = new DecodeBudget();
  budget.spend(root); // the document itself
  budget.spend(root);
  let error: YamlError | undefined;
  for (let index = from; index < root.items.length; index += 1) {
    const item = root.items.at(index);
    if (item === undefined) continue;
    const value = decode(item, budget, 1);
    // go-yaml decodes the whole before JSON is made of it: an error of that comes last.
    if (budget.hasDoubtfulJson) error ??= whyNotJson(value, item);
    yield value;
  }
  if (error !== undefined) throw error;
}

/** Through aliases texts nest deeper than the parser sees; this keeps the JavaScript stack small. */
const LEVEL_LIMIT = 1000;

function decode(node: YamlNode, budget: DecodeBudget, level: number): GoValue {
  budget.spend(node);
  if (level > LEVEL_LIMIT) throw new YamlError(`values nest deeper than ${LEVEL_LIMIT}`, node.start);
  switch (node.kind) {
    case 'alias':
      return budget.follow(node, (target) => decode(target, budget, level + 1));
    case 'scalar': {
      const scalar = resolveScalar(node);
      if (scalar.type === 'nan') budget.hasDoubtfulJson = true;
      return scalar;
    }
    case 'sequence':
      return { type: 'array', items: Array.from(node.items, (item) => decode(item, budget, level + 1)) };
    case 'mapping': {
      const map = new GoMap();
      decodeInto(map, node, budget, level);
      return { type: 'object', fields: map.fields };
    }
  }
}

function decodeInto(map: GoMap, node: MappingNode, budget: DecodeBudget, level: number): void {
  for (const [keyNode, valueNode] of node.pairs) {
    if (keyNode.kind === 'scalar' && isMergeKey(keyNode)) {
      merge(map, valueNode, budget, level + 1);
      continue;
    }
    const key = decode(keyNode, budget, level + 1);
    if (key.type === 'array' || key.type === 'object') {
      throw new YamlError(
        'a list or map cannot be a key: put a value that begins with "{" in quotes',
        keyNode.start,
      );
    }
    const value = decode(valueNode, budget, level + 1);
    if (key.type === 'null' || key.type === 'uint') budget.hasDoubtfulJson = true;
    map.set(key, value, valueNode);
  }
}

/** In place: what was set before a `<<` is overridden by it, unlike in the YAML merge type's own rules. */
function merge(map: GoMap, node: YamlNode, budget: DecodeBudget, level: number): void {
  const wantMap = (found: YamlNode): YamlError =>
    new YamlError('"<<" merges maps and lists of maps only', found.start);
  const mergeMap = (from: YamlNode): void => {
    if (from.kind === 'alias') {
      budget.spend(from);
      const { target } = from;
      if (target.kind !== 'mapping') throw wantMap(from);
      budget.follow(from, () => {
        budget.spend(target);
        decodeInto(map, target, budget, level);
      });
    } else if (from.kind === 'mapping') {
      budget.spend(from);
      decodeInto(map, from, budget, level);
    } else {
      throw wantMap(from);
    }
  };
  if (node.kind !== 'sequence') return mergeMap(node);
  // Backwards, so that the first of them has the last word.
  for (const item of [...node.items].reverse()) mergeMap(item);
}
