/**
 * What of a resource's properties may be logged: the values of those that its schema knows. A value under any other
 * name may be a NoEcho parameter that was passed under a wrong one, and is told by its name only (CR-43). Pure.
 */
import { isObject } from '../../access/record-json';
import { PROPERTY_NAMES } from '../../schemas/generated/property-names';

/** Names of unknown properties that are told; each cut at `LONGEST` characters. */
const MOST = 20;
const LONGEST = 100;

export interface KnownProperties {
  readonly known: unknown;
  /** Absent where every property is known. As `AccessPolicies.AccessScope.Nmespaces`. */
  readonly unknown?: readonly string[];
}

/**
 * `properties` as sent; nothing is known of the properties of a resource type that is not one of ours. `hidden`: what is
 * shown in the place of an unknown value; left out: neither name nor value is.
 */
export function knownProperties(resourceType: string, properties: unknown, hidden?: string): KnownProperties {
  const unknown = new Set<string>();
  const title = `${resourceType.replace('Custom::', '')}Properties`;
  const known = pick(properties, [title], unknown, hidden);
  return unknown.size === 0 ? { known } : { known, unknown: [...unknown].slice(0, MOST) };
}

/** `path`: the schema's title, then names. */
function pick(value: unknown, path: readonly string[], unknown: Set<string>, hidden?: string): unknown {
  if (Array.isArray(value)) return value.map((item) => pick(item, path, unknown, hidden));
  if (!isObject(value)) return value;
  const schema = path.join('/');
  // No path is the name of anything that every object has: the title ends with Properties.
  const names = PROPERTY_NAMES[schema] ?? [];
  const entries = Object.entries(value).flatMap(([name, part]) => {
    if (names.includes(name)) return [[name, pick(part, [...path, name], unknown, hidden)] as const];
    unknown.add([...path.slice(1), name].join('.').slice(0, LONGEST));
    return hidden === undefined ? [] : [[name, hidden] as const];
  });
  return Object.fromEntries(entries);
}
