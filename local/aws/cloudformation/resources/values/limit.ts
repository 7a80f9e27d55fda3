/** What the registry's schema says of a value beyond its form: a list of values, a range, a pattern, a number of items. Pure. */
import { asText, isObject, isPrimitive, type Json } from '../../json';
import { suggestion } from '../../template/suggestion';
import { isKnown, type ValueFault } from './value-fault';

export interface Limit {
  /** Of JSON Schema, as CloudFormation names it. */
  readonly keyword: string;
  /** What is taken. */
  readonly wanted: string;
  readonly takes: (value: Json) => boolean;
  /** Absent: nothing is said of what may have been meant. */
  readonly near?: (value: string) => string;
}

export function oneOf(...values: readonly string[]): Limit {
  return {
    keyword: 'enum',
    wanted: values.length === 1 ? (values[0] ?? '') : `one of ${values.join(', ')}`,
    takes: (value) => values.includes(asText(value)),
    near: (value) => suggestion(value, values),
  };
}

/** Whole numbers; `to` left out: no end. */
export function between(from: number, to = Infinity): Limit {
  const isOver = (value: Json): boolean => Number(asText(value)) > to;
  return {
    keyword: 'minimum/maximum',
    wanted: to === Infinity ? `a whole number from ${from} on` : `a whole number from ${from} to ${to}`,
    takes: (value) => {
      const number = Number(asText(value));
      return Number.isInteger(number) && number >= from && !isOver(value);
    },
  };
}

export function like(pattern: RegExp, wanted: string, near?: Limit['near']): Limit {
  return {
    keyword: 'pattern',
    wanted,
    takes: (value) => pattern.test(asText(value)),
    ...(near ? { near } : {}),
  };
}

/** Text of up to so many characters. */
export function upTo(characters: number): Limit {
  return {
    keyword: 'maxLength',
    wanted: `up to ${characters} characters`,
    takes: (value) => asText(value).length <= characters,
  };
}

/** Of a list. */
export function items(from: number, to: number): Limit {
  return {
    keyword: from > 0 ? 'minItems/maxItems' : 'maxItems',
    wanted: from === 0 ? `up to ${to} items` : `${from === to ? from : `${from} to ${to}`} items`,
    takes: (value) => !Array.isArray(value) || (value.length >= from && value.length <= to),
  };
}

export function limitFault(
  type: string,
  path: string,
  limit: Limit,
  properties: { readonly [name: string]: Json },
): ValueFault | undefined {
  for (const { at, value } of valuesAt(properties, path.split('.'))) {
    if (!isKnown(value) || limit.takes(value)) continue;
    // A wrong form is the schema's to refuse.
    const isList = limit.keyword.endsWith('Items');
    if (!isList && !isPrimitive(value)) continue;
    const near = limit.near?.(asText(value)) ?? '';
    return {
      path: Array.isArray(value) ? `${at} with ${value.length} items` : at,
      found: isList ? undefined : value,
      says: `, and ${type} takes ${limit.wanted} there${near}`,
      reason: `Properties validation failed for resource of type ${type} with message: #/${at.replaceAll('.', '/')}: failed validation constraint for keyword [${limit.keyword}] (it takes ${limit.wanted}${near})`,
    };
  }
  return undefined;
}

/** `*` in a path: each item. Nothing below a call. */
export function valuesAt(
  value: Json,
  path: readonly string[],
  at = '',
): { readonly at: string; readonly value: Json }[] {
  const [name, ...rest] = path;
  if (name === undefined) return [{ at, value }];
  const into = (key: string, inner: Json): { at: string; value: Json }[] =>
    valuesAt(inner, rest, at === '' ? key : `${at}.${key}`);
  if (name === '*')
    return Array.isArray(value) ? value.flatMap((item, index) => into(String(index), item)) : [];
  if (!isObject(value)) return [];
  const inner = value[name];
  return inner === undefined || !isKnown(value) ? [] : into(name, inner);
}
