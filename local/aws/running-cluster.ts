/** A running cluster as tests and the command line hold it: its state, its foreign writers, who gets in. */
import { beginUpdate, finishUpdates } from './eks/background';
import { addEntry } from './eks/new-entry';
import { addOwnEntries } from './eks/own-entries';
import { type EksWorld } from './eks/call';
import { type ClusterState, type EntryState } from './eks/cluster-state';
import { policyArn } from './eks/policy-catalogue';
import { AWS_AUTH, configMapOf } from './kubernetes/config-map';
import { type ConfigMapStore } from './kubernetes/config-map-store';
import { login, type LoginSources } from './kubernetes/login';
import { type Namespaces } from './kubernetes/namespaces';
import { readRbac } from './kubernetes/rbac';
import { RBAC_KINDS } from './kubernetes/rbac-kinds';
import { type RbacStore } from './kubernetes/rbac-store';
import { type AccessEntryView, type LocalCluster } from './local-cluster';
import { type LoopbackServer } from './server/loopback-server';

/** The parts of a running cluster. */
export interface ClusterParts {
  readonly world: EksWorld;
  readonly state: ClusterState;
  readonly store: ConfigMapStore;
  readonly kubernetes: LoopbackServer;
  readonly rbac: RbacStore;
  readonly namespaces: Namespaces;
}

/** What the authenticator of this cluster looks at, as of now. */
export function loginSources(state: ClusterState, store: ConfigMapStore, region: string): LoginSources {
  return {
    authenticationMode: state.authenticationMode,
    entries: state.entries.values(),
    awsAuthData: store.find(AWS_AUTH)?.data,
    creatorArn: state.creatorArn,
    region,
  };
}

export function runningCluster({
  world,
  state,
  store,
  kubernetes,
  rbac,
  namespaces,
}: ClusterParts): LocalCluster {
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
      if (state.authenticationMode === 'CONFIG_MAP' && mode !== 'CONFIG_MAP') addOwnEntries(world, state);
      state.authenticationMode = mode;
    },
    setStatus: (status) => {
      state.status = status;
      state.readsLeft = Infinity;
    },
    updates: () =>
      [...state.updates.values()].map(({ id, type, status, params }) => ({ id, type, status, params })),
    beginUpdate: (type) =>
      beginUpdate(world, state, { type, params: [], target: undefined, reads: Infinity }).id,
    endUpdatesWith: (outcome) => void (state.nextOutcome = outcome),
    finishUpdates: () => finishUpdates(world, state),
    configMap: (name = AWS_AUTH.name) => structuredClone(store.find({ ...AWS_AUTH, name })),
    writeConfigMap: (change, manager = 'kubectl-edit') => {
      const current = store.find(AWS_AUTH);
      const empty = configMapOf({}, AWS_AUTH);
      const { metadata, ...rest } =
        typeof change === 'function' ? change(structuredClone(current ?? empty)) : change;
      const manifest = {
        ...rest,
        metadata: { labels: metadata?.labels ?? {}, annotations: metadata?.annotations ?? {} },
      };
      return current ? store.touch(AWS_AUTH, manifest, manager) : store.create(AWS_AUTH, manifest, manager);
    },
    deleteConfigMap: () => void store.delete(AWS_AUTH),
    accessEntries: () => [...state.entries.values()].map(viewEntry),
    accessEntry: (principalArn) => {
      const entry = state.entries.get(principalArn);
      return entry && viewEntry(entry);
    },
    ageAccessEntry: (principalArn, ms) => {
      const entry = state.entries.get(principalArn);
      if (!entry) throw new Error(`${principalArn} has no access entry on ${state.name}`);
      state.entries.set(principalArn, { ...entry, createdAt: entry.createdAt - ms });
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
        const { namespace, name } = manifest.metadata;
        const [resource = ''] = Object.entries(RBAC_KINDS).find(([, kind]) => kind === manifest.kind) ?? [];
        rbac.put({ resource, namespace, name }, manifest, 'kubectl-client-side-apply');
      }
    },
    rbac: () => structuredClone(rbac.all()),
    namespaces: {
      active: (name) => namespaces.set(name, 'Active'),
      terminating: (name) => namespaces.set(name, 'Terminating'),
      missing: (name) => {
        namespaces.set(name, undefined);
        rbac.deleteNamespace(name);
      },
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
