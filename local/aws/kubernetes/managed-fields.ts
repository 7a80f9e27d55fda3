/** Who owns which field of a ConfigMap (GT-59). Pure. */
import { type ConfigMap, type ConfigMapManifest, type ManagedFields } from './config-map';
import { applyFields, type Manager, ownersAfterUpdate } from './field-ownership';
import { manifestOf, ownableFields } from './field-paths';

export function ownAfterUpdate(
  before: ConfigMap | undefined,
  after: ConfigMap,
  manager: Manager,
): readonly ManagedFields[] {
  return ownersAfterUpdate(fieldsOf(before), ownableFields(after), ownersOf(before), manager);
}

/** A server-side apply. Throws 409 Conflict where another manager owns what it would change, unless forced. */
export function applyConfiguration(
  before: ConfigMap | undefined,
  applied: ConfigMapManifest,
  manager: Manager,
  force: boolean,
): { readonly manifest: ConfigMapManifest; readonly managedFields: readonly ManagedFields[] } {
  const { fields, managedFields } = applyFields(
    fieldsOf(before),
    ownableFields(applied),
    ownersOf(before),
    manager,
    force,
  );
  return { manifest: manifestOf(fields), managedFields };
}

function fieldsOf(object: ConfigMap | undefined): Map<string, string> {
  return object ? ownableFields(object) : new Map<string, string>();
}

function ownersOf(object: ConfigMap | undefined): readonly ManagedFields[] {
  return object?.metadata.managedFields ?? [];
}
