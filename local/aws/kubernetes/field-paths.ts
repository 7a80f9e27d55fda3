/**
 * The fields of a ConfigMap as paths: `.data\0mapRoles`, parent and key kept apart by a NUL, which no key contains;
 * `.immutable` is no map. Pure.
 */
import { type ConfigMapManifest, type FieldSet } from './config-map';

/** Every field that a manager can own, as path and value. */
export function ownableFields(configMap: ConfigMapManifest): Map<string, string> {
  const fields = new Map<string, string>();
  const put = (prefix: string, map: Readonly<Record<string, string>> | undefined): void => {
    for (const [key, value] of Object.entries(map ?? {})) fields.set(fieldPath(prefix, key), value);
  };
  put('.metadata.annotations', configMap.metadata?.annotations);
  put('.metadata.labels', configMap.metadata?.labels);
  put('.data', configMap.data);
  put('.binaryData', configMap.binaryData);
  if (configMap.immutable !== undefined) fields.set('.immutable', String(configMap.immutable));
  return fields;
}

function fieldPath(prefix: string, key: string): string {
  return `${prefix}\0${key}`;
}

/** `.data\0mapRoles` ↔ `{"f:data": {"f:mapRoles": {}}}`. */
export function writePaths(paths: ReadonlySet<string>): FieldSet {
  const root: Record<string, unknown> = {};
  for (const path of [...paths].sort()) {
    let level = root;
    for (const part of partsOf(path)) level = (level[`f:${part}`] ??= {}) as Record<string, unknown>;
  }
  return root as unknown as FieldSet;
}

export function readPaths(set: FieldSet, prefix = ''): string[] {
  return Object.entries(set)
    .filter(([name]) => name.startsWith('f:'))
    .flatMap(([name, below]) => {
      const part = name.slice(2);
      if (!['', '.metadata'].includes(prefix)) return [`${prefix}\0${part}`];
      const isLeaf = Object.keys(below).length === 0;
      return isLeaf ? [`${prefix}.${part}`] : readPaths(below, `${prefix}.${part}`);
    });
}

function partsOf(path: string): readonly string[] {
  const [prefix = '', key] = path.split('\0');
  return [...prefix.split('.').slice(1), ...(key === undefined ? [] : [key])];
}

/** `.data.mapRoles`. */
export function displayPath(path: string): string {
  return path.replace('\0', '.');
}

/** A manifest of nothing but these fields. */
export function manifestOf(fields: ReadonlyMap<string, string>): ConfigMapManifest {
  const below = (prefix: string): Record<string, string> =>
    Object.fromEntries(
      [...fields]
        .filter(([path]) => path.startsWith(`${prefix}\0`))
        .map(([path, value]) => [path.slice(prefix.length + 1), value]),
    );
  const immutable = fields.get('.immutable');
  return {
    metadata: { annotations: below('.metadata.annotations'), labels: below('.metadata.labels') },
    data: below('.data'),
    binaryData: below('.binaryData'),
    ...(immutable === undefined ? {} : { immutable: immutable === 'true' }),
  };
}
