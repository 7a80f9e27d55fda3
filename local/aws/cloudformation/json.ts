/** The values a template is made of. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isPrimitive(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** A simple value as its text, anything else as JSON. */
export function asText(value: Json | undefined): string {
  if (value === undefined) return '';
  return isPrimitive(value) ? String(value) : JSON.stringify(value);
}

/** Equal whatever the order of keys. */
export function sameJson(left: unknown, right: unknown): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      isObject(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? ''
  );
}

/** CloudFormation hands booleans and numbers to custom resources as strings, at every depth (CR-33, section 1.6). */
export function primitivesAsStrings(value: Json): Json {
  if (Array.isArray(value)) return value.map(primitivesAsStrings);
  if (isObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, primitivesAsStrings(inner)]));
  return value === null ? '' : String(value);
}
