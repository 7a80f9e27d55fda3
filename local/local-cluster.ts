/** One cluster of the local control plane, as tests and the command line hold it: state, foreign writers, log-ins. */
import { addCreatorEntry, finishUpdates } from './eks/cluster-updates';
import { addEntry } from './eks/new-entry';
import { type EksWorld } from './eks/call';
import {
  type AuthenticationMode,
  type ClusterState,
  type ClusterStatus,
  type EntryState,
} from './eks/cluster-state';
import { policyArn } from './eks/policy-catalogue';
import { configMapOf, type ConfigMap, type ConfigMapManifest } from './kubernetes/config-map';
import { type ConfigMapStore } from './kubernetes/config-map-store';
import { login, type Login, type LoginSources } from './kubernetes/login';
import { readRbac, type RbacManifest } from './kubernetes/rbac';
import { type LoopbackServer } from './loopback-server';

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

/** An entry that somebody else made; what is left out gets the service's defaults. */
export interface ForeignEntry {
  readonly principalArn: string;
  readonly type?: string;
  readonly username?: string;
  readonly kubernetesGroups?: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Policies by ARN or bare name; namespaces make the scope `namespace`. */
  readonly policies?: readonly { readonly policy: string; readonly namespaces?: readonly string[] }[];
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
  /** Puts in (or replaces) an entry that somebody else made. */
  putAccessEntry(entry: ForeignEntry): AccessEntryView;
  deleteAccessEntry(principalArn: string): void;
  /** Adds Roles, ClusterRoles and bindings: YAML text, or objects; one of the same kind and name is replaced. */
  applyRbac(manifests: string | readonly unknown[]): void;
  /** Who the authenticator says the principal (or `sts` session ARN) is right now; undefined: 401. */
  loginAs(arn: string, sessionName?: string): Pick<Login, 'username' | 'groups' | 'source'> | undefined;
}

const awsAuth = { namespace: 'kube-system', name: 'aws-auth' };

/** The parts of a running cluster. */
export interface ClusterParts {
  readonly world: EksWorld;
  readonly state: ClusterState;
  readonly store: ConfigMapStore;
  readonly kubernetes: LoopbackServer;
  readonly rbac: Map<string, RbacManifest>;
}

/** What the authenticator of this cluster looks at, as of now. */
export function loginSources(state: ClusterState, store: ConfigMapStore, region: string): LoginSources {
  return {
    authenticationMode: state.authenticationMode,
    entries: state.entries.values(),
    awsAuthData: store.find(awsAuth)?.data,
    creatorArn: state.creatorArn,
    region,
  };
}

export function localCluster({ world, state, store, kubernetes, rbac }: ClusterParts): LocalCluster {
  return {
    name: state.name,
    endpoint: state.endpoint,
    certificateAuthority: state.certificateAuthority,
    kubernetes,
    get authenticationMode() {
      return state.authenticationMode;
    },
    get status() {
      return state.status;
    },
    setAuthenticationMode: (mode) => {
      if (state.authenticationMode === 'CONFIG_MAP' && mode !== 'CONFIG_MAP') addCreatorEntry(world, state);
      state.authenticationMode = mode;
    },
    setStatus: (status) => {
      state.status = status;
      state.readsLeft = Infinity;
    },
    finishUpdates: () => finishUpdates(world, state),
    configMap: (name = awsAuth.name) => store.find({ ...awsAuth, name }),
    writeConfigMap: (change, manager = 'kubectl-edit') => {
      const current = store.find(awsAuth);
      const empty = configMapOf({}, awsAuth);
      const { metadata, ...rest } =
        typeof change === 'function' ? change(structuredClone(current ?? empty)) : change;
      const { resourceVersion: _resourceVersion, managedFields: _managedFields, ...kept } = metadata ?? {};
      const manifest = { ...rest, metadata: kept };
      return current ? store.touch(awsAuth, manifest, manager) : store.create(awsAuth, manifest, manager);
    },
    deleteConfigMap: () => void store.delete(awsAuth),
    accessEntries: () => [...state.entries.values()].map(viewEntry),
    accessEntry: (principalArn) => {
      const entry = state.entries.get(principalArn);
      return entry && viewEntry(entry);
    },
    putAccessEntry: ({ policies = [], ...entry }) => {
      const made = addEntry(world, state, entry);
      const now = world.clock();
      for (const { policy, namespaces = [] } of policies) {
        const arn = policy.startsWith('arn:') ? policy : policyArn(world.iam.partition, policy);
        const scope = namespaces.length > 0 ? 'namespace' : 'cluster';
        made.policies.set(arn, { policyArn: arn, scope, namespaces, associatedAt: now, modifiedAt: now });
      }
      return viewEntry(made);
    },
    deleteAccessEntry: (principalArn) => void state.entries.delete(principalArn),
    applyRbac: (manifests) => {
      for (const manifest of readRbac(manifests)) {
        rbac.set(`${manifest.kind} ${manifest.metadata.namespace ?? ''}/${manifest.metadata.name}`, manifest);
      }
    },
    loginAs: (arn, sessionName) => {
      const found = login(
        world.iam.callerFor(arn, sessionName),
        loginSources(state, store, world.iam.region),
      );
      return found && { username: found.username, groups: found.groups, source: found.source };
    },
  };
}

function viewEntry(entry: EntryState): AccessEntryView {
  const { principalArn, accessEntryArn, type, username, kubernetesGroups, tags } = entry;
  const policies = [...entry.policies.values()].map(({ policyArn: arn, scope, namespaces }) => ({
    policyArn: arn,
    scope,
    namespaces,
  }));
  return structuredClone({ principalArn, accessEntryArn, type, username, kubernetesGroups, tags, policies });
}
