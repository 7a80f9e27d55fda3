/** How one invocation reaches AWS and its clusters: as whom, from which stack, and until when. Decides nothing. */
import { openCloudFormationApi } from '../../access/aws/cloudformation-api';
import { environmentCredentials } from '../../access/aws/credentials';
import { type EksApi } from '../../access/aws/eks-api';
import { openIamApi } from '../../access/aws/iam-api';
import { dnsSuffixOf } from '../../access/aws/partition';
import { type AwsConnection } from '../../access/aws/sdk-client';
import { openStsApi } from '../../access/aws/sts-api';
import { userAgentOf } from '../../access/aws/user-agent';
import { describeCluster, type Cluster } from '../../access/cluster/cluster';
import { forgetRoleSession, roleSession, sessionNameOf } from '../../access/cluster/cluster-role';
import { openKubernetesApi, type KubernetesApi } from '../../access/cluster/kubernetes-api';
import { bearerToken, forgetToken } from '../../access/cluster/token';
import { type Owner } from '../../access/owner';
import { type Deadline } from '../../access/retry';
import { openStacks } from '../cloudformation/stacks';
import { type Edges } from '../invocation';
import { type ProviderIdentity } from './provider-identity';

/** What every call of one invocation is made with. */
export interface Reach {
  readonly provider: ProviderIdentity;
  readonly connection: AwsConnection;
  readonly deadline: Deadline;
}

/** `owner`: of the event; undefined for a run of the schedule. */
export function reachOf(provider: ProviderIdentity, owner: Owner | undefined, deadline: Deadline): Reach {
  const { region } = provider;
  const { signal } = deadline;
  const userAgent = userAgentOf(owner);
  const connection = { region, credentials: environmentCredentials, userAgent, signal };
  return { provider, connection, deadline };
}

/** What events and runs of the schedule have in common. */
export function edgesOf(
  api: EksApi,
  { provider: { accountId, region }, connection, deadline }: Reach,
): Pick<Edges, 'describeCluster' | 'stacks' | 'iam'> {
  return {
    describeCluster: (name) => describeCluster(name, { api, deadline, accountId, region }),
    stacks: openStacks(openCloudFormationApi(connection), deadline),
    iam: openIamApi(connection),
  };
}

/** As the role that `clusterRoles` names for the cluster, or as the function's own. */
export function kubernetesApi(cluster: Cluster, { provider, connection, deadline }: Reach): KubernetesApi {
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
