/** Objects of role-based access control as fields by path (`field-paths.ts`), and back. Pure. */
import { type Fields } from './field-ownership';
import { type RbacManifest, type Subject } from './rbac';
import { RBAC_GROUP, RBAC_KINDS } from './rbac-kinds';

export interface RbacPlace {
  /** As in URLs: `rolebindings`. */
  readonly resource: string;
  /** Undefined: the kind has none. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** What an object says beside its metadata. */
export const CONTENT = ['aggregationRule', 'roleRef', 'rules', 'subjects'] as const;

/** References as the API server keeps them: in one order, with what it fills in. */
export function normal({ roleRef, subjects = [], ...rest }: RbacManifest): RbacManifest {
  return {
    ...rest,
    ...(roleRef === undefined
      ? {}
      : { roleRef: { apiGroup: roleRef.apiGroup ?? RBAC_GROUP, kind: roleRef.kind, name: roleRef.name } }),
    // Go writes no list that is empty.
    ...(subjects.length === 0 ? {} : { subjects: subjects.map(normalSubject) }),
  };
}

function normalSubject({ apiGroup, kind, ...rest }: Subject): Subject {
  const group = kind === 'ServiceAccount' ? {} : { apiGroup: apiGroup ?? RBAC_GROUP };
  return { ...group, kind, ...rest };
}

/** Labels and annotations one by one; lists and references as a whole, as the API server takes them. */
export function fieldsOf(manifest: RbacManifest | undefined): Fields {
  const fields = new Map<string, string>();
  if (manifest === undefined) return fields;
  for (const map of ['annotations', 'labels'] as const)
    for (const [key, value] of Object.entries(manifest.metadata[map] ?? {}))
      fields.set(`.metadata.${map}\0${key}`, value);
  for (const key of CONTENT) {
    const value = manifest[key];
    if (value !== undefined) fields.set(`.${key}`, JSON.stringify(value));
  }
  return fields;
}

export function manifestOf(fields: Fields, { resource, namespace, name }: RbacPlace): RbacManifest {
  const below = (prefix: string): Record<string, string> | undefined => {
    const entries = [...fields].filter(([path]) => path.startsWith(`${prefix}\0`));
    if (entries.length === 0) return undefined;
    return Object.fromEntries<string>(entries.map(([path, value]) => [path.slice(prefix.length + 1), value]));
  };
  const content = CONTENT.flatMap((key) => {
    const value = fields.get(`.${key}`);
    return value === undefined ? [] : [[key, JSON.parse(value) as unknown] as const];
  });
  const metadata = {
    name,
    namespace,
    labels: below('.metadata.labels'),
    annotations: below('.metadata.annotations'),
  };
  return { kind: RBAC_KINDS[resource], metadata, ...Object.fromEntries(content) } as RbacManifest;
}
