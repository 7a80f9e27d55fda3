/**
 * `{{resolve:SERVICE:KEY}}` in the texts of a template: found, and filled in once all functions are resolved. Pure.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
import { isObject, type Json } from '../json';

export interface DynamicReference {
  /** As it is written. */
  readonly whole: string;
  /** `ssm`, `ssm-secure`, `secretsmanager`, or what was written in the place of one. */
  readonly service: string;
  readonly key: string;
  readonly version?: number;
  /** Where in the value: names and indexes. */
  readonly path: readonly string[];
}

const pattern = /\{\{resolve:([^:{}]*):?([^{}]*)\}\}/g;

function parse(whole: string, service: string, rest: string, path: readonly string[]): DynamicReference {
  const versioned = service === 'ssm' ? /^(.*):(\d+)$/.exec(rest) : null;
  return versioned
    ? { whole, service, key: versioned[1] ?? '', version: Number(versioned[2]), path }
    : { whole, service, key: rest, path };
}

/** All of them, those in keys and in the arguments of functions as well. */
export function dynamicReferences(value: Json, path: readonly string[] = []): DynamicReference[] {
  if (typeof value === 'string')
    return Array.from(value.matchAll(pattern), ([whole, service = '', rest = '']) =>
      parse(whole, service, rest, path),
    );
  if (Array.isArray(value))
    return value.flatMap((item, index) => dynamicReferences(item, [...path, String(index)]));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => dynamicReferences(inner, [...path, key]));
}

/** References to secrets as they are written, those in which functions put a part as well, as far as their text goes. */
export function secretReferences(value: Json): Pick<DynamicReference, 'whole' | 'service'>[] {
  if (typeof value === 'string')
    return Array.from(
      value.matchAll(/\{\{resolve:(secretsmanager|ssm-secure):(?:\$\{[^}]*\}|[^{}])*(?:\}\})?/g),
      ([whole, service = '']) => ({ whole, service }),
    );
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretReferences);
}

/** `value` with every reference replaced. `read` throws for what cannot be had. */
export function fillIn(value: Json, read: (reference: DynamicReference) => string): Json {
  if (typeof value === 'string')
    return value.replace(pattern, (whole: string, service: string, rest: string) =>
      read(parse(whole, service, rest, [])),
    );
  if (Array.isArray(value)) return value.map((item) => fillIn(item, read));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fillIn(inner, read)]));
}
