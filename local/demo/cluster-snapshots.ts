/** The access of all clusters of a local AWS, and what a step changed in those that stacks made. */
import { type ControlPlane } from '../aws/control-plane';
import { snapshotOf, type AccessSnapshot } from './access-snapshot';

export interface AccessChange {
  readonly before: AccessSnapshot;
  readonly after: AccessSnapshot;
}

/** By the name of the cluster. */
export type Snapshots = ReadonlyMap<string, AccessSnapshot>;

export function snapshotsOf(controlPlane: ControlPlane): Snapshots {
  return new Map(
    controlPlane
      .clusters()
      .map((cluster) => [
        cluster.name,
        snapshotOf(cluster.configMap(), cluster.accessEntries(), cluster.rbac()),
      ]),
  );
}

/** Of every cluster that was there before or after; one that was not there has no access. */
export function changesBetween(before: Snapshots, after: Snapshots): Map<string, AccessChange> {
  const nothing: AccessSnapshot = { awsAuth: '', accessEntries: '', bindings: '' };
  return new Map(
    [...before.keys(), ...after.keys()].map((name) => [
      name,
      { before: before.get(name) ?? nothing, after: after.get(name) ?? nothing },
    ]),
  );
}

/** The change of one cluster, which has to be there, and of the clusters that stacks made beside it. */
export function apartFrom(
  name: string,
  changes: ReadonlyMap<string, AccessChange>,
): AccessChange & { readonly made: ReadonlyMap<string, AccessChange> } {
  const own = changes.get(name);
  if (!own) throw new Error(`the cluster ${name} is gone`);
  return { ...own, made: new Map([...changes].filter(([other]) => other !== name)) };
}
