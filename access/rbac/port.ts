/** What granting rights through RBAC needs of a cluster. Types only. */
import { type RightsName } from '../rights/catalogue';

/** A ClusterRole, a binding of one, or nothing that is either: as the API server gives it, nothing of it checked. */
export interface RbacObject {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly rules?: unknown;
  readonly aggregationRule?: unknown;
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string }[];
}

/** Throws ProviderError: NotFound for a namespace that is missing, NotStabilized for one that is being deleted. */
export interface RbacStore {
  readonly clusterName: string;
  /** Undefined: there is none. `namespace`: of a RoleBinding alone. */
  read(
    kind: 'ClusterRole' | 'ClusterRoleBinding' | 'RoleBinding',
    name: string,
    namespace?: string,
  ): Promise<RbacObject | undefined>;
  /** Makes the object say this, or only asks whether it could. */
  apply(object: AppliedObject, isDryRun: boolean): Promise<void>;
  /** What each of the named rights needs of the setup, as far as the provider may apply it to this cluster. */
  setup(): RightsSetup;
}

/** Without the names of which an administrator applies it. */
export type RightsSetup = Readonly<Partial<Record<RightsName, readonly AppliedObject[]>>>;

/** One of ours. */
export interface AppliedObject extends RbacObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    /** Of a RoleBinding alone. */
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
  };
}
