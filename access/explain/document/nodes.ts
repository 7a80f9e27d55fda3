/** Reading values off nodes as the API server does: aliases followed, `<<` merged, the last of two equal keys kept. */
import { type MappingNode, type ScalarNode, type YamlNode } from '../../go-yaml/node';
import { decodeValue, isNull } from '../../go-yaml/decode';

export interface Field {
  readonly key: ScalarNode;
  readonly name: string;
  readonly value: YamlNode;
  /** The map in whose text the key is written. */
  readonly map: MappingNode;
}

export function followed(node: YamlNode): YamlNode {
  return node.kind === 'alias' ? followed(node.target) : node;
}

export function isNothing(node: YamlNode): boolean {
  return isNull(followed(node));
}

/** In the order of the text, keys that are written twice included. None for what is not a map. */
export function fieldsOf(node: YamlNode | undefined): readonly Field[] {
  const map = node === undefined ? undefined : followed(node);
  if (map?.kind !== 'mapping') return [];
  return map.pairs.flatMap(([key, value]): readonly Field[] => {
    const name = followed(key);
    if (name.kind !== 'scalar') return [];
    // Where the alias is, and not what it is for.
    const { start, content, end } = key;
    if (key.kind === 'alias' || name.style !== 'plain' || name.value !== '<<')
      return [{ key: { ...name, start, content, end }, name: name.value, value, map }];
    const merged = followed(value);
    const maps = merged.kind === 'sequence' ? [...merged.items].reverse() : [merged];
    return maps.flatMap((from) => fieldsOf(from));
  });
}

export function fieldOf(node: YamlNode | undefined, name: string): Field | undefined {
  return fieldsOf(node).findLast((field) => field.name === name);
}

/** Undefined for null and for what is not a string to the API server. */
export function textOf(node: YamlNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const scalar = followed(node);
  if (scalar.kind !== 'scalar') return undefined;
  const value = decodeValue(scalar);
  return value.type === 'string' ? value.value : undefined;
}

/** As JSON would have it, but for numbers and booleans, which stay as they are written. */
export function plainValueOf(node: YamlNode): unknown {
  const found = followed(node);
  if (found.kind === 'sequence') return Array.from(found.items, plainValueOf);
  if (found.kind === 'mapping')
    return Object.fromEntries(fieldsOf(found).map(({ name, value }) => [name, plainValueOf(value)]));
  return found.kind === 'scalar' && !isNothing(found) ? found.value : null;
}
