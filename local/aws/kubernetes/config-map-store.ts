/**
 * The ConfigMaps of one cluster with the API server's optimistic concurrency: every write bumps one counter that
 * all objects share, a stale `resourceVersion` is a Conflict, none at all an unconditional overwrite (GT-52, GT-53).
 */
import { createHash } from 'node:crypto';
import {
  configMapOf,
  sameContent,
  type ConfigMap,
  type ConfigMapManifest,
  type ObjectMeta,
} from './config-map';
import { applyConfiguration, ownAfterUpdate } from './managed-fields';
import { alreadyExists, badRequest, conflict, notFound, StatusError } from './status';
import { validate } from './validation';

export interface Place {
  readonly namespace: string;
  readonly name: string;
}

export class ConfigMapStore {
  private readonly objects = new Map<string, ConfigMap>();
  private version = 1000;

  /** `clock`: milliseconds since the epoch. */
  constructor(private readonly clock: () => number) {}

  /** A store with the same contents that goes its own way from here: for writes that are only tried (`dryRun`). */
  copy(): ConfigMapStore {
    const copy = new ConfigMapStore(this.clock);
    for (const [key, object] of this.objects) copy.objects.set(key, object);
    copy.version = this.version;
    return copy;
  }

  /** The newest resourceVersion, for lists. */
  get resourceVersion(): string {
    return String(this.version);
  }

  /** What is stored, not a copy; it never changes, a write puts another object in its place. */
  find(place: Place): ConfigMap | undefined {
    return this.objects.get(keyOf(place));
  }

  get(place: Place): ConfigMap {
    const found = this.find(place);
    if (!found) throw notFound(place.name);
    return found;
  }

  /** In the order of namespace and name; of all namespaces without one. */
  list(namespace?: string): readonly ConfigMap[] {
    return [...this.objects]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, object]) => object)
      .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace);
  }

  /** POST. */
  create(place: Place, manifest: ConfigMapManifest, manager: string): ConfigMap {
    if (manifest.metadata?.resourceVersion) {
      throw new StatusError(500, '', 'resourceVersion should not be set on objects to be created');
    }
    if (this.objects.has(keyOf(place))) throw alreadyExists(place.name);
    const fresh = configMapOf(manifest, this.birth(place, manifest));
    const managedFields = ownAfterUpdate(undefined, fresh, {
      name: manager,
      operation: 'Update',
      time: this.now(),
    });
    return this.write({ ...fresh, metadata: { ...fresh.metadata, managedFields } });
  }

  /** PUT; never creates (GT-54). */
  replace(place: Place, manifest: ConfigMapManifest, manager: string): ConfigMap {
    const before = this.get(place);
    return this.update(before, manifest, manager);
  }

  /** PATCH that is no apply: `change` gets the object as a GET shows it and answers the whole manifest. */
  patch(place: Place, change: (current: ConfigMap) => ConfigMapManifest, manager: string): ConfigMap {
    const before = this.get(place);
    return this.update(before, change(before), manager);
  }

  /** Server-side apply; makes the object when it is missing (GT-59). */
  apply(
    place: Place,
    manifest: ConfigMapManifest,
    manager: string,
    force: boolean,
  ): { object: ConfigMap; created: boolean } {
    if (manifest.metadata?.managedFields?.length) throw badRequest('metadata.managedFields must be nil');
    const before = this.find(place);
    if (before) checkVersion(before, manifest);
    const owner = { name: manager, operation: 'Apply', time: this.now() } as const;
    const { manifest: merged, managedFields } = applyConfiguration(before, manifest, owner, force);
    const metadata = {
      ...(before?.metadata ?? this.birth(place, manifest)),
      ...pickMaps(merged.metadata),
      managedFields,
    };
    const after = configMapOf(merged, metadata);
    if (before && sameContent(before, after) && sameOwners(before, after))
      return { object: before, created: false };
    validate(after, before);
    return { object: this.write(after), created: !before };
  }

  /** A foreign write that bumps the version even when it changes nothing; unvalidated, so that anything can be set up. */
  touch(place: Place, manifest: ConfigMapManifest, manager: string): ConfigMap {
    const before = this.get(place);
    const after = configMapOf(manifest, { ...before.metadata, ...pickMaps(manifest.metadata) });
    const managedFields = ownAfterUpdate(before, after, {
      name: manager,
      operation: 'Update',
      time: this.now(),
    });
    return this.write({ ...after, metadata: { ...after.metadata, managedFields } });
  }

  delete(
    place: Place,
    preconditions: { readonly uid?: string; readonly resourceVersion?: string } = {},
  ): ConfigMap {
    const before = this.get(place);
    for (const field of ['uid', 'resourceVersion'] as const) {
      const wanted = preconditions[field];
      if (wanted === undefined || wanted === before.metadata[field]) continue;
      const word = field === 'uid' ? 'UID' : 'ResourceVersion';
      const why = `Precondition failed: ${word} in precondition: ${wanted}, ${word} in object meta: ${before.metadata[field] ?? ''}`;
      throw conflict(place.name, why);
    }
    this.objects.delete(keyOf(place));
    this.version += 1;
    return before;
  }

  private update(before: ConfigMap, manifest: ConfigMapManifest, manager: string): ConfigMap {
    checkVersion(before, manifest);
    const { name } = before.metadata;
    const uid = manifest.metadata?.uid;
    if (uid && uid !== before.metadata.uid) {
      throw conflict(
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${before.metadata.uid ?? ''}`,
      );
    }
    const after = configMapOf(manifest, { ...before.metadata, ...pickMaps(manifest.metadata) });
    // A write that changes nothing does not reach etcd: the version stays.
    if (sameContent(before, after)) return before;
    validate(after, before);
    const managedFields = ownAfterUpdate(before, after, {
      name: manager,
      operation: 'Update',
      time: this.now(),
    });
    return this.write({ ...after, metadata: { ...after.metadata, managedFields } });
  }

  private write(object: ConfigMap): ConfigMap {
    if (!this.objects.has(keyOf(object.metadata))) validate(object);
    this.version += 1;
    const written = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } };
    this.objects.set(keyOf(written.metadata), written);
    return written;
  }

  private birth(place: Place, manifest: ConfigMapManifest): ObjectMeta {
    const hex = createHash('sha256')
      .update(`${keyOf(place)} ${this.version}`)
      .digest('hex');
    return {
      name: place.name,
      namespace: place.namespace,
      uid: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
        '-',
      ),
      creationTimestamp: this.now(),
      ...pickMaps(manifest.metadata),
    };
  }

  private now(): string {
    return new Date(this.clock()).toISOString().replace(/\.\d+Z$/, 'Z');
  }
}

function keyOf({ namespace, name }: Place): string {
  return `${namespace}/${name}`;
}

/** GT-52, GT-56: checked whenever it is given; `0` counts as not given. */
function checkVersion(before: ConfigMap, manifest: ConfigMapManifest): void {
  const wanted = manifest.metadata?.resourceVersion;
  if (wanted && wanted !== '0' && wanted !== before.metadata.resourceVersion)
    throw conflict(before.metadata.name);
}

/** Labels and annotations are replaced as a whole; null values in them count as empty, as in Go. */
function pickMaps(
  metadata: Partial<ObjectMeta> | undefined,
): Required<Pick<ObjectMeta, 'labels' | 'annotations'>> {
  return { labels: metadata?.labels ?? {}, annotations: metadata?.annotations ?? {} };
}

function sameOwners(a: ConfigMap, b: ConfigMap): boolean {
  return JSON.stringify(a.metadata.managedFields) === JSON.stringify(b.metadata.managedFields);
}
