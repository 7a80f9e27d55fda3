/** What go-yaml v2 makes of the nodes: aliases followed, merge keys merged, the last of two equal keys kept. */
import { type GoScalar, isMergeKey, resolveScalar } from './go-yaml-scalar';
import { YamlError } from './yaml-source';
import { type AliasNode, type MappingNode, type ScalarNode, type YamlNode } from './yaml-node';

export interface GoArray {
  readonly type: 'array';
  readonly items: readonly GoValue[];
}

export interface GoObject {
  readonly type: 'object';
  /** By keys that tell `1` from `"1"`. */
  readonly fields: ReadonlyMap<unknown, GoField>;
}

export interface GoField {
  readonly key: GoScalar;
  readonly value: GoValue;
  readonly node: YamlNode;
}

export type GoValue = GoScalar | GoArray | GoObject;

/** go-yaml's guard against texts that grow without end through their aliases. */
export class DecodeBudget {
  /** Something was decoded that has no JSON form; a later key may have replaced it. */
  hasDoubtfulJson = false;
  private decoded = 0;
  private throughAlias = 0;
  private depth = 0;
  private readonly open = new Set<AliasNode>();

  spend(node: YamlNode): void {
    this.decoded += 1;
    if (this.depth > 0) this.throughAlias += 1;
    if (
      this.throughAlias > 100 &&
      this.decoded > 1000 &&
      this.throughAlias / this.decoded > this.allowedRatio()
    ) {
      throw new YamlError('the aliases make too much of the text', node.start);
    }
  }

  /** Runs `decode` for what the alias stands for. */
  follow<T>(alias: AliasNode, decode: (target: YamlNode) => T): T {
    if (this.open.has(alias))
      throw new YamlError(`the value of anchor "${alias.name}" contains itself`, alias.start);
    this.open.add(alias);
    this.depth += 1;
    const result = decode(alias.target);
    this.depth -= 1;
    this.open.delete(alias);
    return result;
  }

  private allowedRatio(): number {
    const [low, high] = [400_000, 4_000_000];
    if (this.decoded <= low) return 0.99;
    if (this.decoded >= high) return 0.1;
    return 0.99 - (0.89 * (this.decoded - low)) / (high - low);
  }
}

/** Throws YamlError where decoding or the way from there to JSON fails, which loses the section. */
export function decodeValue(root: YamlNode): GoValue {
  const budget = new DecodeBudget();
  budget.spend(root); // the document itself
  const value = decode(root, budget);
  if (budget.hasDoubtfulJson) requireJson(value, root);
  return value;
}

function decode(node: YamlNode, budget: DecodeBudget): GoValue {
  budget.spend(node);
  switch (node.kind) {
    case 'alias':
      return budget.follow(node, (target) => decode(target, budget));
    case 'scalar': {
      const scalar = resolveScalar(node);
      if (scalar.type === 'nan') budget.hasDoubtfulJson = true;
      return scalar;
    }
    case 'sequence':
      return { type: 'array', items: node.items.map((item) => decode(item, budget)) };
    case 'mapping': {
      const fields = new Map<unknown, GoField>();
      decodeInto(fields, node, budget);
      return { type: 'object', fields };
    }
  }
}

function decodeInto(fields: Map<unknown, GoField>, node: MappingNode, budget: DecodeBudget): void {
  for (const [keyNode, valueNode] of node.pairs) {
    if (keyNode.kind === 'scalar' && isMergeKey(keyNode)) {
      merge(fields, valueNode, budget);
      continue;
    }
    const key = decode(keyNode, budget);
    if (key.type === 'array' || key.type === 'object') {
      throw new YamlError(
        'a list or map cannot be a key: put a value that begins with "{" in quotes',
        keyNode.start,
      );
    }
    const value = decode(valueNode, budget);
    if (key.type === 'null' || key.type === 'uint') budget.hasDoubtfulJson = true;
    fields.set(keyId(key), { key, value, node: valueNode });
  }
}

/** Strings are their own keys; NaN equals no other key. */
function keyId(key: GoScalar): unknown {
  if (key.type === 'string') return key.value;
  if (key.type === 'null') return null;
  if (key.type === 'nan' && key.id === 'NaN') return {};
  return Symbol.for(`${key.type} ${key.id}`);
}

/** In place: what was set before a `<<` is overridden by it, unlike in the YAML merge type's own rules. */
function merge(fields: Map<unknown, GoField>, node: YamlNode, budget: DecodeBudget): void {
  const wantMap = (found: YamlNode): YamlError =>
    new YamlError('"<<" merges maps and lists of maps only', found.start);
  const mergeMap = (from: YamlNode): void => {
    if (from.kind === 'alias') {
      budget.spend(from);
      const { target } = from;
      if (target.kind !== 'mapping') throw wantMap(from);
      budget.follow(from, () => {
        budget.spend(target);
        decodeInto(fields, target, budget);
      });
    } else if (from.kind === 'mapping') {
      budget.spend(from);
      decodeInto(fields, from, budget);
    } else {
      throw wantMap(from);
    }
  };
  if (node.kind !== 'sequence') return mergeMap(node);
  // Backwards, so that the first of them has the last word.
  for (const item of [...node.items].reverse()) mergeMap(item);
}

/** JSON has neither infinities nor NaN, and no keys that are null or beyond an int64 (sigs.k8s.io/yaml). */
function requireJson(value: GoValue, node: YamlNode): void {
  if (value.type === 'nan')
    throw new YamlError('.inf and .nan have no JSON form: put the value in quotes', node.start);
  if (value.type === 'array') {
    const items = node.kind === 'sequence' ? node.items : [];
    value.items.forEach((item, index) => {
      requireJson(item, items[index] ?? node);
    });
  } else if (value.type === 'object') {
    for (const field of value.fields.values()) {
      if (field.key.type === 'null' || field.key.type === 'uint') {
        throw new YamlError('a key is null or a number too large to be one', field.node.start);
      }
      requireJson(field.value, field.node);
    }
  }
}

/** go-yaml v2 into `[]string`, the way of mapAccounts (GT-32): the scalar's own text, whatever its type. */
export function decodeString(node: ScalarNode): string {
  const resolved = resolveScalar(node);
  if (resolved.type === 'null') return '';
  return resolved.type === 'string' ? resolved.value : node.value;
}
