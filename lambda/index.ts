/**
 * The function that Lambda runs: builds what talks, reads the environment, decides nothing.
 * The environment is read inside the guarded path, so that a broken one is answered; broken code: `could-not-start.ts` (CR-8).
 */
// First, so that it has run when something below throws.
import { outside, refusalOfAll } from './could-not-start';
import { openAccessEntries } from '../access/access-entry/back-end';
import { openAccessEntryStore } from '../access/access-entry/store';
import { openAwsAuth } from '../access/aws-auth/back-end';
import { type ConfigMapStore } from '../access/aws-auth/port';
import { openConfigMapStore } from '../access/aws-auth/store';
import { openStacks } from './cloudformation/stacks';
import { describeCluster, listClusters, type Cluster } from '../access/cluster/cluster';
import { environmentCredentials } from '../access/aws/credentials';
import { forgetRoleSession, roleSession, sessionNameOf } from '../access/cluster/cluster-role';
import { openKubernetesApi, type KubernetesApi } from '../access/cluster/kubernetes-api';
import { bearerToken, forgetToken } from '../access/cluster/token';
import { openCloudFormationApi } from '../access/aws/cloudformation-api';
import { openEksApi } from '../access/aws/eks-api';
import { openIamApi } from '../access/aws/iam-api';
import { dnsSuffixOf } from '../access/aws/partition';
import { openStsApi } from '../access/aws/sts-api';
import { type AwsConnection } from '../access/aws/sdk-client';
import { userAgentOf } from '../access/aws/user-agent';
import { ENVIRONMENT } from '../access/contract';
import { parseGuardrails } from '../access/guardrails/guardrails';
import { openRbacStore } from '../access/rbac/store';
import { type Deadline } from '../access/retry';
import { openModeEdges } from './authentication-mode/edges';
import { countingConflicts } from './counting-conflicts';
import { handle, type FunctionContext, type Wiring } from './handler';
import { type ProviderIdentity } from './provider-identity';
import { isScheduledEvent, noticeEvent, runSchedule, type ScheduledWiring } from './scheduled/schedule';
import { paced } from './scheduled/paced';

const wiring: Wiring & ScheduledWiring = {
  ...outside(),
  edges: (deadline, { provider, owner, counts }) => {
    const { region, accountId } = provider;
    const connection = connectionTo(region, owner, deadline);
    const api = openEksApi(connection);
    const kubernetes = (cluster: Cluster) => kubernetesApi(cluster, { provider, connection, deadline });
    const configMap = (cluster: Cluster): ConfigMapStore => openConfigMapStore(kubernetes(cluster));
    return {
      describeCluster: (name) => describeCluster(name, { api, deadline, accountId, region }),
      backEnds: (cluster) => [
        openAccessEntries(openAccessEntryStore(api, deadline.signal)),
        openAwsAuth(() => countingConflicts(configMap(cluster), counts)),
      ],
      rbac: (cluster) => openRbacStore(kubernetes(cluster), process.env[ENVIRONMENT.setUpRights]),
      modes: () => openModeEdges({ api, connection, functionArn: provider.functionArn, configMap }),
      stacks: openStacks(openCloudFormationApi(connection), deadline),
      iam: openIamApi(connection),
    };
  },
  scheduledEdges: (deadline, provider, pace) => {
    const { region, accountId } = provider;
    const connection = connectionTo(region, undefined, deadline);
    const api = paced(openEksApi(connection), pace);
    const kubernetes = (cluster: Cluster) => kubernetesApi(cluster, { provider, connection, deadline });
    return {
      listClusters: () => listClusters(api, deadline.signal),
      describeCluster: (name) => describeCluster(name, { api, deadline, accountId, region }),
      accessEntries: openAccessEntryStore(api, deadline.signal),
      configMap: (cluster) => openConfigMapStore(kubernetes(cluster)),
      rbac: (cluster) => openRbacStore(kubernetes(cluster), undefined),
      stacks: openStacks(openCloudFormationApi(connection), deadline),
      iam: openIamApi(connection),
    };
  },
  followMode: () => process.env[ENVIRONMENT.followMode],
  healRecreatedRoles: () => process.env[ENVIRONMENT.healRecreatedRoles],
  guardrails: () => parseGuardrails(process.env[ENVIRONMENT.guardrails]),
  roleArn: () => process.env[ENVIRONMENT.roleArn],
  clusterRoles: () => process.env[ENVIRONMENT.clusterRoles],
  permissionSets: () => process.env[ENVIRONMENT.permissionSets],
};

/** Async and with two parameters: Node 24's runtime refuses callback handlers (CR-8). */
export async function handler(event: unknown, context: FunctionContext): Promise<void> {
  if (isScheduledEvent(event)) return runSchedule(event, context, wiring);
  noticeEvent(event);
  await handle(event, context, wiring);
}

/** The handler where something threw while Lambda loaded this file; a run of the schedule, which nobody answers, fails. */
export function couldNotStart(thrown: unknown): typeof handler {
  const refuse = refusalOfAll(thrown);
  return async (event, context) => {
    if (isScheduledEvent(event)) throw thrown;
    await refuse(event, context);
  };
}

/** `owner`: for whom it is asked, where there is one. */
function connectionTo(
  region: string,
  owner: Parameters<typeof userAgentOf>[0],
  { signal }: Deadline,
): AwsConnection {
  return { region, credentials: environmentCredentials, userAgent: userAgentOf(owner), signal };
}

interface Reach {
  readonly provider: ProviderIdentity;
  readonly connection: AwsConnection;
  readonly deadline: Deadline;
}

/** As the role that `clusterRoles` names for the cluster, or as the function's own. */
function kubernetesApi(cluster: Cluster, { provider, connection, deadline }: Reach): KubernetesApi {
  const { name: clusterName, region, partition } = cluster;
  const { clusterRoles, roleArn: providerArn, functionName } = provider;
  const role = clusterRoles.roles.get(clusterName);
  const now = (): number => deadline.now();
  const credentials = role
    ? () =>
        roleSession({
          clusterName,
          region,
          role,
          providerArn,
          sessionName: sessionNameOf(functionName),
          sts: openStsApi(connection),
          now: now(),
        })
    : environmentCredentials;
  return openKubernetesApi({
    cluster,
    askedAs: {
      clusterName,
      roleArn: role?.arn,
      fault: clusterRoles.fault,
      named: [...clusterRoles.roles.keys()],
    },
    signal: deadline.signal,
    forgetToken: () => {
      forgetToken(region, clusterName);
      if (role) forgetRoleSession(role);
    },
    token: async () =>
      bearerToken({
        clusterName,
        region,
        dnsSuffix: dnsSuffixOf(partition),
        credentials: await credentials(),
        now: now(),
      }),
  });
}
