/** Values as Go holds them once go-yaml v2 has decoded a text. */
import { type YamlNode } from './node';
import { type GoScalar } from './resolve-scalar';

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

/** Go's `map[interface{}]interface{}`: `1` and `"1"` are two keys. Maps are small as a rule, and many. */
export class GoMap {
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
