/** What is lost on the way from Go's values to JSON. */
import { type GoValue } from './go-value';
import { type YamlNode } from './node';
import { YamlError } from './source';

/** JSON has neither infinities nor NaN, and no keys that are null or beyond an int64 (sigs.k8s.io/yaml). */
export function whyNotJson(value: GoValue, node: YamlNode): YamlError | undefined {
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
