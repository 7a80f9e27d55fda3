/** Brings up the Kubernetes API of a new cluster, and everything that belongs to it alone. */
import { eksArn, type EksWorld, type LaunchRequest } from './eks/call';
import { type ClusterState } from './eks/cluster-state';
import { ConfigMapStore } from './kubernetes/config-map-store';
import { Namespaces } from './kubernetes/namespaces';
import { RbacStore } from './kubernetes/rbac-store';
import { startKubernetes } from './kubernetes/server';
import { type LocalCluster } from './local-cluster';
import { loginSources, runningCluster } from './running-cluster';
import { type ServerCertificate } from './server/certificates';

/** `port`: of the Kubernetes API, undefined for a free one. Adds nothing to `world`. */
export async function launchCluster(
  world: EksWorld,
  request: LaunchRequest,
  certificate: ServerCertificate,
  port: number | undefined,
  stsHost?: () => string | undefined,
): Promise<{ readonly state: ClusterState; readonly cluster: LocalCluster }> {
  const { iam, clock } = world;
  const store = new ConfigMapStore(clock);
  const rbac = new RbacStore(clock);
  const namespaces = new Namespaces();
  const kubernetes = await startKubernetes(
    {
      clusterName: request.name,
      iam,
      clock,
      store,
      sources: () => loginSources(state, store, iam.region),
      rbac,
      namespaces,
      ...(stsHost === undefined ? {} : { stsHost }),
    },
    certificate,
    port,
  );
  const state: ClusterState = {
    ...request,
    fargateRoles: request.fargateRoles ?? [],
    identityProviders: request.identityProviders ?? [],
    version: request.version ?? '1.34',
    subnetIds: request.subnetIds ?? [],
    platformVersion: request.platformVersion ?? 'eks.1',
    isLocal: request.isLocal ?? false,
    arn: eksArn(world, `cluster/${request.name}`),
    readsLeft: world.consistency.updateReads,
    endpoint: kubernetes.url,
    certificateAuthority: certificate.authority,
    createdAt: clock(),
    entries: new Map(),
    entriesMade: 0,
    updates: new Map(),
    nextOutcome: { status: 'Successful' },
    entriesDue: undefined,
  };
  return { state, cluster: runningCluster({ world, state, store, kubernetes, rbac, namespaces }) };
}
