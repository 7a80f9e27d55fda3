/**
 * The function that Lambda runs: builds what talks, reads the environment, decides nothing.
 * The environment is read inside the guarded path, so that a broken one is answered and not a crash (CR-8).
 */
import { openAccessEntryStore } from './access-entry/store';
import { openConfigMapStore } from './aws-auth/store';
import { stackResourceState } from './cloudformation/stack-resource';
import { sendAnswer } from './cloudformation/send';
import { describeCluster } from './cluster/connection';
import { environmentCredentials } from './cluster/environment-credentials';
import { openKubernetesApi } from './cluster/kubernetes-api';
import { bearerToken, forgetToken } from './cluster/token';
import { eksEndpoint, openEksApi } from './cluster/eks-api';
import { dnsSuffixOf, partitionOf } from './cluster/partition';
import { ENVIRONMENT } from './contract';
import { parseGuardrails } from './guardrails';
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

function cloudFormationEndpoint(region: string): URL {
  const override = process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] ?? process.env['AWS_ENDPOINT_URL'];
  if (override) return new URL(override);
  const fips = process.env['AWS_USE_FIPS_ENDPOINT'] === 'true' ? '-fips' : '';
  return new URL(`https://cloudformation${fips}.${region}.${dnsSuffixOf(partitionOf(region))}`);
}
