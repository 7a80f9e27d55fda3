/**
 * The local control plane: an EKS API, an STS, and one Kubernetes API for each cluster, on loopback. Starts in a
 * fraction of a second and leaves nothing behind when stopped.
 */
import { createServerCertificate, type ServerCertificate } from './server/certificates';
import { addBootstrapEntries } from './eks/cluster-updates';
import { eksArn, type Authorize, type Consistency, type EksWorld, type LaunchRequest } from './eks/call';
import { type AuthenticationMode, type ClusterState } from './eks/cluster-state';
import { startEks } from './eks/server';
import { LocalIam } from './identity/iam';
import { type ConfigMapManifest } from './kubernetes/config-map';
import { ConfigMapStore } from './kubernetes/config-map-store';
import { type RbacManifest } from './kubernetes/rbac';
import { startKubernetes } from './kubernetes/server';
import { localCluster, loginSources } from './running-cluster';
import { type LocalCluster } from './local-cluster';
import { type LoopbackServer } from './server/loopback-server';
import { startSts } from './identity/sts';

export type { Authorize, Consistency } from './eks/call';
export type { AuthenticationMode, ClusterStatus } from './eks/cluster-state';
export type { ConfigMap, ConfigMapManifest } from './kubernetes/config-map';
export type { AccessEntryView, AccessPolicyView, ForeignEntry, LocalCluster } from './local-cluster';

export interface ControlPlaneOptions {
  /** Default: a new one of `accountId` and `region`. */
  readonly iam?: LocalIam;
  /** Default 111122223333. */
  readonly accountId?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Default: free ports. `kubernetes` is for the first cluster; later ones get free ports. */
  readonly ports?: { readonly eks?: number; readonly sts?: number; readonly kubernetes?: number };
  /** Milliseconds since the epoch; default Date.now. */
  readonly clock?: () => number;
  readonly consistency?: Partial<Consistency>;
  /** One for all clusters, which saves the time of making it. Default: every cluster has an authority of its own. */
  readonly certificate?: ServerCertificate;
  /** Default: everything is allowed. */
  readonly authorize?: Authorize;
}

export interface NewCluster {
  readonly name: string;
  readonly authenticationMode: AuthenticationMode;
  /**
   * Who made the cluster: hidden system:masters in mode CONFIG_MAP, an access entry of its own in the others
   * (GT-51, GT-106). Left out: nobody has such rights.
   */
  readonly creatorArn?: string;
  /** The ConfigMap to begin with; null: none. Default: a node role's mapping, or none in mode API. */
  readonly awsAuth?: ConfigMapManifest | null;
  /** Roles of managed node groups, which get entries when entries come into force (GT-106). Default: none. */
  readonly managedNodeRoles?: readonly string[];
  /** Default: a free port. */
  readonly kubernetesPort?: number;
}

export interface ControlPlane {
  readonly iam: LocalIam;
  readonly eks: LoopbackServer;
  readonly sts: LoopbackServer;
  /** May be changed while it runs. */
  readonly consistency: Consistency;
  /** Replaces the hook that plays IAM's part for the EKS API. */
  setAuthorize(authorize: Authorize): void;
  /** An ACTIVE cluster. Throws when the name is taken. */
  createCluster(cluster: NewCluster): Promise<LocalCluster>;
  /** Throws when there is none of this name. */
  cluster(name: string): LocalCluster;
  clusters(): readonly LocalCluster[];
  /** The cluster is gone at once, as after a deletion. */
  removeCluster(name: string): void;
  stop(): Promise<void>;
}

export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const { ports = {}, clock = Date.now } = options;
  const { accountId, region } = options;
  const iam =
    options.iam ?? new LocalIam({ ...(accountId ? { accountId } : {}), ...(region ? { region } : {}) });
  const clusters = new Map<string, LocalCluster>();
  const stopping: Promise<void>[] = [];
  let authorize = options.authorize ?? ((): boolean => true);
  let firstPort = ports.kubernetes;
  const consistency: Consistency = { associateMisses: 0, updateReads: 1, ...options.consistency };
  const world: EksWorld = {
    iam,
    clock,
    clusters: new Map(),
    consistency,
    authorize: (...asked) => authorize(...asked),
    launch: (request) => launch(request, undefined),
    terminate: (name) => {
      const cluster = clusters.get(name);
      clusters.delete(name);
      world.clusters.delete(name);
      if (cluster) stopping.push(cluster.kubernetes.stop());
    },
  };

  const launch = async (
    request: LaunchRequest,
    kubernetesPort: number | undefined,
  ): Promise<ClusterState> => {
    const store = new ConfigMapStore(clock);
    const rbac = new Map<string, RbacManifest>();
    const certificate = options.certificate ?? (await createServerCertificate('kubernetes'));
    const port = kubernetesPort ?? firstPort;
    firstPort = undefined;
    const kubernetes = await startKubernetes(
      {
        clusterName: request.name,
        iam,
        clock,
        store,
        sources: () => loginSources(state, store, iam.region),
        rbac: () => [...rbac.values()],
      },
      certificate,
      port,
    );
    const state: ClusterState = {
      ...request,
      arn: eksArn(world, `cluster/${request.name}`),
      readsLeft: consistency.updateReads,
      endpoint: kubernetes.url,
      certificateAuthority: certificate.authority,
      createdAt: clock(),
      entries: new Map(),
      entriesMade: 0,
      updates: new Map(),
    };
    world.clusters.set(request.name, state);
    clusters.set(request.name, localCluster({ world, state, store, kubernetes, rbac }));
    if (state.authenticationMode !== 'CONFIG_MAP') addBootstrapEntries(world, state);
    return state;
  };

  const [eks, sts] = await Promise.all([
    startEks(world, ports.eks),
    startSts({ iam, clock, ...(ports.sts === undefined ? {} : { port: ports.sts }) }),
  ]);
  const find = (name: string): LocalCluster => {
    const cluster = clusters.get(name);
    if (!cluster) throw new Error(`there is no local cluster named ${name}`);
    return cluster;
  };

  return {
    iam,
    eks,
    sts,
    consistency,
    setAuthorize: (replacement) => void (authorize = replacement),
    createCluster: async (cluster) => {
      const {
        name,
        authenticationMode,
        creatorArn,
        awsAuth,
        managedNodeRoles = [],
        kubernetesPort,
      } = cluster;
      if (clusters.has(name)) throw new Error(`there is a local cluster named ${name} already`);
      const roleArn = iam.roleArn('eks-cluster');
      const launched = { name, authenticationMode, creatorArn, roleArn, managedNodeRoles, tags: {} };
      await launch({ ...launched, status: 'ACTIVE' }, kubernetesPort);
      const first = awsAuth === undefined && authenticationMode !== 'API' ? nodeMapping(iam) : awsAuth;
      if (first) find(name).writeConfigMap(first, 'vpcLambda');
      return find(name);
    },
    cluster: find,
    clusters: () => [...clusters.values()],
    removeCluster: (name) => world.terminate(find(name).name),
    stop: async () => {
      await Promise.all([
        eks.stop(),
        sts.stop(),
        ...[...clusters.values()].map(({ kubernetes }) => kubernetes.stop()),
        ...stopping,
      ]);
    },
  };
}

/** What EKS itself writes for a managed node group (GT-60). */
function nodeMapping(iam: LocalIam): ConfigMapManifest {
  const mapRoles = `- groups:
  - system:bootstrappers
  - system:nodes
  rolearn: ${iam.roleArn('node')}
  username: system:node:{{EC2PrivateDNSName}}
`;
  return { data: { mapRoles } };
}
