/** One cluster of the local control plane, as tests and the command line hold it. Types. */
import {
  type AuthenticationMode,
  type ClusterStatus,
  type IdentityProviderState,
  type UpdateOutcome,
  type UpdateState,
} from './eks/cluster-state';
import { type ConfigMap, type ConfigMapManifest } from './kubernetes/config-map';
import { type Login } from './kubernetes/login';
import { type RbacManifest } from './kubernetes/rbac';
import { type LoopbackServer } from './server/loopback-server';

export interface AccessPolicyView {
  readonly policyArn: string;
  readonly scope: 'cluster' | 'namespace';
  readonly namespaces: readonly string[];
}

export interface AccessEntryView {
  readonly principalArn: string;
  readonly accessEntryArn: string;
  readonly type: string;
  readonly username: string;
  readonly kubernetesGroups: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** In the order of association. */
  readonly policies: readonly AccessPolicyView[];
}

/** An entry that another tool made; what is left out gets the service's defaults. */
export interface ForeignEntry {
  readonly principalArn: string;
  readonly type?: string;
  readonly username?: string;
  readonly kubernetesGroups?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Policies by ARN or bare name; namespaces make the scope `namespace`. */
  readonly policies?: readonly { readonly policy: string; readonly namespaces?: readonly string[] }[];
}

/** A cluster to be made, ACTIVE at once. */
export interface NewCluster {
  readonly name: string;
  readonly authenticationMode: AuthenticationMode;
  /**
   * Who made the cluster: hidden system:masters in mode CONFIG_MAP, an access entry of its own in the others
   * (GT-51, GT-106). Left out: no principal has such rights.
   */
  readonly creatorArn?: string;
  /** The ConfigMap to begin with; null: none. Default: a node role's mapping, or none in mode API. */
  readonly awsAuth?: ConfigMapManifest | null;
  /** Roles of managed node groups, which get entries when entries come into force (GT-106). Default: none. */
  readonly managedNodeRoles?: readonly string[];
  /** Pod execution roles of Fargate profiles, which get entries then as well. Default: none. */
  readonly fargateRoles?: readonly string[];
  /** OIDC providers; default none. */
  readonly identityProviders?: readonly IdentityProviderState[];
  /** Of Kubernetes. Default 1.34. */
  readonly version?: string;
  /** Default eks.1. */
  readonly platformVersion?: string;
  /** Whether the control plane runs on an Outpost. Default false. */
  readonly isLocal?: boolean;
  /** Default: a free port. */
  readonly kubernetesPort?: number;
}

export interface LocalCluster {
  readonly name: string;
  /** `https://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** PEM. */
  readonly certificateAuthority: string;
  readonly kubernetes: LoopbackServer;
  readonly authenticationMode: AuthenticationMode;
  readonly status: ClusterStatus;
  /** At once and without the checks of the API; the creator gets an entry when entries come into force (GT-106). */
  setAuthenticationMode(mode: AuthenticationMode): void;
  /** A status set to CREATING or DELETING stays until it is set again. */
  setStatus(status: ClusterStatus): void;
  /** Updates so far, oldest first. */
  updates(): readonly Pick<UpdateState, 'id' | 'type' | 'status' | 'params'>[];
  /** EKS begins an update of another kind (`VersionUpdate`, `VersionRollback`), which runs until `finishUpdates`. Gives its id. */
  beginUpdate(type: string): string;
  /** How updates that begin from now on end. Default: successfully. */
  endUpdatesWith(outcome: UpdateOutcome): void;
  /** Lets every running update end now (GT-105). */
  finishUpdates(): void;
  /** A copy of aws-auth (or another ConfigMap of kube-system) as a GET shows it; undefined when there is none. */
  configMap(name?: string): ConfigMap | undefined;
  /** A foreign writer: makes or overwrites aws-auth and bumps its resourceVersion. `manager` defaults to `kubectl-edit`. */
  writeConfigMap(
    change: ConfigMapManifest | ((current: ConfigMap) => ConfigMapManifest),
    manager?: string,
  ): ConfigMap;
  deleteConfigMap(): void;
  /** Copies, in the order of their creation. */
  accessEntries(): readonly AccessEntryView[];
  accessEntry(principalArn: string): AccessEntryView | undefined;
  /** Puts in (or replaces) an entry that another tool made. */
  putAccessEntry(entry: ForeignEntry): AccessEntryView;
  /** As if the entry had been made so many milliseconds earlier. Throws where there is none. */
  ageAccessEntry(principalArn: string, ms: number): void;
  deleteAccessEntry(principalArn: string): void;
  /** Adds Roles, ClusterRoles and bindings: YAML text, or objects; one of the same kind and name is replaced. */
  applyRbac(manifests: string | readonly unknown[]): void;
  /** Copies of all of them, aggregated ClusterRoles with their rules. */
  rbac(): readonly RbacManifest[];
  /** Every namespace is there until it is said to be missing, which takes its RoleBindings away, or terminating. */
  readonly namespaces: Readonly<Record<'active' | 'missing' | 'terminating', (name: string) => void>>;
  /** Who the authenticator says the principal (or `sts` session ARN) is right now; undefined: 401. */
  loginAs(arn: string, sessionName?: string): Pick<Login, 'username' | 'groups' | 'source'> | undefined;
}
