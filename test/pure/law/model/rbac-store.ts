/** The port of RBAC over the cluster of the model. */
import { type AppliedObject, type RbacObject, type RbacStore } from '../../../../access/rbac/port';
import { setupOf } from '../../../../access/rights/setup';
import { type Cluster } from './cluster';
import { call, type Caller } from './faulty-call';
import { type RightName } from './rights';

/** Told of every apply that the API server takes, before it is carried out. */
export interface RbacWitness {
  applying(object: AppliedObject, found: RbacObject | undefined): void;
}

/** `setsUp`: the provider may apply what rights need of the setup. */
export function rbacStore(
  { rbac }: Cluster,
  caller: Caller,
  witness: RbacWitness,
  setsUp: boolean,
): RbacStore {
  return {
    clusterName: 'prod',
    read: (kind, name, namespace) => call(caller, false, () => rbac.read(kind, name, namespace)),
    apply: (object, isDryRun) =>
      call(caller, !isDryRun, () => {
        const { name, namespace } = object.metadata;
        rbac.apply(object, true);
        if (isDryRun) return;
        witness.applying(object, rbac.read(object.kind, name, namespace));
        rbac.apply(object, false);
      }),
    setup: () => (setsUp ? SETUP : {}),
  };
}

const NAMES: readonly RightName[] = ['view', 'edit', 'view-plus-nodes', 'edit-plus-custom-resources'];
const SETUP = Object.fromEntries(
  NAMES.map((name) => [name, setupOf(name) as readonly AppliedObject[]]),
) as ReturnType<RbacStore['setup']>;
