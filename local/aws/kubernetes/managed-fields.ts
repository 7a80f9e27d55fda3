/**
 * Who owns which field (GT-59): enough of server-side apply for the flat object that a ConfigMap is. Pure.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
import { type ConfigMap, type ConfigMapManifest, type ManagedFields } from './config-map';
import { displayPath, manifestOf, ownableFields, readPaths, writePaths } from './field-paths';
import { StatusError } from './status';

export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  /** RFC 3339, whole seconds. */
  readonly time: string;
}

type Ownership = ManagedFields & { readonly fields: ReadonlySet<string> };

/** A plain write: what it changed now belongs to the writer alone; what is gone has no owner. */
export function ownAfterUpdate(
  before: ConfigMap | undefined,
  after: ConfigMap,
  manager: Manager,
): readonly ManagedFields[] {
  const old = before ? ownableFields(before) : new Map<string, string>();
  const now = ownableFields(after);
  const changed = new Set([...now].filter(([path, value]) => old.get(path) !== value).map(([path]) => path));
  const owners = readOwners(before?.metadata.managedFields ?? []);
  const kept = owners.map((owner) =>
    isSame(owner, manager)
      ? owner
      : {
          ...owner,
          fields: new Set([...owner.fields].filter((path) => now.has(path) && !changed.has(path))),
        },
  );
  const mine = kept.find((owner) => isSame(owner, manager));
  const fields = new Set([...[...(mine?.fields ?? [])].filter((path) => now.has(path)), ...changed]);
  return writeOwners(kept, manager, fields);
}

/**
 * A server-side apply. Throws 409 Conflict with one cause a field when it would change what another manager owns
 * and `force` is not set. Answers with the merged manifest and its owners.
 */
export function applyConfiguration(
  before: ConfigMap | undefined,
  applied: ConfigMapManifest,
  manager: Manager,
  force: boolean,
): { readonly manifest: ConfigMapManifest; readonly managedFields: readonly ManagedFields[] } {
  const live = before ? ownableFields(before) : new Map<string, string>();
  const wanted = ownableFields(applied);
  const owners = readOwners(before?.metadata.managedFields ?? []);
  const others = owners.filter((owner) => !isSame(owner, manager));
  const clashes = others.flatMap((owner) =>
    [...wanted]
      .filter(([path, value]) => owner.fields.has(path) && live.get(path) !== value)
      .map(([path]) => ({ owner, path })),
  );
  if (clashes.length > 0 && !force) throw applyConflict(clashes);
  const mine = owners.find((owner) => isSame(owner, manager));
  const dropped = [...(mine?.fields ?? [])].filter(
    (path) => !wanted.has(path) && !others.some(({ fields }) => fields.has(path)),
  );
  const merged = new Map([...live, ...wanted]);
  for (const path of dropped) merged.delete(path);
  const taken = new Set(clashes.map(({ path }) => path));
  const kept = others.map((owner) => ({
    ...owner,
    fields: new Set([...owner.fields].filter((path) => !taken.has(path))),
  }));
  return { manifest: manifestOf(merged), managedFields: writeOwners(kept, manager, new Set(wanted.keys())) };
}

function applyConflict(clashes: readonly { owner: Ownership; path: string }[]): StatusError {
  const causes = clashes.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${describeOwner(owner)}`,
    field: displayPath(path),
  }));
  const owners = [...new Set(causes.map(({ message }) => message))];
  const lists = owners.flatMap((message) => [
    `${message.replace('conflict', 'conflicts')}:`,
    ...causes.filter((cause) => cause.message === message).map(({ field }) => `- ${field}`),
  ]);
  const [only] = causes;
  const text =
    causes.length === 1
      ? `1 conflict: ${only?.message}: ${only?.field}`
      : `${causes.length} conflicts: ${lists.join('\n')}`;
  return new StatusError(409, 'Conflict', `Apply failed with ${text}`, { causes });
}

function describeOwner({ manager, operation, apiVersion, time }: ManagedFields): string {
  return operation === 'Update' ? `"${manager}" using ${apiVersion} at ${time}` : `"${manager}"`;
}

function isSame(owner: ManagedFields, manager: Manager): boolean {
  return owner.manager === manager.name && owner.operation === manager.operation;
}

function readOwners(managedFields: readonly ManagedFields[]): readonly Ownership[] {
  return managedFields.map((owner) => ({ ...owner, fields: new Set(readPaths(owner.fieldsV1)) }));
}

/** Managers without fields are forgotten; the writer comes last and keeps its time when nothing of its changed. */
function writeOwners(
  owners: readonly Ownership[],
  manager: Manager,
  fields: ReadonlySet<string>,
): readonly ManagedFields[] {
  const mine = owners.find((owner) => isSame(owner, manager));
  const same = mine && mine.fields.size === fields.size && [...fields].every((path) => mine.fields.has(path));
  const entry: Ownership = {
    manager: manager.name,
    operation: manager.operation,
    apiVersion: 'v1',
    time: same ? mine.time : manager.time,
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    fields,
  };
  return [...owners.filter((owner) => !isSame(owner, manager)), entry]
    .filter((owner) => owner.fields.size > 0)
    .map(({ fields: paths, ...owner }) => ({ ...owner, fieldsV1: writePaths(paths) }));
}

export function sameOwners(a: ConfigMap, b: ConfigMap): boolean {
  return JSON.stringify(a.metadata.managedFields) === JSON.stringify(b.metadata.managedFields);
}
