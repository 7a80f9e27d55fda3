/**
 * Who owns which field (GT-59): enough of server-side apply for objects whose fields are texts by path. Pure.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 */
import { type ManagedFields } from './config-map';
import { displayPath, readPaths, writePaths } from './field-paths';
import { StatusError } from './status';

export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  /** RFC 3339, whole seconds. */
  readonly time: string;
  readonly apiVersion: string;
}

/** Values by path (`field-paths.ts`). */
export type Fields = ReadonlyMap<string, string>;

type Ownership = ManagedFields & { readonly fields: ReadonlySet<string> };

/** A plain write: what it changed now belongs to the writer alone; what is gone has no owner. */
export function ownersAfterUpdate(
  old: Fields,
  now: Fields,
  managedFields: readonly ManagedFields[],
  manager: Manager,
): readonly ManagedFields[] {
  const changed = new Set([...now].filter(([path, value]) => old.get(path) !== value).map(([path]) => path));
  const kept = readOwners(managedFields).map((owner) =>
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
 * and `force` is not set. Answers with the merged fields and their owners.
 */
export function applyFields(
  live: Fields,
  wanted: Fields,
  managedFields: readonly ManagedFields[],
  manager: Manager,
  force: boolean,
): { readonly fields: Fields; readonly managedFields: readonly ManagedFields[] } {
  const owners = readOwners(managedFields);
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
  return { fields: merged, managedFields: writeOwners(kept, manager, new Set(wanted.keys())) };
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

/** Managers without fields are forgotten; the writer keeps its time when nothing of its changed. */
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
    apiVersion: manager.apiVersion,
    time: same ? mine.time : manager.time,
    fieldsType: 'FieldsV1',
    fieldsV1: {},
    fields,
  };
  return [...owners.filter((owner) => !isSame(owner, manager)), entry]
    .filter((owner) => owner.fields.size > 0)
    .sort((a, b) => (sortKeyOf(a) < sortKeyOf(b) ? -1 : 1))
    .map(({ fields: paths, ...owner }) => ({ ...owner, fieldsV1: writePaths(paths) }));
}

/** The API server lists applies first, then by time and by name. */
function sortKeyOf({ operation, time, manager }: ManagedFields): string {
  return [operation, time, manager].join(' ');
}
