/**
 * YAML as CloudFormation reads it: YAML 1.1 scalars without dates (`Version: 2012-10-17` stays text), and the
 * short forms of the intrinsic functions.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
import { defineMappingTag, defineScalarTag, defineSequenceTag, Schema, YAML11_SCHEMA, type TagDefinition } from 'js-yaml';
import { type Json, type JsonObject } from './json';

const shortForms = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'GetAtt', 'If', 'ImportValue', 'Join', 'Length',
  'Not', 'Or', 'Select', 'Split', 'Sub', 'ToJsonString', 'Transform',
]; // prettier-ignore

function tags(short: string, long: string): TagDefinition[] {
  const wrap = (argument: Json): JsonObject => ({ [long]: argument });
  return [
    defineScalarTag<JsonObject>(`!${short}`, {
      resolve: (text) => wrap(short === 'GetAtt' ? splitAttribute(text) : text),
      identify: () => false,
    }),
    defineSequenceTag<Json[], JsonObject>(`!${short}`, {
      create: () => [],
      addItem: (items, item) => void items.push(item as Json),
      finalize: wrap,
      identify: () => false,
    }),
    defineMappingTag<JsonObject, JsonObject>(`!${short}`, {
      create: () => ({}),
      addPair: (entries, key, value) => {
        entries[String(key)] = value as Json;
        return '';
      },
      has: (entries, key) => Object.hasOwn(entries, String(key)),
      keys: (result) => Object.keys(result),
      get: (result, key) => result[String(key)],
      finalize: wrap,
      identify: () => false,
    }),
  ];
}

/** `Role.Arn` or, for nested stacks and custom attributes, `Resource.Outputs.Name`: split at the first dot. */
export function splitAttribute(text: string): Json {
  const dot = text.indexOf('.');
  return dot < 0 ? text : [text.slice(0, dot), text.slice(dot + 1)];
}

const kept = YAML11_SCHEMA.tags.filter((tag) => !/:(timestamp|binary|omap|pairs|set|merge)$/.test(tag.tagName));

export const TEMPLATE_SCHEMA = new Schema(kept).withTags(
  ...shortForms.map((name) => tags(name, `Fn::${name}`)),
  tags('Ref', 'Ref'),
  tags('Condition', 'Condition'),
);
