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
import { listClusters, type Cluster } from '../access/cluster/cluster';
import { openEksApi } from '../access/aws/eks-api';
import { ENVIRONMENT } from '../access/contract';
import { parseGuardrails } from '../access/guardrails/guardrails';
import { openRbacStore } from '../access/rbac/store';
import { openModeEdges } from './authentication-mode/edges';
import { countingConflicts } from './measures/counting-conflicts';
import { handle } from './handler';
import { type FunctionContext, type Wiring } from './wiring';
import { edgesOf, kubernetesApi, reachOf } from './cluster/reach';
import { isScheduledEvent, noticeEvent, runSchedule, type ScheduledWiring } from './scheduled/schedule';
import { paced } from './scheduled/paced';

const wiring: Wiring & ScheduledWiring = {
  ...outside(),
  edges: (deadline, { provider, owner, counts }) => {
    const reach = reachOf(provider, owner, deadline);
    const { connection } = reach;
    const api = openEksApi(connection);
    const kubernetes = (cluster: Cluster) => kubernetesApi(cluster, reach);
    const configMap = (cluster: Cluster): ConfigMapStore => openConfigMapStore(kubernetes(cluster));
    return {
      ...edgesOf(api, reach),
      backEnds: (cluster) => [
        openAccessEntries(openAccessEntryStore(api, deadline.signal)),
        openAwsAuth(() => countingConflicts(configMap(cluster), counts)),
      ],
      rbac: (cluster) => openRbacStore(kubernetes(cluster), process.env[ENVIRONMENT.setUpRights]),
      modes: () => openModeEdges({ api, connection, functionArn: provider.functionArn, configMap }),
    };
  },
  scheduledEdges: (deadline, provider, pace) => {
    const reach = reachOf(provider, undefined, deadline);
    const api = paced(openEksApi(reach.connection), pace);
    const kubernetes = (cluster: Cluster) => kubernetesApi(cluster, reach);
    return {
      ...edgesOf(api, reach),
      listClusters: () => listClusters(api, deadline.signal),
      accessEntries: openAccessEntryStore(api, deadline.signal),
      configMap: (cluster) => openConfigMapStore(kubernetes(cluster)),
      rbac: (cluster) => openRbacStore(kubernetes(cluster), undefined),
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
