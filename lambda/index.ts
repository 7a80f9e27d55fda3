/**
 * The function that Lambda runs: builds what talks, reads the environment, decides nothing.
 * The environment is read inside the guarded path, so that a broken one is answered and not a crash (CR-8).
 */
import { openAccessEntries } from '../access/access-entry/back-end';
import { openAccessEntryStore } from '../access/access-entry/store';
import { openAwsAuth } from '../access/aws-auth/back-end';
import { openConfigMapStore } from '../access/aws-auth/store';
import { stackResourceState } from './cloudformation/stack-resource';
import { type GuardedDeadline } from './cloudformation/deadline';
import { sendAnswer } from './cloudformation/send';
import { describeCluster, type Cluster } from '../access/cluster/cluster';
import { environmentCredentials } from '../access/aws/credentials';
import { openKubernetesApi, type KubernetesApi } from '../access/cluster/kubernetes-api';
import { bearerToken, forgetToken } from '../access/cluster/token';
import { eksEndpoint, openEksApi } from '../access/aws/eks-api';
import { dnsSuffixOf, partitionOf } from '../access/aws/partition';
import { ENVIRONMENT } from '../access/contract';
import { parseGuardrails } from '../access/guardrails/guardrails';
import { handle, type FunctionContext, type Wiring } from './handler';
import { createLog } from './log';

const wiring: Wiring = {
  edges: (deadline, { region, accountId }) => {
    const api = openEksApi({
      region,
      credentials: environmentCredentials,
      endpoint: eksEndpoint(region, process.env),
      signal: deadline.signal,
    });
    return {
      describeCluster: (name) => describeCluster(name, { api, deadline, accountId, region }),
      backEnds: (cluster) => [
        openAccessEntries(openAccessEntryStore(api, deadline.signal)),
        openAwsAuth(() => openConfigMapStore(kubernetesApi(cluster, deadline))),
      ],
      stackResource: (owner) =>
        stackResourceState(owner, {
          region,
          credentials: environmentCredentials,
          endpoint: cloudFormationEndpoint(region),
          signal: deadline.signal,
        }),
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

function kubernetesApi(cluster: Cluster, deadline: GuardedDeadline): KubernetesApi {
  const { name: clusterName, region, partition } = cluster;
  return openKubernetesApi({
    cluster,
    signal: deadline.signal,
    forgetToken: () => forgetToken(region, clusterName),
    token: async () =>
      bearerToken({
        clusterName,
        region,
        dnsSuffix: dnsSuffixOf(partition),
        credentials: await environmentCredentials(),
        now: deadline.now(),
      }),
  });
}

function cloudFormationEndpoint(region: string): URL {
  const override = process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] ?? process.env['AWS_ENDPOINT_URL'];
  if (override) return new URL(override);
  const fips = process.env['AWS_USE_FIPS_ENDPOINT'] === 'true' ? '-fips' : '';
  return new URL(`https://cloudformation${fips}.${region}.${dnsSuffixOf(partitionOf(region))}`);
}
