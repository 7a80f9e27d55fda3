/** An EKS API, an STS, an IAM, and one Kubernetes API for each cluster, on loopback; leaves nothing when stopped. */
import { addOwnEntries } from './eks/own-entries';
import { type Authorize, type EksWorld, type LaunchRequest } from './eks/call';
import { CONSISTENT, type Consistency } from './eks/consistency';
import { type ClusterState } from './eks/cluster-state';
import { startEks } from './eks/server';
import { LocalIam } from './identity/iam';
import { startIamServer } from './identity/iam-server';
import { launchCluster } from './launch-cluster';
import { type LocalCluster, type NewCluster } from './local-cluster';
import { nodeMapping } from './kubernetes/node-mapping';
import { createServerCertificate, type ServerCertificate } from './server/certificates';
import { type LoopbackServer } from './server/loopback-server';
import { startSts } from './identity/sts';

export type { Authorize } from './eks/call';
export type { Consistency } from './eks/consistency';
export type { AuthenticationMode, ClusterStatus } from './eks/cluster-state';
export type { ConfigMap, ConfigMapManifest } from './kubernetes/config-map';
export type {
  AccessEntryView,
  AccessPolicyView,
  ForeignEntry,
  LocalCluster,
  NewCluster,
} from './local-cluster';

export interface ControlPlaneOptions {
  /** Default: a new one of `accountId` and `region`. */
  readonly iam?: LocalIam;
  /** Default 111122223333. */
  readonly accountId?: string;
  /** Default us-east-1. */
  readonly region?: string;
  /** Default: free ports. `kubernetes` is for the first cluster; later ones get free ports. */
  readonly ports?: Readonly<Partial<Record<'eks' | 'sts' | 'iam' | 'kubernetes', number>>>;
  /** Milliseconds since the epoch; default Date.now. */
  readonly clock?: () => number;
  readonly consistency?: Partial<Consistency>;
  /** One for all clusters, which saves the time of making it. Default: every cluster has an authority of its own. */
  readonly certificate?: ServerCertificate;
  /** Default: everything is allowed. */
  readonly authorize?: Authorize;
}

export interface ControlPlane {
  readonly iam: LocalIam;
  readonly eks: LoopbackServer;
  readonly sts: LoopbackServer;
  readonly iamServer: LoopbackServer;
  /** May be changed while it runs. */
  readonly consistency: Consistency;
  /** Replaces the hook that plays IAM's part for the EKS API, IAM's own and Lambda's. */
  setAuthorize(authorize: Authorize): void;
  /** Asks that hook, for the other services. */
  readonly authorize: Authorize;
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
  const iam = options.iam ?? new LocalIam({ accountId, region, clock });
  const clusters = new Map<string, LocalCluster>();
  const stopping: Promise<void>[] = [];
  let authorize = options.authorize ?? ((): boolean => true);
  let firstPort = ports.kubernetes;
  const started: { stsHost?: string } = {};
  const consistency: Consistency = { ...CONSISTENT, ...options.consistency };
  const world: EksWorld = {
    iam,
    clock,
    clusters: new Map(),
    consistency,
    authorize: (...asked) => authorize(...asked),
    launch: (request) => launch(request),
    terminate: (name) => {
      const cluster = clusters.get(name);
      clusters.delete(name);
      world.clusters.delete(name);
      if (cluster) stopping.push(cluster.kubernetes.stop());
    },
  };

  const launch = async (request: LaunchRequest, kubernetesPort?: number): Promise<ClusterState> => {
    const certificate = options.certificate ?? (await createServerCertificate('kubernetes'));
    const port = kubernetesPort ?? firstPort;
    firstPort = undefined;
    const { state, cluster } = await launchCluster(world, request, certificate, port, () => started.stsHost);
    world.clusters.set(request.name, state);
    clusters.set(request.name, cluster);
    if (state.authenticationMode !== 'CONFIG_MAP') addOwnEntries(world, state);
    return state;
  };

  const [eks, sts, iamServer] = await Promise.all([
    startEks(world, ports.eks),
    startSts({ iam, port: ports.sts }),
    startIamServer({
      iam,
      authorize: (...asked) => authorize(...asked, {}),
      port: ports.iam,
      pageSize: () => consistency.rolesPerPage,
    }),
  ]);
  started.stsHost = new URL(sts.url).host;
  const find = (name: string): LocalCluster => {
    const cluster = clusters.get(name);
    if (!cluster) throw new Error(`there is no local cluster named ${name}`);
    return cluster;
  };

  return {
    iam,
    eks,
    sts,
    iamServer,
    consistency,
    authorize: world.authorize,
    setAuthorize: (replacement) => void (authorize = replacement),
    createCluster: async (cluster) => {
      const { awsAuth, kubernetesPort, creatorArn, managedNodeRoles = [], ...given } = cluster;
      const { name, authenticationMode } = given;
      if (clusters.has(name)) throw new Error(`there is a local cluster named ${name} already`);
      const roleArn = iam.roleArn('eks-cluster');
      const launched = { ...given, creatorArn, roleArn, managedNodeRoles, tags: {} };
      await launch({ ...launched, status: 'ACTIVE' }, kubernetesPort);
      const first =
        awsAuth === undefined && authenticationMode !== 'API' ? nodeMapping(iam.roleArn('node')) : awsAuth;
      if (first) find(name).writeConfigMap(first, 'vpcLambda');
      return find(name);
    },
    cluster: find,
    clusters: () => [...clusters.values()],
    removeCluster: (name) => world.terminate(find(name).name),
    stop: async () => {
      const servers = [eks, sts, iamServer, ...[...clusters.values()].map(({ kubernetes }) => kubernetes)];
      await Promise.all([...servers.map((server) => server.stop()), ...stopping]);
    },
  };
}
