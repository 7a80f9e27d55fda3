/**
 * The ConfigMaps of one cluster with the API server's optimistic concurrency: every write bumps one counter that
 * all objects share, a stale `resourceVersion` is a Conflict, none at all an unconditional overwrite (GT-52, GT-53).
 */
import { configMapOf, sameContent, sameOwners } from './config-map';
import { type ConfigMap, type ConfigMapManifest, type ObjectMeta } from './config-map';
import { type Manager } from './field-ownership';
import { applyConfiguration, ownAfterUpdate } from './managed-fields';
import { keyOf, newMetadata, pickMaps, type Place, wholeSeconds } from './object-metadata';
import { checkPreconditions, checkUid, checkVersion, type Preconditions } from './preconditions';
import { alreadyExists, badRequest, notFound, StatusError } from './status';
import { validate } from './validation';
import { ChangeLog } from './watch';

export class ConfigMapStore {
  private readonly objects = new Map<string, ConfigMap>();
  private version = 1000;
  /** Of what is stored here; a copy has none of the original's. */
  readonly changes = new ChangeLog(this.version);

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
    return this.writeAs(manager, undefined, configMapOf(manifest, this.birth(place, manifest)));
  }

  /** PUT; never creates (GT-54). */
  replace(place: Place, manifest: ConfigMapManifest, manager: string): ConfigMap {
    return this.update(this.get(place), manifest, manager);
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
    const by = this.manager(manager, 'Apply');
    const { manifest: merged, managedFields } = applyConfiguration(before, manifest, by, force);
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
    return this.writeAs(manager, before, after);
  }

  delete(place: Place, preconditions: Preconditions = {}): ConfigMap {
    const before = this.get(place);
    checkPreconditions(before, preconditions);
    this.objects.delete(keyOf(place));
    this.version += 1;
    const metadata = { ...before.metadata, resourceVersion: String(this.version) };
    this.changes.add({ type: 'DELETED', object: { ...before, metadata } });
    return before;
  }

  private update(before: ConfigMap, manifest: ConfigMapManifest, manager: string): ConfigMap {
    checkVersion(before, manifest);
    checkUid(before, manifest);
    const after = configMapOf(manifest, { ...before.metadata, ...pickMaps(manifest.metadata) });
    // A write that changes nothing does not reach etcd: the version stays.
    if (sameContent(before, after)) return before;
    validate(after, before);
    return this.writeAs(manager, before, after);
  }

  private writeAs(name: string, before: ConfigMap | undefined, after: ConfigMap): ConfigMap {
    const managedFields = ownAfterUpdate(before, after, this.manager(name, 'Update'));
    return this.write({ ...after, metadata: { ...after.metadata, managedFields } });
  }

  private write(object: ConfigMap): ConfigMap {
    const isNew = !this.objects.has(keyOf(object.metadata));
    if (isNew) validate(object);
    this.version += 1;
    const written = { ...object, metadata: { ...object.metadata, resourceVersion: String(this.version) } };
    this.objects.set(keyOf(written.metadata), written);
    this.changes.add({ type: isNew ? 'ADDED' : 'MODIFIED', object: written });
    return written;
  }

  private birth(place: Place, manifest: ConfigMapManifest): ObjectMeta {
    return newMetadata(place, manifest, { version: this.version, now: wholeSeconds(this.clock()) });
  }

  private manager(name: string, operation: Manager['operation']): Manager {
    return { name, operation, time: wholeSeconds(this.clock()), apiVersion: 'v1' };
  }
}
