/**
 * The function that Lambda runs: builds what talks, reads the environment, decides nothing.
 * The environment is read inside the guarded path, so that a broken one is answered and not a crash (CR-8).
 */
import { openAccessEntryStore } from '../access/access-entry/store';
import { openConfigMapStore } from '../access/aws-auth/store';
import { readStackResource } from './cloudformation/stack-resource';
import { sendAnswer } from './cloudformation/send';
import { describeCluster } from '../access/cluster/cluster';
import { environmentCredentials } from '../access/aws/credentials';
import { openKubernetesApi } from '../access/cluster/kubernetes-api';
import { bearerToken, forgetToken } from '../access/cluster/token';
import { openCloudFormationApi } from '../access/aws/cloudformation-api';
import { openEksApi } from '../access/aws/eks-api';
import { dnsSuffixOf } from '../access/aws/partition';
import { type AwsConnection } from '../access/aws/sdk-client';
import { userAgentOf } from '../access/aws/user-agent';
import { ENVIRONMENT } from '../access/contract';
import { parseGuardrails } from '../access/guardrails/guardrails';
import { handle, type FunctionContext, type Wiring } from './handler';
import { createLog } from './log';

const wiring: Wiring = {
  edges: (deadline, { provider: { region, accountId }, owner }) => {
    const connection: AwsConnection = {
      region,
      credentials: environmentCredentials,
      userAgent: userAgentOf(owner),
      signal: deadline.signal,
    };
    const api = openEksApi(connection);
    return {
      describeCluster: (name) => describeCluster(name, { api, deadline, accountId, region }),
      configMapStore: (cluster) =>
        openConfigMapStore(
          openKubernetesApi({
            cluster,
            signal: deadline.signal,
            forgetToken: () => forgetToken(region, cluster.name),
            token: async () =>
              bearerToken({
                clusterName: cluster.name,
                region,
                dnsSuffix: dnsSuffixOf(cluster.partition),
                credentials: await environmentCredentials(),
                now: deadline.now(),
              }),
          }),
        ),
      accessEntryStore: () => openAccessEntryStore(api, deadline.signal),
      stackResource: async ({ stackId, logicalId }) => {
        const answer = await openCloudFormationApi(connection).ask('DescribeStackResource', {
          StackName: stackId,
          LogicalResourceId: logicalId,
        });
        return readStackResource(answer);
      },
    };
  },
  guardrails: () => parseGuardrails(process.env[ENVIRONMENT.guardrails]),
  responseHosts: () =>
    (process.env[ENVIRONMENT.responseHosts] ?? '').split(',').filter((host) => host !== ''),
  send: sendAnswer,
  log: (context) => createLog((line) => void process.stdout.write(`${line}\n`), context),
  clock: { now: () => Date.now(), random: () => Math.random() },
};

/** Async and with two parameters: Node 24's runtime refuses callback handlers (CR-8). */
export async function handler(event: unknown, context: FunctionContext): Promise<void> {
  await handle(event, context, wiring);
}
