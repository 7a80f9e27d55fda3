/** The seams of the provider's own schedule. */
import { type ScheduledEvent } from '../../../../access/contract';
import { ProviderError } from '../../../../access/errors';
import { type Stacks } from '../../../../access/stacks';
import { type ScheduledEdges } from '../../../../lambda/scheduled/run';
import { noticeEvent, runSchedule, type ScheduledWiring } from '../../../../lambda/scheduled/schedule';
import { call } from '../model/faulty-call';
import { isKilledIn } from '../model/killed';
import { rbacStore, type RbacWitness } from '../model/rbac-store';
import { runWitness } from '../model/run-witness';
import { type ScheduledRun } from '../model/scheduled-run';
import { tell } from '../model/telling';
import { type SeenWorld } from '../model/seen-world';
import { accessEntryStore, configMapStore } from '../model/stores';
import {
  callerOf,
  describeCluster,
  describeStack,
  describeStackResource,
  environmentOf,
  FUNCTION_ARN,
  FUNCTION_MS,
  NO_IAM,
} from './environment';

const NOTHING_APPLIED: RbacWitness = {
  applying: ({ kind, metadata: { name } }) => {
    throw new TypeError(`a run applied ${kind} ${name}`);
  },
};

/** It is each cluster's turn in every run: once a day, whenever there is one. */
const EVENT: ScheduledEvent = { kind: 'cfn-eks-access/scheduled-run', everyMinutes: 1_440 };

/** After it the container knows nothing of the access entries, and every run looks at all of them. */
const NEW_DATE = { ResourceProperties: { Cluster: 'prod', ExpiresAt: '' } };

export async function runScheduled(world: SeenWorld, run: ScheduledRun): Promise<void> {
  const ends = world.time.now() + FUNCTION_MS;
  const context = {
    awsRequestId: run.id,
    invokedFunctionArn: FUNCTION_ARN,
    getRemainingTimeInMillis: () => ends - world.time.now(),
  };
  noticeEvent(NEW_DATE);
  await isKilledIn(run, () => runSchedule(EVENT, context, wiringOf(world, run)));
}

function wiringOf(world: SeenWorld, run: ScheduledRun): ScheduledWiring {
  const witness = runWitness(world, run);
  return {
    ...environmentOf(world),
    followMode: () => (run.isReport ? 'report' : 'true'),
    scheduledEdges: ({ signal }): ScheduledEdges => ({
      listClusters: async () => ['prod', 'denied'],
      describeCluster: async (name) => describeCluster(world, name),
      accessEntries: accessEntryStore(world.cluster, callerOf(world, 'API', run, signal), witness),
      configMap: () => configMapStore(world.cluster, callerOf(world, 'CONFIG_MAP', run, signal), witness),
      rbac: () => rbacStore(world.cluster, callerOf(world, 'CONFIG_MAP', run, signal), NOTHING_APPLIED, true),
      stacks: stacksOf(world, run, signal),
      iam: NO_IAM,
    }),
    log: () => (level, message, fields) => {
      if (run.isKilled) return;
      run.lines.push({ level, message, ...fields });
      tell(run.who, () => `${level} ${message} ${JSON.stringify(fields ?? {})}`);
    },
  };
}

/** What CloudFormation cannot be asked is unknown. */
function stacksOf(world: SeenWorld, run: ScheduledRun, signal: AbortSignal): Stacks {
  const caller = callerOf(world, 'CLOUDFORMATION', run, signal);
  const ask = async <T>(answer: () => T): Promise<T | { state: 'unknown'; detail: string }> => {
    try {
      return await call(caller, false, answer);
    } catch (error) {
      if (!(error instanceof ProviderError) || signal.aborted) throw error;
      return { state: 'unknown', detail: error.message };
    }
  };
  return {
    resource: async (owner) => ask(() => describeStackResource(world, owner)),
    stack: async (stackId) => ask(() => describeStack(world, stackId)),
  };
}
