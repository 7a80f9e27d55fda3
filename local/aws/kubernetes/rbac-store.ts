/**
 * Roles, ClusterRoles and their bindings of one cluster: their versions, the owners of their fields, and the one field
 * that never changes.
 */
import { randomUUID } from 'node:crypto';
import { applyFields, type Manager, ownersAfterUpdate } from './field-ownership';
import { aggregated } from './rbac-aggregation';
import { type RbacManifest } from './rbac';
import { wholeSeconds } from './object-metadata';
import { CONTENT, fieldsOf, manifestOf, normal, type RbacPlace } from './rbac-fields';
import { RBAC_API_VERSION, RBAC_KINDS } from './rbac-kinds';
import { roleRefChanged } from './rbac-status';

export class RbacStore {
  private readonly objects = new Map<string, RbacManifest>();
  private version = 1;

  /** `clock`: milliseconds since the epoch. */
  constructor(private readonly clock: () => number) {}

  /** One with the same objects that goes its own way from here: for writes that are only tried (`dryRun`). */
  copy(): RbacStore {
    const copy = new RbacStore(this.clock);
    for (const [key, object] of this.objects) copy.objects.set(key, object);
    copy.version = this.version;
    return copy;
  }

  /** All objects, with what the control plane fills in. */
  all(): readonly RbacManifest[] {
    return aggregated([...this.objects.values()]);
  }

  find({ resource, namespace, name }: RbacPlace): RbacManifest | undefined {
    return this.all().find(
      ({ kind, metadata }) =>
        kind === RBAC_KINDS[resource] && metadata.name === name && metadata.namespace === namespace,
    );
  }

  /** Makes or replaces it, as a plain write does. */
  put(place: RbacPlace, written: RbacManifest, manager: string): RbacManifest {
    const manifest = normal(written);
    const before = this.objects.get(keyOf(place));
    const owner = this.manager(manager, 'Update');
    const fields = fieldsOf(manifest);
    const owners = before?.metadata.managedFields ?? [];
    return this.write(place, manifest, ownersAfterUpdate(fieldsOf(before), fields, owners, owner));
  }

  /** Server-side apply: fields that are left out stay with their owners. */
  apply(place: RbacPlace, written: RbacManifest, manager: string, force: boolean): RbacManifest {
    const manifest = normal(written);
    const before = this.objects.get(keyOf(place));
    const { fields, managedFields } = applyFields(
      fieldsOf(before),
      fieldsOf(manifest),
      before?.metadata.managedFields ?? [],
      this.manager(manager, 'Apply'),
      force,
    );
    return this.write(place, manifestOf(fields, place), managedFields);
  }

  delete(place: RbacPlace): void {
    this.objects.delete(keyOf(place));
    this.version += 1;
  }

  /** As the end of a namespace takes all that is in it. */
  deleteNamespace(namespace: string): void {
    for (const [key, { metadata }] of [...this.objects])
      if (metadata.namespace === namespace) this.objects.delete(key);
    this.version += 1;
  }

  private write(
    place: RbacPlace,
    manifest: RbacManifest,
    managedFields: ReturnType<typeof ownersAfterUpdate>,
  ): RbacManifest {
    const before = this.objects.get(keyOf(place));
    if (before && JSON.stringify(before.roleRef) !== JSON.stringify(manifest.roleRef))
      throw roleRefChanged(place, manifest.roleRef);
    const { labels, annotations } = manifest.metadata;
    const metadata = {
      name: place.name,
      ...(place.namespace === undefined ? {} : { namespace: place.namespace }),
      uid: before?.metadata.uid ?? randomUUID(),
      resourceVersion: before?.metadata.resourceVersion ?? '',
      creationTimestamp: before?.metadata.creationTimestamp ?? wholeSeconds(this.clock()),
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
      managedFields,
    };
    const content = Object.fromEntries(CONTENT.map((key) => [key, manifest[key]]));
    const after = JSON.parse(
      JSON.stringify({
        apiVersion: RBAC_API_VERSION,
        kind: RBAC_KINDS[place.resource],
        metadata,
        ...content,
      }),
    ) as RbacManifest;
    // A write that changes nothing does not reach etcd.
    if (before && JSON.stringify(before) === JSON.stringify(after)) return before;
    this.version += 1;
    const written = { ...after, metadata: { ...after.metadata, resourceVersion: String(this.version) } };
    this.objects.set(keyOf(place), written);
    return written;
  }

  private manager(name: string, operation: Manager['operation']): Manager {
    return { name, operation, time: wholeSeconds(this.clock()), apiVersion: RBAC_API_VERSION };
  }
}

function keyOf({ resource, namespace, name }: RbacPlace): string {
  return `${resource} ${namespace ?? ''}/${name}`;
}
