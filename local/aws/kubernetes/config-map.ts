/** ConfigMaps as the API serves them. Types, and what follows from the shape alone. Pure. */

/** The ConfigMap that the authenticator reads (GT-1). */
export const AWS_AUTH = { namespace: 'kube-system', name: 'aws-auth' } as const;

export interface ManagedFields {
  readonly manager: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  /** RFC 3339, whole seconds. */
  readonly time: string;
  readonly fieldsType: string;
  readonly fieldsV1: FieldSet;
}

export interface FieldSet {
  readonly [field: string]: FieldSet;
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  /** RFC 3339, whole seconds. */
  readonly creationTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly ManagedFields[];
  readonly generateName?: string;
}

export interface ConfigMap {
  readonly kind: 'ConfigMap';
  readonly apiVersion: 'v1';
  readonly metadata: ObjectMeta;
  readonly data?: Readonly<Record<string, string>>;
  /** Base64. */
  readonly binaryData?: Readonly<Record<string, string>>;
  readonly immutable?: boolean;
}

/** A ConfigMap as its author writes it; name and namespace default to where it is put. */
export interface ConfigMapManifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Partial<ObjectMeta>;
  readonly data?: Readonly<Record<string, string>>;
  readonly binaryData?: Readonly<Record<string, string>>;
  readonly immutable?: boolean;
}

/** Members in the API's own order; absent ones left out, empty maps too, as Go's omitempty does. */
export function configMapOf(manifest: ConfigMapManifest, metadata: ObjectMeta): ConfigMap {
  return {
    kind: 'ConfigMap',
    apiVersion: 'v1',
    metadata: withoutEmpty(metadata),
    ...(isEmpty(manifest.data) ? {} : { data: sorted(manifest.data ?? {}) }),
    ...(isEmpty(manifest.binaryData) ? {} : { binaryData: sorted(manifest.binaryData ?? {}) }),
    ...(manifest.immutable === undefined ? {} : { immutable: manifest.immutable }),
  };
}

function withoutEmpty(metadata: ObjectMeta): ObjectMeta {
  const { labels, annotations, managedFields, generateName, ...rest } = metadata;
  return {
    ...rest,
    ...(generateName ? { generateName } : {}),
    ...(isEmpty(labels) ? {} : { labels: sorted(labels ?? {}) }),
    ...(isEmpty(annotations) ? {} : { annotations: sorted(annotations ?? {}) }),
    ...(managedFields?.length ? { managedFields } : {}),
  };
}

function isEmpty(map: Readonly<Record<string, string>> | undefined): boolean {
  return map === undefined || Object.keys(map).length === 0;
}

/** Go writes maps in the order of their keys, and reads null as an empty string. */
function sorted(map: Readonly<Record<string, string | null>>): Record<string, string> {
  const entries = Object.entries(map).map(([key, value]) => [key, value ?? ''] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether two ConfigMaps say the same, their writers and times aside. */
export function sameContent(a: ConfigMap, b: ConfigMap): boolean {
  return contentOf(a) === contentOf(b);
}

function contentOf({ metadata, data, binaryData, immutable }: ConfigMap): string {
  return JSON.stringify([metadata.labels, metadata.annotations, data, binaryData, immutable]);
}

export function sameOwners(a: ConfigMap, b: ConfigMap): boolean {
  return JSON.stringify(a.metadata.managedFields) === JSON.stringify(b.metadata.managedFields);
}
