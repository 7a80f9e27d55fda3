/** What the registry's schema has against the properties of a resource. Pure. */
import { isObject, isPrimitive, type Json, type JsonObject } from '../../json';
import { functionCall } from '../../template/function-call';
import { FUNCTIONS } from '../../template/references';
import { suggestion } from '../../template/suggestion';
import { type ObjectShape, type Shape, type TypeSchema } from './shape';

export type PropertyFault =
  | { readonly kind: 'unknown'; readonly path: readonly string[]; readonly known: readonly string[] }
  | { readonly kind: 'missing'; readonly path: readonly string[] }
  | {
      readonly kind: 'form';
      readonly path: readonly string[];
      readonly wanted: string;
      readonly found: string;
      /** What may have been meant, after the sentence. */
      readonly remedy?: string;
    };

/** The first one; functions that are not resolved yet may be anything, but both sides of an `Fn::If` are looked at. */
export function propertyFault(schema: TypeSchema, properties: JsonObject): PropertyFault | undefined {
  return inObject(schema, schema, properties, []);
}

function inObject(
  schema: TypeSchema,
  shape: ObjectShape,
  value: JsonObject,
  path: readonly string[],
): PropertyFault | undefined {
  const known = Object.keys(shape.properties);
  for (const [name, inner] of Object.entries(value)) {
    const property = Object.hasOwn(shape.properties, name) ? shape.properties[name] : undefined;
    if (property === undefined) return { kind: 'unknown', path: [...path, name], known };
    const fault = inValue(schema, property, inner, [...path, name]);
    if (fault) return fault;
  }
  const missing = shape.required?.find((name) => value[name] === undefined);
  return missing === undefined ? undefined : { kind: 'missing', path: [...path, missing] };
}

const tag: ObjectShape = { properties: { Key: 'text', Value: 'text' } };

function inValue(
  schema: TypeSchema,
  shape: Shape,
  value: Json,
  path: readonly string[],
): PropertyFault | undefined {
  const into = (inner: Shape, part: Json, ...more: string[]): PropertyFault | undefined =>
    inValue(schema, inner, part, [...path, ...more]);
  const call = functionCall(value);
  if (call) {
    if (call.name !== 'Fn::If' || !Array.isArray(call.argument)) return undefined;
    return firstOf(call.argument.slice(1), (side) => into(shape, side));
  }
  if (shape === 'any') return undefined;
  const wrong = (wanted: string): PropertyFault => ({
    kind: 'form',
    path,
    wanted,
    found: formOf(value),
    ...(isObject(value) ? mappingRemedy(value) : {}),
  });
  if (typeof shape === 'string' && shape !== 'tag') {
    if (!isPrimitive(value)) return wrong('a simple value');
    if (shape === 'flag' && !isText(value, /^(true|false)$/i)) return wrong('true or false');
    return shape === 'number' && !isText(value, NUMBER) ? wrong('a number') : undefined;
  }
  if (shape === 'tag') return isObject(value) ? inObject(schema, tag, value, path) : wrong('Key and Value');
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong(shape.list === 'tag' ? 'a list of Key and Value' : 'a list');
    return firstOf(value, (item, index) => into(shape.list, item, String(index)));
  }
  if ('map' in shape) {
    if (!isObject(value)) return wrong('a mapping');
    return firstOf(Object.entries(value), ([key, inner]) => into(shape.map, inner, key));
  }
  if ('either' in shape) {
    const faults = shape.either.map((one) => into(one, value));
    return faults.some((fault) => fault === undefined) ? undefined : faults[0];
  }
  if (!isObject(value)) return wrong('a mapping');
  const definition = schema.definitions[shape.of];
  return definition && inObject(schema, definition, value, path);
}

const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i;

/** Simple values are turned into each other, where their text can be read so; what a dynamic reference gives is not known. */
function isText(value: string | number | boolean, pattern: RegExp): boolean {
  const text = String(value);
  return pattern.test(text) || text.includes('{{resolve:');
}

function firstOf<Item>(
  items: readonly Item[],
  look: (item: Item, index: number) => PropertyFault | undefined,
): PropertyFault | undefined {
  for (const [index, item] of items.entries()) {
    const fault = look(item, index);
    if (fault) return fault;
  }
  return undefined;
}

function formOf(value: Json): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'a mapping' : JSON.stringify(value);
}

/** Functions that are no calls: misspelt, or with something beside them. */
function mappingRemedy(value: JsonObject): { readonly remedy?: string } {
  const names = Object.keys(value);
  const [first = ''] = names;
  const call = names.find((name) => name === 'Ref' || name.startsWith('Fn::'));
  if (call !== undefined && names.length > 1) {
    const others = names.filter((name) => name !== call).join(', ');
    return { remedy: `: ${call} must be alone in its mapping, and ${others} is beside it` };
  }
  return /^(ref|fn)\b/i.test(first) ? { remedy: suggestion(first, ['Ref', ...FUNCTIONS]) } : {};
}
