/** What go-yaml v2 makes of the nodes: aliases followed, merge keys merged, the last of two equal keys kept. */
import { DecodeBudget } from './decode-budget';
import { type GoScalar, isMergeKey, resolveScalar } from './resolve-scalar';
import { YamlError } from './source';
import { type MappingNode, type ScalarNode, type SequenceNode, type YamlNode } from './node';

export interface GoArray {
  readonly type: 'array';
  readonly items: readonly GoValue[];
}

export interface GoObject {
  readonly type: 'object';
  readonly fields: readonly GoField[];
}

export interface GoField {
  readonly key: GoScalar;
  value: GoValue;
  node: YamlNode;
}

export type GoValue = GoScalar | GoArray | GoObject;

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

/** Go's `map[interface{}]interface{}`: `1` and `"1"` are two keys. Maps are small as a rule, and many. */
class GoMap {
  readonly fields: GoField[] = [];
  private index: Map<string, GoField> | undefined;

  set(key: GoScalar, value: GoValue, node: YamlNode): void {
    const known = this.find(key);
    if (known !== undefined) {
      known.value = value;
      known.node = node;
      return;
    }
    const field = { key, value, node };
    this.fields.push(field);
    if (this.fields.length > 8) {
      this.index ??= new Map(this.fields.map((each) => [keyId(each.key), each]));
      this.index.set(keyId(key), field);
    }
  }

  private find(key: GoScalar): GoField | undefined {
    if (key.type === 'nan' && key.id === 'NaN') return undefined; // equals no other
    if (this.index !== undefined) return this.index.get(keyId(key));
    if (key.type === 'string') {
      return this.fields.find((field) => field.key.type === 'string' && field.key.value === key.value);
    }
    const id = keyId(key);
    return this.fields.find((field) => keyId(field.key) === id);
  }
}

function keyId(key: GoScalar): string {
  if (key.type === 'null') return 'null';
  return key.type === 'string' ? `string ${key.value}` : `${key.type} ${key.id}`;
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

/** JSON has neither infinities nor NaN, and no keys that are null or beyond an int64 (sigs.k8s.io/yaml). */
function whyNotJson(value: GoValue, node: YamlNode): YamlError | undefined {
  if (value.type === 'nan')
    return new YamlError('.inf and .nan have no JSON form: put the value in quotes', node.start);
  if (value.type === 'array') {
    const items = node.kind === 'sequence' ? node.items : [];
    for (const [index, item] of value.items.entries()) {
      const error = whyNotJson(item, items.at(index) ?? node);
      if (error !== undefined) return error;
    }
  } else if (value.type === 'object') {
    for (const field of value.fields) {
      if (field.key.type === 'null' || field.key.type === 'uint') {
        return new YamlError('a key is null or a number too large to be one', field.node.start);
      }
      const error = whyNotJson(field.value, field.node);
      if (error !== undefined) return error;
    }
  }
  return undefined;
}

/** go-yaml v2 into `[]string`, the way of mapAccounts (GT-32): the scalar's own text, whatever its type. */
export function decodeString(node: ScalarNode): string {
  const resolved = resolveScalar(node);
  if (resolved.type === 'null') return '';
  return resolved.type === 'string' ? resolved.value : node.value;
}
